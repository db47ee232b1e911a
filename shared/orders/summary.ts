/** GET /reconciliation/summary: what the orders of a period come to. */
import type { MatchingConfig } from '../config.ts';
import type { Knex } from 'knex';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { SOURCE_NAMES, type SourceName } from '../ingest/sources/source.ts';
import { type EmptyDay, emptyDaysSql } from '../reconcile/empty-days.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { CALM_STATUSES, type OrderStatus } from './codes.ts';
import { type Period, within } from './period.ts';
import type { CountAndSum, Summary } from './summary-schema.ts';
import { BUCKET_EDGES, bucketOf, histogramOf, proofFigures } from './time-differences.ts';

type Group = CountAndSum & { problems: number; pending: CountAndSum };

export async function reconciliationSummary(db: Db, period: Period, matching: MatchingConfig): Promise<Summary> {
  // two at a time: a summary must not take the whole pool
  const [[groups, byIssue, coverage], proofs] = await Promise.all([
    roomy(
      db,
      async (trx) => [await groupedOrders(trx, period, matching), await issueGroups(trx, period), await coverageOf(trx, period)] as const,
    ),
    roomy(db, (trx) => proofFigures(trx, period, matching)),
  ]);
  return {
    from: period.from === null ? null : tashkentIso(period.from),
    to: period.to === null ? null : tashkentIso(period.to),
    total: groups.total,
    pending: groups.pending,
    settled: groups.settled,
    byStatus: groups.byStatus,
    byIssue,
    bySource: [...groups.bySource, ...proofs.bySource].filter(({ count }) => count > 0),
    byMachine: groups.byMachine,
    byDay: groups.byDay,
    coverage,
    histograms: [groups.vendhubPair, ...proofs.histograms],
  };
}

/** With room to hash a million orders in memory. */
function roomy<T>(db: Db, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.transaction(
    async (trx) => {
      await trx.raw(`set local work_mem = '96MB'`);
      await trx.raw('set local jit = off');
      return work(trx);
    },
    { readOnly: true },
  );
}

interface GroupRow {
  dimension: string;
  key: string | null;
  name: string | null;
  count: string;
  sum: string;
  problems: string;
  pending_count: string;
  pending_sum: string;
}

const NONE: CountAndSum = { count: 0, sum: '0' };

/** One pass over the orders of the period into small cells, and every dimension from those. */
async function groupedOrders(db: DbOrTransaction, period: Period, matching: MatchingConfig) {
  const ofPeriod = within('o.time', period);
  const w = matching.hwVendhubWindowS;
  const calm = CALM_STATUSES.map((status) => `'${status}'`).join(', ');
  const dimension = (name: string, key: string, where = 'true'): string => `
    select '${name}' as dimension, ${key} as key, sum(n) as count, sum(s) as sum, coalesce(sum(n) filter (where status not in (${calm}) and not pending), 0) as problems,
      coalesce(sum(n) filter (where pending), 0) as pending_count, coalesce(sum(s) filter (where pending), 0) as pending_sum
    from cells where ${where} group by ${key}`;
  const rows = await selectRows<GroupRow>(
    db,
    `with cells as materialized (
       select floor((date_part('epoch', o.time) + 18000) / 86400)::int as day, o.machine_code, o.status, o.pending, o.settled, o.has_hw, o.has_vh,
         case when o.time_delta_s = 0 then ${bucketOf(0)} when o.time_delta_s is not null then width_bucket(o.time_delta_s, ${BUCKET_EDGES}) end as bucket,
         abs(o.time_delta_s) > ${w} and abs(o.time_delta_s) <= ${2 * w} and not o.machine_conflict and abs(o.price_delta) <= ${matching.amountTolerance}::numeric as at_2x,
         count(*) as n, sum(o.price) as s
       from orders o where ${ofPeriod.sql} group by 1, 2, 3, 4, 5, 6, 7, 8, 9
     ), groups as (
       ${[
         dimension('total', 'null::text'),
         dimension('status', 'status'),
         dimension('settled', 'null::text', 'settled'),
         dimension('day', `(date '1970-01-01' + day)::text`),
         dimension('machine', 'machine_code'),
         dimension('happy_workers', 'null::text', 'has_hw'),
         dimension('vendhub', 'null::text', 'has_vh'),
         dimension('bucket', 'bucket::text', 'bucket is not null'),
         dimension('at_2x', 'null::text', 'at_2x'),
       ].join(' union all ')}
     )
     select g.dimension, g.key, coalesce(m.address, m.category) as name, g.count, trim_scale(g.sum)::text as sum, g.problems, g.pending_count,
       trim_scale(g.pending_sum)::text as pending_sum
     from groups g left join machines m on g.dimension = 'machine' and m.machine_code = g.key
     order by g.dimension, g.key`,
    ofPeriod.bindings,
  );
  const of = (dimensionName: string) => rows.filter((row) => row.dimension === dimensionName);
  const group = (row: GroupRow): Group => ({
    count: Number(row.count),
    sum: row.sum,
    problems: Number(row.problems),
    pending: { count: Number(row.pending_count), sum: row.pending_sum },
  });
  const single = (name: string): CountAndSum => {
    const [row] = of(name);
    return row === undefined ? NONE : { count: Number(row.count), sum: row.sum };
  };
  const [total] = of('total').map(group);
  return {
    total: single('total'),
    pending: total?.pending ?? NONE,
    settled: single('settled'),
    byStatus: of('status').map((row) => ({
      status: row.key as OrderStatus,
      count: Number(row.count),
      sum: row.sum,
      pending: group(row).pending,
    })),
    byDay: of('day').map((row) => ({ day: row.key ?? '', ...group(row) })),
    byMachine: of('machine').map((row) => ({
      machineCode: row.key,
      machineName: row.name,
      ...group(row),
    })),
    bySource: (['happy_workers', 'vendhub'] as const).map((source) => ({ source: source as SourceName, ...single(source) })),
    vendhubPair: histogramOf(
      'happy_workers-vendhub',
      w,
      single('at_2x').count,
      new Map(of('bucket').map((row) => [Number(row.key), Number(row.count)])),
    ),
  };
}

async function issueGroups(db: DbOrTransaction, period: Period): Promise<Summary['byIssue']> {
  const ofPeriod = within('o.time', period);
  const rows = await selectRows<{ issue: Summary['byIssue'][number]['issue']; count: string; sum: string }>(
    db,
    `select issue, count(*) as count, trim_scale(sum(o.price))::text as sum from orders o cross join lateral unnest(o.issues) issue
     where o.issues <> '{}' and ${ofPeriod.sql} group by issue order by count(*) desc, issue`,
    ofPeriod.bindings,
  );
  return rows.map((row) => ({ issue: row.issue, count: Number(row.count), sum: row.sum }));
}

async function coverageOf(db: DbOrTransaction, { from, to }: Period): Promise<Summary['coverage']> {
  const ranges = await selectRows<{ source: SourceName; covered_from: Date; covered_to: Date }>(
    db,
    `select source, covered_from, covered_to from source_coverage
     where covered_to >= coalesce(?::timestamptz, '-infinity') and covered_from < coalesce(?::timestamptz, 'infinity') order by covered_from`,
    [from, to],
  );
  const days = await selectRows<{ source: SourceName; day: string; records: string }>(
    db,
    `select source, day::text as day, records from source_days
     where day >= coalesce((?::timestamptz at time zone 'Asia/Tashkent')::date, '-infinity')
       and day <= coalesce(((?::timestamptz - interval '1 microsecond') at time zone 'Asia/Tashkent')::date, 'infinity') order by day`,
    [from, to],
  );
  const empty = await selectRows<EmptyDay>(
    db,
    emptyDaysSql(`(
      select source, greatest(covered_from, coalesce(?::timestamptz, '-infinity')) as covered_from,
        least(covered_to, coalesce(?::timestamptz - interval '1 microsecond', 'infinity')) as covered_to
      from source_coverage
      where covered_to >= coalesce(?::timestamptz, '-infinity') and covered_from < coalesce(?::timestamptz, 'infinity')
    )`),
    [from, to, from, to],
  );
  return SOURCE_NAMES.map((source) => ({
    source,
    emptyDays: empty.filter((day) => day.source === source).map((day) => day.day),
    ranges: ranges
      .filter((range) => range.source === source)
      .map((range) => ({ from: tashkentIso(range.covered_from), to: tashkentIso(range.covered_to) })),
    days: days.filter((day) => day.source === source).map((day) => ({ day: day.day, rows: Number(day.records) })),
  }));
}
