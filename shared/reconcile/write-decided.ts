/** What was decided of many orders becomes theirs: the rows of orders, their statuses, issues and history. */
import type { Client } from 'pg';
import { causeValues, type ReconcileContext } from './context.ts';
import type { IdRanges } from './id-ranges.ts';
import { emptyWorkTable, MANY_ROWS } from './work-tables.ts';

interface DecidedWrite {
  /** that the work table decided holds */
  rows: number;
  orders: IdRanges;
  /** SQL: that table as d, with what `set` asks besides */
  from: string;
  /** SQL: columns of orders o */
  set: string;
}

/**
 * Writes what the work table decided says into orders, and what goes with it. Of many orders it moves the statuses,
 * which stand apart, itself: a trigger would have to find out again from both versions of each row what moves.
 */
export async function writeDecided(
  context: ReconcileContext,
  { rows, orders, from, set }: DecidedWrite,
): Promise<void> {
  const { client } = context;
  const update = `
    update orders o set ${set}
    from ${from}
    where o.id = d.id and ${orders.of('o.id')}`;
  if (rows <= MANY_ROWS) await client.query(update);
  else {
    await client.query(`set local vhm24r.statuses_told = 'yes'`);
    await client.query(update);
    await moveStatuses(client);
    await client.query(`set local vhm24r.statuses_told = ''`);
  }
  await recordOutcomes(context, rows);
}

/**
 * As the work table decided says; found by their own key, of which only this stretch is read. Every column is of the
 * key or of an index, so an update would be a new row all the same: taking them out and putting them in is cheaper.
 */
async function moveStatuses(client: Client): Promise<void> {
  const { rows } = await client.query<{ statuses: string[]; first: string; last: string }>(`
    select array_agg(distinct old_status) as statuses, min(old_time)::text as first, max(old_time)::text as last
    from work_decided`);
  const [reach] = rows;
  if (reach === undefined) throw new Error('an aggregate gave no row');
  const moves = '(d.status <> d.old_status or d.time <> d.old_time or d.pending <> d.old_pending)';
  await client.query(
    `delete from order_statuses s
     using work_decided d
     where s.status = d.old_status and s.time = d.old_time and s.order_id = d.id
       and s.status = any ($1::text[]) and s.time between $2::timestamptz and $3::timestamptz and ${moves}`,
    [reach.statuses, reach.first, reach.last],
  );
  await client.query(`
    insert into order_statuses (status, time, order_id, pending)
    select d.status, d.time, d.id, d.pending
    from work_decided d
    where ${moves}`);
}

/**
 * What goes with the outcomes in the work table decided, which it empties: the rows of order_issues, and a line of
 * history for each change of status with its cause. `unmatched` was never an answer, so leaving it is no change.
 * @param rows that the table holds
 */
async function recordOutcomes({ client, cause }: ReconcileContext, rows: number): Promise<void> {
  await client.query(
    `insert into work_changed_orders (order_id, old_status, old_issues)
     select id, old_status, old_issues from work_decided where is_news`,
  );
  await client.query(`
    delete from order_issues i
    using work_decided d
    where i.order_id = d.id and d.old_issues <> d.issues and i.code <> all (d.issues)`);
  await client.query(`
    insert into order_issues (order_id, code)
    select d.id, code
    from work_decided d
    cross join lateral unnest(d.issues) code
    where d.old_issues <> d.issues and code <> all (d.old_issues)
    on conflict do nothing`);
  await client.query(
    `insert into order_changes
       (order_id, source, record_id, field, old_value, new_value, change_type, cause, file_id, changed_by)
     select d.id, d.proof_source, d.proof_id, 'status', d.old_status, d.status, 'status', $1, $2, $3
     from work_decided d where d.status <> d.old_status and d.old_status <> 'unmatched'`,
    causeValues(cause),
  );
  await emptyWorkTable(client, 'work_decided', rows);
}
