/** The stretch of time that an answer is about, and the calendar of Tashkent in SQL. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import type { MatchingConfig } from '../config.ts';
import type { Range } from '../sums/ranges.ts';
import { sumsSql } from '../sums/read-sums.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { NamedPeriod } from './answer-schemas.ts';

/** Instants, half-open; an absent end restricts nothing. */
export interface Period {
  from?: Date;
  to?: Date;
}

const DAY_MS = 86_400_000;
const OFFSET_MS = 5 * 3_600_000;

const startOfDay = (at: Date): Date => new Date(Math.floor((at.getTime() + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS);

/** An open end is the first or last day of all orders. */
export async function namePeriod(db: DbOrTransaction, period: Period): Promise<NamedPeriod> {
  let { from, to } = period;
  if (from === undefined || to === undefined) {
    const row = await selectRow<{ first: Date | null; last: Date | null }>(
      db,
      'select (select min(time) from orders) as first, (select max(time) from orders) as last',
    );
    const { first = null, last = null } = row ?? {};
    if (first !== null) from ??= startOfDay(first);
    if (last !== null) to ??= new Date(startOfDay(last).getTime() + DAY_MS);
  }
  return { from: from === undefined ? null : tashkentIso(from), to: to === undefined ? null : tashkentIso(to) };
}

/**
 * A select of the cells of one dimension over the period (shared/sums). None of these hang on how orders are matched,
 * so any settings do.
 */
export const salesOf = (
  db: DbOrTransaction,
  { from = null, to = null }: Partial<Range>,
  dimension: SalesDimension,
): Promise<string> => sumsSql(db, { period: { from, to }, matching: UNMATCHED, dimensions: [dimension] });

type SalesDimension = 'kind' | 'sold_machine' | 'sold_goods' | 'sold_hour' | 'gateway_orders' | 'receipts' | 'payments';
const UNMATCHED: MatchingConfig = { hwVendhubWindowS: 0, fiscalWindowS: 0, gatewayWindowS: 0, amountTolerance: '0' };

/**
 * The hour, day or week (from Monday) of Tashkent that holds `column`, as its first instant. Whole steps from a Monday
 * before all reports: counting in seconds is several times cheaper, over a million rows, than asking the calendar.
 */
export const stepOf = (column: string, step: 'hour' | 'day' | 'week'): string =>
  `date_bin('${step === 'week' ? '7 days' : `1 ${step}`}', ${column}, '1990-01-01 00:00:00+05')`;

/** A timestamp on the clock of Tashkent. */
export const localTime = (column: string): string => `(${column} at time zone 'Asia/Tashkent')`;
