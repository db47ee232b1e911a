/**
 * What was not loaded although it should have been (rules.md 11, Missing days). A source is expected while it is in
 * use: at least two of its reports were loaded within 30 days. Of those it lacks whole days between the first and the
 * last covered one and after that up to the day before yesterday; and shorter holes between two files in which orders
 * lack their part of this source.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { tashkentDay, tashkentIso } from '../tashkent-time.ts';
import { type DayGap, dayAfter, daysBetween, gapsOf, type ShortGap, type Stretch } from './gaps.ts';
import type { MissingItem } from './missing-schema.ts';

/** As many loads within so many days make a source one that is expected. */
const RECENT_LOADS = 2;
const RECENT_DAYS = 30;
/** The report of a day comes on the day after. */
const DUE_AFTER_DAYS = 1;

/** Half open; null = open. */
interface Period {
  from: Date | null;
  to: Date | null;
}

/** The database's clock, which decides what is late. */
export async function databaseNow(db: DbOrTransaction): Promise<Date> {
  const row = await selectRow<{ now: Date }>(db, 'select clock_timestamp() as now');
  if (row === null) throw new Error('the database gave no time');
  return row.now;
}

/** By source, then by time; whole days of the period alone. */
export async function missingDays(db: DbOrTransaction, period: Period, now: Date): Promise<MissingItem[]> {
  const lastExpectedDay = dayAfter(tashkentDay(now), -1 - DUE_AFTER_DAYS);
  const expected = await expectedSources(db, now);
  const found = expected.map((one) => ({ ...one, gaps: gapsOf(one.stretches, lastExpectedDay) }));
  const lacking = await withLackingOrders(
    db,
    found.flatMap(({ source, gaps }) => gaps.short.map((gap) => ({ source, ...gap }))),
  );
  return found.flatMap(({ source, lastSeen, gaps }) => {
    const days = gaps.days.flatMap((gap) => clipped(gap, period)).map((gap) => ({ at: gap.firstDay, ...ofDays(gap) }));
    const short = lacking
      .filter((gap) => gap.source === source && isInside(gap, period))
      .map((gap) => ({ at: tashkentIso(new Date(gap.fromMs)), ...ofShort(gap) }));
    return [...days, ...short]
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ at: _at, ...gap }) => ({ source, ...gap, lastSeen: tashkentIso(lastSeen) }));
  });
}

type GapOfItem = Pick<MissingItem, 'from' | 'to' | 'days' | 'expectedBy'>;

function ofDays(gap: DayGap): GapOfItem {
  const { firstDay, lastDay } = gap;
  return { from: firstDay, to: lastDay, days: daysBetween(gap), expectedBy: dayAfter(firstDay, DUE_AFTER_DAYS) };
}

function ofShort({ fromMs, toMs }: ShortGap): GapOfItem {
  const [from, to] = [new Date(fromMs), new Date(toMs)];
  const firstDay = tashkentDay(from);
  return {
    from: tashkentIso(from),
    to: tashkentIso(to),
    days: daysBetween({ firstDay, lastDay: tashkentDay(to) }),
    expectedBy: dayAfter(firstDay, DUE_AFTER_DAYS),
  };
}

/** The days of a gap that the period touches; none = []. */
function clipped({ firstDay, lastDay }: DayGap, { from, to }: Period): DayGap[] {
  const first = from === null ? firstDay : later(firstDay, tashkentDay(from));
  const last = to === null ? lastDay : earlier(lastDay, tashkentDay(new Date(to.getTime() - 1)));
  return first <= last ? [{ firstDay: first, lastDay: last }] : [];
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

function isInside({ fromMs, toMs }: ShortGap, { from, to }: Period): boolean {
  return (from === null || toMs > from.getTime()) && (to === null || fromMs < to.getTime());
}

interface ExpectedSource {
  source: SourceName;
  stretches: Stretch[];
  /** when a report of it was last loaded */
  lastSeen: Date;
}

/**
 * What each file covers where every file of the source has it noted; else the joined ranges, in which short holes are
 * not to be seen.
 */
async function expectedSources(db: DbOrTransaction, now: Date): Promise<ExpectedSource[]> {
  const rows = await selectRows<{ source: SourceName; last_seen: Date; from_ms: number[]; to_ms: number[] }>(
    db,
    `with loads as (
       select f.source, max(f.completed_at) as last_seen, bool_and(e.file_id is not null) as noted
       from uploaded_files f left join file_effects e on e.file_id = f.id
       where f.source is not null and f.status in ('completed', 'completed_with_errors')
       group by f.source
       having count(*) filter (where f.completed_at > ?::timestamptz - interval '${RECENT_DAYS} days')
         >= ${RECENT_LOADS}
     ), stretches as (
       select l.source, lower(c) as covered_from, upper(c) as covered_to
       from loads l
       join file_effects e on e.source = l.source
       cross join unnest(e.covered) c
       where l.noted
       union all
       select c.source, c.covered_from, c.covered_to from loads l join source_coverage c on c.source = l.source
       where not l.noted
     )
     select l.source, l.last_seen,
       array_agg(extract(epoch from s.covered_from)::float8 * 1000) as from_ms,
       array_agg(extract(epoch from s.covered_to)::float8 * 1000) as to_ms
     from loads l join stretches s on s.source = l.source and s.covered_from <= s.covered_to
     group by l.source, l.last_seen order by l.source`,
    [now],
  );
  return rows.map(({ source, last_seen: lastSeen, from_ms: fromMs, to_ms: toMs }) => ({
    source,
    lastSeen,
    stretches: fromMs.map((from, at) => ({ fromMs: Math.floor(from), toMs: Math.floor(toMs[at] ?? from) })),
  }));
}

/**
 * Those in which an order lacks what this source should have of it. A sale whose counterpart is there, just beyond the
 * hole, speaks of none: so the minutes without sales between the files of two days are no holes.
 */
async function withLackingOrders<Gap extends ShortGap & { source: SourceName }>(
  db: DbOrTransaction,
  gaps: readonly Gap[],
): Promise<Gap[]> {
  if (gaps.length === 0) return [];
  const rows = await selectRows<{ at: string }>(
    db,
    `select g.at from unnest(?::text[], ?::float8[], ?::float8[]) with ordinality g (source, from_ms, to_ms, at)
     where exists (
       select 1 from orders o
       where o.time > to_timestamp(g.from_ms / 1000) and o.time < to_timestamp(g.to_ms / 1000)
         and case g.source
           when 'happy_workers' then not o.has_hw
           when 'vendhub' then o.has_hw and not o.has_vh
           when 'fiscal_bills' then o.order_number is not null and not o.refunded and not o.unpaid
             and o.payment_type in ('cash', 'card')
             and not exists (select 1 from fiscal_receipts r where r.order_id = o.id)
           else o.order_number is not null and not o.refunded and not o.unpaid
             and o.payment_type in (g.source, 'qr')
             and not exists (
               select 1 from gateway_payments p
               where p.order_id = o.id and (o.payment_type = 'qr' or p.gateway = g.source)
             )
         end
     )`,
    [gaps.map(({ source }) => source), gaps.map(({ fromMs }) => fromMs), gaps.map(({ toMs }) => toMs)],
  );
  const found = new Set(rows.map(({ at }) => Number(at) - 1));
  return gaps.filter((_, at) => found.has(at));
}
