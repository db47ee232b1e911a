/** Counts days that changed into order_sums, inside the transaction that changed them or in a round of its own. */
import type { Client } from 'pg';
import type { MatchingConfig } from '../config.ts';
import { connectionOf, type Db } from '../db/client.ts';
import { CELL_COLUMNS, cellsSql } from './cells.ts';
import { dateOf, rangesOfDays } from './ranges.ts';

/**
 * Rows that a transaction counts anew at most, about a second's work: a report whose few rows lie in every day of many
 * years must not count them all again while others wait for it. Days beyond stay stale: readers count them, and the
 * next round goes on.
 */
export const ROWS_AT_ONCE = 50_000;

/**
 * The caller holds the merge lock, so that no two count at the same time.
 * @returns days that still wait
 */
export async function refreshSums(
  client: Client,
  matching: MatchingConfig,
  rowsAtOnce = ROWS_AT_ONCE,
): Promise<number> {
  const { rows } = await client.query<{ day: number; rows: string }>(`
    with taken as (delete from order_sums_stale returning day, reach),
    days as (
      select distinct (t.day - date '1970-01-01') + shift as day from taken t cross join generate_series(-1, 1) shift where abs(shift) <= t.reach
    )
    select d.day, (
      select count(*) from (select from orders o
        where o.time >= timestamptz '1970-01-01 00:00:00+05' + d.day * interval '1 day'
          and o.time < timestamptz '1970-01-01 00:00:00+05' + (d.day + 1) * interval '1 day' limit ${ROWS_AT_ONCE}) o
    ) as rows from days d order by d.day desc`);
  const taken: number[] = [];
  let total = 0;
  for (const row of rows) {
    total += Number(row.rows);
    // the newest first, and always one: each round gets somewhere
    if (total > rowsAtOnce && taken.length > 0) break;
    taken.push(row.day);
  }
  const left = rows.slice(taken.length).map(({ day }) => dateOf(day));
  if (left.length > 0) {
    // what they reach is among them already
    await client.query(`insert into order_sums_stale (day, reach) select unnest($1::date[]), 0`, [left]);
  }
  if (taken.length > 0) {
    await client.query(`delete from order_sums where day = any($1::date[])`, [taken.map(dateOf)]);
    const cells = cellsSql({ ranges: rangesOfDays(taken), matching });
    await client.query(`insert into order_sums (${CELL_COLUMNS}) ${cells}`);
  }
  return left.length;
}

/** Marks the days of orders whose proofs changed hands: the row of the order itself may have stayed as it was. */
export async function markRelinked(client: Client): Promise<void> {
  await client.query(`
    insert into order_sums_stale (day)
    select distinct date '1970-01-01' + floor((extract(epoch from o.time) + 18000) / 86400)::int
    from (select order_id as id from link_changes union select old_order_id from link_changes) c join orders o on o.id = c.id`);
}

/**
 * One round in the background: what transactions left. Gives way while anything else holds the merge lock.
 * @param lockKey of the lock under which merges happen
 * @returns days that still wait; null when somebody else was at work
 */
export async function refreshInBackground(db: Db, matching: MatchingConfig, lockKey: number): Promise<number | null> {
  return db.transaction(async (trx) => {
    const client = await connectionOf(trx);
    await client.query(`set local statement_timeout = '20s'; set local work_mem = '64MB'`);
    const waiting = await client.query(`select 1 from order_sums_stale limit 1`);
    if (waiting.rowCount === 0) return 0;
    const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_xact_lock(${lockKey}) as taken`);
    return rows[0]?.taken === true ? refreshSums(client, matching) : null;
  });
}
