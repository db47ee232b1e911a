/**
 * Reconciliation of what an import, a decision or a re-run touched (rules.md section 5), inside the transaction that
 * changed it and under the merge lock, so that no two of them run side by side. Steps: facts of touched orders -> spans
 * of groups -> assignment -> links and orphans -> returns -> flags -> decisions -> sums of days. Running it again
 * changes nothing.
 */
import { type Client, escapeLiteral } from 'pg';
import type { SourceName } from '../ingest/sources/source.ts';
import { COUNTER_TYPES, sqlList } from '../rules/codes.ts';
import { flagAmountDifferences } from './amount-differences.ts';
import { applyLinks, linkVoids } from './apply-links.ts';
import type { ReconcileContext } from './context.ts';
import { expectOrdersOfTouched } from './dangling.ts';
import { decideScope, SCOPE_COLUMNS } from './decide.ts';
import { refreshFacts } from './facts.ts';
import { idRanges } from './id-ranges.ts';
import { moveMisplaced } from './move-records.ts';
import { evaluateReturns } from './returns.ts';
import { createSpans } from './scope.ts';
import { followDecisions } from './settled.ts';
import { evaluateSpans } from './links.ts';
import { clearFlagsOfFree } from './links/candidates.ts';
import { lookAtTouched } from './touched.ts';
import { analyzeWorkTable } from './work-tables.ts';
import { markRelinked, refreshSums } from '../sums/refresh-sums.ts';

export interface ReconcileOutcome {
  newOrders: number;
  /** orders and orphans that are new or whose status, pending or issues changed */
  ordersChanged: number;
}

/**
 * Evaluates everything that the work tables name as touched (work-tables.ts). The caller has filled touched_orders,
 * touched_receipts, touched_payments, positions (places that changed proofs left) and recheck_periods (addCoverage).
 */
export async function reconcileTouched(context: ReconcileContext): Promise<ReconcileOutcome> {
  const { client } = context;
  const touched = await lookAtTouched(client);
  const { newOrders, decided } = await refreshFacts(context, touched);
  if (touched.receipts || touched.payments) await notePositionsOfProofs(client);
  await linkVoids(context, touched);
  const spans = await createSpans(context);
  if (spans.count > 0) await evaluateSpans(context, spans);
  await clearFlagsOfFree(client);
  await applyLinks(context, 1, touched);
  if (await evaluateReturns(context)) await applyLinks(context, 2, touched);
  await flagAmountDifferences(context);
  await decideScope(context, await createScope(client, decided));
  await followDecisions(client);
  await expectOrdersOfTouched(client, touched);
  await markRelinked(client);
  await refreshSums(client, context.matching);
  const { rows } = await client.query<{ count: string }>(`
    select (select count(*) from work_fresh_orders) + (
      select count(distinct c.order_id)
      from work_changed_orders c
      where not exists (select 1 from work_fresh_orders f where f.order_id = c.order_id)
        and not exists (select 1 from work_gone_orders g where g.order_id = c.order_id)
    ) as count`);
  return { newOrders, ordersChanged: Number(rows[0]?.count ?? 0) };
}

/** Where touched proofs stand. A receipt paid in both columns may prove an order of the price of either. */
async function notePositionsOfProofs(client: Client): Promise<void> {
  const isSplit = 'r.cash_amount > 0 and r.card_amount > 0';
  await client.query(`
    insert into work_positions (amount, time_from, time_to)
    select v.amount, r.fiscal_time, r.fiscal_time
    from work_touched_receipts t
    join fiscal_receipts r on r.id = t.id
    cross join lateral (values
      (r.amount),
      (case when ${isSplit} then r.cash_amount end),
      (case when ${isSplit} then r.card_amount end)
    ) v (amount)
    where v.amount <> 0 and not t.placed
    union all
    select p.amount, p.transaction_time, p.transaction_time
    from work_touched_payments t
    join gateway_payments p on p.id = t.id
    where p.amount <> 0 and not t.placed`);
}

/**
 * Orders and orphans that must be decided, as they are, in the work table scope; those of `facts` and `fresh_orders`
 * only where they are not decided yet. @returns how many
 */
async function createScope(client: Client, decided: boolean): Promise<number> {
  const columns = SCOPE_COLUMNS.join(', ');
  const ofOrder = SCOPE_COLUMNS.map((column) => `o.${column}`).join(', ');
  const found = await client.query(`
    insert into work_scope_ids (id)
      select order_id as id from work_link_changes where order_id is not null
      union
      select old_order_id from work_link_changes where not is_new
      union
      select r.orphan_order_id
      from work_link_changes c
      join fiscal_receipts r on r.id = c.proof_id
      where c.kind = 'r' and not c.is_new
      union
      select p.orphan_order_id
      from work_link_changes c
      join gateway_payments p on p.id = c.proof_id
      where c.kind = 'p' and not c.is_new
      union
      select r.order_id
      from work_touched_receipts t
      join fiscal_receipts r on r.id = t.id
      where not t.linked
      union
      select p.order_id
      from work_touched_payments t
      join gateway_payments p on p.id = t.id
      where not t.linked
      union
      select order_id from work_flag_changes
      ${decided ? '' : EVALUATED}`);
  const rows = found.rowCount ?? 0;
  await analyzeWorkTable(client, 'work_scope_ids', { rows });
  const orders = await idRanges(client, 'work_scope_ids', rows);
  const touched = await client.query(`
    insert into work_scope (${columns})
    select ${ofOrder}
    from work_scope_ids s
    join orders o on o.id = s.id and ${orders.of('o.id')}`);
  await analyzeWorkTable(client, 'work_scope', { rows: touched.rowCount ?? 0, columns: 'id' });
  const periods = await client.query<RecheckPeriod>(
    'select source, time_from::text as first, time_to::text as last from work_recheck_periods',
  );
  const known = touched.rowCount ?? 0;
  if (periods.rows.length === 0) return known;
  const rechecked = await client.query(`
    insert into work_scope (${columns})
    select ${ofOrder}
    from orders o
    where (${periods.rows.map(hangsOnPeriod).join('\n      or ')})
      and not exists (select 1 from work_scope s where s.id = o.id) ${decided ? `and ${IS_UNDECIDED}` : ''}`);
  await analyzeWorkTable(client, 'work_scope', { rows: rechecked.rowCount ?? 0, columns: 'id' });
  return known + (rechecked.rowCount ?? 0);
}

const EVALUATED = `union
      select id from work_facts
      union
      select order_id from work_fresh_orders`;
const IS_UNDECIDED = `not exists (select 1 from work_facts f where f.id = o.id)
      and not exists (select 1 from work_fresh_orders n where n.order_id = o.id)`;

interface RecheckPeriod {
  source: SourceName;
  /** instants, as the server writes them */
  first: string;
  last: string;
}

/** Of orders o: those of the period whose answer asks what the source covers (rules.md section 5.3). */
const hangsOnPeriod = ({ source, first, last }: RecheckPeriod): string =>
  `o.time between ${escapeLiteral(first)} and ${escapeLiteral(last)} and ${hangsOnCoverage(source)}`;

function hangsOnCoverage(source: SourceName): string {
  switch (source) {
    case 'happy_workers':
      return 'not o.has_hw';
    case 'vendhub':
      return '(o.has_hw and not o.has_vh or o.proof_source is not null)';
    case 'fiscal_bills':
      return `o.proof_source is null and o.payment_type in ${sqlList(COUNTER_TYPES)}`;
    default:
      return `o.proof_source is null and o.payment_type in ${sqlList([source, 'qr'])}`;
  }
}

/** Marks everything of a period as touched; with refreshed facts this is a re-run from scratch. */
export async function touchPeriod(client: Client, period: { from: string | null; to: string | null }): Promise<void> {
  const bounds: [string, string] = [period.from ?? '-infinity', period.to ?? 'infinity'];
  await moveMisplaced(client, bounds);
  await client.query(
    `insert into work_touched_orders (order_id) select id from orders
      where order_number is not null and time between $1 and $2`,
    bounds,
  );
  await client.query(
    `insert into work_touched_receipts select id from fiscal_receipts where fiscal_time between $1 and $2`,
    bounds,
  );
  await client.query(
    `insert into work_touched_payments select id from gateway_payments where transaction_time between $1 and $2`,
    bounds,
  );
  await client.query(`
    insert into work_positions (amount, time_from, time_to)
    select o.price, o.time, o.time
    from work_touched_orders t
    join orders o on o.id = t.order_id
    where o.price <> 0`);
}
