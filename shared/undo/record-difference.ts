/**
 * Brings the records of the temporary table held to what replayed says: those that nobody else brought go, others get
 * back the values of the files that are left. Each is an entry of history of its own, and what reconciliation must look
 * at again is noted for it.
 */
import type { Client } from 'pg';
import { dayOf, columnOf, shown } from '../ingest/merging/terms.ts';
import { keptFields } from '../ingest/sources/index.ts';
import type { Source } from '../ingest/sources/source.ts';
import { type Cause, causeValues } from '../reconcile/context.ts';
import { moveRecords } from '../reconcile/move-records.ts';
import { keepPairs } from '../reconcile/links/paired-amounts.ts';
import { findDoomed, removeGone } from './remove-gone.ts';

export interface Applied {
  removed: number;
  restored: number;
  kept: number;
  fieldsRestored: number;
  ordersRemoved: number;
  stale: number;
}

export async function applyDifference(client: Client, source: Source, cause: Cause, fileId: string): Promise<Applied> {
  const { table } = source;
  const fields = [
    ...keptFields(source).map(({ name, column, type }) => ({ name, column, type })),
    { name: 'extra', column: 'extra', type: 'extra' as const },
  ];
  const isOrders = table === 'happy_workers_orders' || table === 'vendhub_sales';
  const differs = fields.map(({ column }) => `o.${column} is distinct from n.${column}`).join(' or ');
  await client.query(`
    create temporary table diff on commit drop as
    select o.id as record_id, o.order_id, o.natural_key, n.natural_key is null as gone,
      n.natural_key is not null and (${differs}) as changed
    from held o left join replayed n on n.natural_key = o.natural_key`);
  await client.query(`analyze diff`);
  const { rows } = await client.query<{ removed: number; restored: number; kept: number }>(
    `select count(*) filter (where gone)::int as removed, count(*) filter (where changed)::int as restored,
       count(*) filter (where not gone and not changed)::int as kept from diff`,
  );
  const counts = rows[0] ?? { removed: 0, restored: 0, kept: 0 };
  await findDoomed(client, source, isOrders);
  await findTouchedAndLeft(client);
  await countDays(client, source);
  await noteTouched(client, source, isOrders);
  const stale = await makeStale(client, source, isOrders);
  const fieldsRestored = counts.restored === 0 ? 0 : await logRestored(client, source, fields, cause);
  await raiseVersions(client, fileId, 'select order_id from touched_and_left');
  const columns = [
    ...fields.map(({ column }) => column),
    'file_id',
    'sheet',
    'source_row',
    'seq',
    'field_seq',
    'coarse',
  ];
  await client.query(`
    update ${table} r set ${columns.map((column) => `${column} = n.${column}`).join(', ')}
    from diff d join replayed n on n.natural_key = d.natural_key
    where r.order_id = d.order_id and r.id = d.record_id
      and (d.changed or (r.file_id, r.sheet, r.source_row, r.seq, r.field_seq, r.coarse) is distinct from
        (n.file_id, n.sheet, n.source_row, n.seq, n.field_seq, n.coarse))`);
  const moved = isOrders && counts.restored > 0 && (await moveRenumbered(client, table, source, cause));
  const reappeared = await addReappeared(
    client,
    source,
    isOrders,
    fields.map(({ column }) => column),
  );
  const doomedAreGone = !moved && !reappeared;
  const ordersRemoved = counts.removed === 0 ? 0 : await removeGone(client, source, isOrders, cause, doomedAreGone);
  if (!doomedAreGone) await raiseVersions(client, fileId, 'select id as order_id from doomed');
  return { ...counts, fieldsRestored, ordersRemoved, stale };
}

/** Orders that lose or change a record and stay, as the temporary table touched_and_left. */
async function findTouchedAndLeft(client: Client): Promise<void> {
  await client.query(`
    create temporary table touched_and_left on commit drop as
    select distinct d.order_id
    from diff d
    where (d.gone or d.changed)
      and not exists (select 1 from doomed x where x.id = d.order_id)`);
  await client.query(`analyze touched_and_left`);
}

/** Rows per day follow the records. */
async function countDays(client: Client, source: Source): Promise<void> {
  const day = dayOf(columnOf(source, source.timeField));
  await client.query(
    `insert into source_days (source, day, records)
     select $1, day, sum(records)
     from (select ${day} as day, -1 as records from held union all select ${day}, 1 from replayed) d
     group by day having sum(records) <> 0
     on conflict (source, day) do update set records = source_days.records + excluded.records`,
    [source.name],
  );
  await client.query(`delete from source_days where source = $1 and records <= 0`, [source.name]);
}

/** The places that proofs leave, and whatever hangs on the rows that change or go. */
async function noteTouched(client: Client, source: Source, isOrders: boolean): Promise<void> {
  await client.query(`
    insert into work_touched_orders (order_id)
    select t.order_id
    from touched_and_left t
    join orders o on o.id = t.order_id
    where o.order_number is not null`);
  if (isOrders) return;
  const isReceipt = source.table === 'fiscal_receipts';
  await client.query(
    `insert into ${isReceipt ? 'work_touched_receipts' : 'work_touched_payments'} (id)
     select record_id from diff where changed`,
  );
  await client.query(`
    insert into work_positions (amount, time_from, time_to, of_receipt)
    select v.amount, h.${columnOf(source, source.timeField)}, h.${columnOf(source, source.timeField)}, ${isReceipt}
    from diff d join held h on h.id = d.record_id
    cross join lateral (values (h.amount)${isReceipt ? ', (h.cash_amount), (h.card_amount)' : ''}) v (amount)
    where (d.gone or d.changed) and v.amount <> 0`);
}

/** What was decided about rows that change or go is open again: both its ends are evaluated anew. */
async function makeStale(client: Client, source: Source, isOrders: boolean): Promise<number> {
  const proof = isOrders ? '' : `or d.proof_source = '${source.name}' and d.proof_id = r.record_id`;
  const { rows } = await client.query<{ stale: number }>(`
    with stale as (
      update manual_decisions d set stale_at = now() from diff r
      where d.stale_at is null and d.undone_at is null and (r.gone or r.changed)
        and (d.order_id = r.order_id ${proof})
      returning d.id, d.order_id, d.kind, d.proof_source, d.proof_id
    ), pairs as (
      select distinct order_id, proof_source, proof_id from stale where kind <> 'accept'
    ), paired as (
      ${keepPairs('pairs')}
    ), orders_touched as (
      insert into work_touched_orders (order_id) select distinct order_id from pairs
    ), receipts_touched as (
      insert into work_touched_receipts select distinct p.proof_id from pairs p where p.proof_source = 'fiscal_bills'
    ), payments_touched as (
      insert into work_touched_payments select distinct p.proof_id from pairs p where p.proof_source <> 'fiscal_bills'
    ), placed as (
      insert into work_positions (amount, time_from, time_to) select o.price, o.time, o.time from pairs p
      join orders o on o.id = p.order_id where o.price <> 0
    )
    select count(distinct id)::int as stale from stale`);
  return rows[0]?.stale ?? 0;
}

async function logRestored(
  client: Client,
  source: Source,
  fields: readonly { name: string; column: string; type: string }[],
  cause: Cause,
): Promise<number> {
  const values = fields.map(
    ({ name, column, type }) =>
      `(o.${column} is distinct from n.${column}, '${name}', ${shown(`o.${column}`, type)},
        ${shown(`n.${column}`, type)})`,
  );
  const { rowCount } = await client.query(
    `insert into order_changes (order_id, source, record_id, field, old_value, new_value, change_type, cause, file_id,
      changed_by)
     select d.order_id, '${source.name}', d.record_id, v.field, v.old_value, v.new_value,
       case when v.old_value is null then 'filled' else 'changed' end, $1, $2, $3
     from diff d
     join held o on o.id = d.record_id
     join replayed n on n.natural_key = d.natural_key
     cross join lateral (values ${values.join(', ')}) v (is_set, field, old_value, new_value)
     where d.changed and v.is_set`,
    causeValues(cause),
  );
  return rowCount ?? 0;
}

/** Versions only grow. The mark in the list is that of the last file that is left. */
async function raiseVersions(client: Client, fileId: string, touched: string): Promise<void> {
  await client.query(
    `with touched as (${touched})
     update orders o set version = o.version + 1, updated_at = now(), last_change = coalesce((
       select case when bool_and(c.change_type = 'filled') then 'filled' else 'updated' end
       from order_changes c where c.order_id = o.id and c.cause = 'file' and c.change_type in ('filled', 'changed')
         and c.file_id = (
         select l.file_id from order_changes l join uploaded_files f on f.id = l.file_id
         where l.order_id = o.id and l.cause = 'file' and l.change_type in ('filled', 'changed') and l.file_id <> $1
           and f.status <> 'undone'
         order by l.id desc limit 1)), 'new')
     from touched t where o.id = t.order_id`,
    [fileId],
  );
  await client.query(
    `update order_changes c set version = o.version from orders o
     where c.file_id = $1 and c.cause = 'undo' and c.version is null and c.change_type in ('filled', 'changed')
       and o.id = c.order_id`,
    [fileId],
  );
}

async function moveRenumbered(
  client: Client,
  table: 'happy_workers_orders' | 'vendhub_sales',
  source: Source,
  cause: Cause,
): Promise<boolean> {
  const moved = await client.query(`
    create temporary table moves on commit drop as
    select r.id as record_id, r.order_id as old_order_id, r.order_number
    from diff d
    join ${table} r on r.order_id = d.order_id and r.id = d.record_id
    join orders o on o.id = r.order_id
    where d.changed and o.order_number <> r.order_number`);
  const hasMoved = (moved.rowCount ?? 0) > 0;
  if (!hasMoved) await client.query(`drop table moves`);
  else await moveRecords(client, { table, source: source.name === 'vendhub' ? 'vendhub' : 'happy_workers' }, cause);
  return hasMoved;
}

/** Rows that only now have a key of their own: the file that gave it another meaning is gone. */
async function addReappeared(
  client: Client,
  source: Source,
  isOrders: boolean,
  columns: readonly string[],
): Promise<boolean> {
  const own = ['natural_key', 'file_id', 'sheet', 'source_row', 'seq', 'field_seq', 'coarse', ...columns];
  const names = own.join(', ');
  const found = await client.query(`
    create temporary table reappeared on commit drop as
    select n.* from replayed n where not exists (select 1 from held h where h.natural_key = n.natural_key)`);
  if ((found.rowCount ?? 0) > 0) {
    if (isOrders)
      await client.query(`
        with numbered as (
          select w.order_number, coalesce(o.id, nextval('orders_id_seq')) as order_id
          from (select distinct order_number from reappeared) w left join orders o on o.order_number = w.order_number
        ), made as (
          insert into ${source.table} (order_id, ${names}) select p.order_id,
            ${own.map((column) => `n.${column}`).join(', ')}
          from reappeared n
          join numbered p on p.order_number = n.order_number
          returning order_id
        )
        insert into work_touched_orders (order_id) select order_id from made`);
    else {
      const gateway = source.table === 'gateway_payments' ? 'gateway, ' : '';
      await client.query(`
        with made as (
          insert into ${source.table} (order_id, orphan_order_id, ${gateway}${names})
          select own_id, own_id, ${gateway}${names}
          from (select n.*, nextval('orders_id_seq') as own_id from reappeared n) n returning id
        )
        insert into ${source.table === 'fiscal_receipts' ? 'work_touched_receipts' : 'work_touched_payments'} (id)
        select id from made`);
    }
  }
  await client.query(`drop table reappeared`);
  return (found.rowCount ?? 0) > 0;
}
