/**
 * Carries link_changes into the records, and keeps the rows of orphans in step: every proof belongs to exactly one row
 * of orders, its order's or one of its own. History and decisions follow the record from row to row.
 */
import type { Client } from 'pg';
import { causeValues, type ReconcileContext, removeOrders } from './context.ts';
import { decideSelect } from './decide.ts';
import type { Touched } from './touched.ts';
import { analyzeWorkTable, emptyWorkTable } from './work-tables.ts';

const PROOFS = [
  {
    kind: 'r',
    table: 'fiscal_receipts',
    source: `'fiscal_bills'`,
    time: 'fiscal_time',
    isVoid: `p.operation_type is distinct from 'sale'`,
    touched: 'work_touched_receipts',
    named: 'receipts',
    type: `case when coalesce(p.cash_amount, 0) > 0 or coalesce(p.card_amount, 0) = 0 then 'cash' else 'card' end`,
  },
  {
    kind: 'p',
    table: 'gateway_payments',
    source: 'p.gateway',
    time: 'transaction_time',
    isVoid: `p.payment_status is distinct from 'success'`,
    touched: 'work_touched_payments',
    named: 'payments',
    type: 'p.gateway',
  },
] as const;

/**
 * Proofs that prove nothing (a payment not successful, a receipt that is no sale, an amount of 0, which is in no span):
 * they hold a link only by a decision; returns are matched later by their own rule.
 */
export async function linkVoids(context: ReconcileContext, touched: Touched): Promise<void> {
  for (const proof of PROOFS) {
    if (!touched[proof.named]) continue;
    await context.client.query(`
      insert into work_link_changes (kind, proof_id, old_order_id, order_id, rule, ambiguous)
      select '${proof.kind}', p.id, p.order_id, d.order_id, case when d.order_id is not null then 'decision' end, false
      from ${proof.touched} t join ${proof.table} p on p.id = t.id
      left join lateral (
        select d.order_id from manual_decisions d where d.kind = 'link' and d.stale_at is null and d.undone_at is null
          and d.proof_source = ${proof.source} and d.proof_id = p.id order by d.id desc limit 1
      ) d on true
      where (${proof.isVoid} or p.amount = 0) and p.link_rule is distinct from 'return'
        and (p.ambiguous or d.order_id is distinct from case when p.link_rule is not null then p.order_id end)
      on conflict do nothing`);
  }
}

/**
 * Applies one round of link_changes of receipts and payments. Orphan rows are made and removed with it. Touched proofs
 * without a change have their own rows after the first round.
 */
export async function applyLinks(context: ReconcileContext, round: 1 | 2, touched: Touched): Promise<void> {
  const { client } = context;
  const { rows } = await client.query<{ kind: string; count: number; moved: number }>(
    `select kind, count(*)::int as count, count(*) filter (where not is_new)::int as moved
     from work_link_changes
     where round = ${round}
     group by kind`,
  );
  const changes = new Map(rows.map((row) => [row.kind, row]));
  await analyzeWorkTable(client, 'work_link_changes', { rows: Math.max(0, ...rows.map(({ count }) => count)) });
  for (const proof of PROOFS) {
    const { count, moved } = changes.get(proof.kind) ?? { count: 0, moved: 0 };
    if (count === 0) {
      if (round === 1 && touched[proof.named]) await standAlone(context, proof);
      continue;
    }
    if (moved > 0) {
      await client.query(`
        update ${proof.table} p set
          order_id = coalesce(c.order_id, p.orphan_order_id), link_rule = c.rule, ambiguous = c.ambiguous
        from work_link_changes c
        where c.kind = '${proof.kind}' and c.proof_id = p.id and c.round = ${round} and not c.is_new
          and (p.order_id <> coalesce(c.order_id, p.orphan_order_id)
            or p.link_rule is distinct from c.rule or p.ambiguous <> c.ambiguous)`);
      await giveToOrders(client, proof, round);
    }
    await standAlone(context, proof);
    await writeLegs(context, proof, round);
  }
}

type Proof = (typeof PROOFS)[number];

/**
 * A proof that now has an order: history and decisions go along from its own row, which goes, if it ever was (a file
 * may bring a proof, correct it and have it claimed in one go); what imports did to it also goes along from order to
 * order.
 */
async function giveToOrders(client: Client, { kind, table, source }: Proof, round: 1 | 2): Promise<void> {
  const claimed = await client.query(`
      insert into work_claimed (orphan_id, old_order_id, proof_id, order_id, source)
      select p.orphan_order_id as orphan_id, c.old_order_id, p.id as proof_id, p.order_id, ${source} as source
      from work_link_changes c
      join ${table} p on p.id = c.proof_id
      where c.kind = '${kind}' and c.order_id is not null and c.round = ${round} and not c.is_new`);
  const rows = claimed.rowCount ?? 0;
  if (rows === 0) return;
  await client.query(`
      update order_changes h set order_id = c.order_id
      from work_claimed c
      where h.order_id = c.orphan_id`);
  await client.query(`
      update order_changes h set order_id = c.order_id
      from work_claimed c
      where h.order_id = c.old_order_id
        and h.source = c.source
        and h.record_id = c.proof_id
        and h.change_type in ('filled', 'changed')
        and c.old_order_id <> c.order_id`);
  await client.query(`
      update manual_decisions d set order_id = c.order_id
      from work_claimed c
      where d.order_id = c.orphan_id`);
  await removeOrders(client, { table: 'work_claimed', column: 'orphan_id' });
  await emptyWorkTable(client, 'work_claimed', rows);
}

/** What the records of an order would say: a proof that stands alone has none. */
const NO_FACTS = `
        false as has_hw, false as has_vh, false as refunded, false as unpaid, false as brew_failed,
        false as type_conflict, false as type_unknown, false as code_disagrees, false as times_disagree,
        false as machine_conflict, '{}'::text[] as flags, null::numeric as price_delta, null::float8 as time_delta_s,
        null::timestamptz as base_from, null::timestamptz as base_to`;

/** Proofs without an order whose own row is missing or out of date. A row that is made has its status at once. */
async function standAlone(context: ReconcileContext, proof: Proof): Promise<void> {
  const { client } = context;
  const { kind, table, source, time, type, isVoid, touched } = proof;
  const orphans = `
      select p.orphan_order_id as id, ${source} as source, p.id as proof_id,
        p.amount, p.${time} as time, ${type} as payment_type, p.ambiguous, ${isVoid} as is_void
      from (
        select proof_id as id from work_link_changes where kind = '${kind}' and order_id is null
        union
        select id from ${touched}
      ) t
      join ${table} p on p.id = t.id
      where p.order_id = p.orphan_order_id`;
  const found = await client.query(`
      insert into work_orphaned (id, source, proof_id, amount, time, payment_type, ambiguous, is_void, stands)
      select n.*, o.id is not null
      from (${orphans}) n
      left join orders o on o.id = n.id
      where o.id is null
        or o.price <> n.amount or o.time <> n.time
        or o.payment_type <> n.payment_type or o.ambiguous <> n.ambiguous`);
  const rows = found.rowCount ?? 0;
  if (rows === 0) return;
  const updated = await client.query(`
      update orders o set price = n.amount, time = n.time, payment_type = n.payment_type, ambiguous = n.ambiguous
      from work_orphaned n
      where n.stands and o.id = n.id`);
  if (updated.rowCount !== rows) await makeOwnRows(context, proof);
  await emptyWorkTable(client, 'work_orphaned', rows);
}

/** Those of the work table orphaned that do not stand. */
async function makeOwnRows({ client, matching }: ReconcileContext, { kind }: Proof): Promise<void> {
  const decided = decideSelect({
    matching,
    from: `(
      select n.id, n.source as proof_source, n.proof_id, n.amount, n.time, n.payment_type, n.ambiguous, n.is_void,
        ${NO_FACTS}
      from work_orphaned n
      where not n.stands
    ) o`,
    linksOf: null,
    carry: ['proof_source', 'proof_id', 'amount', 'time', 'payment_type', 'ambiguous'],
  });
  await client.query(`
      with made as (
        insert into orders
          (id, proof_source, proof_id, price, time, payment_type, ambiguous, status, pending, last_change)
        select id, proof_source, proof_id, amount, time, payment_type, ambiguous, status, pending, 'new'
        from (${decided}) d
        order by time, id
        returning id
      )
      insert into work_changed_orders (order_id, old_status, old_issues) select id, 'unmatched', '{}' from made`);
  await client.query(`
      update order_changes h set order_id = n.id
      from work_orphaned n, work_link_changes c
      where not n.stands
        and c.kind = '${kind}'
        and c.proof_id = n.proof_id
        and h.source = n.source
        and h.record_id = n.proof_id
        and h.order_id = c.old_order_id`);
  await client.query(`
      update manual_decisions d set order_id = n.id
      from work_orphaned n
      where not n.stands
        and d.kind = 'accept'
        and d.proof_source = n.source
        and d.proof_id = n.proof_id
        and d.order_id <> n.id`);
}

/**
 * A leg that an order gained or lost later than it came into being is history. The order of a proof that was written
 * with it was foreseen among those that have their status, so it is not asked again.
 */
async function writeLegs(
  { client, cause }: ReconcileContext,
  { kind, table, source }: Proof,
  round: 1 | 2,
): Promise<void> {
  const orderId = `case when c.order_id is null then c.old_order_id else c.order_id end`;
  await client.query(
    `insert into order_changes
       (order_id, source, record_id, field, old_value, new_value, change_type, cause, file_id, changed_by)
     select n.order_id, n.source, n.proof_id, 'leg', n.lost, n.gained,
       case when n.gained is null then 'unlink' else 'link' end,
       $1, $2, $3
     from (
       select c.order_id, ${source} as source, p.id as proof_id, null as lost, p.natural_key as gained
       from work_link_changes c
       join ${table} p on p.id = c.proof_id
       where c.kind = '${kind}' and c.round = ${round} and c.is_new
       union all
       select o.id, ${source}, p.id,
         case when c.order_id is null then p.natural_key end,
         case when c.order_id is not null then p.natural_key end
       from work_link_changes c
       join ${table} p on p.id = c.proof_id
       join orders o on o.id = ${orderId}
       where c.kind = '${kind}'
         and c.round = ${round}
         and not c.is_new
         and o.order_number is not null
         and c.order_id is distinct from nullif(c.old_order_id, p.orphan_order_id)
         and not exists (select 1 from work_fresh_orders f where f.order_id = o.id)
         and o.status <> 'unmatched'
     ) n
     order by n.proof_id`,
    causeValues(cause),
  );
}
