/**
 * Each proof of the spans with every order in whose window it lies. An order with at most one such receipt and one such
 * payment, neither of which lies in the window of another order, leaves nothing to choose: what it comes to is said
 * here, in SQL, by the same rules as evaluate-group.ts, of which this is the case of one order. Orders of which that is
 * not so, and whatever a person decided about, are contested and go through the assignment.
 */
import type { Client } from 'pg';
import type { MatchingConfig } from '../../config.ts';
import { runWithout } from '../../db/planner.ts';
import { GATEWAYS } from '../../ingest/sources/index.ts';
import { FREE_TYPES, QR_TYPES, sqlList } from '../../rules/codes.ts';
import { LOOKBACK_S } from '../../rules/windows.ts';
import { type ReconcileContext, tiyin } from '../context.ts';
import { analyzeWorkTable } from '../work-tables.ts';
import { OTHERWISE_THAN_FORESEEN, WITHOUT_DUPLICATES } from './change-writer.ts';
import { rowsOf } from './loaded.ts';

/** Proofs `x` as the candidates of orders `o`. */
export interface ProofKind {
  kind: 'r' | 'p';
  table: 'fiscal_receipts' | 'gateway_payments';
  time: 'fiscal_time' | 'transaction_time';
  /** SQL, of a record x: what decisions call its source */
  source: string;
  /** SQL, of a record x: it proves something */
  proves: string;
  window(matching: MatchingConfig): number;
  /** SQL: the link_rule by which the only candidate x of the only order o is linked to it; null = it is not */
  rule(near: Near): string;
}

/** SQL: the amount is that of the order, within the tolerance; nothing is near to zero. */
type Near = (amount: string) => string;

const isLate = '(o.refunded or o.unpaid)';
const hasType = (types: readonly string[]): string => `o.payment_type in ${sqlList(types)}`;

export const RECEIPTS: ProofKind = {
  kind: 'r',
  table: 'fiscal_receipts',
  time: 'fiscal_time',
  source: `'fiscal_bills'`,
  proves: `x.operation_type = 'sale'`,
  window: (matching) => matching.fiscalWindowS,
  rule: (near) => `case
      when o.payment_type = 'cash' and ${near('x.cash_amount')} then 'assigned'
      when o.payment_type = 'card' and ${near('x.card_amount')} then 'assigned'
      when ${isLate} then null
      when o.payment_type = 'cash' and ${near('x.card_amount')} then 'other_column'
      when o.payment_type = 'card' and ${near('x.cash_amount')} then 'other_column'
      when ${hasType([...QR_TYPES, ...FREE_TYPES])} and ${near('x.amount')} then 'excess'
    end`,
};

export const PAYMENTS: ProofKind = {
  kind: 'p',
  table: 'gateway_payments',
  time: 'transaction_time',
  source: 'x.gateway',
  proves: `x.payment_status = 'success'`,
  window: (matching) => matching.gatewayWindowS,
  rule: (near) => `case
      when not (${near('x.amount')}) then null
      when o.payment_type = 'qr' or o.payment_type = x.gateway then 'assigned'
      when ${isLate} then null
      when ${hasType(GATEWAYS)} then 'gateway_wrong'
      when ${hasType(['cash', 'card', ...FREE_TYPES])} then 'excess'
    end`,
};

const PROOF_KINDS: readonly ProofKind[] = [RECEIPTS, PAYMENTS];

/** Decisions that act. */
export const ACTING = `d.kind in ('link', 'unlink') and d.stale_at is null and d.undone_at is null`;

const seconds = (count: number): string => `make_interval(secs => ${count})`;

/**
 * Orders in whose window one proof may lie before all of it is left to the code, which knows how to bear a crowd: the
 * pairs of a thousand equal sales in one minute are a million rows.
 */
export const MOST_ORDERS_OF_PROOF = 50;

/**
 * SQL, lateral: the orders in whose window the proof x lies, one more than MOST_ORDERS_OF_PROOF at most. Amount by
 * amount behind `offset 0`, so that they are looked up by price and time: by time alone each proof of a crowd would
 * read the rows of all others that stand alone.
 * @param amounts SQL, array: the prices of its class
 */
export function ordersAround(proof: ProofKind, windowS: number, amounts: string, condition = 'true'): string {
  return `lateral (
          select o.*
          from unnest(${amounts}) as near (price)
          cross join lateral (
            select *
            from orders o
            where o.price = near.price and o.order_number is not null and ${condition} and ${inWindow(proof, windowS)}
            offset 0
          ) o
          limit ${MOST_ORDERS_OF_PROOF + 1}
        )`;
}

/**
 * Runs a statement with ordersAround, looking into the index row by row: the planner expects a hundred orders around
 * each proof where there is one, and a bitmap of one row costs half as much again. @returns how many rows it wrote
 */
export const lookAroundEach = (client: Client, statement: string): Promise<number> =>
  runWithout(client, 'bitmapscan', statement);

/** SQL: the proof x lies in the window of the order o. Begins with what an index of times can look for. */
function inWindow({ time }: ProofKind, windowS: number): string {
  return `o.time between x.${time} - ${seconds(windowS)} and x.${time} + ${seconds(windowS + LOOKBACK_S)}
          and (not o.has_hw or o.time <= x.${time} + ${seconds(windowS)})`;
}

export function nearPrice({ amountTolerance }: MatchingConfig): Near {
  const tolerance = `${tiyin(amountTolerance) / 100}::numeric`;
  return (amount) => `coalesce(${amount} <> 0 and o.price <> 0 and abs(${amount} - o.price) <= ${tolerance}, false)`;
}

/**
 * Fills the work tables candidates (a row for each pair of proof and order, and one without order for a proof that lies
 * in no window) and contested (orders). @returns how many candidates
 */
async function findCandidates({ client, matching }: ReconcileContext, full: boolean): Promise<number> {
  let pairs = 0;
  for (const proof of PROOF_KINDS) {
    pairs += await lookAroundEach(
      client,
      `
      insert into work_candidates
      select c.*, count(c.order_id) over (partition by c.proof_id), count(*) over (partition by c.order_id)
      from (
        select '${proof.kind}'::"char", s.id, x.id as proof_id, x.order_id as stored_order_id, x.link_rule, x.ambiguous,
          o.id as order_id, ${proof.rule(nearPrice(matching))} as rule,
          o.id in (select d.order_id from manual_decisions d where ${ACTING}) is true
            or (${proof.source}, x.id) in (select d.proof_source, d.proof_id from manual_decisions d where ${ACTING})
            as decided
        ${rowsOf(full, proof.table, 'amount', proof.time)}
        left join ${ordersAround(
          proof,
          proof.window(matching),
          's.amounts',
          'o.time between s.time_from and s.time_to',
        )} o on true
        where ${proof.proves}
      ) c`,
    );
  }
  if (pairs === 0) return pairs;
  const contested = await client.query(`
    insert into work_contested (span, order_id)
    select span, order_id
    from work_candidates
    where order_id is not null and (decided or orders_of_proof > 1 or proofs_of_order > 1)
    group by span, order_id`);
  await analyzeWorkTable(client, 'work_candidates', { rows: pairs, columns: 'proof_id, order_id' });
  await analyzeWorkTable(client, 'work_contested', { rows: contested.rowCount ?? 0 });
  return pairs;
}

/**
 * Writes what of the links and flags of simple orders, and of proofs that no order can claim, differs from what is
 * stored.
 * @returns whether anything is left: what is contested stands in the work tables contested and candidates; in a
 * crowd nothing was decided
 */
export async function linkSimple(
  context: ReconcileContext,
  full: boolean,
): Promise<'nothing left' | 'contested' | 'crowd'> {
  const { client } = context;
  if ((await findCandidates(context, full)) === 0) {
    await clearFlags(client, full);
    return 'nothing left';
  }
  const crowd = await client.query(
    `select 1
     from work_candidates
     where orders_of_proof > ${MOST_ORDERS_OF_PROOF}
     limit 1`,
  );
  if (crowd.rowCount !== 0) return 'crowd';
  await client.query(`
    insert into work_link_changes (kind, proof_id, old_order_id, order_id, rule, ambiguous)
    select kind, proof_id, stored_order_id, case when rule is not null then order_id end, rule, false
    from work_candidates c
    where not decided
      and (link_rule is distinct from rule or ambiguous or rule is not null and stored_order_id <> order_id)
      and (order_id is null or order_id not in (select t.order_id from work_contested t))
    ${OTHERWISE_THAN_FORESEEN}`);
  await clearFlags(client, full);
  const contested = await client.query(`
    select 1 from work_contested
    union all
    select 1 from work_candidates where decided
    limit 1`);
  return contested.rowCount === 0 ? 'nothing left' : 'contested';
}

/** Orders in which nothing is to be chosen are neither ambiguous nor have they duplicates. */
async function clearFlags(client: Client, full: boolean): Promise<void> {
  await client.query(`
    insert into work_flag_changes (order_id, ambiguous, flags)
    select o.id, false, ${WITHOUT_DUPLICATES}
    from (
      select x.*
      ${rowsOf(full, 'orders', 'price', 'time')}
      where x.order_number is not null and (x.ambiguous or x.flags && array['duplicate_receipt', 'duplicate_payment'])
    ) o
    where o.id not in (select t.order_id from work_contested t)`);
}

/** An order that costs nothing is in no span, and nothing is to be chosen in it (rules.md 5.1). */
export async function clearFlagsOfFree(client: Client): Promise<void> {
  await client.query(`
    insert into work_flag_changes (order_id, ambiguous, flags)
    select o.id, false, ${WITHOUT_DUPLICATES}
    from work_facts f
    join orders o on o.id = f.id
    where f.price = 0 and (o.ambiguous or o.flags && array['duplicate_receipt', 'duplicate_payment'])`);
}
