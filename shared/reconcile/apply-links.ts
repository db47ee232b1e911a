/**
 * Carries link_changes into the records, and keeps the rows of orphans in step: every proof belongs to exactly one row of orders, its
 * order's or one of its own. History and decisions follow the record from row to row.
 */
import { LOOKBACK_S } from '../rules/windows.ts';
import { causeValues, type ReconcileContext, removeOrders } from './context.ts';

const PROOFS = [
  {
    kind: 'r',
    table: 'fiscal_receipts',
    source: `'fiscal_bills'`,
    time: 'fiscal_time',
    type: `case when coalesce(p.cash_amount, 0) > 0 or coalesce(p.card_amount, 0) = 0 then 'cash' else 'card' end`,
  },
  { kind: 'p', table: 'gateway_payments', source: 'p.gateway', time: 'transaction_time', type: 'p.gateway' },
] as const;

/** Times closer than this are looked at as one stretch. */
const NEAR_TIMES = `interval '10 minutes'`;

/**
 * Proofs that prove nothing (a payment not successful, a receipt that is no sale): they hold a link only by a decision; returns are
 * matched later by their own rule.
 */
export async function settleVoids(context: ReconcileContext): Promise<void> {
  for (const proof of PROOFS) {
    const isVoid = proof.kind === 'r' ? `p.operation_type is distinct from 'sale'` : `p.payment_status is distinct from 'success'`;
    const touched = proof.kind === 'r' ? 'touched_receipts' : 'touched_payments';
    await context.client.query(`
      insert into link_changes (kind, proof_id, old_order_id, order_id, rule, ambiguous)
      select '${proof.kind}', p.id, p.order_id, d.order_id, case when d.order_id is not null then 'decision' end, false
      from ${touched} t join ${proof.table} p on p.id = t.id
      left join lateral (
        select d.order_id from manual_decisions d where d.kind = 'link' and d.stale_at is null and d.undone_at is null
          and d.proof_source = ${proof.source} and d.proof_id = p.id order by d.id desc limit 1
      ) d on true
      where ${isVoid} and p.link_rule is distinct from 'return'
        and (p.ambiguous or d.order_id is distinct from case when p.link_rule is not null then p.order_id end)
      on conflict do nothing`);
  }
}

/** Applies one round of link_changes of receipts and payments. Orphan rows are made and removed with it. */
export async function applyLinks(context: ReconcileContext, round: 1 | 2): Promise<void> {
  const { client, cause } = context;
  await client.query(`analyze link_changes`);
  const who = causeValues(cause);
  for (const proof of PROOFS) {
    const touched = proof.kind === 'r' ? 'touched_receipts' : 'touched_payments';
    await client.query(`
      update ${proof.table} p set order_id = coalesce(c.order_id, p.orphan_order_id), link_rule = c.rule, ambiguous = c.ambiguous
      from link_changes c where c.kind = '${proof.kind}' and c.proof_id = p.id and c.round = ${round}`);
    // a proof that now has an order: history and decisions go along from its own row, which goes, if it ever was (a file may bring a proof, correct
    // it and have it claimed in one go); what imports did to it also goes along from order to order
    await client.query(`
      create temporary table claimed on commit drop as
      select p.orphan_order_id as orphan_id, c.old_order_id, p.id as proof_id, p.order_id, ${proof.source} as source
      from link_changes c join ${proof.table} p on p.id = c.proof_id
      where c.kind = '${proof.kind}' and c.order_id is not null and c.round = ${round}`);
    await client.query(`update order_changes h set order_id = c.order_id from claimed c where h.order_id = c.orphan_id`);
    await client.query(`
      update order_changes h set order_id = c.order_id from claimed c
      where h.order_id = c.old_order_id and h.source = c.source and h.record_id = c.proof_id and h.change_type in ('filled', 'changed') and c.old_order_id <> c.order_id`);
    await client.query(`update manual_decisions d set order_id = c.order_id from claimed c where d.order_id = c.orphan_id`);
    await removeOrders(client, { table: 'claimed', column: 'orphan_id' });
    await client.query(`drop table claimed`);
    // proofs without an order whose own row is missing or out of date
    const orphans = `
      select p.orphan_order_id as id, ${proof.source} as source, p.id as proof_id, p.amount, p.${proof.time} as time, ${proof.type} as payment_type, p.ambiguous
      from (select proof_id as id from link_changes where kind = '${proof.kind}' and order_id is null union select id from ${touched}) t
      join ${proof.table} p on p.id = t.id where p.order_id = p.orphan_order_id`;
    await client.query(`
      update orders o set price = n.amount, time = n.time, payment_type = n.payment_type, ambiguous = n.ambiguous
      from (${orphans}) n where o.id = n.id
        and (o.price <> n.amount or o.time <> n.time or o.payment_type <> n.payment_type or o.ambiguous <> n.ambiguous)`);
    await client.query(`
      create temporary table orphaned on commit drop as
      select n.* from (${orphans}) n where not exists (select 1 from orders o where o.id = n.id)`);
    await client.query(`
      insert into orders (id, proof_source, proof_id, price, time, payment_type, ambiguous, last_change)
      select id, source, proof_id, amount, time, payment_type, ambiguous, 'new' from orphaned`);
    await client.query(`
      update order_changes h set order_id = n.id from orphaned n, link_changes c
      where c.kind = '${proof.kind}' and c.proof_id = n.proof_id and h.source = n.source and h.record_id = n.proof_id and h.order_id = c.old_order_id`);
    await client.query(`
      update manual_decisions d set order_id = n.id from orphaned n
      where d.kind = 'accept' and d.proof_source = n.source and d.proof_id = n.proof_id and d.order_id <> n.id`);
    await client.query(`drop table orphaned`);
    // a leg that an order gained or lost later than it came into being is history
    await client.query(
      `insert into order_changes (order_id, source, record_id, field, old_value, new_value, change_type, cause, file_id, changed_by)
       select case when c.order_id is null then c.old_order_id else c.order_id end, ${proof.source}, p.id, 'leg',
         case when c.order_id is null then p.natural_key end, case when c.order_id is not null then p.natural_key end,
         case when c.order_id is null then 'unlink' else 'link' end, $1, $2, $3
       from link_changes c join ${proof.table} p on p.id = c.proof_id
       join orders o on o.id = case when c.order_id is null then c.old_order_id else c.order_id end
       where c.kind = '${proof.kind}' and c.round = ${round} and o.order_number is not null and c.order_id is distinct from nullif(c.old_order_id, p.orphan_order_id)
         and not exists (select 1 from fresh_orders f where f.order_id = o.id) and o.status <> 'unmatched'`,
      who,
    );
  }
}

/**
 * A cash or card order (neither refunded nor unpaid) without receipt gets fiscal_amount_diff if an unclaimed receipt of another amount is the only
 * unclaimed one in its window (rules.md section 5.1). Judged again for every order near a receipt that changed.
 */
export async function flagAmountDifferences(context: ReconcileContext): Promise<void> {
  const { client, matching } = context;
  // where the last receipt has gone, what was said of it goes too
  const any = await client.query(`select 1 from fiscal_receipts union all select 1 from positions where of_receipt limit 1`);
  if (any.rowCount === 0) return;
  const w = `make_interval(secs => ${matching.fiscalWindowS})`;
  const back = `make_interval(secs => case when o.has_hw then 0 else ${LOOKBACK_S} end + ${matching.fiscalWindowS})`;
  // Stretches instead of single times: a year of proofs is a few of them, and each is one range of the index. They may hold more than is near.
  await client.query(`
    create temporary table flag_times on commit drop as
    select min(time) - ${w} as time_from, max(time) + make_interval(secs => ${LOOKBACK_S}) + ${w} as time_to
    from (
      select time, count(*) filter (where starts) over (order by time) as stretch from (
        select time, time > coalesce(lag(time) over (order by time) + ${NEAR_TIMES}, '-infinity') as starts from (
          select r.fiscal_time as time from touched_receipts t join fiscal_receipts r on r.id = t.id
          union all select r.fiscal_time from link_changes c join fiscal_receipts r on r.id = c.proof_id where c.kind = 'r'
          union all select time_from from positions where of_receipt
        ) times
      ) marked
    ) stretches group by stretch`);
  await client.query(`analyze flag_times`);
  // first which, then what: the planner expects a thousand times more of a stretch than it holds, and would read all orders to join them
  await client.query(`
    create temporary table flag_near on commit drop as
    select order_id as id from touched_orders
    union select order_id from link_changes where kind = 'r' and order_id is not null
    union select old_order_id from link_changes where kind = 'r'
    union select order_id from flag_changes
    union select n.id from flag_times t cross join lateral (
      select o.id from orders o where o.time between t.time_from and t.time_to and o.order_number is not null and o.payment_type in ('cash', 'card') offset 0
    ) n`);
  await client.query(`analyze flag_near`);
  await client.query(`
    create temporary table flag_scope on commit drop as
    select o.id from flag_near n join orders o on o.id = n.id
    where o.order_number is not null
      and ('fiscal_amount_diff' = any (o.flags)
        or (o.payment_type in ('cash', 'card') and not o.refunded and not o.unpaid and not o.ambiguous))`);
  await client.query(`analyze flag_scope`);
  await client.query(`
    with judged as materialized (
      select o.id, o.payment_type in ('cash', 'card') and not o.refunded and not o.unpaid and not o.ambiguous
        and not exists (select 1 from fiscal_receipts r where r.order_id = o.id and r.link_rule is not null and r.operation_type = 'sale')
        and coalesce((
          select count(*) = 1 and bool_and(abs(coalesce(r.cash_amount, 0) - o.price) > ${matching.amountTolerance}::numeric
            and abs(coalesce(r.card_amount, 0) - o.price) > ${matching.amountTolerance}::numeric)
          from fiscal_receipts r
          where r.fiscal_time between o.time - ${back} and o.time + ${w} and r.operation_type = 'sale' and r.link_rule is null and not r.ambiguous
        ), false) as differs
      from flag_scope s join orders o on o.id = s.id
    ), changed as (
      select j.id, j.differs from judged j join orders o on o.id = j.id where j.differs <> ('fiscal_amount_diff' = any (o.flags))
    ), noted as (insert into flag_changes select id from changed)
    update orders o set flags = case when c.differs then o.flags || array['fiscal_amount_diff'] else array_remove(o.flags, 'fiscal_amount_diff') end
    from changed c where o.id = c.id`);
  await client.query(`drop table flag_near, flag_scope, flag_times`);
}
