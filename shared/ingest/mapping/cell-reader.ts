/** One cell of a known field to its normalised text (rules.md 4), as a closure made once per column. */
import type { NumberStyle } from '../child/protocol.ts';
import { isErrorText, isFormula, unguarded, visibleText } from '../normalise/cell-text.ts';
import {
  isNoIdentifier,
  isScientific,
  normaliseCode,
  plainIdentifier,
  restoreLeadingZero,
} from '../normalise/identifiers.ts';
import { isNullText } from '../normalise/nulls.ts';
import { normaliseInteger, normaliseMoney, readNumber } from '../normalise/numbers.ts';
import { isZeroTime, normaliseDate, type TimeReading } from '../normalise/times.ts';
import { normaliseWord, type VocabularyType } from '../normalise/vocabularies.ts';
import type { SourceField } from '../sources/source.ts';
import { detach } from './copy-text.ts';

/** Why a cell cannot be used; codes of shared/texts/row-errors.ts. */
export interface CellFault {
  code: string;
  params?: Record<string, string | number>;
}

export type CellValue = string | null | CellFault;
export type CellReader = (cell: string | number) => CellValue;

/**
 * Texts of fields that keys and indexes are made of stay far below PostgreSQL's limit of 2 704 bytes for an index
 * entry.
 */
export const MAX_KEY_CHARS = 500;
const MAX_TEXT_CHARS = 2_000;

/** The error of a spreadsheet is no value, whatever the field. */
export const ERROR_CELL: CellFault = { code: 'error_cell' };

/** So is a formula that nobody worked out. */
export const FORMULA_CELL: CellFault = { code: 'formula_without_value' };

/**
 * Reads a cell that may be empty; `convert` sees trimmed text with something in it, or a number.
 * @param isFree text that people write: what nobody sees stays in it, and so does what begins like a formula
 */
export function cellReader(convert: CellReader, whenEmpty: string | null = null, isFree = false): CellReader {
  return (cell) => {
    if (typeof cell === 'number') return convert(cell);
    const trimmed = unguarded((isFree ? cell : visibleText(cell)).trim(), isFree);
    if (isNullText(trimmed)) return whenEmpty;
    if (isErrorText(trimmed)) return ERROR_CELL;
    return !isFree && isFormula(trimmed) && !isScientific(trimmed) ? FORMULA_CELL : convert(trimmed);
  };
}

export function textConverter(field: SourceField): CellReader {
  const maxChars = field.need === 'o' ? MAX_TEXT_CHARS : MAX_KEY_CHARS;
  const { digits } = field;
  const isIdentifier = field.identifier === true || field.type === 'code' || digits !== undefined;
  return (cell) => {
    const text = isIdentifier ? plainIdentifier(String(cell)) : String(cell);
    if (isIdentifier && isScientific(text)) return { code: 'id_in_scientific_notation' };
    if (isIdentifier && field.need === 'R' && isNoIdentifier(text)) return null;
    if (text.length > maxChars) return { code: 'text_too_long', params: { length: text.length, max: maxChars } };
    if (field.type === 'code') return normaliseCode(text);
    return digits === undefined ? text : restoreLeadingZero(text, digits);
  };
}

export function dateConverter(reading: TimeReading): CellReader {
  return (cell) => normaliseDate(cell, reading) ?? (isZeroTime(cell) ? null : { code: 'time_unreadable' });
}

export function integerConverter(): CellReader {
  return (cell) => {
    const integer = normaliseInteger(cell);
    if (integer !== undefined) return integer;
    return { code: isScientific(String(cell)) ? 'id_in_scientific_notation' : 'number_unreadable' };
  };
}

/** A money column: reads by a style once one is known, by the rule cell by cell until then. */
export interface MoneyColumn {
  readonly convert: CellReader;
  readonly style: NumberStyle | null;
  /** a cell that fits both styles while none is known */
  readonly ambiguousSample: string | null;
  /** style that a later cell proves although earlier cells were read the other way */
  readonly contradiction: NumberStyle | null;
}

export function createMoneyColumn(given: NumberStyle | null): MoneyColumn {
  let style = given;
  let contradiction: NumberStyle | null = null;
  const readByRule: Partial<Record<NumberStyle, string>> = {};

  /** Until a style is known every cell is evidence; it costs one more reading of each different text. */
  function learn(text: string): void {
    const reading = readNumber(text);
    if (reading === 'thousands_by_point') readByRule.comma ??= detach(text);
    else if (reading === 'thousands_by_comma') readByRule.point ??= detach(text);
    else if (reading === 'point' || reading === 'comma') {
      // Read as thousands by the other sign: that was wrong if this cell shows what the sign means.
      const opposite = reading === 'point' ? 'comma' : 'point';
      if (readByRule[opposite] !== undefined) contradiction ??= reading;
      style = reading;
    }
  }

  return {
    convert(cell) {
      if (style === null && typeof cell === 'string') learn(cell);
      const read = normaliseMoney(cell, style);
      return 'value' in read ? read.value : read;
    },
    get style() {
      return style;
    },
    get ambiguousSample() {
      return style === null ? (readByRule.comma ?? readByRule.point ?? null) : null;
    },
    get contradiction() {
      return contradiction;
    },
  };
}

export function wordConverter(type: VocabularyType): CellReader {
  return (cell) => {
    const { value } = normaliseWord(type, String(cell));
    return value.length > MAX_KEY_CHARS
      ? { code: 'text_too_long', params: { length: value.length, max: MAX_KEY_CHARS } }
      : value;
  };
}
