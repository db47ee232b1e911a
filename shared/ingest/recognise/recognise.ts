/**
 * Recognising a report by its headers (rules.md 3): exact names only, every decision explained, and a question to the
 * operator wherever the headers do not decide it. File and sheet names decide nothing.
 */
import type { MappingOverrides, Recognition } from '../child/protocol.ts';
import { cleanForJson } from '../mapping/copy-text.ts';
import type { Cell, RawRow } from '../readers/reader.ts';
import { assess, columnOverrides, type Assessment } from './assess.ts';
import { columnEvidence } from './column-evidence.ts';
import {
  correctedRow,
  findCorrectionColumns,
  withoutCorrectionColumns,
  type CorrectionColumns,
} from './correction-columns.ts';
import { decide, decideChosen, type Decision } from './decide.ts';
import { suggestFields } from './suggest.ts';
import { countKnownHeaders, displayHeader, normaliseHeader, sourceHeaders } from './headers.ts';
import { findTableBeside, firstReportHeader, rowsAbove, type TableBeside } from './tables-on-sheet.ts';

/** The header stands within the first 15 rows. */
export const HEADER_SEARCH_ROWS = 15;
const PREVIEW_COLUMNS = 100;
const PREVIEW_CHARS = 200;

type Suggestions = Recognition['suggestions'];

export interface RecognisedTable extends Omit<Recognition, 'isTable'> {
  /** header texts as in the file, null where the cell is empty */
  header: (string | null)[];
  /** canonical field per column, null = extra data; where a question is open the likeliest mapping */
  columnFields: (string | null)[];
  /** rows above the header that belong to the report */
  above: RawRow[];
  /** a second report on the sheet, to the right of this one: its columns are extra data of this one's rows */
  beside: TableBeside | null;
}

export interface RecogniseOptions {
  overrides: MappingOverrides;
  sheet: string | null;
}

/**
 * Recognises one table from its first rows (at least 15 where it has them; more only matter for an overridden
 * `headerRow`). `source` is null exactly when `question` is not.
 */
export function recogniseTable(rows: readonly RawRow[], { overrides, sheet }: RecogniseOptions): RecognisedTable {
  const chosen = columnOverrides(overrides);
  const headerAt = findHeader(rows, overrides, chosen);
  const written = (headerAt === null ? [] : (rows[headerAt]?.cells ?? [])).map(displayHeader);
  const correction = findCorrectionColumns(written);
  const header = withoutCorrectionColumns(written);
  const headers = header.map((text) => (text === null ? null : normaliseHeader(text)));
  const below = headerAt === null ? [] : rows.slice(headerAt + 1);
  const beside = chosen.size > 0 ? null : findTableBeside(headers);
  const own = beside === null ? headers : headers.map((text, column) => (column < beside.column ? text : null));
  const assessments = sourceHeaders.map((one) => assess(one, own, chosen));
  const { best, question } = decision(assessments, overrides);
  const others = assessments
    .filter((one) => one !== best || question !== null)
    .toSorted((a, b) => b.strength - a.strength);
  const runnerUp = others[0] !== undefined && others[0].strength > 0 ? others[0] : null;
  const columnFields = best?.columnFields ?? header.map(() => null);
  return {
    source: question === null && best !== null ? best.source.name : null,
    strength: rounded((best ?? runnerUp)?.strength ?? 0),
    runnerUp: runnerUp === null ? null : { source: runnerUp.source.name, strength: rounded(runnerUp.strength) },
    missing: best?.missing ?? [],
    unknown: header.filter((text, column): text is string => text !== null && columnFields[column] === null),
    headerRow: headerAt === null ? null : (rows[headerAt]?.row ?? null),
    sheet,
    columns: header.flatMap((text, column) =>
      text === null
        ? []
        : [
            columnEvidence(
              text,
              best?.source.fields.find((field) => field.name === columnFields[column]),
              below.map((row) => row.cells[column] ?? null),
              overrides.styles?.[columnFields[column] ?? ''],
            ),
          ],
    ),
    question,
    suggestions: question === null ? {} : suggestionsOf(assessments, header, below),
    preview: rows.slice(0, HEADER_SEARCH_ROWS).map((row) => row.cells.slice(0, PREVIEW_COLUMNS).map(previewText)),
    signature: headers
      .filter((text) => text !== null)
      .toSorted()
      .join('|'),
    corrects: correction === null ? null : correctedFile(below, correction),
    header,
    columnFields,
    above:
      best === null || headerAt === null || overrides.headerRow !== undefined
        ? []
        : rowsAbove(rows.slice(0, headerAt), best),
    beside,
  };
}

/** For each source, what the columns may be that it does not know. */
function suggestionsOf(
  assessments: readonly Assessment[],
  header: readonly (string | null)[],
  rows: readonly RawRow[],
): Suggestions {
  const suggestions: Suggestions = {};
  for (const { source, columnFields } of assessments) {
    const unknown = header.flatMap((text, column) =>
      text === null || columnFields[column] !== null
        ? []
        : [{ header: text, values: rows.map((row) => row.cells[column] ?? null) }],
    );
    const found = suggestFields(source, unknown, new Set(columnFields.filter((field) => field !== null)));
    if (Object.keys(found).length > 0) suggestions[source.name] = found;
  }
  return suggestions;
}

/** The file that the rows name; the first that names one speaks for all. */
function correctedFile(rows: readonly RawRow[], columns: CorrectionColumns): string | null {
  for (const { cells } of rows) {
    const corrected = correctedRow(cells, columns);
    if (corrected !== null) return corrected.fileId;
  }
  return null;
}

function decision(assessments: readonly Assessment[], overrides: MappingOverrides): Decision {
  const byOperator = assessments.find((one) => one.source.name === overrides.source);
  return byOperator === undefined ? decide(assessments) : decideChosen(byOperator);
}

/**
 * Index of the header row: the operator's, else the first that is a report's by itself, else the one with the most
 * known headers, the first of equals. A table without any known header has its first row of greatest width for one, so
 * that the operator has columns to choose from; null = no rows.
 */
function findHeader(
  rows: readonly RawRow[],
  { headerRow, source }: MappingOverrides,
  chosen: ReadonlyMap<string, string | null>,
): number | null {
  if (headerRow !== undefined) {
    const index = rows.findIndex((row) => row.row === headerRow);
    return index < 0 ? null : index;
  }
  const searched = rows.slice(0, HEADER_SEARCH_ROWS);
  if (chosen.size === 0) {
    const report = firstReportHeader(searched, source);
    if (report !== null) return report;
  }
  const known = searched.map(
    ({ cells }) => countKnownHeaders(cells) + cells.filter((cell) => isChosen(cell, chosen)).length,
  );
  const scores = known.some((count) => count > 0)
    ? known
    : searched.map(({ cells }) => cells.filter((cell) => displayHeader(cell) !== null).length);
  const most = Math.max(0, ...scores);
  return most === 0 ? null : scores.indexOf(most);
}

function isChosen(cell: Cell, chosen: ReadonlyMap<string, string | null>): boolean {
  return chosen.size > 0 && typeof cell === 'string' && chosen.has(normaliseHeader(cell));
}

function previewText(cell: Cell): string | null {
  return cell === null ? null : cleanForJson(String(cell).slice(0, PREVIEW_CHARS));
}

function rounded(strength: number): number {
  return Math.round(strength * 10_000) / 10_000;
}
