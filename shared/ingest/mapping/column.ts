import type { ColumnStyle } from '../child/protocol.ts';
import type { TimeReading } from '../normalise/times.ts';
import { isVocabularyType, wordOfNothing } from '../normalise/vocabularies.ts';
import type { SourceField } from '../sources/source.ts';
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
import type { MappedColumn } from './mapped-column.ts';
import { createTimeColumn } from './time-column.ts';

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
  /** an amount that was written without two decimals */
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
  /** the workbook counts its days from 1904 */
  date1904: boolean;
}

export function createColumn({
  field,
  column,
  header,
  style,
  shiftSeconds,
  dateCells,
  date1904,
}: ColumnOptions): MappedColumn {
  const reading: TimeReading = { monthFirst: style === 'month_first', date1904 };
  if (field.type === 'timestamp') return createTimeColumn({ field, column, header, shiftSeconds, reading, dateCells });
  const money =
    field.type === 'money' ? createMoneyColumn(style === 'point' || style === 'comma' ? style : null) : null;
  const isMoney = money !== null;
  const unknownWord = isVocabularyType(field.type) ? wordOfNothing(field.type) : null;
  // A state that is needed and empty is a fault of the row, not an unknown state.
  const whenEmpty = field.need === 'R' ? null : unknownWord;
  const convert = readerOf(field, money, whenEmpty, reading);
  const empty = outcomeOf(whenEmpty, true);
  let remembered: Map<string, Outcome> | null = new Map();
  let hitCount = 0;
  let current = empty;
  let last = empty;

  function look(cell: string): Outcome {
    // The same as in the row before, as states and places mostly are: cheaper to compare than to hash.
    if (cell === last.text) return last;
    const known = remembered?.get(cell);
    if (known !== undefined) {
      hitCount += 1;
      last = known;
      return known;
    }
    const outcome = outcomeOf(convert(cell), false, isMoney && !TWO_DECIMALS.test(cell));
    if (remembered === null || cell.length > CACHED_CHARS) return outcome;
    if (remembered.size < CACHE_ENTRIES) {
      const value = outcome.value === null ? null : detach(outcome.value);
      const kept = {
        value,
        fault: outcome.fault,
        coarse: outcome.coarse,
        bytes: encodeCell(value),
        text: detach(cell),
      };
      remembered.set(kept.text, kept);
      return kept;
    }
    // Nearly every text is new (order numbers, ids): looking them up costs more than it saves.
    if (hitCount < CACHE_ENTRIES) remembered = null;
    return outcome;
  }

  return {
    field,
    column,
    header,
    money,
    unknownWord,
    get value() {
      return current.value;
    },
    get fault() {
      return current.fault;
    },
    get isCoarse() {
      return current.coarse;
    },
    read(cell) {
      if (cell === null || cell === undefined || cell === '') current = empty;
      else current = typeof cell === 'string' ? look(cell) : outcomeOf(convert(cell), false, isMoney);
    },
    write(out) {
      if (current.bytes !== null) out.bytes(current.bytes);
      else if (current.value === null) out.bytes(NULL_BYTES);
      else out.text(current.value);
    },
    set(value) {
      current = { value, fault: null, coarse: false, bytes: null, text: null };
    },
  };
}

/** A field that the file has no column for: `read` puts back the value that such files have. */
export function createAbsentColumn(field: SourceField): MappedColumn {
  const usual = outcomeOf(field.whenAbsent?.value ?? null, true);
  let current = usual;
  return {
    field,
    column: -1,
    header: null,
    money: null,
    unknownWord: null,
    get value() {
      return current.value;
    },
    fault: null,
    isCoarse: false,
    read() {
      current = usual;
    },
    write(out) {
      out.bytes(current.bytes ?? encodeCell(current.value));
    },
    set(value) {
      current = outcomeOf(value, true);
    },
  };
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
  const isFreeText = field.type === 'text' && field.identifier !== true && field.digits === undefined;
  return cellReader(textConverter(field), null, !isFreeText);
}
