/**
 * Judges orders by the decision table (rules/decision-table.ts) in SQL: from an order's facts, its linked proofs and
 * the coverage of the sources to status, pending and issues.
 */
import type { MatchingConfig } from '../config.ts';
import { GATEWAYS, SOURCE_NAMES } from '../ingest/sources/index.ts';
import { COUNTER_TYPES, PAYMENT_TYPES, QR_TYPES, sqlList } from '../rules/codes.ts';
import { ALONE, type DecisionRule, ISSUE_RULES, PROOF_RULES, RECORD_RULES } from '../rules/decision-table.ts';
import { CARD_OF_RECEIPT, CASH_OF_RECEIPT, columnHoldsPriceSql } from '../rules/receipt-columns.ts';
import { demandedProofs, LOOKBACK_S, machineReach, PROOF_SOURCES, proofWindowS } from '../rules/windows.ts';
import type { ReconcileContext } from './context.ts';
import { type IdRanges, idRanges } from './id-ranges.ts';
import { writeDecided } from './write-decided.ts';

/** Coverage of all sources as one row of multiranges. */
const COVERAGE = SOURCE_NAMES.map(
  (source) =>
    `coalesce(range_agg(tstzrange(covered_from, covered_to, '[]')) filter (where source = '${source}'),
      '{}') as ${source}`,
).join(',\n        ');

/**
 * What is linked to each order of a relation (id, price, payment_type). Whether a proof is linked is asked after the
 * join: before the first links the statistics know of none, and the planner would take each order's proofs for a
 * handful to be compared with every order.
 */
function linksTo({ relation, orders }: { relation: string; orders: IdRanges }, tolerance: string): string {
  const isSale = `r.link_rule is not null and r.operation_type = 'sale'`;
  const isPaid = `p.link_rule is not null and p.payment_status = 'success'`;
  return `
    left join (
      select r.order_id,
        count(*) filter (where ${isSale}) as sales,
        count(*) filter (where r.link_rule is not null and r.operation_type = 'return') as returns,
        bool_or(${isSale} and (
          x.payment_type = 'cash' and ${columnHoldsPriceSql(CASH_OF_RECEIPT, 'x.price', tolerance)}
          or x.payment_type = 'card' and ${columnHoldsPriceSql(CARD_OF_RECEIPT, 'x.price', tolerance)}
        )) as receipt_agrees
      from ${relation} x
      join fiscal_receipts r on r.order_id = x.id and ${orders.of('r.order_id')}
      group by r.order_id
    ) rl on rl.order_id = o.id
    left join (
      select p.order_id,
        bool_or(${isPaid}) as live,
        bool_or(${isPaid} and abs(p.amount - x.price) <= ${tolerance}
          and (x.payment_type = 'qr' or x.payment_type = p.gateway)) as payment_agrees,
        bool_or(${isPaid} and x.payment_type in ${sqlList(GATEWAYS)} and x.payment_type <> p.gateway) as other_gateway
      from ${relation} x
      join gateway_payments p on p.order_id = x.id and ${orders.of('p.order_id')}
      group by p.order_id
    ) pl on pl.order_id = o.id`;
}

const NO_LINKS = `
    cross join (select 0 as sales, 0 as returns, false as receipt_agrees) rl
    cross join (select false as live, false as payment_agrees, false as other_gateway) pl`;

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
  /**
   * relation (id, price, payment_type) of the orders whose linked proofs count, and where they lie; null: nothing can
   * be linked yet
   */
  linksOf: { relation: string; orders: IdRanges } | null;
  /**
   * also give what it was judged by: record_rule, proof_rule (places in the lists, from 1; 0 = none), receipt_agrees
   * and the like
   */
  explain?: boolean;
  /** columns of `o` to give as well: cheaper than to join them again */
  carry?: readonly string[];
}

const EXPLAINING = ['record_rule', 'proof_rule', 'receipt_agrees', 'payment_agrees', 'price_differs', 'time_outside'];

/**
 * A select of (id, status, pending, issues). Coverage is asked only where a line of the table goes by it: each answer
 * costs as much as the rest of a line. `offset 0` keeps its layers apart: merged into one, the planner would work
 * out a line or a coverage once for every place that names it.
 */
export function decideSelect(options: DecideOptions): string {
  const { explain = false, carry = [] } = options;
  const further = [...(explain ? EXPLAINING : []), ...carry].map((column) => `, v.${column}`).join('');
  return `
  select v.id, v.status, ${PENDING} as pending,
    case when v.raw_issues = '{}' then v.raw_issues else
      array(
        select code from unnest(v.raw_issues) code
        where code <> v.status and v.proof_source is null
        group by code
        order by code
      ) end as issues${further}
  from (
    select w.*, ${STATUS} as status, ${RAW_ISSUES} as raw_issues
    from (
      select u.*, ${positionOf(RECORD_RULES)} as record_rule, ${positionOf(PROOF_RULES)} as proof_rule
      from (${factsSelect(options)}
        offset 0
      ) u
      offset 0
    ) w
    offset 0
  ) v`;
}

/** The position of the first rule that applies, from 1; 0 = none does. */
function positionOf(rules: readonly DecisionRule[]): string {
  return `case
        ${rules.map(({ when }, at) => `when ${when} then ${at + 1}`).join('\n        ')}
        else 0
      end`;
}

const statusOf = ({ status }: DecisionRule): string => (status === 'alone' ? ALONE : `'${status}'`);
const byPosition = (column: string, rules: readonly DecisionRule[]): string =>
  rules.map((rule, at) => `when ${column} = ${at + 1} then ${statusOf(rule)}`).join('\n      ');

const STATUS = `case
      ${byPosition('record_rule', RECORD_RULES)}
      ${byPosition('proof_rule', PROOF_RULES)}
    end`;

const pendingBy = (column: string, rules: readonly DecisionRule[]): string[] =>
  rules.flatMap(({ pending }, at) => (pending === undefined ? [] : [`when ${column} = ${at + 1} then ${pending}`]));

const PENDING = `case
      ${pendingBy('record_rule', RECORD_RULES).join('\n      ')}
      when record_rule > 0 then false
      ${pendingBy('proof_rule', PROOF_RULES).join('\n      ')}
      else false
    end`;

/** Each issue (SQL) and when it is raised. An ambiguous order holds no proof, so nothing is said of one. */
const ISSUES: readonly { issue: string; when: string }[] = [
  ...RECORD_RULES.filter(({ isIssue }) => isIssue).map((rule) => ({ issue: statusOf(rule), when: rule.when })),
  ...PROOF_RULES.flatMap((rule, at) =>
    rule.isIssue === undefined ? [] : [{ issue: statusOf(rule), when: `proof_rule = ${at + 1} and not ambiguous` }],
  ),
  ...ISSUE_RULES.map(({ code, when }) => ({ issue: `'${code}'`, when })),
];

const ANY_ISSUE = ISSUES.map(({ when }) => `(${when})`).join('\n      or ');

/** Most orders have none, and a list is dear to make. */
const RAW_ISSUES = `case when flags = '{}' and not coalesce(${ANY_ISSUE}, false)
      then '{}'::text[]
      else array_remove(array[
        ${ISSUES.map(({ issue, when }) => `case when ${when} then ${issue} end`).join(',\n        ')}
      ], null) || flags
    end`;

function factsSelect({ matching, from, linksOf, carry = [] }: DecideOptions): string {
  const tolerance = `${matching.amountTolerance}::numeric`;
  const seconds = (count: number | string): string => `make_interval(secs => ${count})`;
  const between = (start: string, end: string): string => `tstzrange(${start}, ${end}, '[]')`;
  const around = (windowS: number): string =>
    between(
      `o.time - case when o.has_hw then ${seconds(windowS)} else ${seconds(windowS + LOOKBACK_S)} end`,
      `o.time + ${seconds(windowS)}`,
    );
  const aloneS = `case o.proof_source
            when 'fiscal_bills' then ${matching.fiscalWindowS} else ${matching.gatewayWindowS} end`;
  const aroundAlone = between(`o.time - ${seconds(aloneS)}`, `o.time + ${seconds(aloneS)}`);
  const machine = machineReach(matching);
  const w = matching.hwVendhubWindowS;
  const proofsCovered = PROOF_SOURCES.map((source) => {
    const types = PAYMENT_TYPES.filter((type) => demandedProofs(type).includes(source));
    return `(o.payment_type not in ${sqlList(types)} or c.${source} @> ${around(proofWindowS(matching, source))})`;
  });
  const columns = [...JUDGED, ...carry.filter((column) => !JUDGED.includes(column))].map((column) => `o.${column}`);
  return `
        select ${columns.join(', ')},
          coalesce(o.is_void, false) as is_void,
          coalesce(rl.sales, 0) as sales,
          coalesce(rl.returns, 0) as returns,
          coalesce(rl.receipt_agrees, false) as receipt_agrees,
          coalesce(pl.live, false) as live,
          coalesce(pl.payment_agrees, false) as payment_agrees,
          coalesce(pl.other_gateway, false) as other_gateway,
          coalesce(abs(o.price_delta) > ${tolerance}, false) as price_differs,
          coalesce(abs(o.time_delta_s) > ${w}, false) as time_outside,
          o.has_hw and not o.has_vh
            and c.vendhub @> ${between(`o.base_from - ${seconds(w)}`, `o.base_to + ${seconds(w)}`)} as vh_covered,
          not o.has_hw and c.happy_workers
            @> ${between(`o.time - ${seconds(machine.backS)}`, `o.time + ${seconds(machine.forwardS)}`)} as hw_covered,
          o.proof_source is not null and c.happy_workers @> ${aroundAlone} as alone_in_hw,
          o.proof_source is not null and c.vendhub @> ${aroundAlone} as alone_in_vh,
          case
            when o.payment_type in ${sqlList(COUNTER_TYPES)} and rl.receipt_agrees then null
            when o.payment_type in ${sqlList(QR_TYPES)} and pl.payment_agrees then null
            when o.proof_source is null and o.payment_type in ${sqlList([...COUNTER_TYPES, ...QR_TYPES])} then
              ${proofsCovered.join('\n              and ')}
          end as proof_covered
        from ${from}
        cross join (
          select ${COVERAGE}
          from source_coverage
        ) c
        ${linksOf === null ? NO_LINKS : linksTo(linksOf, tolerance)}`;
}

/** What the work table scope holds of each order. */
export const SCOPE_COLUMNS = [
  'id',
  'proof_source',
  'proof_id',
  'has_hw',
  'has_vh',
  'payment_type',
  'price',
  'time',
  'base_from',
  'base_to',
  'refunded',
  'unpaid',
  'brew_failed',
  'price_delta',
  'time_delta_s',
  'type_conflict',
  'type_unknown',
  'code_disagrees',
  'times_disagree',
  'machine_conflict',
  'ambiguous',
  'flags',
  'status',
  'pending',
  'issues',
] as const;

/**
 * Decides every order and orphan in the work table scope and writes what differs, with what the assignment
 * said of it (flag_changes). What an orphan's proof is, is asked of each: few orders are one.
 */
export async function decideScope(context: ReconcileContext, scope: number): Promise<void> {
  if (scope === 0) return;
  const { client, matching } = context;
  const decided = decideSelect({
    matching,
    from: `(
      select x.id, x.proof_source, x.proof_id, x.has_hw, x.has_vh, x.payment_type, x.price, x.time,
        x.base_from, x.base_to,
        x.refunded, x.unpaid, x.brew_failed, x.price_delta, x.time_delta_s,
        x.type_conflict, x.type_unknown, x.code_disagrees, x.times_disagree, x.machine_conflict,
        coalesce(f.ambiguous, x.ambiguous) as ambiguous, coalesce(f.flags, x.flags) as flags,
        f.order_id is not null as differs,
        x.status as old_status, x.pending as old_pending, x.issues as old_issues,
        case
          when x.proof_source = 'fiscal_bills' then not exists (
            select 1 from fiscal_receipts r where r.id = x.proof_id and r.operation_type = 'sale'
          )
          when x.proof_source is not null then not exists (
            select 1 from gateway_payments p where p.id = x.proof_id and p.payment_status = 'success'
          )
        end as is_void
      from work_scope x
      left join work_flag_changes f on f.order_id = x.id
    ) o`,
    linksOf: { relation: 'work_scope', orders: await idRanges(client, 'work_scope', scope) },
    carry: [
      'proof_source',
      'proof_id',
      'ambiguous',
      'flags',
      'time',
      'differs',
      'old_status',
      'old_pending',
      'old_issues',
    ],
  });
  // in the order of time, in which the update then meets the rows: their index entries lie together
  const found = await client.query(`
    insert into work_decided (id, status, pending, issues, proof_source, proof_id, ambiguous, flags, time, differs,
      old_status, old_pending, old_issues, old_time, is_news)
    select id, status, pending, issues, proof_source, proof_id, ambiguous, flags, time, differs,
      old_status, old_pending, old_issues, time, is_news
    from (
      select d.*, d.status <> d.old_status or d.pending <> d.old_pending or d.issues <> d.old_issues as is_news
      from (${decided}) d
    ) d
    where is_news or differs
    order by time, id`);
  const rows = found.rowCount ?? 0;
  if (rows === 0) return;
  await writeDecided(context, {
    rows,
    orders: await idRanges(client, 'work_decided', rows),
    from: 'work_decided d',
    set: `ambiguous = d.ambiguous, flags = d.flags, status = d.status, pending = d.pending, issues = d.issues,
      updated_at = case when d.is_news then now() else o.updated_at end`,
  });
}
