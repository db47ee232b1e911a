/**
 * What a change comes to, told in its transaction: orders by what they were and what they are, issues, coverage. Read
 * from the temporary tables in which reconciliation notes its outcomes, so it costs nothing where nobody asks. Used
 * alike by whoever adds a file and whoever takes one back.
 */
import type { Client } from 'pg';
import type { SourceName } from '../ingest/sources/source.ts';

export interface Outcomes {
  /** removed: they are gone, e.g. the row of a payment that found its order */
  orders: { new: number; changed: number; removed: number };
  /** `from` null: the order is new; `to` null: it is gone; sums in UZS, decimal text */
  statuses: { from: string | null; to: string | null; count: number; sum: string }[];
  issues: { code: string; raised: number; cleared: number }[];
}

/** One piece of what a file covers, Tashkent instants. */
export interface CoveragePiece {
  source: SourceName;
  from: string;
  to: string;
  /** no other file covers it */
  alone: boolean;
}

/**
 * How many orders went from one outcome to another, each as it was before the first change and as it is now; a pair of
 * outcomes may come several times. There may be a million of them, but only so many kinds. What changed, what only came
 * into being and what only went are counted apart, each by columns that the planner knows.
 */
const OUTCOMES = `
  with changed as (
    select distinct on (order_id) order_id as id, old_status as status, old_issues as issues,
      order_id in (select f.order_id from work_fresh_orders f) as is_fresh
    from work_changed_orders
    order by order_id, at
  ), moved as (
    select case when not e.is_fresh and e.status <> 'unmatched' then e.status end as from_status,
      case when not e.is_fresh and e.status <> 'unmatched' then e.issues else '{}' end as from_issues,
      o.status as to_status,
      coalesce(o.issues, '{}') as to_issues,
      coalesce(o.price, g.price, 0) as price
    from changed e
    left join orders o on o.id = e.id
    left join work_gone_orders g on g.order_id = e.id
  ), went as (
    select distinct on (g.order_id) g.order_id as id, g.status, g.issues, g.price
    from work_gone_orders g
    where not exists (select 1 from work_changed_orders c where c.order_id = g.order_id)
      and not exists (select 1 from work_fresh_orders f where f.order_id = g.order_id)
    order by g.order_id
  )
  select from_status, to_status, from_issues, to_issues, count(*) as count, sum(price) as sum
  from moved
  group by from_status, to_status, from_issues, to_issues
  union all
  select null, o.status, '{}', o.issues, count(*), sum(o.price)
  from orders o
  where exists (select 1 from work_fresh_orders f where f.order_id = o.id)
    and not exists (select 1 from work_changed_orders c where c.order_id = o.id)
  group by o.status, o.issues
  union all
  select case when e.status <> 'unmatched' then e.status end, o.status,
    case when e.status <> 'unmatched' then e.issues else '{}' end, coalesce(o.issues, '{}'),
    count(*), sum(coalesce(o.price, e.price, 0))
  from went e
  left join orders o on o.id = e.id
  group by e.status, e.issues, o.status, o.issues`;

/** Asked after reconcileTouched, while its work tables are there. */
export async function outcomesOf(client: Client): Promise<Outcomes> {
  await client.query(`analyze work_changed_orders; analyze work_fresh_orders; analyze work_gone_orders`);
  await client.query(`create temporary table outcomes on commit drop as ${OUTCOMES}`);
  const { rows: statuses } = await client.query<Outcomes['statuses'][number]>(`
    select from_status as from, to_status as to, sum(count)::int as count, trim_scale(sum(sum))::text as sum
    from outcomes
    where from_status is distinct from to_status
    group by from_status, to_status
    order by from_status nulls first, to_status nulls last`);
  const { rows: issues } = await client.query<Outcomes['issues'][number]>(`
    select code, coalesce(sum(count) filter (where raised), 0)::int as raised,
      coalesce(sum(count) filter (where not raised), 0)::int as cleared
    from (
      select unnest(to_issues) as code, true as raised, from_issues as others, count from outcomes
      union all
      select unnest(from_issues), false, to_issues, count from outcomes
    ) each
    where code <> all (others)
    group by code
    order by code`);
  const { rows: orders } = await client.query<Outcomes['orders']>(`
    select coalesce(sum(count) filter (where from_status is null and to_status is not null), 0)::int as new,
      coalesce(sum(count) filter (where from_status is not null and to_status is not null), 0)::int as changed,
      coalesce(sum(count) filter (where from_status is not null and to_status is null), 0)::int as removed
    from outcomes`);
  await client.query(`drop table outcomes`);
  return { orders: orders[0] ?? { new: 0, changed: 0, removed: 0 }, statuses, issues };
}

/**
 * What a file covers, parted into what it alone covers and what others cover too.
 * @param others relation (source, covered_from, covered_to): the coverage without the file
 */
export async function coverageOf(
  client: Client,
  file: { id: string; source: SourceName },
  others: 'source_coverage' | 'coverage_before',
): Promise<CoveragePiece[]> {
  const shown = (end: string): string =>
    `to_char(${end} at time zone 'Asia/Tashkent', 'YYYY-MM-DD"T"HH24:MI:SS"+05:00"')`;
  const { rows } = await client.query<CoveragePiece>(
    `with own as (
       select coalesce(range_agg(c), '{}') as covered
       from file_effects e
       cross join unnest(e.covered) c
       where e.file_id = $1
     ), others as (
       select coalesce(range_agg(tstzrange(covered_from, covered_to, '[]')), '{}') as covered from ${others}
       where source = $2
     ), pieces as (
       select unnest(own.covered - others.covered) as piece, true as alone from own, others
       union all
       select unnest(own.covered * others.covered), false from own, others
     )
     select $2 as source, ${shown('lower(piece)')} as from, ${shown('upper(piece)')} as to, alone
     from pieces
     order by lower(piece)`,
    [file.id, file.source],
  );
  return rows;
}
