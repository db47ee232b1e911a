/**
 * What is decided before the first row of a table is read: how each column is read, which two make the time, and the
 * zone.
 */
import type { ColumnStyle, TimeStyle } from '../child/protocol.ts';
import { detectNumberStyle } from '../normalise/numbers.ts';
import { parseWallSeconds, type TimeReading } from '../normalise/times.ts';
import type { Cell, RawRow } from '../readers/reader.ts';
import type { RowMapperOptions } from './row-mapper-contract.ts';
import type { CanonicalValues } from '../sources/source.ts';
import { AbsentColumn, createColumn } from './column.ts';
import { createClockGuard } from './guards.ts';
import { findJoinedTime, joinCells, type JoinedTime } from './joined-time.ts';
import type { MappedColumn } from './mapped-column.ts';

export function cellsOf(rows: readonly RawRow[], column: number): Cell[] {
  return rows.map(({ cells }) => cells[column] ?? null);
}

export function openColumns(options: RowMapperOptions, zoneShiftHours: number): MappedColumn[] {
  const { source, header, columnFields, styles, sample, hasCells = false } = options;
  const reading = readingOf(options);
  return source.fields.map((field) => {
    const column = columnFields.indexOf(field.name);
    if (column < 0) return new AbsentColumn(field);
    const ownStyle =
      styles[field.name] ?? (field.type === 'money' ? detectNumberStyle(cellsOf(sample, column)).style : null);
    return createColumn({
      field,
      column,
      header: header[column] ?? null,
      style: ownStyle,
      // Who wrote one date with the month first wrote all of them so.
      reading,
      shiftSeconds: zoneShiftHours * 3600,
      dateCells: hasCells,
    });
  });
}

export function joinedTimeOf({ source, header, columnFields, sample }: RowMapperOptions): JoinedTime | null {
  const timeColumn = columnFields.indexOf(source.timeField);
  return findJoinedTime(timeColumn, header, (column) => (columnFields[column] ?? null) !== null, sample);
}

export function readingOf({ styles, date1904, hasCells, source, columnFields, sample }: RowMapperOptions): TimeReading {
  const monthFirst = isMonthFirst(styles);
  const column = columnFields.indexOf(source.timeField);
  return { monthFirst, date1904, exchanged: monthFirst && hasCells === true && isExchanged(cellsOf(sample, column)) };
}

/**
 * Whether a spreadsheet of a country with the day first opened dates with the month first: it made date cells where it
 * could, with day and month exchanged, and left the others as texts.
 */
function isExchanged(cells: readonly Cell[]): boolean {
  const days = cells.flatMap((cell) => (typeof cell === 'string' ? (/^\d{4}-\d\d-(\d\d)/.exec(cell)?.[1] ?? []) : []));
  const isLeft = (cell: Cell): boolean =>
    typeof cell === 'string' &&
    Number.isNaN(parseWallSeconds(cell)) &&
    !Number.isNaN(parseWallSeconds(cell, { monthFirst: true }));
  return days.length > 0 && days.every((day) => Number(day) <= 12) && cells.some(isLeft);
}

export function isMonthFirst(styles: Record<string, ColumnStyle>): boolean {
  return Object.values(styles).includes('month_first');
}

/** The operator's word about how times are written; null where there is none. */
export function timeStyleOf(style: ColumnStyle | undefined): TimeStyle | null {
  return style === undefined || style === 'point' || style === 'comma' ? null : style;
}

/** The zone that the sample shows, read once with its times as they stand. */
export function sampledShiftHours(options: RowMapperOptions, joined: JoinedTime | null): number {
  const { clock } = options.source;
  if ((clock?.shiftHours ?? null) === null) return 0;
  const columns = openColumns(options, 0);
  const values = valuesView(columns);
  const guard = createClockGuard(clock, 0);
  for (const { cells } of options.sample) {
    for (const column of columns) {
      const isTime = joined !== null && column.field.name === options.source.timeField;
      if (isTime) column.read(joinCells(cells[joined.date], cells[joined.clock], readingOf(options)));
      else column.read(column.column < 0 ? null : cells[column.column]);
    }
    guard.note(values);
  }
  return guard.shiftHours();
}

/** The row's values by canonical name, read from the columns only when asked: a source looks at a few of them. */
export function valuesView(columns: readonly MappedColumn[]): CanonicalValues {
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
