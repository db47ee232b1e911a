/** GET /reconciliation/summary: what the orders of a period come to. */
import type { MatchingConfig } from '../config.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { GATEWAYS, SOURCE_NAMES } from '../ingest/sources/index.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { type EmptyDay, emptyDaysSql } from '../reconcile/empty-days.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { Dimension } from '../sums/cells.ts';
import type { Range } from '../sums/ranges.ts';
import { sumsSql } from '../sums/read-sums.ts';
import type { OrderStatus } from '../rules/codes.ts';
import type { CountAndSum, Summary } from './summary-schema.ts';
import { MOST_LISTED } from './machines.ts';
import { histogramOf } from './time-differences.ts';

type Group = CountAndSum & { problems: number; pending: CountAndSum };

const DIMENSIONS = [
  'total',
  'status',
  'settled',
  'machine',
  'happy_workers',
  'vendhub',
  'vendhub_bucket',
  'vendhub_at_2x',
  'issue',
  'proof',
  'proof_bucket',
  'proof_at_2x',
] as const satisfies readonly Dimension[];

export async function reconciliationSummary(db: Db, period: Range, matching: MatchingConfig): Promise<Summary> {
  return db.transaction(
    async (trx) => {
      // with room to hash a million orders in memory, for days that are not summed up yet
      await trx.raw(`set local work_mem = '96MB'`);
      const groups = await groupsOf(trx, period, matching);
      return {
        from: period.from === null ? null : tashkentIso(period.from),
        to: period.to === null ? null : tashkentIso(period.to),
        ...groups,
        coverage: await coverageOf(trx, period),
      };
    },
    { readOnly: true, isolationLevel: 'repeatable read' },
  );
}

interface GroupRow {
  dimension: (typeof DIMENSIONS)[number] | 'day';
  key: string | null;
  name: string | null;
  count: string;
  sum: string;
  problems: string;
  pending_count: string;
  pending_sum: string;
}

const NONE: CountAndSum = { count: 0, sum: '0' };

async function groupsOf(
  trx: DbOrTransaction,
  period: Range,
  matching: MatchingConfig,
): Promise<Omit<Summary, 'from' | 'to' | 'coverage'>> {
  const cells = await sumsSql(trx, { period, matching, dimensions: DIMENSIONS });
  const grouped = (name: string, key: string, where: string): string => `
    select ${name} as dimension, ${key} as key, sum(count)::bigint as count, sum(sum) as sum,
      sum(problems)::bigint as problems,
      sum(pending_count)::bigint as pending_count, sum(pending_sum) as pending_sum
    from cells where ${where} group by 1, 2 having sum(count) > 0`;
  const rows = await selectRows<GroupRow>(
    trx,
    `with cells as materialized (${cells}),
     groups as (${grouped('dimension', 'key', 'true')}
       union all ${grouped(`'day'`, 'day::text', `dimension = 'total'`)}),
     ranked as (select *, row_number() over (partition by dimension order by count desc, key) as place from groups)
     select g.dimension, g.key, coalesce(m.address, m.category) as name, g.count, trim_scale(g.sum)::text as sum,
       g.problems, g.pending_count,
       trim_scale(g.pending_sum)::text as pending_sum
     from ranked g left join machines m on g.dimension = 'machine' and m.machine_code = g.key
     where g.dimension <> 'machine' or g.place <= ${MOST_LISTED}
     order by g.dimension, g.key`,
  );
  const of = (dimension: GroupRow['dimension']) => rows.filter((row) => row.dimension === dimension);
  const group = (row: GroupRow): Group => ({
    count: Number(row.count),
    sum: row.sum,
    problems: Number(row.problems),
    pending: { count: Number(row.pending_count), sum: row.pending_sum },
  });
  const tallyOf = (row: GroupRow | undefined): CountAndSum =>
    row === undefined ? NONE : { count: Number(row.count), sum: row.sum };
  const keyed = (dimension: GroupRow['dimension'], key: string) => of(dimension).find((row) => row.key === key);
  const [total] = of('total');
  return {
    total: tallyOf(total),
    pending: total === undefined ? NONE : group(total).pending,
    settled: tallyOf(of('settled')[0]),
    byStatus: of('status').map((row) => ({
      status: row.key as OrderStatus,
      ...tallyOf(row),
      pending: group(row).pending,
    })),
    byIssue: of('issue')
      .map((row) => ({ issue: row.key as Summary['byIssue'][number]['issue'], ...tallyOf(row) }))
      .sort((a, b) => b.count - a.count || (a.issue < b.issue ? -1 : 1)),
    bySource: [
      ...(['happy_workers', 'vendhub'] as const).map((source) => ({
        source: source as SourceName,
        ...tallyOf(of(source)[0]),
      })),
      ...PROOF_SOURCES.map((source) => ({ source: source as SourceName, ...tallyOf(keyed('proof', source)) })),
    ].filter(({ count }) => count > 0),
    byMachine: of('machine').map((row) => ({ machineCode: row.key, machineName: row.name, ...group(row) })),
    byDay: of('day').map((row) => ({ day: row.key ?? '', ...group(row) })),
    histograms: [
      histogramOf(
        'happy_workers-vendhub',
        matching.hwVendhubWindowS,
        tallyOf(of('vendhub_at_2x')[0]).count,
        new Map(of('vendhub_bucket').map((row) => [Number(row.key), Number(row.count)])),
      ),
      ...PROOF_SOURCES.map((source) =>
        histogramOf(
          `happy_workers-${source}`,
          source === 'fiscal_bills' ? matching.fiscalWindowS : matching.gatewayWindowS,
          tallyOf(keyed('proof_at_2x', source)).count,
          bucketsOf(of('proof_bucket'), source),
        ),
      ),
    ],
  };
}

const PROOF_SOURCES = ['fiscal_bills', ...GATEWAYS] as const;

/** Their keys are source and bucket, joined by a colon. */
function bucketsOf(rows: readonly GroupRow[], source: string): Map<number, number> {
  const own = rows.filter((row) => row.key?.startsWith(`${source}:`) === true);
  return new Map(own.map((row) => [Number(row.key?.slice(source.length + 1)), Number(row.count)]));
}

async function coverageOf(db: DbOrTransaction, { from, to }: Range): Promise<Summary['coverage']> {
  const ranges = await selectRows<{ source: SourceName; covered_from: Date; covered_to: Date }>(
    db,
    `select source, covered_from, covered_to from source_coverage
     where covered_to >= coalesce(?::timestamptz, '-infinity') and covered_from < coalesce(?::timestamptz, 'infinity')
     order by covered_from`,
    [from, to],
  );
  const days = await selectRows<{ source: SourceName; day: string; records: string }>(
    db,
    `select source, day::text as day, records from source_days
     where day >= coalesce((?::timestamptz at time zone 'Asia/Tashkent')::date, '-infinity')
       and day <= coalesce(((?::timestamptz - interval '1 microsecond') at time zone 'Asia/Tashkent')::date, 'infinity')
         order by day`,
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
