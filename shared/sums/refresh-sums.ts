/** Counts days that changed into order_sums, inside the transaction that changed them or in a round of its own. */
import type { Client } from 'pg';
import type { MatchingConfig } from '../config.ts';
import { connectionOf, type Db } from '../db/client.ts';
import { CELL_COLUMNS, cellsSql } from './cells.ts';
import { dateOf, rangesOfDays, tashkentDayOf } from './ranges.ts';

/**
 * Rows that an import counts anew itself, a tenth of a second's work: those of the last days, on which its few rows
 * lie. A large import leaves its days to the rounds after it: the next of its set would leave them stale again.
 */
const ROWS_WITH_IMPORT = 5_000;
/** Days beyond these are another import's, or a large one's. */
const DAYS_WITH_IMPORT = 10;
/** Rows of one round in the background, about half a second's work, for which an import may have to wait. */
const ROWS_OF_ROUND = 25_000;
/** A file that was queued so lately is about to be read: its import comes first. */
const LATELY = `interval '10 seconds'`;

/**
 * The caller holds the merge lock, so that no two count at the same time.
 * @returns days that still wait
 */
export async function refreshSums(
  client: Client,
  matching: MatchingConfig,
  rowsAtOnce = ROWS_WITH_IMPORT,
): Promise<number> {
  if (rowsAtOnce <= ROWS_WITH_IMPORT) {
    const { rows } = await client.query<{ days: number }>(
      `select count(*)::int as days from (select distinct day from order_sums_stale limit ${DAYS_WITH_IMPORT + 1}) d`,
    );
    const days = rows[0]?.days ?? 0;
    if (days === 0 || days > DAYS_WITH_IMPORT) return days;
  }
  const { rows } = await client.query<{ day: number; rows: string }>(`
    with taken as (delete from order_sums_stale returning day, reach),
    days as (
      select distinct (t.day - date '1970-01-01') + shift as day from taken t cross join generate_series(-1, 1) shift
      where abs(shift) <= t.reach
    )
    select d.day, (
      select count(*) from (select from orders o
        where o.time >= timestamptz '1970-01-01 00:00:00+05' + d.day * interval '1 day'
          and o.time < timestamptz '1970-01-01 00:00:00+05' + (d.day + 1) * interval '1 day' limit ${ROWS_OF_ROUND}) o
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

/**
 * Marks the days of orders whose proofs changed hands: the row of the order itself may have stayed as it was. All of
 * them are in the work table scope.
 */
export async function markRelinked(client: Client): Promise<void> {
  await client.query(`
    insert into order_sums_stale (day)
    select distinct ${tashkentDayOf('time')}
    from work_scope s
    where s.id in (select order_id from work_link_changes)
      or s.id in (select old_order_id from work_link_changes where not is_new)`);
}

/**
 * One round in the background: what transactions left. Gives way while files are being loaded or taken back, or
 * anything else holds the merge lock; whoever ends last is followed by a round.
 * @param lockKey of the lock under which merges happen
 * @returns days that still wait; null when somebody else was at work
 */
export async function refreshInBackground(db: Db, matching: MatchingConfig, lockKey: number): Promise<number | null> {
  return db.transaction(async (trx) => {
    const client = await connectionOf(trx);
    await client.query(`set local statement_timeout = '20s'; set local work_mem = '64MB'`);
    const waiting = await client.query(`select 1 from order_sums_stale limit 1`);
    if (waiting.rowCount === 0) return 0;
    const loading = await client.query(`
      select 1 from uploaded_files
      where status = 'processing' and lease_until > clock_timestamp() and not preview
        or status = 'queued' and next_attempt_at between clock_timestamp() - ${LATELY} and clock_timestamp()
          and not preview
      union all
      select 1 from undos where status in ('queued', 'processing')
      limit 1`);
    if (loading.rowCount !== 0) return null;
    const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_xact_lock(${lockKey}) as taken`);
    return rows[0]?.taken === true ? refreshSums(client, matching, ROWS_OF_ROUND) : null;
  });
}
