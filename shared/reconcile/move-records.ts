/**
 * Records whose order number is no longer that of the order they hang on: a later file gave them another one (rules.md
 * 4.1). Each moves to the order of its number, which is made where there is none; both orders are evaluated again and
 * say so in their history. An order that is left without any record goes: its proofs are free again, its history and
 * decisions go with the record that left it last.
 */
import type { Client } from 'pg';
import type { RecordTable } from '../ingest/sources/source.ts';
import { keepPairs } from './links/paired-amounts.ts';
import { type Cause, causeValues, removeOrders } from './context.ts';

export interface MovedFrom {
  table: Extract<RecordTable, 'happy_workers_orders' | 'vendhub_sales'>;
  source: 'happy_workers' | 'vendhub';
}

export const PROOFS = [
  { table: 'fiscal_receipts', source: `'fiscal_bills'`, touched: 'work_touched_receipts' },
  { table: 'gateway_payments', source: 'p.gateway', touched: 'work_touched_payments' },
] as const;

/**
 * Moves what the temporary table moves (record_id, old_order_id, order_number) names, and drops it. The records carry
 * their new number already. Inside the merge transaction, with the work tables made.
 */
export async function moveRecords(client: Client, { table, source }: MovedFrom, cause: Cause): Promise<void> {
  await client.query(`
    create temporary table destinations on commit drop as
    with wanted as (
      select distinct order_number from moves
    ), made as (
      select r.order_number, min(r.order_id) as order_id
      from wanted w
      join ${table} r on r.order_number = w.order_number
      join work_touched_orders t on t.order_id = r.order_id
      where not exists (select 1 from moves m where m.record_id = r.id)
      group by r.order_number
    )
    select w.order_number, coalesce(o.id, m.order_id, nextval('orders_id_seq')) as order_id
    from wanted w
    left join orders o on o.order_number = w.order_number
    left join made m on m.order_number = w.order_number`);
  await client.query(`
    update ${table} r set order_id = d.order_id
    from moves m
    join destinations d on d.order_number = m.order_number
    where r.order_id = m.old_order_id and r.id = m.record_id`);
  await client.query(`
    create temporary table emptied on commit drop as
    select m.old_order_id as id, min(d.order_id) as heir
    from moves m
    join destinations d on d.order_number = m.order_number
    where not exists (select 1 from happy_workers_orders r where r.order_id = m.old_order_id)
      and not exists (select 1 from vendhub_sales r where r.order_id = m.old_order_id)
    group by m.old_order_id`);
  await noteVanished(client);
  await client.query(
    `insert into work_touched_orders (order_id) select old_order_id from moves union select order_id from destinations`,
  );
  await client.query(`
    update order_changes h set order_id = d.order_id
    from moves m
    join destinations d on d.order_number = m.order_number
    where h.order_id = m.old_order_id
      and h.source = '${source}'
      and h.record_id = m.record_id
      and h.change_type in ('filled', 'changed')`);
  for (const proof of PROOFS) await releaseProofs(client, proof);
  await sayInHistory(client, { table, source }, cause);
  // what was accepted is no longer what the order is
  await client.query(`
    update manual_decisions d set stale_at = now()
    where d.stale_at is null and d.undone_at is null
      and (d.order_id in (select id from emptied)
        or d.kind = 'accept' and d.proof_source is null
          and d.order_id in (select order_id from destinations union select old_order_id from moves))`);
  await client.query(`update order_changes h set order_id = e.heir from emptied e where h.order_id = e.id`);
  await client.query(`update manual_decisions d set order_id = e.heir from emptied e where d.order_id = e.id`);
  await removeOrders(client, { table: 'emptied', column: 'id' });
  await client.query(`drop table moves, destinations, emptied`);
}

/** Where the orders in the temporary table emptied (id) stood: groups near it are evaluated again. */
async function noteVanished(client: Client): Promise<void> {
  await client.query(keepPairs('(select id as order_id from emptied) e'));
  await client.query(`
    insert into work_vanished (amount, time)
    select o.price, o.time
    from emptied e
    join orders o on o.id = e.id
    where o.price <> 0`);
}

/**
 * Proofs of the orders in the temporary table emptied (id) that go stand alone again until the assignment has its say;
 * what imports did to them goes along.
 */
export async function releaseProofs(
  client: Client,
  { table, source, touched }: (typeof PROOFS)[number],
): Promise<void> {
  await client.query(`
    with held as (
      select p.id, ${source} as source, p.orphan_order_id, p.order_id as old_order_id
      from emptied e
      join ${table} p on p.order_id = e.id
    ), released as (
      update ${table} p set order_id = p.orphan_order_id, link_rule = null, ambiguous = false
      from held h where p.id = h.id
    ), noted as (
      insert into ${touched} (id) select id from held
    )
    update order_changes c set order_id = h.orphan_order_id
    from held h
    where c.order_id = h.old_order_id
      and c.source = h.source
      and c.record_id = h.id
      and c.change_type in ('filled', 'changed')`);
}

/** One line on the order that lost the record, one on the order that gained it, where they were there before. */
async function sayInHistory(client: Client, { table, source }: MovedFrom, cause: Cause): Promise<void> {
  await client.query(
    `insert into order_changes
       (order_id, source, record_id, field, old_value, new_value, change_type, cause, file_id, changed_by)
     select v.order_id, '${source}', r.id, 'leg', v.old_value, v.new_value, v.change_type, $1, $2, $3
     from moves m
     join destinations d on d.order_number = m.order_number
     join ${table} r on r.order_id = d.order_id and r.id = m.record_id
     cross join lateral (values
       (m.old_order_id, r.natural_key, null, 'unlink'),
       (d.order_id, null, r.natural_key, 'link')
     ) v (order_id, old_value, new_value, change_type)
     join orders o on o.id = v.order_id
     where not exists (select 1 from emptied e where e.id = v.order_id)`,
    causeValues(cause),
  );
}

/**
 * Finds and moves every record of a period that hangs on the order of another number, as older versions left them.
 * @param period instants or -infinity and infinity, both ends inclusive
 */
export async function moveMisplaced(client: Client, period: readonly [string, string]): Promise<void> {
  const sides: (MovedFrom & { time: string })[] = [
    { table: 'happy_workers_orders', source: 'happy_workers', time: 'creation_time' },
    { table: 'vendhub_sales', source: 'vendhub', time: 'event_time' },
  ];
  for (const { table, source, time } of sides) {
    const found = await client.query(
      `create temporary table moves on commit drop as
       select r.id as record_id, r.order_id as old_order_id, r.order_number
       from ${table} r
       join orders o on o.id = r.order_id
       where o.order_number <> r.order_number
         and (r.${time} between '${period[0]}' and '${period[1]}' or o.time between '${period[0]}' and '${period[1]}')`,
    );
    if ((found.rowCount ?? 0) > 0) await moveRecords(client, { table, source }, { kind: 'recompute' });
    else await client.query(`drop table moves`);
  }
}
