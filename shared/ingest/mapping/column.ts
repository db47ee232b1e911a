import type { ColumnStyle } from '../child/protocol.ts';
import type { Cell } from '../readers/reader.ts';
import type { TimeReading } from '../normalise/times.ts';
import { isVocabularyType, wordOfNothing } from '../normalise/vocabularies.ts';
import { isNullText } from '../normalise/nulls.ts';
import { unguarded, visibleText } from '../normalise/cell-text.ts';
import { mayBeUnsaid, type SourceField } from '../sources/source.ts';
import {
  cellReader,
  createMoneyColumn,
  dateConverter,
  integerConverter,
  textConverter,
  wordConverter,
  type CellFault,
  type CellReader,
  type CellValue,
  type MoneyColumn,
} from './cell-reader.ts';
import { detach, encodeCell } from './copy-text.ts';
import type { CopyBuffer } from './copy-buffer.ts';
import type { MappedColumn } from './mapped-column.ts';
import { TimeColumn } from './time-column.ts';

/**
 * Different texts remembered per column; what repeats in reports (goods, addresses, prices, states) stays far below.
 */
const CACHE_ENTRIES = 2_048;
/** Texts longer than this are not worth remembering. */
const CACHED_CHARS = 200;
const NULL_BYTES = encodeCell(null);
const TWO_DECIMALS = /[.,]\d\d\D*$/;

interface Outcome {
  value: string | null;
  fault: CellFault | null;
  /** an amount that was written without two decimals, or a word that the report does not say */
  coarse: boolean;
  /** `value` as it goes into a COPY line; null = not encoded yet */
  bytes: Uint8Array | null;
  /** the cell it was read from, where it is remembered */
  text: string | null;
}

export interface ColumnOptions {
  field: SourceField;
  column: number;
  header: string | null;
  /** how the operator or the first rows decided that the column is read */
  style: ColumnStyle | null;
  shiftSeconds: number;
  dateCells: boolean;
  /** how the times of the file are written */
  reading: TimeReading;
}

export function createColumn(options: ColumnOptions): MappedColumn {
  const { field, column, header, shiftSeconds, reading, dateCells } = options;
  return field.type === 'timestamp'
    ? new TimeColumn({ field, column, header, shiftSeconds, reading, dateCells })
    : new CellColumn(options);
}

class CellColumn implements MappedColumn {
  readonly field: SourceField;
  readonly column: number;
  readonly header: string | null;
  readonly money: MoneyColumn | null;
  readonly unknownWord: string | null;
  readonly #convert: CellReader;
  readonly #empty: Outcome;
  #remembered: Map<string, Outcome> | null = new Map();
  #hitCount = 0;
  #current: Outcome;
  #last: Outcome;

  constructor({ field, column, header, style, reading }: ColumnOptions) {
    this.field = field;
    this.column = column;
    this.header = header;
    this.money =
      field.type === 'money' ? createMoneyColumn(style === 'point' || style === 'comma' ? style : null) : null;
    this.unknownWord = isVocabularyType(field.type) ? wordOfNothing(field.type) : null;
    // A state that is needed and empty is a fault of the row, not an unknown state.
    const whenEmpty = field.need === 'R' ? null : this.unknownWord;
    this.#convert = readerOf(field, this.money, whenEmpty, reading);
    this.#empty = outcomeOf(whenEmpty, true, mayBeUnsaid(field));
    this.#current = this.#empty;
    this.#last = this.#empty;
  }

  get value(): string | null {
    return this.#current.value;
  }

  get isEmpty(): boolean {
    return this.#current.value === null;
  }

  get fault(): CellFault | null {
    return this.#current.fault;
  }

  get isCoarse(): boolean {
    return this.#current.coarse;
  }

  read(cell: Cell | undefined): void {
    if (cell === null || cell === undefined || cell === '') this.#current = this.#empty;
    else if (typeof cell === 'string') this.#current = this.#look(cell);
    else this.#current = outcomeOf(this.#convert(cell), false, this.money !== null);
  }

  write(out: CopyBuffer): void {
    const { bytes, value } = this.#current;
    if (bytes !== null) out.bytes(bytes);
    else if (value === null) out.bytes(NULL_BYTES);
    else out.text(value);
  }

  set(value: string | null): void {
    this.#current = { value, fault: null, coarse: false, bytes: null, text: null };
  }

  #look(cell: string): Outcome {
    // The same as in the row before, as states and places mostly are: cheaper to compare than to hash.
    if (cell === this.#last.text) return this.#last;
    const remembered = this.#remembered;
    const known = remembered?.get(cell);
    if (known !== undefined) {
      this.#hitCount += 1;
      this.#last = known;
      return known;
    }
    const isCoarse =
      this.money === null
        ? mayBeUnsaid(this.field) && isNullText(unguarded(visibleText(cell).trim()))
        : !TWO_DECIMALS.test(cell);
    const outcome = outcomeOf(this.#convert(cell), false, isCoarse);
    if (remembered === null || cell.length > CACHED_CHARS) return outcome;
    if (remembered.size < CACHE_ENTRIES) {
      const value = outcome.value === null ? null : detach(outcome.value);
      const kept: Outcome = {
        value,
        fault: outcome.fault,
        coarse: outcome.coarse,
        bytes: encodeCell(value),
        text: detach(cell),
      };
      remembered.set(kept.text!, kept);
      return kept;
    }
    // Nearly every text is new (order numbers, ids): looking them up costs more than it saves.
    if (this.#hitCount < CACHE_ENTRIES) this.#remembered = null;
    return outcome;
  }
}

/** A field that the file has no column for: `read` puts back the value that such files have. */
export class AbsentColumn implements MappedColumn {
  readonly field: SourceField;
  readonly column = -1;
  readonly header = null;
  readonly money = null;
  readonly unknownWord = null;
  readonly fault = null;
  readonly isCoarse: boolean;
  readonly #usual: Outcome;
  #current: Outcome;

  constructor(field: SourceField) {
    this.field = field;
    this.isCoarse = mayBeUnsaid(field);
    this.#usual = outcomeOf(field.whenAbsent?.value ?? null, true);
    this.#current = this.#usual;
  }

  get value(): string | null {
    return this.#current.value;
  }

  get isEmpty(): boolean {
    return this.#current.value === null;
  }

  read(): void {
    this.#current = this.#usual;
  }

  write(out: CopyBuffer): void {
    out.bytes(this.#current.bytes ?? encodeCell(this.#current.value));
  }

  set(value: string | null): void {
    this.#current = outcomeOf(value, true);
  }
}

function outcomeOf(read: CellValue, encode: boolean, coarse = false): Outcome {
  const value = typeof read === 'string' ? read : null;
  return {
    value,
    fault: typeof read === 'string' ? null : read,
    coarse,
    bytes: encode ? encodeCell(value) : null,
    text: null,
  };
}

function readerOf(
  field: SourceField,
  money: MoneyColumn | null,
  whenEmpty: string | null,
  reading: TimeReading,
): CellReader {
  if (money !== null) return cellReader(money.convert);
  if (isVocabularyType(field.type)) return cellReader(wordConverter(field.type), whenEmpty);
  if (field.type === 'date') return cellReader(dateConverter(reading));
  if (field.type === 'int') return cellReader(integerConverter());
  const isFree = field.type === 'text' && field.identifier !== true && field.digits === undefined;
  return cellReader(textConverter(field), null, isFree);
}
