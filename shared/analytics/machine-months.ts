/** Revenue of every machine in every month of Tashkent: the table that answers which machine is falling behind. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { MOST_LISTED } from '../orders/machines.ts';
import type { MachineMonths } from './answer-schemas.ts';
import { addTo, noSum, type Sum, tallyOf } from './money.ts';
import { type Period, salesOf } from './period.ts';

interface MonthRow {
  month: string;
  key: string | null;
  /** not: what all machines beyond those that are listed sold */
  listed: boolean;
  name: string | null;
  count: string;
  sum: string;
}

/** Machines with the most revenue first; a month without revenue between others is there, with nothing in it. */
export async function machineMonthsOf(db: DbOrTransaction, period: Period): Promise<MachineMonths> {
  const rows = await selectRows<MonthRow>(
    db,
    `with parts as (
       select to_char(day, 'YYYY-MM') as month, key, sum(count)::bigint as count, sum(sum) as sum
       from (${await salesOf(db, period, 'sold_machine')}) cells group by 1, 2
     ), listed as (
       select coalesce(key, '') as key
       from parts
       group by 1
       order by sum(sum) desc, 1
       limit ${MOST_LISTED}
     ), named as (
       select p.month, p.key, l.key is not null as listed, p.count, p.sum
       from parts p left join listed l on l.key = coalesce(p.key, '')
     )
     select n.month, n.key, true as listed, coalesce(m.address, m.category) as name, n.count,
       trim_scale(n.sum)::text as sum
     from named n left join machines m on m.machine_code = n.key
     where n.listed
     union all
     select month, null, false, null, sum(count)::bigint, trim_scale(sum(sum))::text
     from named
     where not listed
     group by month`,
  );
  const months = monthsBetween(rows.map(({ month }) => month));
  const indexOf = new Map(months.map((month, at) => [month, at]));
  const empty = (): Sum[] => months.map(noSum);
  const totals = empty();
  const machines = new Map<string | null, { name: string | null; months: Sum[]; total: Sum }>();
  for (const row of rows) {
    const at = indexOf.get(row.month) ?? 0;
    const total = totals[at];
    if (total !== undefined) addTo(total, row);
    if (!row.listed) continue;
    const machine = machines.get(row.key) ?? { name: row.name, months: empty(), total: noSum() };
    machines.set(row.key, machine);
    for (const sum of [machine.months[at], machine.total]) if (sum !== undefined) addTo(sum, row);
  }
  return {
    months,
    items: [...machines]
      .toSorted(([a, x], [b, y]) =>
        x.total.tiyin === y.total.tiyin ? (String(a) < String(b) ? -1 : 1) : y.total.tiyin > x.total.tiyin ? 1 : -1,
      )
      .map(([machineCode, { name, months: sums, total }]) => ({
        machineCode,
        machineName: name,
        months: sums.map(tallyOf),
        total: tallyOf(total),
      })),
    totals: totals.map(tallyOf),
  };
}

/** YYYY-MM from the first to the last, none left out. */
function monthsBetween(found: readonly string[]): string[] {
  const [first] = found.toSorted();
  const last = found.toSorted().at(-1);
  if (first === undefined || last === undefined) return [];
  const months: string[] = [];
  for (let at = monthNumber(first); at <= monthNumber(last); at += 1) {
    months.push(`${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`);
  }
  return months;
}

const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
