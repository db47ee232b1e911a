/**
 * Which groups must be evaluated again (rules.md section 5.3 Run): every connected group (equal amount, overlapping
 * windows) that holds a touched row, before or after the change. A group is found as a span: a class of amounts and a
 * stretch of time whose ends cut no window. A span may be larger than the group; evaluating more than needed gives the
 * same result.
 */
import type { Client } from 'pg';
import { LOOKBACK_S, widestWindowS } from '../rules/windows.ts';
import { type ReconcileContext, tiyin } from './context.ts';
import { PAIRED_AMOUNTS } from './links/paired-amounts.ts';
import { analyzeWorkTable } from './work-tables.ts';

/**
 * From one touched position in so many orders and proofs on, one span per class of amounts is cheaper than many small
 * ones.
 */
const MANY_POSITIONS_SHARE = 0.2;
/** Positions of one class closer than this share a span. */
const NEIGHBOUR_GAP_S = 600;
/** After so many rounds the ends jump by doubling steps, so that a dense chain costs few rounds. */
const PATIENT_ROUNDS = 6;
/** The first of these steps, halved. */
const JUMP_S = 600;

/** Proofs that are no records yet. */
interface Arriving {
  /** SQL, relation */
  rows: string;
  /** SQL, array: what of a row x can be a price */
  amounts: string;
  /** they may be paid in cash_amount and card_amount */
  hasColumns: boolean;
}

/**
 * Amounts that may be equal within the tolerance fall into one class; so do the three amounts of a receipt paid in both
 * columns, and what an order costs and holds by hand. Distinct values are read by skipping through the indexes: a few
 * hundred look-ups whatever the number of rows. The work table class_amounts gives each amount its class and all
 * amounts of it.
 * @returns how many amounts
 */
export async function createAmountClasses(
  { client, matching }: Pick<ReconcileContext, 'client' | 'matching'>,
  arriving: Arriving | null = null,
): Promise<number> {
  const skipScan = (table: string, column: string, condition = 'true'): string => `
    select amount from (
      with recursive skip as (
        (
          select ${column} as amount
          from ${table}
          where ${condition}
          order by ${column} limit 1
        )
        union all
        select (
          select t.${column}
          from ${table} t
          where t.${column} > s.amount and ${condition}
          order by t.${column} limit 1
        )
        from skip s
        where s.amount is not null
      )
      select amount from skip where amount is not null
    ) ${table}_amounts`;
  const { rows } = await client.query<{ amount: string }>(`
    select distinct amount::text as amount from (
      ${skipScan('orders', 'price', 'order_number is not null')}
      union
      ${skipScan('fiscal_receipts', 'amount')}
      union
      ${skipScan('gateway_payments', 'amount')}
      union
      select unnest(array[cash_amount, card_amount]) from fiscal_receipts where cash_amount > 0 and card_amount > 0
      union
      select amount from work_positions
      ${arriving === null ? '' : `union select unnest(${arriving.amounts}) from ${arriving.rows} x`}
    ) amounts
    where amount <> 0`);
  const splitOf = (relation: string): string => `
    select array[amount, cash_amount, card_amount]::text[] as amounts
    from ${relation} x
    where cash_amount > 0 and card_amount > 0`;
  const split = await client.query<{ amounts: string[] }>(
    arriving?.hasColumns === true
      ? `${splitOf('fiscal_receipts')} union ${splitOf(arriving.rows)}`
      : `select distinct * from (${splitOf('fiscal_receipts')}) s`,
  );
  const amounts = rows.map((row) => row.amount).sort((a, b) => tiyin(a) - tiyin(b));
  const position = new Map(amounts.map((amount, index) => [amount, index]));
  const parent = amounts.map((_, index) => index);
  const find = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root] as number;
    return root;
  };
  const tolerance = tiyin(matching.amountTolerance);
  for (let index = 1; index < amounts.length; index++) {
    if (tiyin(amounts[index] as string) - tiyin(amounts[index - 1] as string) <= tolerance)
      parent[index] = find(index - 1);
  }
  const paired = await client.query<{ amounts: string[] }>(PAIRED_AMOUNTS);
  for (const row of [...split.rows, ...paired.rows]) {
    const [first, ...others] = row.amounts.map((amount) => position.get(amount)).filter((index) => index !== undefined);
    for (const other of others) parent[find(other)] = find(first as number);
  }
  await client.query(
    `insert into work_class_amounts
     select amount, class, array_agg(amount) over (partition by class)
     from unnest($1::numeric[], $2::integer[]) a (amount, class)`,
    [amounts, amounts.map((_, index) => find(index))],
  );
  await analyzeWorkTable(client, 'work_class_amounts', { rows: amounts.length });
  return amounts.length;
}

export interface Spans {
  count: number;
  /** each is all of its class, from the first position to the last */
  full: boolean;
}

/** Orders and proofs, as the statistics have it. */
async function estimateRows(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`
    select coalesce(sum(greatest(reltuples, 0)), 0)::float8 as count from pg_class
    where oid in ('orders'::regclass, 'fiscal_receipts'::regclass, 'gateway_payments'::regclass)`);
  return rows[0]?.count ?? 0;
}

/**
 * Fills the work table spans from positions, each with the amounts of its class.
 */
export async function createSpans(context: ReconcileContext): Promise<Spans> {
  const { client, matching } = context;
  const { rows } = await client.query<{ count: string }>(`select count(*) from work_positions`);
  const count = Number(rows[0]?.count ?? 0);
  const full = count > MANY_POSITIONS_SHARE * (await estimateRows(client));
  if (count === 0) return { count, full };
  await createAmountClasses(context);
  await mergeInto(client, 'work_raw_spans', {
    stretches: `
      select a.class, p.time_from, p.time_to from work_positions p join work_class_amounts a on a.amount = p.amount`,
    gapS: full ? null : NEIGHBOUR_GAP_S,
  });
  for (let round = 1; ; round++) {
    const jumpS = round <= PATIENT_ROUNDS ? 0 : JUMP_S * 2 ** (round - PATIENT_ROUNDS);
    if ((await growSpans(client, widestWindowS(matching), jumpS)) === 0) break;
  }
  const spans = await mergeInto(client, 'work_spans', {
    stretches: `select class, time_from, time_to from work_raw_spans`,
    gapS: 0,
  });
  await analyzeWorkTable(client, 'work_spans', { rows: spans });
  return { count: spans, full };
}

/** An order whose window hangs over an end pulls that end out to the window's own. @returns how many spans grew */
async function growSpans(client: Client, reachS: number, jumpS: number): Promise<number> {
  const seconds = (count: number): string => `make_interval(secs => ${count})`;
  /** The outermost order near an end of the span. */
  const outermost = (pick: 'min' | 'max', end: string): string => `(
            select ${pick}(o.time)
            from orders o
            where o.price = any (s.amounts) and o.order_number is not null
              and o.time between ${end} - ${seconds(reachS)} and ${end} + ${seconds(reachS + LOOKBACK_S)}
          )`;
  const grown = await client.query(`
      with reach as materialized (
        select s.id,
          ${outermost('min', 's.time_from')} - ${seconds(reachS + LOOKBACK_S)} as lo,
          ${outermost('max', 's.time_to')} + ${seconds(reachS)} as hi
        from work_raw_spans s
        where s.grew
      ), changed as (
        select r.id, r.lo < s.time_from as down, r.hi > s.time_to as up, r.lo, r.hi
        from reach r
        join work_raw_spans s on s.id = r.id
      ), settled as (
        update work_raw_spans s set grew = false
        from changed c
        where c.id = s.id and not coalesce(c.down, false) and not coalesce(c.up, false)
      )
      update work_raw_spans s set
        time_from = case when c.down then c.lo - ${seconds(jumpS)} else s.time_from end,
        time_to = case when c.up then c.hi + ${seconds(jumpS)} else s.time_to end
      from changed c
      where c.id = s.id and (c.down or c.up)`);
  return grown.rowCount ?? 0;
}

/**
 * Joins stretches of one class that overlap or lie within the gap (null = all of a class).
 * @returns how many are made
 */
async function mergeInto(
  client: Client,
  spans: 'work_raw_spans' | 'work_spans',
  { stretches, gapS }: { stretches: string; gapS: number | null },
): Promise<number> {
  const insert = (joined: string): string => `
    insert into ${spans} (class, amounts, time_from, time_to)
    select j.class, c.amounts, j.time_from, j.time_to
    from (${joined}) j
    join (select distinct class, amounts from work_class_amounts) c on c.class = j.class`;
  if (gapS === null) {
    const whole = await client.query(
      insert(`
      select class, min(time_from) as time_from, max(time_to) as time_to from (${stretches}) s group by class`),
    );
    return whole.rowCount ?? 0;
  }
  const joined = await client.query(
    insert(`
    select class, min(time_from) as time_from, max(time_to) as time_to
    from (
      select s.*, count(*) filter (where starts) over (partition by class order by time_from, time_to) as island
      from (
        select s.*, time_from > coalesce(
          max(time_to) over (
            partition by class order by time_from, time_to rows between unbounded preceding and 1 preceding
          ) + make_interval(secs => ${gapS}), '-infinity') as starts
        from (${stretches}) s
      ) s
    ) s
    group by class, island`),
  );
  return joined.rowCount ?? 0;
}
