/**
 * Receipts and payments that a search text may mean, as the orders that hold them: each look-up walks one small index.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { GATEWAYS } from '../ingest/sources/index.ts';
import type { SearchMeaning } from './search.ts';

/** One key names few records; the tail of a card one in ten thousand. */
const MAX_PROOFS = 5_000;
const TAIL_DIGITS = 4;
/** Without the country. */
const PHONE_DIGITS = 9;
const PHONE = `regexp_replace(phone_number, '\\D', '', 'g')`;
/** Of Click, "99890***0194": what the stars hide can be compared with nothing. */
const CLIENT = `regexp_replace(client_info, '\\D', '', 'g')`;

interface LookUp {
  code: 'receipt_number' | 'payment_id' | 'rrn' | 'card' | 'phone';
  sql: string;
  bindings: unknown[];
}

/** @returns the meanings that some record has, each as a condition on orders */
export async function proofMeanings(db: DbOrTransaction, text: string): Promise<SearchMeaning[]> {
  const meanings: SearchMeaning[] = [];
  for (const { code, sql, bindings } of lookUps(text)) {
    const rows = await selectRows<{ order_id: string }>(
      db,
      `select distinct order_id from (${sql} limit ${MAX_PROOFS}) found`,
      bindings,
    );
    if (rows.length > 0)
      meanings.push({ code, sql: 'o.id = any(?::bigint[])', bindings: [rows.map((row) => row.order_id)] });
  }
  return meanings;
}

function lookUps(text: string): LookUp[] {
  const payments = 'select order_id from gateway_payments where';
  const found: LookUp[] = [
    {
      code: 'receipt_number',
      sql: `(select order_id from fiscal_receipts where natural_key = ?)
        union all (select order_id from fiscal_receipts where fiscal_check_number = ?)
        union all (${payments} fiscal_sign = ?)`,
      bindings: [text, text, text],
    },
    {
      code: 'payment_id',
      sql: `${payments} gateway = any(?::text[]) and natural_key = any(?::text[])`,
      bindings: [[...GATEWAYS], [text, text.toLowerCase()]],
    },
    { code: 'rrn', sql: `${payments} rrn = ?`, bindings: [text] },
  ];
  const card = /^([0-9]{4,8})?[0-9\s*•xX.…-]*?([0-9]{4})$/.exec(text);
  const masked = /[*•xX…]/.test(text);
  if (card !== null && (masked || /^\d{4}$/.test(text))) {
    const begin = masked && card[1] !== undefined ? ` and card_number like ?` : '';
    found.push({
      code: 'card',
      sql: `${payments} card_number is not null and right(card_number, ${TAIL_DIGITS}) = ?${begin}`,
      bindings: [card[2], ...(begin === '' ? [] : [`${card[1] ?? ''}%`])],
    });
  }
  const digits = text.replace(/\D/g, '');
  const tail = digits.slice(-TAIL_DIGITS);
  // an amount ends in four digits too
  const isTailOrWhole = digits.length === TAIL_DIGITS || digits.length >= PHONE_DIGITS;
  if (/^\+?[\d\s()-]+$/.test(text) && digits.length >= TAIL_DIGITS && digits.length <= 15) {
    found.push({
      code: 'phone',
      sql: `(${payments} phone_number is not null and right(${PHONE}, ${TAIL_DIGITS}) = ? and right(${PHONE}, ?) = ?)
        union all (${payments} client_info is not null and right(${CLIENT}, ${TAIL_DIGITS}) = ?
          and (? and client_info like '%*%' or right(${CLIENT}, ?) = ?))`,
      bindings: [tail, digits.length, digits, tail, isTailOrWhole, digits.length, digits],
    });
  }
  return found;
}
