/** Orders that lose their last record when a file is taken back, and the records that nobody else brought. */
import type { Client } from 'pg';
import type { Source } from '../ingest/sources/source.ts';
import { type Cause, causeValues } from '../reconcile/context.ts';
import { PROOFS, releaseProofs } from '../reconcile/move-records.ts';

/**
 * Orders that lose their last record, as the temporary table doomed: whatever else would be done to them is done for
 * nothing. One may be left all the same, where another record moves or comes back to it.
 */
export async function findDoomed(client: Client, source: Source, isOrders: boolean): Promise<void> {
  const other = source.table === 'vendhub_sales' ? 'happy_workers_orders' : 'vendhub_sales';
  await client.query(
    isOrders
      ? `create temporary table doomed on commit drop as
         with losing as (
           select order_id, count(*) as records
           from diff
           group by order_id
           having bool_and(gone)
         )
         select l.order_id as id
         from losing l
         join ${source.table} r on r.order_id = l.order_id
         where not exists (select 1 from ${other} v where v.order_id = l.order_id)
         group by l.order_id, l.records
         having count(*) = l.records`
      : `create temporary table doomed on commit drop as
         select o.id
         from diff d
         join orders o on o.id = d.order_id
         where d.gone and o.proof_source = '${source.name}' and o.proof_id = d.record_id`,
  );
  await client.query(`analyze doomed`);
}

/**
 * Records that nobody else brought, and the orders that are left without any; their proofs are free again.
 *
 * @param doomedAreGone nothing moved or came back to the orders of doomed
 */
export async function removeGone(
  client: Client,
  source: Source,
  isOrders: boolean,
  cause: Cause,
  doomedAreGone: boolean,
): Promise<number> {
  const values = causeValues(cause);
  // the row that a proof had when it stood alone is remembered too
  const remembered = `
    , remembered as (
      insert into undone_orders (order_id, file_id)
      select orphan_order_id, $2::uuid from gone
      on conflict (order_id) do update set file_id = excluded.file_id, undone_at = now()
    )`;
  await client.query(
    `with gone as (
      delete from ${source.table} r
      using diff d
      where d.gone and r.order_id = d.order_id and r.id = d.record_id
      returning r.id, r.order_id, r.natural_key${isOrders ? '' : ', r.orphan_order_id'}
    )${isOrders ? '' : remembered}
    insert into order_changes
      (order_id, source, record_id, field, old_value, change_type, cause, file_id, changed_by)
    select order_id, '${source.name}', id, 'leg', natural_key, 'unlink', $1, $2::uuid, $3 from gone`,
    values,
  );
  if (doomedAreGone) await client.query(`alter table pg_temp.doomed rename to emptied`);
  else await findEmptied(client, source, isOrders);
  if (isOrders) for (const proof of PROOFS) await releaseProofs(client, proof);
  const removed = await removeEmptied(client, isOrders, values);
  await client.query(`drop table emptied`);
  return removed;
}

/**
 * The orders of emptied go, and are remembered. Their ids and what is told of them is kept in between: out of the same
 * statement a million of them would be read again from the disk for each.
 */
async function removeEmptied(
  client: Client,
  isOrders: boolean,
  values: ReturnType<typeof causeValues>,
): Promise<number> {
  await client.query(`
    create temporary table leaving (
      id bigint not null, order_number text, proof_source text, proof_id bigint, status text not null,
      issues text[] not null, price numeric not null, time timestamptz not null
    ) on commit drop`);
  const removed = await client.query(
    `with gone as (
      delete from orders o
      using emptied e
      where o.id = e.id
      returning o.id, o.order_number, o.proof_source, o.proof_id, o.status, o.issues, o.price, o.time
    )
    insert into leaving select * from gone`,
  );
  await client.query(`analyze leaving (id)`);
  if (isOrders)
    await client.query(`insert into work_vanished (amount, time) select price, time from leaving where price <> 0`);
  await client.query(
    `insert into order_changes
       (order_id, source, record_id, field, old_value, change_type, cause, file_id, changed_by)
     select id, proof_source, proof_id, 'status', status, 'status', $1, $2::uuid, $3 from leaving`,
    values,
  );
  // an id that went before is rare: to ask each of a million about it costs as much as the row
  await client.query(
    `with again as (
       update undone_orders u set file_id = $1::uuid, undone_at = now() from leaving l where u.order_id = l.id
       returning u.order_id
     )
     insert into undone_orders (order_id, order_number, file_id)
     select l.id, l.order_number, $1::uuid
     from leaving l
     where not exists (select 1 from again a where a.order_id = l.id)`,
    [values[1]],
  );
  await client.query(`
    insert into work_gone_orders (order_id, status, issues, price) select id, status, issues, price from leaving;
    drop table leaving`);
  return removed.rowCount ?? 0;
}

/** Orders without a record after those of diff went, as the temporary table emptied. */
async function findEmptied(client: Client, source: Source, isOrders: boolean): Promise<void> {
  await client.query(
    isOrders
      ? `create temporary table emptied on commit drop as
         select distinct d.order_id as id from diff d
         where d.gone and not exists (select 1 from happy_workers_orders r where r.order_id = d.order_id)
           and not exists (select 1 from vendhub_sales r where r.order_id = d.order_id)`
      : `create temporary table emptied on commit drop as
         select o.id from diff d join orders o on o.id = d.order_id
         where d.gone and o.proof_source = '${source.name}' and o.proof_id = d.record_id`,
  );
  await client.query(`analyze emptied`);
}
