import { isErrorText, unguarded, visibleText } from '../normalise/cell-text.ts';
import { isNullText } from '../normalise/nulls.ts';
import {
  formatWallTime,
  isCanonicalClock,
  isWrittenCoarsely,
  isZeroTime,
  OFFSET_TEXT,
  parseWallSeconds,
  type TimeReading,
} from '../normalise/times.ts';
import type { SourceField } from '../sources/source.ts';
import { ERROR_CELL, type CellFault } from './cell-reader.ts';
import { encodeCell } from './copy-text.ts';
import type { MappedColumn } from './mapped-column.ts';

const NULL_BYTES = encodeCell(null);
const OFFSET_BYTES = encodeCell(OFFSET_TEXT);
const UNREADABLE: CellFault = { code: 'time_unreadable' };
const [ZERO, SECONDS_TENS, SECONDS_ONES] = [48, 17, 18];

export interface TimeColumnOptions {
  field: SourceField;
  column: number;
  header: string | null;
  shiftSeconds: number;
  reading: TimeReading;
  /** the format has cells of its own for dates, which always show seconds */
  dateCells: boolean;
}

/**
 * Times are a third of all bytes and nearly every one is new, so none is remembered: a canonical text is written as it
 * stands, and becomes a value only where somebody asks for it.
 */
export function createTimeColumn({
  field,
  column,
  header,
  shiftSeconds,
  reading,
  dateCells,
}: TimeColumnOptions): MappedColumn {
  const isOptional = field.need !== 'R';
  /** `YYYY-MM-DD HH:mm:ss` without its offset */
  let clock: string | null = null;
  let fault: CellFault | null = null;
  let coarse = false;

  function readSlowly(cell: string | number): void {
    const text = typeof cell === 'number' ? cell : unguarded(visibleText(cell).trim());
    if (typeof text === 'string' && isNullText(text)) return;
    const seconds = parseWallSeconds(text, reading);
    if (!Number.isNaN(seconds)) {
      clock = formatWallTime(seconds - shiftSeconds).slice(0, 19);
      coarse =
        typeof text === 'string' ? isWrittenCoarsely(text) || (dateCells && seconds % 60 === 0) : seconds % 60 === 0;
    } else if (typeof text === 'string' && isErrorText(text)) fault = ERROR_CELL;
    else if (!(isOptional && isZeroTime(text))) fault = UNREADABLE;
  }

  return {
    field,
    column,
    header,
    money: null,
    unknownWord: null,
    get value() {
      return clock === null ? null : clock + OFFSET_TEXT;
    },
    get fault() {
      return fault;
    },
    get isCoarse() {
      return coarse;
    },
    read(cell) {
      clock = null;
      fault = null;
      coarse = false;
      if (cell === null || cell === undefined || cell === '') return;
      if (shiftSeconds === 0 && typeof cell === 'string' && isCanonicalClock(cell)) {
        clock = cell;
        coarse = dateCells && cell.charCodeAt(SECONDS_ONES) === ZERO && cell.charCodeAt(SECONDS_TENS) === ZERO;
        return;
      }
      readSlowly(cell);
    },
    write(out) {
      if (clock === null) return out.bytes(NULL_BYTES);
      out.text(clock);
      out.bytes(OFFSET_BYTES);
    },
    set(value) {
      clock = value === null ? null : value.slice(0, 19);
    },
  };
}
