import { isNullText } from '../normalise/nulls.ts';
import { isCanonicalClock, normaliseTime, OFFSET_TEXT } from '../normalise/times.ts';
import type { SourceField } from '../sources/source.ts';
import type { CellFault } from './cell-reader.ts';
import { encodeCell } from './copy-text.ts';
import type { MappedColumn } from './mapped-column.ts';

const NULL_BYTES = encodeCell(null);
const OFFSET_BYTES = encodeCell(OFFSET_TEXT);
const UNREADABLE: CellFault = { code: 'time_unreadable' };

export interface TimeColumnOptions {
  field: SourceField;
  column: number;
  header: string | null;
  shiftSeconds: number;
}

/**
 * Times are a third of all bytes and nearly every one is new, so none is remembered: a canonical text is written as it
 * stands, and becomes a value only where somebody asks for it.
 */
export function createTimeColumn({ field, column, header, shiftSeconds }: TimeColumnOptions): MappedColumn {
  /** `YYYY-MM-DD HH:mm:ss` without its offset */
  let clock: string | null = null;
  let fault: CellFault | null = null;

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
    read(cell) {
      clock = null;
      fault = null;
      if (cell === null || cell === undefined || cell === '') return;
      if (shiftSeconds === 0 && typeof cell === 'string' && isCanonicalClock(cell)) {
        clock = cell;
        return;
      }
      const time = normaliseTime(cell, shiftSeconds);
      if (time !== undefined) clock = time.slice(0, 19);
      else if (typeof cell === 'number' || !isNullText(cell.trim())) fault = UNREADABLE;
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
