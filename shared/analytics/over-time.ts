/** Revenue along the calendar and over the week. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import type { HourWeekday, NamedPeriod, TimeSeries } from './answer-schemas.ts';
import { bucketsOf, type TimeGroup } from './buckets.ts';
import { addTo, noSum, tallyOf } from './money.ts';
import { localTime, type Period, salesOf, stepOf } from './period.ts';

/** The instant at which the hour of a cell begins. */
const HOUR = `((day + key::int * interval '1 hour') at time zone 'Asia/Tashkent')`;

export async function timeSeriesOf(
  db: DbOrTransaction,
  period: Period,
  named: NamedPeriod,
  group: TimeGroup,
): Promise<TimeSeries> {
  const rows = await selectRows<{ start: string; count: string; sum: string }>(
    db,
    `select to_char(buckets.start, 'YYYY-MM-DD"T"HH24:MI:SS".000+05:00"') as start, sum(count) as count,
      trim_scale(sum(sum))::text as sum from (
       select ${group === 'month' ? `date_trunc('month', ${localTime('step')})` : localTime('step')} as start, count,
         sum from (
         select ${stepOf(HOUR, group === 'month' ? 'day' : group)} as step, sum(count)::bigint as count, sum(sum) as sum
         from (${await salesOf(db, period, 'sold_hour')}) cells group by 1
       ) steps
     ) buckets group by buckets.start order by buckets.start`,
  );
  const total = noSum();
  for (const row of rows) addTo(total, row);
  const found = rows.map((row) => ({ from: row.start, count: Number(row.count), sum: row.sum }));
  const starts =
    named.from === null || named.to === null ? [] : bucketsOf(new Date(named.from), new Date(named.to), group);
  const byStart = new Map(found.map((item) => [item.from, item]));
  return {
    group,
    items: starts === null ? found : starts.map((from) => byStart.get(from) ?? { from, count: 0, sum: '0' }),
    complete: starts !== null,
    total: tallyOf(total),
  };
}

export async function hourWeekdayOf(db: DbOrTransaction, period: Period): Promise<HourWeekday> {
  const rows = await selectRows<{ weekday: number; hour: number; count: string; sum: string }>(
    db,
    // hours first: a million times become a few thousand before the calendar is asked
    `select extract(isodow from start)::int as weekday, extract(hour from start)::int as hour, sum(count) as count,
      trim_scale(sum(sum))::text as sum from (
       select ${localTime('step')} as start, count, sum from (
         select ${HOUR} as step, sum(count)::bigint as count, sum(sum) as sum
         from (${await salesOf(db, period, 'sold_hour')}) cells group by 1
       ) steps
     ) hours group by 1, 2`,
  );
  const total = noSum();
  for (const row of rows) addTo(total, row);
  const cells = new Map(rows.map((row) => [row.weekday * 24 + row.hour, row]));
  const items = Array.from({ length: 7 * 24 }, (_, at) => {
    const weekday = Math.floor(at / 24) + 1;
    const hour = at % 24;
    const cell = cells.get(weekday * 24 + hour);
    return { weekday, hour, count: Number(cell?.count ?? 0), sum: cell?.sum ?? '0' };
  });
  return { items, total: tallyOf(total) };
}
