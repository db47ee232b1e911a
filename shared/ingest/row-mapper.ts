/**
 * Raw rows of one recognised table to COPY lines: accepted rows for staging, faults for the rejects (domain.md 4). One
 * mapper serves one table; memory does not grow with its rows as long as the caller drains the lines.
 *
 * The first rows settle how numbers and the zone are read. A later row that proves this wrong shows in `contradiction()`,
 * and the file is read again from the start with what is known by then.
 */
import type { ColumnEvidence, NumberStyle } from './child/protocol.ts';
import { MAX_KEY_CHARS } from './mapping/cell-reader.ts';
import { createAbsentColumn, createColumn } from './mapping/column.ts';
import { createCopyBuffer } from './mapping/copy-buffer.ts';
import { copyValue, encodeCell } from './mapping/copy-text.ts';
import { columnNames, createExtraWriter } from './mapping/extra.ts';
import { absentColumnWarnings, createAmountGuard, createClockGuard, createTimeGuard, createUnknownWords } from './mapping/guards.ts';
import type { MappedColumn } from './mapping/mapped-column.ts';
import { createRejectWriter } from './mapping/reject-writer.ts';
import { isSkippedRow } from './mapping/skipped-rows.ts';
import { detectNumberStyle } from './normalise/numbers.ts';
import type { Cell, RawRow, Warning } from './readers/reader.ts';
import { columnEvidence } from './recognise/column-evidence.ts';
import { keptFields } from './sources/index.ts';
import type { CanonicalValues, Source } from './sources/source.ts';

const NULL_BYTES = encodeCell(null);

export interface RowMapperOptions {
  source: Source;
  sheet: string | null;
  /** as recogniseTable gives them */
  header: (string | null)[];
  columnFields: (string | null)[];
  /** number styles that are settled, by canonical money field; others are found out from the sample */
  styles: Record<string, NumberStyle>;
  /** the first 1 000 rows below the header (fewer where the table ends); they must be pushed too */
  sample: RawRow[];
  /** hours to take off every time; undefined = find out from the sample */
  zoneShiftHours?: number;
  /** rows read from earlier tables of the file, so that row_index goes on */
  firstRowIndex?: number;
  /** the present, for rows dated in the future */
  nowMs?: number;
}

export interface RowCounts {
  /** every row below the header = staged + rejected + skipped */
  read: number;
  staged: number;
  /** rows, not faults */
  rejected: number;
  /** blank rows and totals */
  skipped: number;
}

export interface Contradiction {
  styles?: Record<string, NumberStyle>;
  zoneShiftHours?: number;
}

export interface MapperSummary {
  /** first and last time of the accepted rows, ISO 8601 with offset; null when there are none */
  timeFrom: string | null;
  timeTo: string | null;
  warnings: Warning[];
  columns: ColumnEvidence[];
}

export interface RowMapper {
  push(row: RawRow): void;
  /** Staging lines since the last call: STAGING_LEAD, kept fields, extra. */
  takeRows(): string;
  /** The same lines as UTF-8 bytes, without the detour over a string: what a writer to a pipe should take. */
  takeRowBytes(): Buffer;
  /** Reject lines since the last call: REJECT_COLUMNS, one line a fault. */
  takeRejects(): string;
  counts(): RowCounts;
  /** What the rows so far prove against what the sample let assume; ask after each batch and again after `finish`. */
  contradiction(): Contradiction | null;
  finish(): MapperSummary;
}

export function createRowMapper(options: RowMapperOptions): RowMapper {
  const { source, sheet, header, columnFields, sample, firstRowIndex = 0, nowMs = Date.now() } = options;
  const zoneShiftHours = options.zoneShiftHours ?? sampledShiftHours(options);
  const names = columnNames(header);
  const columns = openColumns(options, zoneShiftHours);
  const byName = new Map(columns.map((column) => [column.field.name, column]));
  const values = valuesView(columns);
  const kept = keptFields(source).flatMap((field) => byName.get(field.name) ?? []);
  // A field that is not kept needs no reading; one that the file lacks only where a rule may have changed it.
  const readColumns = kept.filter((column) => column.column >= 0 || source.adjustRow !== undefined);
  const paddedColumns = kept.filter((column) => column.field.digits !== undefined && column.column >= 0);
  const extraColumns = header.flatMap((_, column) => (columnFields[column] === null ? [column] : []));
  const extraOf = createExtraWriter(names);
  const timeColumn = byName.get(source.timeField);
  const amountColumn = source.amountField === null ? undefined : byName.get(source.amountField);

  const clock = createClockGuard(source.clock, zoneShiftHours);
  const amounts = createAmountGuard();
  const times = createTimeGuard(nowMs);
  const unknownWords = createUnknownWords();
  const rejects = createRejectWriter(sheet);
  const sheetCell = new Uint8Array(Buffer.from(`\t${copyValue(sheet)}\t`));
  const counts: RowCounts = { read: 0, staged: 0, rejected: 0, skipped: 0 };
  const lines = createCopyBuffer();
  let finished = false;

  function push(row: RawRow): void {
    const rowIndex = firstRowIndex + counts.read;
    counts.read += 1;
    if (isSkippedRow(row.cells)) {
      counts.skipped += 1;
      return;
    }
    rejects.start(rowIndex, row.row, row.sheet);
    checkWidth(row);
    readCells(row);
    if (rejects.count() > 0) {
      counts.rejected += 1;
      return;
    }
    source.adjustRow?.(values);
    const key = source.naturalKey(values);
    checkRow(key);
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
    for (const column of kept) {
      lines.tab();
      column.write(lines);
    }
    lines.tab();
    writeExtra(row);
    lines.endLine();
    counts.staged += 1;
    noteStaged();
  }

  function checkWidth(row: RawRow): void {
    if (row.cells.length <= header.length) return;
    const surplus = row.cells.slice(header.length).find((cell) => cell !== null && String(cell).trim() !== '');
    if (surplus === undefined) return;
    rejects.add({
      header: null,
      field: null,
      code: 'row_too_wide',
      params: { cells: row.cells.length, columns: header.length },
      cell: surplus,
    });
  }

  function readCells(row: RawRow): void {
    for (const column of readColumns) {
      const cell = column.column < 0 ? null : row.cells[column.column];
      column.read(cell);
      if (column.fault !== null) {
        rejects.add({ header: column.header, field: column.field.name, ...column.fault, cell });
      } else if (column.value === null) {
        if (column.field.need === 'R') rejects.add({ header: column.header, field: column.field.name, code: 'required_missing', cell });
      } else if (column.value === column.unknownWord) {
        unknownWords.note(column.field.name, column.header ?? column.field.name, String(cell ?? ''));
      }
    }
  }

  function checkRow(key: string): void {
    const fault = source.checkRow?.(values);
    if (fault) {
      const column = byName.get(fault.field);
      rejects.add({ header: column?.header ?? null, field: fault.field, code: fault.code, params: fault.params, cell: column?.value });
    }
    if (key.length > MAX_KEY_CHARS) {
      rejects.add({ header: null, field: null, code: 'key_too_long', params: { length: key.length, max: MAX_KEY_CHARS }, cell: key });
    }
  }

  function writeExtra(row: RawRow): void {
    let columnsOfRow = extraColumns;
    for (const { column, value } of paddedColumns) {
      if (value !== null && value !== String(row.cells[column] ?? '').trim()) columnsOfRow = [...columnsOfRow, column];
    }
    const json = columnsOfRow.length === 0 ? null : extraOf(row, columnsOfRow);
    if (json === null) lines.bytes(NULL_BYTES);
    else lines.text(json);
  }

  function noteStaged(): void {
    clock.note(values);
    if (timeColumn?.value) times.note(timeColumn.value);
    if (amountColumn?.value) amounts.note(amountColumn.value);
  }

  function contradiction(): Contradiction | null {
    const proved = columns.flatMap(({ field, money }) => (money?.contradiction ? [[field.name, money.contradiction] as const] : []));
    // A shift that the caller asked for stands; only what the sample let assume can be contradicted.
    const hours = options.zoneShiftHours === undefined && (finished || clock.isSettled()) ? clock.shiftHours() : zoneShiftHours;
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
        ? [{ code: 'number_style_ambiguous', params: { field: field.name, column: column ?? '', value: money.ambiguousSample } }]
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
        ...times.warnings(),
      ],
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

function cellsOf(rows: readonly RawRow[], column: number): Cell[] {
  return rows.map(({ cells }) => cells[column] ?? null);
}

function openColumns({ source, header, columnFields, styles, sample }: RowMapperOptions, zoneShiftHours: number): MappedColumn[] {
  return source.fields.map((field) => {
    const column = columnFields.indexOf(field.name);
    if (column < 0) return createAbsentColumn(field);
    const style = styles[field.name] ?? (field.type === 'money' ? detectNumberStyle(cellsOf(sample, column)).style : null);
    return createColumn({ field, column, header: header[column] ?? null, style, shiftSeconds: zoneShiftHours * 3600 });
  });
}

/** The zone that the sample shows, read once with its times as they stand. */
function sampledShiftHours(options: RowMapperOptions): number {
  const { clock } = options.source;
  if ((clock?.shiftHours ?? null) === null) return 0;
  const columns = openColumns(options, 0);
  const values = valuesView(columns);
  const guard = createClockGuard(clock, 0);
  for (const { cells } of options.sample) {
    for (const column of columns) column.read(column.column < 0 ? null : cells[column.column]);
    guard.note(values);
  }
  return guard.shiftHours();
}

/** The row's values by canonical name, read from the columns only when asked: a source looks at a few of them. */
function valuesView(columns: readonly MappedColumn[]): CanonicalValues {
  const view: CanonicalValues = {};
  for (const column of columns) {
    Object.defineProperty(view, column.field.name, {
      enumerable: true,
      get: () => column.value,
      set(value: string | null) {
        column.set(value);
      },
    });
  }
  return view;
}
