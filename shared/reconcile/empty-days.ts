/**
 * Holes inside what a source covers: days on which it has not one row although other systems saw sales that it should
 * know of. A file covers everything from its first row to its last, so the orders of such a day count as missing there;
 * more likely the report is not complete.
 */
import type { SourceName } from '../ingest/sources/source.ts';

/** Longer stretches come from a row of another century: nothing is said of them. */
const MOST_DAYS = 4_000;

export interface EmptyDay {
  source: SourceName;
  /** YYYY-MM-DD, Tashkent */
  day: string;
}

/**
 * A select of (source, day text), in order.
 * @param ranges relation (source text, covered_from timestamptz, covered_to timestamptz)
 */
export function emptyDaysSql(ranges: string): string {
  const local = (column: string): string => `(${column} at time zone 'Asia/Tashkent')::date`;
  return `
    with days as (
      select distinct r.source, d.day::date as day
      from ${ranges} r
      cross join lateral generate_series(${local('r.covered_from')}, ${local('r.covered_to')}, interval '1 day') d (day)
      where r.covered_to - r.covered_from < interval '${MOST_DAYS} days'
    ), empty as (
      select e.source, e.day, e.day::timestamp at time zone 'Asia/Tashkent' as begins
      from days e
      where not exists (select 1 from source_days s where s.source = e.source and s.day = e.day)
    )
    select e.source, e.day::text as day
    from empty e
    where case e.source
      when 'happy_workers' then exists (select 1 from source_days s where s.source = 'vendhub' and s.day = e.day)
      when 'vendhub' then exists (select 1 from source_days s where s.source = 'happy_workers' and s.day = e.day)
      else exists (
        select 1 from orders o
        where o.time >= e.begins and o.time < e.begins + interval '1 day'
          and o.order_number is not null and not o.refunded and not o.unpaid
          and (o.payment_type = e.source or e.source = 'fiscal_bills' and o.payment_type in ('cash', 'card'))
      )
    end
    order by e.source, e.day`;
}
