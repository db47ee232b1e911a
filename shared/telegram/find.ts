/**
 * `/find 15000 14:35 12.06`: a customer is on the phone and knows what they paid and when. Orders, and payments and
 * receipts without one, near that amount and time; the nearest first.
 */
import { databaseNow } from '../coverage/missing-days.ts';
import { selectRows } from '../db/rows.ts';
import { ORDER_COLUMNS, type OrderRow } from '../orders/list-orders.ts';
import { dayText, tashkentDay, tashkentIso } from '../tashkent-time.ts';
import { orderStatusTexts } from '../texts/tables.ts';
import { renderText } from '../texts/text.ts';
import { type KnownIncoming, pageUrl } from './incoming.ts';
import { foreign, html, link } from './markup.ts';
import { grouped, say } from './say.ts';

/** People round, and remember a minute that is not the machine's. */
const AMOUNT_REACH = 0.1;
const REACH_MIN = 45;
/** Without a day: how far back such a time of day is looked for. */
const DAYS_BACK = 7;
const SHOWN = 10;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export interface Wanted {
  /** decimal text */
  amount: string | null;
  /** minutes since midnight */
  minute: number | null;
  /** of Tashkent, e.g. 2025-06-12 */
  day: string | null;
}

/** @param today of Tashkent; a day without a year is the last one that has been. @returns null when it means nothing */
export function readWanted(text: string, today: string): Wanted | null {
  const wanted: Wanted = { amount: null, minute: null, day: null };
  // an amount may be written in groups: "15 000"
  for (const word of text
    .trim()
    .replace(/(?<=^|\s)(\d{1,3}) (?=\d{3}(?:\s|$))/g, '$1')
    .split(/\s+/)) {
    const time = /^([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/.exec(word);
    const date = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?$/.exec(word);
    const iso = /^\d{4}-\d{2}-\d{2}$/.test(word) ? word : null;
    const amount = /^\d{3,9}(?:[.,]\d{1,2})?$/.test(word) ? word.replace(',', '.') : null;
    if (time !== null && wanted.minute === null) wanted.minute = Number(time[1]) * 60 + Number(time[2]);
    else if ((date !== null || iso !== null) && wanted.day === null) {
      wanted.day = iso ?? dayOf(date as RegExpExecArray, today);
      if (wanted.day === null || Number.isNaN(Date.parse(wanted.day))) return null;
    } else if (amount !== null && wanted.amount === null) wanted.amount = amount;
    else return null;
  }
  return wanted.amount === null && wanted.minute === null ? null : wanted;
}

function dayOf([, day = '', month = '', year]: RegExpExecArray, today: string): string | null {
  const of = (full: string): string => `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const thisYear = today.slice(0, 4);
  const asked = year === undefined ? thisYear : year.length === 2 ? `20${year}` : year;
  const found = year === undefined && of(asked) > today ? of(String(Number(thisYear) - 1)) : of(asked);
  const at = new Date(`${found}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== found ? null : found;
}

export async function find({ deps, person, reply }: KnownIncoming, rest: string): Promise<void> {
  const { lang } = person;
  const today = tashkentDay(await databaseNow(deps.reads));
  const wanted = readWanted(rest, today);
  if (wanted === null) return reply({ text: say('find_usage', lang) });
  const rows = await search(deps.reads, wanted, today);
  if (rows.length === 0) return reply({ text: say('find_none', lang) });
  const lines = rows.map((row) => {
    // a payment or receipt without an order has no number of its own
    const number = row.order_number ?? `№ ${row.id}`;
    const href = pageUrl(deps.config, `/orders/${row.id}`);
    return say('find_line', lang, {
      number: html(href === null ? foreign(number) : link(href, number)),
      time: html(`${dayText(tashkentIso(row.time))} ${tashkentIso(row.time).slice(11, 16)}`),
      sum: html(grouped(Math.round(Number(row.price)))),
      machine: row.machine_name ?? row.machine_code ?? '—',
      status: renderText(orderStatusTexts, row.status, {}, lang),
    });
  });
  await reply({ text: [say('find_some', lang), ...lines].join('\n\n') });
}

function search(
  db: KnownIncoming['deps']['reads'],
  { amount, minute, day }: Wanted,
  today: string,
): Promise<OrderRow[]> {
  const days =
    day !== null
      ? [day]
      : Array.from({ length: DAYS_BACK }, (_, back) =>
          tashkentDay(new Date(Date.parse(`${today}T12:00:00Z`) - back * DAY_MS)),
        );
  const spans = days.map((one) => {
    const midnight = Date.parse(`${one}T00:00:00+05:00`);
    const at = midnight + (minute ?? 0) * MINUTE_MS;
    return minute === null
      ? { from: midnight, to: midnight + DAY_MS, at: midnight + DAY_MS / 2 }
      : { from: at - REACH_MIN * MINUTE_MS, to: at + REACH_MIN * MINUTE_MS, at };
  });
  return selectRows<OrderRow>(
    db,
    `select ${ORDER_COLUMNS}
     from unnest(?::timestamptz[], ?::timestamptz[], ?::timestamptz[]) s (span_from, span_to, wanted_at)
     join orders o on o.time >= s.span_from and o.time < s.span_to
     left join machines m on m.machine_code = o.machine_code
     where ?::numeric is null or o.price between ?::numeric * ${1 - AMOUNT_REACH} and ?::numeric * ${1 + AMOUNT_REACH}
     order by abs(o.price - coalesce(?::numeric, o.price)), abs(extract(epoch from o.time - s.wanted_at)), o.id
     limit ${SHOWN}`,
    [
      spans.map(({ from }) => new Date(from)),
      spans.map(({ to }) => new Date(to)),
      spans.map(({ at }) => new Date(at)),
      amount,
      amount,
      amount,
      amount,
    ],
  );
}
