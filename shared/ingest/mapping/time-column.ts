import { isErrorText, isFormula, unguarded, visibleText } from '../normalise/cell-text.ts';
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
import type { Cell } from '../readers/reader.ts';
import type { SourceField } from '../sources/source.ts';
import { ERROR_CELL, FORMULA_CELL, type CellFault } from './cell-reader.ts';
import type { CopyBuffer } from './copy-buffer.ts';
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
export class TimeColumn implements MappedColumn {
  readonly field: SourceField;
  readonly column: number;
  readonly header: string | null;
  readonly money = null;
  readonly unknownWord = null;
  fault: CellFault | null = null;
  isCoarse = false;
  readonly #shiftSeconds: number;
  readonly #reading: TimeReading;
  readonly #dateCells: boolean;
  /** a canonical text needs no change */
  readonly #isPlain: boolean;
  /** `YYYY-MM-DD HH:mm:ss` without its offset */
  #clock: string | null = null;

  constructor({ field, column, header, shiftSeconds, reading, dateCells }: TimeColumnOptions) {
    this.field = field;
    this.column = column;
    this.header = header;
    this.#shiftSeconds = shiftSeconds;
    this.#reading = reading;
    this.#dateCells = dateCells;
    this.#isPlain = shiftSeconds === 0 && reading.exchanged !== true;
  }

  get value(): string | null {
    return this.#clock === null ? null : this.#clock + OFFSET_TEXT;
  }

  get isEmpty(): boolean {
    return this.#clock === null;
  }

  read(cell: Cell | undefined): void {
    this.#clock = null;
    this.fault = null;
    this.isCoarse = false;
    if (cell === null || cell === undefined || cell === '') return;
    if (this.#isPlain && typeof cell === 'string' && isCanonicalClock(cell)) {
      this.#clock = cell;
      this.isCoarse =
        this.#dateCells && cell.charCodeAt(SECONDS_ONES) === ZERO && cell.charCodeAt(SECONDS_TENS) === ZERO;
      return;
    }
    this.#readSlowly(cell);
  }

  write(out: CopyBuffer): void {
    if (this.#clock === null) return out.bytes(NULL_BYTES);
    out.text(this.#clock);
    out.bytes(OFFSET_BYTES);
  }

  set(value: string | null): void {
    this.#clock = value === null ? null : value.slice(0, 19);
  }

  #readSlowly(cell: string | number): void {
    const text = typeof cell === 'number' ? cell : unguarded(visibleText(cell).trim());
    if (typeof text === 'string' && isNullText(text)) return;
    const seconds = parseWallSeconds(text, this.#reading);
    if (!Number.isNaN(seconds)) {
      this.#clock = formatWallTime(seconds - this.#shiftSeconds).slice(0, 19);
      this.isCoarse =
        typeof text === 'string'
          ? isWrittenCoarsely(text) || (this.#dateCells && seconds % 60 === 0)
          : seconds % 60 === 0;
    } else if (typeof text === 'string' && isErrorText(text)) this.fault = ERROR_CELL;
    else if (typeof text === 'string' && isFormula(text)) this.fault = FORMULA_CELL;
    else if (this.field.need === 'R' || !isZeroTime(text)) this.fault = UNREADABLE;
  }
}
