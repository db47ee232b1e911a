/**
 * The decision table (rules.md section 5.3) as one SQL expression: from an order's facts, its linked proofs and the coverage of the
 * sources to status, pending and issues. The first line that applies gives the status; see the section for the meaning of each line.
 */
import type { MatchingConfig } from '../config.ts';
import { causeValues, LOOKBACK_S, type ReconcileContext } from './context.ts';

/** Coverage of all sources as one row of multiranges. */
const COVERAGE = (['happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum'] as const)
  .map((source) => `coalesce(range_agg(tstzrange(covered_from, covered_to, '[]')) filter (where source = '${source}'), '{}') as ${source}`)
  .join(', ');

/**
 * What is linked to each order of a relation (id, price, payment_type). Whether a proof is linked is asked after the join: before the first
 * links the statistics know of none, and the planner would take each order's proofs for a handful to be compared with every order.
 */
const LINKS = `
    left join (
      select r.order_id,
        count(*) filter (where r.link_rule is not null and r.operation_type = 'sale') as sales,
        count(*) filter (where r.link_rule is not null and r.operation_type = 'return') as returns,
        bool_or(r.link_rule is not null and r.operation_type = 'sale'
          and (abs(coalesce(r.cash_amount, 0) - x.price) <= $TOLERANCE and x.payment_type = 'cash'
            or abs(coalesce(r.card_amount, 0) - x.price) <= $TOLERANCE and x.payment_type = 'card')) as receipt_agrees
      from $RELATION x join fiscal_receipts r on r.order_id = x.id
      group by r.order_id
    ) rl on rl.order_id = o.id
    left join (
      select p.order_id,
        bool_or(p.link_rule is not null and p.payment_status = 'success') as live,
        bool_or(p.link_rule is not null and p.payment_status = 'success' and abs(p.amount - x.price) <= $TOLERANCE and (x.payment_type = 'qr' or x.payment_type = p.gateway)) as payment_agrees,
        bool_or(p.link_rule is not null and p.payment_status = 'success' and x.payment_type in ('payme', 'click', 'uzum') and x.payment_type <> p.gateway) as other_gateway
      from $RELATION x join gateway_payments p on p.order_id = x.id
      group by p.order_id
    ) pl on pl.order_id = o.id`;

const NO_LINKS = `cross join (select 0 as sales, 0 as returns, false as receipt_agrees) rl cross join (select false as live, false as payment_agrees, false as other_gateway) pl`;

/** Facts of an order that the table goes by, as they are. */
const JUDGED: readonly string[] = [
  'id',
  'proof_source',
  'ambiguous',
  'has_hw',
  'has_vh',
  'payment_type',
  'refunded',
  'unpaid',
  'brew_failed',
  'type_conflict',
  'type_unknown',
  'code_disagrees',
  'times_disagree',
  'machine_conflict',
  'flags',
];

interface DecideOptions {
  matching: MatchingConfig;
  /** relation with the alias o that has the columns of orders, and is_void for orphans */
  from: string;
  /** relation (id, price, payment_type) of the orders whose linked proofs count; null: nothing can be linked yet */
  linksOf: string | null;
  /** also give what it was judged by: line, receipt_agrees, payment_agrees, price_differs, time_outside, hw_covered, vh_covered */
  explain?: boolean;
  /** columns of `o` to give as well: cheaper than to join them again */
  carry?: readonly string[];
}

/**
 * A select of (id, status, pending, issues). `offset 0` keeps its layers apart: merged into one, the planner would work out a line or a
 * coverage once for every place that names it.
 */
export function decideSelect({ matching, from, linksOf, explain = false, carry = [] }: DecideOptions): string {
  const tolerance = `${matching.amountTolerance}::numeric`;
  const around = (seconds: number): string =>
    `tstzrange(o.time - make_interval(secs => ${seconds} + case when o.has_hw then 0 else ${LOOKBACK_S} end), o.time + make_interval(secs => ${seconds}), '[]')`;
  const orphanRange = `tstzrange(o.time - make_interval(secs => case o.proof_source when 'fiscal_bills' then ${matching.fiscalWindowS} else ${matching.gatewayWindowS} end), o.time + make_interval(secs => case o.proof_source when 'fiscal_bills' then ${matching.fiscalWindowS} else ${matching.gatewayWindowS} end), '[]')`;
  const w = matching.hwVendhubWindowS;
  return `
  select v.id, v.status,
    case
      when v.status in ('fiscal_only', 'payme_only', 'click_only', 'uzum_only') then not (v.orphan_in_hw and v.orphan_in_vh)
      when v.status = 'vendhub_only' then not v.hw_covered
      when v.status = 'hw_only' then not v.vh_covered
      when v.status = 'matched' then v.line = 16
      else false
    end as pending,
    case when v.raw_issues = '{}' then v.raw_issues else
      array(select code from unnest(v.raw_issues) code where code <> v.status and v.proof_source is null group by code order by code) end as issues${explain ? ', v.line, v.receipt_agrees, v.payment_agrees, v.price_differs, v.time_outside, v.hw_covered, v.vh_covered' : ''}${carry.map((column) => `, v.${column}`).join('')}
  from (
    select w.*, array_remove(array[
      case when w.ambiguous then 'ambiguous_match' end,
      case when w.proof_source is null and not w.has_hw then 'vendhub_only' end,
      case when w.has_hw and not w.has_vh and w.vh_covered then 'hw_only' end,
      case when w.price_differs then 'price_mismatch' end,
      case when w.time_outside then 'time_out_of_range' end,
      case when w.line = 12 and not w.ambiguous then 'fiscal_mismatch' end,
      case when w.line = 15 and not w.ambiguous then 'gateway_mismatch' end,
      case when w.brew_failed and w.payment_type not in ('test', 'vip') then 'delivery_failed_but_paid' end,
      case when w.refunded and (w.live or w.ambiguous and w.payment_type in ('payme', 'click', 'uzum', 'qr')) then 'refund_not_executed' end,
      case when w.sales > 0 and (w.payment_type in ('payme', 'click', 'uzum', 'qr', 'test', 'vip') or w.unpaid)
        or w.refunded and w.payment_type in ('cash', 'card') and w.sales > w.returns then 'excess_receipt' end,
      case when w.live and (w.payment_type in ('cash', 'card', 'test', 'vip') or w.unpaid) then 'excess_payment' end,
      case when w.payment_type in ('cash', 'card') and w.sales > 0 and not w.receipt_agrees then 'fiscal_amount_diff' end,
      case when w.other_gateway then 'gateway_wrong' end,
      case when w.type_conflict then 'payment_type_conflict' end,
      case when w.type_unknown then 'payment_type_unknown' end,
      case when w.code_disagrees then 'code_disagrees_with_number' end,
      case when w.times_disagree then 'times_disagree' end
    ], null) || w.flags as raw_issues
    from (
    select u.*, case
        when u.proof_source is not null then
          case when u.ambiguous then 'ambiguous_match' when u.is_void then 'void' when u.proof_source = 'fiscal_bills' then 'fiscal_only' else u.proof_source || '_only' end
        when u.machine_conflict then 'number_conflict'
        when u.ambiguous then 'ambiguous_match'
        when not u.has_hw then 'vendhub_only'
        when not u.has_vh then 'hw_only'
        when u.price_differs then 'price_mismatch'
        when u.time_outside then 'time_out_of_range'
        when u.line = 12 then 'fiscal_mismatch'
        when u.line = 15 then 'gateway_mismatch'
        when u.line in (16, 17) then 'matched'
        else 'fully_matched'
      end as status
    from (
      select ${[...JUDGED, ...carry.filter((column) => !JUDGED.includes(column))].map((column) => `o.${column}`).join(', ')}, coalesce(o.is_void, false) as is_void,
        coalesce(rl.sales, 0) as sales, coalesce(rl.returns, 0) as returns, coalesce(rl.receipt_agrees, false) as receipt_agrees,
        coalesce(pl.live, false) as live, coalesce(pl.payment_agrees, false) as payment_agrees, coalesce(pl.other_gateway, false) as other_gateway,
        coalesce(abs(o.price_delta) > ${tolerance}, false) as price_differs,
        coalesce(abs(o.time_delta_s) > ${w}, false) as time_outside,
        o.base_from is not null and c.vendhub @> tstzrange(o.base_from - make_interval(secs => ${w}), o.base_to + make_interval(secs => ${w}), '[]') as vh_covered,
        c.happy_workers @> tstzrange(o.time - make_interval(secs => ${w + 600}), o.time + make_interval(secs => ${w}), '[]') as hw_covered,
        o.proof_source is not null and c.happy_workers @> ${orphanRange} as orphan_in_hw,
        o.proof_source is not null and c.vendhub @> ${orphanRange} as orphan_in_vh,
        case
          when o.proof_source is not null then 0
          when o.payment_type in ('test', 'vip') or o.unpaid then 9
          when o.refunded then 10
          when o.payment_type in ('cash', 'card') then
            case when rl.receipt_agrees then 11 when c.fiscal_bills @> ${around(matching.fiscalWindowS)} then 12 else 16 end
          when o.payment_type in ('payme', 'click', 'uzum', 'qr') then
            case when pl.payment_agrees then 13
              when (o.payment_type not in ('payme', 'qr') or c.payme @> ${around(matching.gatewayWindowS)})
                and (o.payment_type not in ('click', 'qr') or c.click @> ${around(matching.gatewayWindowS)})
                and (o.payment_type not in ('uzum', 'qr') or c.uzum @> ${around(matching.gatewayWindowS)}) then 15
              else 16 end
          else 17
        end as line
      from ${from}
      cross join (select ${COVERAGE} from source_coverage) c
      ${linksOf === null ? NO_LINKS : LINKS.replaceAll('$TOLERANCE', tolerance).replaceAll('$RELATION', linksOf)}
      offset 0
    ) u
    offset 0
    ) w
    offset 0
  ) v`;
}

/** Decides every order and orphan in the temporary table `scope (id)` and writes what differs. */
export async function decideScope(context: ReconcileContext): Promise<void> {
  const { client, matching } = context;
  const decided = decideSelect({
    matching,
    from: `(
      select x.*, x.status as old_status, x.pending as old_pending, x.issues as old_issues, case when x.proof_source = 'fiscal_bills' then r.operation_type is distinct from 'sale'
          when x.proof_source is not null then p.payment_status is distinct from 'success' end as is_void
      from scope s join orders x on x.id = s.id
      left join fiscal_receipts r on x.proof_source = 'fiscal_bills' and r.id = x.proof_id
      left join gateway_payments p on x.proof_source in ('payme', 'click', 'uzum') and p.id = x.proof_id
    ) o`,
    linksOf: `(select x.id, x.price, x.payment_type from scope s join orders x on x.id = s.id)`,
    carry: ['proof_source', 'proof_id', 'time', 'old_status', 'old_pending', 'old_issues'],
  });
  // in the order of time, in which the update then meets the rows: their index entries lie together
  await client.query(`
    create temporary table decided on commit drop as
    select d.*, true as is_news from (${decided}) d
    where d.status <> d.old_status or d.pending <> d.old_pending or d.issues <> d.old_issues
    order by d.time, d.id`);
  await client.query(
    `update orders o set status = d.status, pending = d.pending, issues = d.issues, updated_at = now() from decided d where d.id = o.id`,
  );
  await recordOutcomes(context);
}

/**
 * What goes with the outcomes in the temporary table decided, which it drops: the rows of order_issues, and a line of history for each change
 * of status with its cause. `unmatched` was never an answer, so leaving it is no change.
 */
export async function recordOutcomes({ client, cause }: ReconcileContext): Promise<void> {
  await client.query(
    `insert into changed_orders (order_id, old_status, old_issues) select id, old_status, old_issues from decided where is_news`,
  );
  await client.query(`
    delete from order_issues i using decided d where i.order_id = d.id and d.old_issues <> d.issues and i.code <> all (d.issues)`);
  await client.query(`
    insert into order_issues (order_id, code) select d.id, code from decided d cross join lateral unnest(d.issues) code
    where d.old_issues <> d.issues and code <> all (d.old_issues) on conflict do nothing`);
  await client.query(
    `insert into order_changes (order_id, source, record_id, field, old_value, new_value, change_type, cause, file_id, changed_by)
     select d.id, d.proof_source, d.proof_id, 'status', d.old_status, d.status, 'status', $1, $2, $3
     from decided d where d.status <> d.old_status and d.old_status <> 'unmatched'`,
    causeValues(cause),
  );
  await client.query(`drop table decided`);
}
