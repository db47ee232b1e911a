import type { NumberStyle } from '../child/protocol.ts';
import { isVocabularyType, wordOfNothing } from '../normalise/vocabularies.ts';
import type { Cell } from '../readers/reader.ts';
import type { SourceField } from '../sources/source.ts';
import {
  cellReader,
  createMoneyColumn,
  dateConverter,
  integerConverter,
  textConverter,
  timeReader,
  wordConverter,
  type CellFault,
  type CellReader,
  type MoneyColumn,
} from './cell-reader.ts';
import { COPY_NULL, copyValue, detach } from './copy-text.ts';

/** Different texts remembered per column; what repeats in reports (goods, addresses, prices, states) stays far below. */
const CACHE_ENTRIES = 2_048;
/** Texts longer than this are not worth remembering. */
const CACHED_CHARS = 200;

/** A column of the file that feeds a field; `read` leaves the outcome of one cell in value, encoded and fault. */
export interface MappedColumn {
  readonly field: SourceField;
  /** place in the row; -1 = the file has no such column */
  readonly column: number;
  readonly header: string | null;
  readonly money: MoneyColumn | null;
  /** what an unknown word of a state column becomes; null where there is no such thing */
  readonly unknownWord: string | null;
  value: string | null;
  /** `value` as it goes into a COPY line */
  encoded: string;
  fault: CellFault | null;
  read(cell: Cell | undefined): void;
  /** Replaces the value that was read. */
  set(value: string | null): void;
}

interface Remembered {
  value: string | null;
  encoded: string;
  fault: CellFault | null;
}

export interface ColumnOptions {
  field: SourceField;
  column: number;
  header: string | null;
  /** number style of a money column that the operator or the first rows settled */
  style: NumberStyle | null;
  shiftSeconds: number;
}

export function createColumn({ field, column, header, style, shiftSeconds }: ColumnOptions): MappedColumn {
  const money = field.type === 'money' ? createMoneyColumn(style) : null;
  const emptyState = isVocabularyType(field.type) ? wordOfNothing(field.type) : null;
  // A state that is needed and empty is a fault of the row, not an unknown state.
  const whenEmpty = field.need === 'R' ? null : emptyState;
  const convert = readerOf(field, money, whenEmpty, shiftSeconds);
  const empty: Remembered = outcome(whenEmpty);
  let remembered: Map<string, Remembered> | null = field.type === 'timestamp' ? null : new Map();
  let hitCount = 0;

  const self: MappedColumn = {
    field,
    column,
    header,
    money,
    unknownWord: emptyState,
    value: null,
    encoded: COPY_NULL,
    fault: null,
    read(cell) {
      if (cell === null || cell === undefined || cell === '') return take(empty);
      if (remembered === null || typeof cell === 'number') return take(outcome(convert(cell)));
      const known = remembered.get(cell);
      if (known !== undefined) {
        hitCount += 1;
        return take(known);
      }
      const read = outcome(convert(cell));
      remember(cell, read);
      take(read);
    },
    set(value) {
      self.value = value;
      self.encoded = copyValue(value);
    },
  };

  function take(read: Remembered): void {
    self.value = read.value;
    self.encoded = read.encoded;
    self.fault = read.fault;
  }

  function remember(cell: string, read: Remembered): void {
    if (remembered === null || cell.length > CACHED_CHARS) return;
    if (remembered.size < CACHE_ENTRIES) {
      remembered.set(detach(cell), { ...read, value: detached(read.value), encoded: detach(read.encoded) });
    } else if (hitCount < CACHE_ENTRIES) {
      // Nearly every text is new (order numbers, ids): looking them up costs more than it saves.
      remembered = null;
    }
  }

  return self;
}

/** A field that the file has no column for: `read` puts back the value that such files have. */
export function createAbsentColumn(field: SourceField): MappedColumn {
  const value = field.whenAbsent?.value ?? null;
  const self: MappedColumn = {
    field,
    column: -1,
    header: null,
    money: null,
    unknownWord: null,
    value,
    encoded: copyValue(value),
    fault: null,
    read() {
      self.set(value);
    },
    set(changed) {
      self.value = changed;
      self.encoded = copyValue(changed);
    },
  };
  return self;
}

function outcome(read: string | null | CellFault): Remembered {
  if (typeof read === 'string') return { value: read, encoded: copyValue(read), fault: null };
  return { value: null, encoded: COPY_NULL, fault: read };
}

function detached(value: string | null): string | null {
  return value === null ? null : detach(value);
}

function readerOf(field: SourceField, money: MoneyColumn | null, whenEmpty: string | null, shiftSeconds: number): CellReader {
  if (money !== null) return cellReader(money.convert);
  if (isVocabularyType(field.type)) return cellReader(wordConverter(field.type), whenEmpty);
  if (field.type === 'timestamp') return timeReader(shiftSeconds);
  if (field.type === 'date') return cellReader(dateConverter());
  if (field.type === 'int') return cellReader(integerConverter());
  return cellReader(textConverter(field));
}
