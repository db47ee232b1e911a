/**
 * What `q` may mean: the beginning of an order number, a receipt or payment, the tail of a card or phone, an amount, a
 * time, a machine, goods. Each meaning is resolved to something an index finds, by small look-ups first; no extension
 * of the database is needed.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { fold, machineCodesLike } from './machines.ts';
import { proofMeanings } from './search-proofs.ts';
import { timeCondition } from './search-times.ts';

/** A piece of SQL with `?` for its bindings, in order. */
export interface Condition {
  sql: string;
  bindings: readonly unknown[];
}

/** Why an order is among the results. */
export const SEARCH_CODES = [
  'order_number',
  'receipt_number',
  'payment_id',
  'rrn',
  'card',
  'phone',
  'amount',
  'time',
  'machine',
  'goods',
] as const;
export type SearchCode = (typeof SEARCH_CODES)[number];

export interface SearchMeaning extends Condition {
  code: SearchCode;
}

export async function searchOf(db: DbOrTransaction, q: string): Promise<SearchMeaning[]> {
  const text = q.trim();
  // one after the other: an export asks within its transaction, which has one connection
  const proofs = await proofMeanings(db, text);
  const machines = await machineCodesLike(db, text);
  const goods = await goodsLike(db, text);
  const time = await timeMeaning(db, text);
  const amount = amountOf(text);
  const meanings: SearchMeaning[] = [];
  for (const spelling of new Set([text, text.toLowerCase()]))
    meanings.push({ code: 'order_number', ...numberBeginsWith(spelling) });
  meanings.push(...proofs);
  if (amount !== null) meanings.push({ code: 'amount', ...hasPrice(amount) });
  if (time !== null) meanings.push({ code: 'time', ...time });
  if (machines.length > 0)
    meanings.push({ code: 'machine', sql: 'o.machine_code = any(?::text[])', bindings: [machines] });
  if (goods.length > 0) meanings.push({ code: 'goods', sql: 'o.goods_name = any(?::text[])', bindings: [goods] });
  return meanings;
}

/** Which meanings of `q` each of these orders has, by order id; the meanings in the order of SEARCH_CODES. */
export async function foundBy(
  db: DbOrTransaction,
  q: string,
  ids: readonly string[],
): Promise<Map<string, SearchCode[]>> {
  if (ids.length === 0) return new Map();
  const meanings = await searchOf(db, q);
  const codes = [...new Set(meanings.map(({ code }) => code))];
  const cases = codes.map((code) => {
    const own = meanings.filter((meaning) => meaning.code === code);
    return {
      sql: `case when ${own.map(({ sql }) => sql).join(' or ')} then '${code}' end`,
      bindings: own.flatMap(({ bindings }) => bindings),
    };
  });
  const rows = await selectRows<{ id: string; codes: SearchCode[] }>(
    db,
    `select o.id, array_remove(array[${cases.map(({ sql }) => sql).join(', ')}]::text[], null) as codes
     from orders o where o.id = any(?::bigint[])`,
    [...cases.flatMap(({ bindings }) => bindings), [...ids]],
  );
  return new Map(rows.map((row) => [row.id, row.codes]));
}

/** Numbers compare by bytes, so a prefix is a range of their unique index; no UTF-8 text sorts after U+10FFFF. */
function numberBeginsWith(prefix: string): Condition {
  return { sql: '(o.order_number >= ? and o.order_number < ?)', bindings: [prefix, `${prefix}\u{10ffff}`] };
}

/** "15000", "15 000", "15 000,50", "15000 so'm" as decimal text. */
function amountOf(text: string): string | null {
  const bare = text.replace(/(?:сум|сўм|so[ʻʼ'`‘’]?m|uzs)\.?$/iu, '').trim();
  if (!/^(?:\d{1,12}|\d{1,3}(?:[\s\u00a0\u202f]\d{3}){1,3})(?:[.,]\d{1,2})?$/u.test(bare)) return null;
  return bare.replace(/\s/gu, '').replace(',', '.');
}

async function timeMeaning(db: DbOrTransaction, text: string): Promise<Condition | null> {
  if (!/\d[:./-]\d/.test(text)) return null;
  const span = await selectRow<{ first: number | null; last: number | null }>(
    db,
    `select extract(year from min(time) at time zone 'Asia/Tashkent')::int as first,
      extract(year from max(time) at time zone 'Asia/Tashkent')::int as last from orders`,
  );
  const first = span?.first ?? null;
  const last = span?.last ?? null;
  if (first === null || last === null) return null;
  // rows with absurd years exist; nobody means them by a day without a year
  const years = Array.from({ length: Math.min(last - first + 1, MAX_YEARS) }, (_none, back) => last - back);
  return timeCondition(text, years);
}
const MAX_YEARS = 20;

/** An operator has some hundreds; those known longest come first. */
const MOST_GOODS = 5_000;

/**
 * Goods are few: their table is read whole, and letters of every alphabet fold alike. Of a report that gives each row
 * goods of its own the first ones do: else every search would hold up the service, and take its memory.
 */
async function goodsLike(db: DbOrTransaction, text: string): Promise<string[]> {
  const rows = await selectRows<{ name: string }>(db, `select name from goods limit ${MOST_GOODS}`);
  const part = fold(text);
  return rows.map((row) => row.name).filter((name) => fold(name).includes(part));
}

/** Orders and the rows of lone proofs have an index each. */
function hasPrice(amount: string): Condition {
  const among = (condition: string): string => `o.price = ?::numeric and o.order_number ${condition}`;
  return { sql: `(${among('is not null')} or ${among('is null')})`, bindings: [amount, amount] };
}
