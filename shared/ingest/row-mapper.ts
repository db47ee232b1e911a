/**
 * Raw rows of one recognised table to COPY lines: accepted rows for staging, faults for the rejects (rules.md 4). One
 * mapper serves one table; memory does not grow with its rows as long as the caller drains the lines.
 *
 * The first rows decide how numbers and the zone are read. A later row that proves this wrong shows in
 * `contradiction()`, and the file is read again from the start with what is known by then.
 */
import { MAX_KEY_CHARS } from './mapping/cell-reader.ts';
import { createCopyBuffer } from './mapping/copy-buffer.ts';
import { copyValue, encodeCell } from './mapping/copy-text.ts';
import { columnNames, createExtraWriter } from './mapping/extra.ts';
import {
  absentColumnWarnings,
  createAmountGuard,
  createClockGuard,
  createRowNotes,
  createUnknownWords,
} from './mapping/guards.ts';
import { createHeaderCheck } from './mapping/header-lines.ts';
import { joinCells } from './mapping/joined-time.ts';
import type { MappedColumn } from './mapping/mapped-column.ts';
import {
  cellsOf,
  joinedTimeOf,
  openColumns,
  readingOf,
  sampledShiftHours,
  timeStyleOf,
  valuesView,
} from './mapping/open-columns.ts';
import { createRejectWriter } from './mapping/reject-writer.ts';
import { createTotalWords, skippedKind } from './mapping/skipped-rows.ts';
import type {
  Contradiction,
  MapperSummary,
  RowCounts,
  RowMapper,
  RowMapperOptions,
} from './mapping/row-mapper-contract.ts';
import { createTimeGuard } from './mapping/time-guard.ts';
import type { Cell, RawRow } from './readers/reader.ts';
import { unguarded, visibleText } from './normalise/cell-text.ts';
import { columnEvidence } from './recognise/column-evidence.ts';
import { keptFields } from './sources/index.ts';
import { canBeCoarse } from './sources/source.ts';

const NULL_BYTES = encodeCell(null);
const NONE: ReadonlySet<string> = new Set();
const NO_COLUMNS: readonly number[] = [];

/** Bits of the staging column `coarse`; a JS number holds that many exactly. */
const MAX_COARSE_BITS = 52;

export function createRowMapper(options: RowMapperOptions): RowMapper {
  const {
    source,
    sheet,
    header,
    columnFields,
    sample,
    firstRowIndex = 0,
    hasCells = false,
    nowMs = Date.now(),
  } = options;
  const joined = joinedTimeOf(options);
  const zoneShiftHours = options.zoneShiftHours ?? sampledShiftHours(options, joined);
  const names = columnNames(header);
  const columns = openColumns(options, zoneShiftHours);
  const byName = new Map(columns.map((column) => [column.field.name, column]));
  const values = valuesView(columns);
  const kept = keptFields(source).flatMap((field) => byName.get(field.name) ?? []);
  // A field that is not kept needs no reading; one that the file lacks only where a rule may have changed it.
  const readColumns = kept.filter((column) => column.column >= 0 || source.adjustRow !== undefined);
  const paddedColumns = kept.filter((column) => column.field.digits !== undefined && column.column >= 0);
  const coarseColumns = kept.flatMap((column, bit) =>
    bit < MAX_COARSE_BITS && canBeCoarse(column.field) && (column.column >= 0 || column.isCoarse)
      ? [{ column, weight: 2 ** bit }]
      : [],
  );
  const isJoined = (column: number): boolean => joined !== null && (column === joined.date || column === joined.clock);
  const extraColumns = header.flatMap((_, column) =>
    columnFields[column] === null && !isJoined(column) ? [column] : [],
  );
  const extraOf = createExtraWriter(names);
  const nameless = hasCells ? extraColumns.filter((column) => header[column] === null) : [];
  const timeColumn = byName.get(source.timeField);
  const amountColumn = source.amountField === null ? undefined : byName.get(source.amountField);
  const reading = readingOf(options);
  const isTotalWord = createTotalWords();
  const wordless = columns.flatMap(({ field: { type }, column }) =>
    column < 0 || type === 'text' || type === 'code' ? [] : [column],
  );
  const headerLine = createHeaderCheck(header, timeColumn?.column ?? -1);

  const clock = createClockGuard(source.clock, zoneShiftHours);
  const amounts = createAmountGuard();
  const times = options.times ?? createTimeGuard(nowMs);
  const unknownWords = createUnknownWords();
  const unreadableRows = createRowNotes('cells_unreadable');
  const surplusRows = createRowNotes('cells_beyond_header');
  const zeroRows = createRowNotes('zero_amounts');
  const rejects = createRejectWriter(sheet);
  const sheetCell = new Uint8Array(Buffer.from(`\t${copyValue(sheet)}\t`));
  const counts: RowCounts = { read: 0, staged: 0, rejected: 0, skipped: 0 };
  const lines = createCopyBuffer();
  /** fields of the current row whose cells were given up */
  let unreadable: ReadonlySet<string> = NONE;
  let unreadableCount = 0;
  let finished = false;
  /** the line where another table begins */
  let otherHeader: number | null = null;

  function push(row: RawRow): void {
    const rowIndex = firstRowIndex + counts.read;
    counts.read += 1;
    if (row.fault === undefined && isSkipped(row)) {
      counts.skipped += 1;
      return;
    }
    rejects.start(rowIndex, row.row, row.sheet);
    const surplus = row.cells.length > header.length ? surplusColumns(row) : NO_COLUMNS;
    if (row.fault !== undefined) rejects.add({ header: null, field: null, ...row.fault, cell: row.cells.join(' ') });
    else if (otherHeader !== null)
      rejects.add({ header: null, field: null, code: 'other_table', params: { row: otherHeader }, cell: undefined });
    else {
      if (surplus.length > 0 && !hasCells) rejectWidth(row, surplus);
      readCells(row);
      if (row.isCut === true) giveUpLast(row);
    }
    if (rejects.count() > 0) {
      counts.rejected += 1;
      return;
    }
    source.adjustRow?.(values);
    const key = source.naturalKey(values);
    checkRow(row, key);
    if (rejects.count() > 0) {
      counts.rejected += 1;
      return;
    }
    lines.text(String(rowIndex));
    if (row.sheet === undefined) lines.bytes(sheetCell);
    else {
      lines.tab();
      lines.text(row.sheet);
      lines.tab();
    }
    lines.text(String(row.row));
    lines.tab();
    lines.text(key);
    lines.tab();
    lines.text(String(coarseBits()));
    for (const column of kept) {
      lines.tab();
      column.write(lines);
    }
    lines.tab();
    writeExtra(row, surplus);
    lines.endLine();
    counts.staged += 1;
    noteStaged(row, surplus);
  }

  function isSkipped(row: RawRow): boolean {
    const kind = skippedKind(row.cells);
    if (kind === 'blank') return true;
    const repeated = headerLine(row);
    if (repeated !== null) otherHeader = repeated === 'other' ? row.row : null;
    if (repeated === 'same') return true;
    return (kind === 'total' && !isComplete(row)) || isTotalByPlace(row);
  }

  /** The word of a total where a number, a time or a state stands in every other row. */
  function isTotalByPlace({ cells }: RawRow): boolean {
    return wordless.some((column) => {
      const cell = cells[column];
      return typeof cell === 'string' && isTotalWord(cell);
    });
  }

  /** A row that has all that a row needs is no total, whatever its first word. */
  function isComplete(row: RawRow): boolean {
    return columns.every((column) => {
      if (column.field.need !== 'R' || column.column < 0) return true;
      column.read(cellOf(row, column));
      return column.fault === null && !column.isEmpty;
    });
  }

  function cellOf(row: RawRow, column: MappedColumn): Cell | undefined {
    if (column === timeColumn && joined !== null)
      return joinCells(row.cells[joined.date], row.cells[joined.clock], reading);
    return column.column < 0 ? null : row.cells[column.column];
  }

  function surplusColumns(row: RawRow): readonly number[] {
    const found: number[] = [];
    for (let column = header.length; column < row.cells.length; column += 1) {
      if (isFilled(row.cells[column])) found.push(column);
    }
    return found;
  }

  function rejectWidth(row: RawRow, surplus: readonly number[]): void {
    rejects.add({
      header: null,
      field: null,
      code: 'row_too_wide',
      params: { cells: row.cells.length, columns: header.length },
      cell: row.cells[surplus[0]!],
    });
  }

  function readCells(row: RawRow): void {
    if (unreadable !== NONE) unreadable = NONE;
    for (const column of readColumns) {
      const cell = cellOf(row, column);
      column.read(cell);
      if (column.fault !== null) giveUp(column, cell);
      else if (column.isEmpty) {
        if (column.field.need === 'R')
          rejects.add({ header: column.header, field: column.field.name, code: 'required_missing', cell });
      } else if (column.unknownWord !== null && column.value === column.unknownWord) {
        unknownWords.note(column.field.name, column.header ?? column.field.name, String(cell ?? ''));
      }
    }
  }

  /** An unreadable cell refuses its row only where the row cannot be used without it. */
  function giveUp(column: MappedColumn, cell: Cell | undefined): void {
    const { field, header: name, fault } = column;
    const severity = field.need === 'R' ? 'error' : 'warning';
    if (column === timeColumn) times.noteUnreadable(cell, name);
    rejects.add({ header: name, field: field.name, ...fault!, severity, cell });
    if (severity === 'error') return;
    column.set(column.unknownWord);
    unreadable = new Set([...unreadable, field.name]);
  }

  /** Where the file breaks off nobody knows how its last cell went on: `310000` of `3100000005` is another payment. */
  function giveUpLast({ cells }: RawRow): void {
    const column = readColumns.find((one) => one.column === cells.length - 1);
    if (column === undefined || column.isEmpty || column.fault !== null) return;
    const { field, header: name } = column;
    const severity = field.need === 'R' ? 'error' : 'warning';
    rejects.add({ header: name, field: field.name, code: 'cell_cut', severity, cell: cells.at(-1) });
    if (severity === 'error') return;
    column.set(column.unknownWord);
    unreadable = new Set([...unreadable, field.name]);
  }

  function checkRow(row: RawRow, key: string): void {
    const fault = source.checkRow?.(values, unreadable);
    if (fault) {
      const column = byName.get(fault.field);
      const { code, severity, params } = fault;
      rejects.add({ header: column?.header ?? null, field: fault.field, code, severity, params, cell: column?.value });
      if (code === 'amount_zero') zeroRows.note(row.row);
    }
    if (key.length > MAX_KEY_CHARS) {
      rejects.add({
        header: null,
        field: null,
        code: 'key_too_long',
        params: { length: key.length, max: MAX_KEY_CHARS },
        cell: key,
      });
    }
  }

  function coarseBits(): number {
    let bits = 0;
    for (const { column, weight } of coarseColumns) if (column.isCoarse) bits += weight;
    return bits;
  }

  function writeExtra(row: RawRow, surplus: readonly number[]): void {
    let columnsOfRow = surplus.length === 0 ? extraColumns : [...extraColumns, ...surplus];
    for (const { column, value } of paddedColumns) {
      if (value !== null && value !== unguarded(visibleText(String(row.cells[column] ?? '')).trim()))
        columnsOfRow = [...columnsOfRow, column];
    }
    const json = columnsOfRow.length === 0 ? null : extraOf(row, columnsOfRow);
    if (json === null) lines.bytes(NULL_BYTES);
    else lines.text(json);
  }

  function noteStaged(row: RawRow, surplus: readonly number[]): void {
    clock.note(values);
    if (timeColumn?.value)
      times.note(timeColumn.value, { row: row.row, cell: row.cells[timeColumn.column], header: timeColumn.header });
    if (amountColumn?.value) amounts.note(amountColumn.value);
    if (surplus.length > 0 || nameless.some((column) => isFilled(row.cells[column]))) surplusRows.note(row.row);
    if (unreadable.size > 0) {
      unreadableCount += unreadable.size;
      unreadableRows.note(row.row);
    }
  }

  function contradiction(): Contradiction | null {
    const proved = columns.flatMap(({ field, money }) =>
      money?.contradiction ? [[field.name, money.contradiction] as const] : [],
    );
    // A shift that the caller asked for stands; only what the sample let assume can be contradicted.
    const hours =
      options.zoneShiftHours === undefined && (finished || clock.isFinal()) ? clock.shiftHours() : zoneShiftHours;
    if (proved.length === 0 && hours === zoneShiftHours) return null;
    return {
      ...(proved.length > 0 ? { styles: Object.fromEntries(proved) } : {}),
      ...(hours !== zoneShiftHours ? { zoneShiftHours: hours } : {}),
    };
  }

  function finish(): MapperSummary {
    finished = true;
    const present = new Set(columnFields.filter((field) => field !== null));
    const ambiguous = columns.flatMap(({ field, header: column, money }) =>
      money?.ambiguousSample
        ? [
            {
              code: 'number_style_ambiguous',
              params: { field: field.name, column: column ?? '', value: money.ambiguousSample },
            },
          ]
        : [],
    );
    return {
      timeFrom: times.from(),
      timeTo: times.to(),
      warnings: [
        ...absentColumnWarnings(source, present),
        ...unknownWords.warnings(),
        ...ambiguous,
        ...clock.warnings(),
        ...amounts.warnings(),
        ...(options.times === undefined ? times.warnings() : []),
        ...unreadableRows
          .warnings()
          .map(({ code, params }) => ({ code, params: { ...params, cells: unreadableCount } })),
        ...zeroRows.warnings(),
        ...surplusRows.warnings(),
        ...(joined === null
          ? []
          : [
              {
                code: 'date_time_joined',
                params: { date: names[joined.date] ?? '', time: names[joined.clock] ?? '' },
              },
            ]),
      ],
      question: times.question(source.timeField, timeStyleOf(options.styles[source.timeField])),
      columns: header.flatMap((text, column) => {
        if (text === null) return [];
        const mapped = byName.get(columnFields[column] ?? '');
        return [columnEvidence(text, mapped?.field, cellsOf(sample, column), mapped?.money?.style)];
      }),
    };
  }

  return {
    push,
    takeRows: () => lines.take().toString('utf8'),
    takeRowBytes: () => lines.take(),
    takeRejects: () => rejects.take(),
    counts: () => ({ ...counts }),
    contradiction,
    finish,
  };
}

function isFilled(cell: Cell | undefined): boolean {
  return cell !== null && cell !== undefined && String(cell).trim() !== '';
}
