/**
 * What an unknown column may be, for the question to the operator: by the likeness of its header to the names that a
 * source knows, and by what its cells hold. A suggestion decides nothing: recognising stays exact (rules.md 3), the
 * operator confirms or changes it.
 */
import { isNullText } from '../normalise/nulls.ts';
import { normaliseMoney } from '../normalise/numbers.ts';
import { normaliseTime } from '../normalise/times.ts';
import { isVocabularyType, normaliseWord } from '../normalise/vocabularies.ts';
import type { Cell } from '../readers/reader.ts';
import type { Source, SourceField } from '../sources/source.ts';
import { normaliseHeader } from './headers.ts';

export interface UnknownColumn {
  header: string;
  values: readonly Cell[];
}

/** Below this nothing is suggested: a wrong suggestion costs more than none. */
const ENOUGH = 0.45;
const LIKENESS_WEIGHT = 0.6;
const CONTENT_WEIGHT = 0.5;
/** A column of which fewer cells can be read as the field's type is none. */
const FITTING_SHARE = 0.8;
const ORDER_NUMBER = /^(?:ff[0-9a-f]{8}\d{14}[0-9a-f]{12}|ud\d{19}|cart[0-9a-z]{8,})$/i;
const MACHINE_CODE = /^[0-9a-f]{12}$/i;
const PATTERNS: Readonly<Record<string, RegExp>> = {
  order_number: ORDER_NUMBER,
  machine_code: MACHINE_CODE,
  card_number: /^\d{4,6}\*{4,}\d{4}$/,
  phone_number: /^\+?998\d{2}[\d*]{7}$/,
  client_info: /^\+?998\d{2}[\d*]{3,7}$/,
  fiscal_module: /^[A-Z]{2}\d{12}$/,
  ikpu: /^0?\d{16}$/,
};
const HAS_SEPARATOR = /\d[.:/-]\d/;

/**
 * Field by header, each field once and the likeliest pairs first; `taken` are the fields that other columns hold
 * already.
 */
export function suggestFields(
  source: Source,
  columns: readonly UnknownColumn[],
  taken: ReadonlySet<string>,
): Record<string, string> {
  const pairs = columns.flatMap(({ header, values }) =>
    source.fields
      .filter((field) => !taken.has(field.name) && (field.need === 'R' || field.column !== null))
      .map((field) => {
        const content = contentOf(source, field, values);
        const score = content === null ? 0 : scoreOf(field, header, content);
        return { header, field: field.name, score, filled: content !== null && content > 0 };
      }),
  );
  const suggested = new Map<string, string>();
  const used = new Set<string>();
  for (const { header, field, score } of pairs.toSorted((a, b) => b.score - a.score)) {
    if (score < ENOUGH || suggested.has(header) || used.has(field)) continue;
    suggested.set(header, field);
    used.add(field);
  }
  // What a row cannot do without has to be somewhere: the only column left that can hold it is likely to.
  for (const { name } of source.fields.filter(({ need }) => need === 'R')) {
    if (taken.has(name) || used.has(name)) continue;
    const able = pairs.filter(({ header, field, filled }) => field === name && filled && !suggested.has(header));
    if (able.length !== 1) continue;
    suggested.set(able[0]!.header, name);
    used.add(name);
  }
  return Object.fromEntries(suggested);
}

function scoreOf(field: SourceField, header: string, content: number): number {
  const own = normaliseHeader(header);
  const likeness = Math.max(...[field.name, ...field.headers].map((alias) => likenessOf(own, normaliseHeader(alias))));
  return likeness * LIKENESS_WEIGHT + content * CONTENT_WEIGHT;
}

/** 0 says nothing, 1 can be hardly anything else; null: the cells cannot be this field. */
function contentOf(source: Source, field: SourceField, values: readonly Cell[]): number | null {
  const filled = values.filter((cell): cell is string | number => cell !== null && !isNullText(String(cell).trim()));
  if (filled.length === 0) return 0;
  const fits = (is: (cell: string | number) => boolean): boolean =>
    filled.filter(is).length >= filled.length * FITTING_SHARE;
  const pattern = field.looksLike ?? PATTERNS[field.name];
  if (pattern !== undefined && fits((cell) => pattern.test(String(cell).trim()))) return 1;
  if (field.name === 'machine_code') return null;
  const { type } = field;
  if (type === 'timestamp' || type === 'date') {
    const isTime = (cell: string | number): boolean =>
      normaliseTime(cell) !== undefined && (typeof cell === 'number' ? cell % 1 !== 0 : HAS_SEPARATOR.test(cell));
    if (!fits(isTime)) return null;
    return field.name === source.timeField ? 0.9 : 0.6;
  }
  if (type === 'money' || type === 'int') {
    if (!fits((cell) => 'value' in normaliseMoney(cell, null) && String(cell).trim().length <= 12)) return null;
    return field.need === 'R' && type === 'money' ? 0.5 : 0.1;
  }
  if (isVocabularyType(type)) return fits((cell) => normaliseWord(type, String(cell)).known) ? 1 : null;
  // identifiers and names: their look says little, except what they are not
  return fits((cell) => typeof cell === 'string' && normaliseTime(cell) !== undefined && HAS_SEPARATOR.test(cell))
    ? null
    : 0;
}

/** Dice's coefficient of the pairs of letters; a header that holds the other whole counts at least three quarters. */
function likenessOf(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [bigramsOf(a), bigramsOf(b)];
  if (left.length === 0 || right.length === 0) return 0;
  const rest = [...right];
  let common = 0;
  for (const pair of left) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    rest.splice(at, 1);
    common += 1;
  }
  const dice = (2 * common) / (left.length + right.length);
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const holds = short.length >= 4 && ` ${long} `.includes(` ${short} `);
  return holds ? Math.max(dice, 0.75) : dice;
}

function bigramsOf(text: string): string[] {
  const letters = text.replaceAll(/[^\p{L}\p{N}]/gu, '').slice(0, 60);
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2));
}
