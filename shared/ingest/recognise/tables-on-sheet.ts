/**
 * More than one table on a sheet: rows above the header, a second table beside the first, the header of another one
 * below (rules.md 4.1: no row is left out without a word).
 */
import { parseWallSeconds } from '../normalise/times.ts';
import type { RawRow } from '../readers/reader.ts';
import type { Source, SourceName } from '../sources/source.ts';
import { assess, type Assessment } from './assess.ts';
import { decide } from './decide.ts';
import { normaliseHeader, sourceHeaders } from './headers.ts';

export interface TableBeside {
  source: SourceName;
  /** its first column, from 0 */
  column: number;
}

const NONE: ReadonlyMap<string, string | null> = new Map();

/** The source that these headers are accepted as without asking; null = none. */
export function acceptedSource(headers: readonly (string | null)[]): SourceName | null {
  const { best, question } = decide(sourceHeaders.map((one) => assess(one, headers, NONE)));
  return best === null || question !== null ? null : best.source.name;
}

/**
 * The first of the rows that is the header of a report by itself, of `wanted` where that is known; null where none is.
 * Rows below it may hold more known headers when they belong to another table.
 */
export function firstReportHeader(rows: readonly RawRow[], wanted: SourceName | undefined): number | null {
  const found = rows.findIndex(({ cells }) => {
    const texts = cells.map((cell) => (typeof cell === 'string' && cell.length <= 200 ? normaliseHeader(cell) : null));
    const source = acceptedSource(texts.map((text) => (text === '' ? null : text)));
    return source !== null && source === (wanted ?? source);
  });
  return found < 0 ? null : found;
}

/**
 * A report of its own behind a column without header, where the part before it is a report too. Told by the headers
 * alone: every look at a file must come to the same end, however many of its rows it sees.
 */
export function findTableBeside(headers: readonly (string | null)[]): TableBeside | null {
  for (let gap = 1; gap < headers.length - 1; gap += 1) {
    if (headers[gap] !== null) continue;
    const column = headers.findIndex((header, at) => at > gap && header !== null);
    if (column < 0) return null;
    const source = acceptedSource(headers.map((header, at) => (at < column ? null : header)));
    if (source !== null && acceptedSource(headers.slice(0, gap)) !== null) return { source, column };
  }
  return null;
}

/** Rows above the header that hold all that a row needs, as a sheet has them that was sorted with its header. */
export function rowsAbove(rows: readonly RawRow[], { source, columnFields }: Assessment): RawRow[] {
  const needed = source.fields.flatMap((field) => {
    const column = columnFields.indexOf(field.name);
    return field.need === 'R' && column >= 0 ? [{ column, isTime: isTimeOf(source, field.name) }] : [];
  });
  if (!needed.some(({ isTime }) => isTime)) return [];
  return rows.filter(({ cells }) =>
    needed.every(({ column, isTime }) => {
      const cell = cells[column] ?? null;
      return cell !== null && cell !== '' && !(isTime && Number.isNaN(parseWallSeconds(cell)));
    }),
  );
}

function isTimeOf(source: Source, field: string): boolean {
  return field === source.timeField;
}
