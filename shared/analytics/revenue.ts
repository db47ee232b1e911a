/**
 * Revenue: orders that were paid, neither refunded nor unpaid, neither test nor VIP (rules.md sections 4 and 10). Those are counted
 * apart; a proof without an order is no order and counts nowhere here.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import type { Part, PaymentTypes, Ranking, Summary } from './answer-schemas.ts';
import { addTo, divideRounded, noSum, percentOf, type Sum, tallyOf, tiyinOf, uzsOf } from './money.ts';
import { inside, type Period } from './period.ts';

/** Of `orders o`. */
export const IS_REVENUE = `o.order_number is not null and not o.unpaid and not o.refunded and o.payment_type not in ('vip', 'test')`;

type PaymentType = PaymentTypes['items'][number]['paymentType'];
type OrderKind = 'revenue' | 'refunded' | 'unpaid' | 'test' | 'vip';

interface KindRow {
  kind: OrderKind;
  payment_type: PaymentType;
  machine_code: string | null;
  /** paid and not dispensed */
  due: boolean;
  count: string;
  sum: string;
}

function kindsOf(db: DbOrTransaction, period: Period): Promise<KindRow[]> {
  const range = inside('o.time', period);
  return selectRows<KindRow>(
    db,
    `select case when o.payment_type in ('vip', 'test') then o.payment_type when o.unpaid then 'unpaid' when o.refunded then 'refunded'
         else 'revenue' end as kind,
       o.payment_type, o.machine_code, o.issues @> '{delivery_failed_but_paid}' as due, count(*) as count, trim_scale(sum(o.price))::text as sum
     from orders o where o.order_number is not null ${range.sql} group by 1, 2, 3, 4`,
    range.bindings,
  );
}

export async function summaryOf(db: DbOrTransaction, period: Period): Promise<Summary> {
  const range = inside('r.fiscal_time', period);
  // one after the other: inside a transaction there is one connection
  const rows = await kindsOf(db, period);
  const receipts = await selectRow<Record<'sale_count' | 'sale_sum' | 'return_count' | 'return_sum', string>>(
    db,
    `select count(*) filter (where r.operation_type = 'sale') as sale_count,
       coalesce(trim_scale(sum(r.amount) filter (where r.operation_type = 'sale')), 0)::text as sale_sum,
       count(*) filter (where r.operation_type = 'return') as return_count,
       coalesce(trim_scale(sum(r.amount) filter (where r.operation_type = 'return')), 0)::text as return_sum
     from fiscal_receipts r where true ${range.sql}`,
    range.bindings,
  );
  const kinds: Record<OrderKind, Sum> = { revenue: noSum(), refunded: noSum(), unpaid: noSum(), test: noSum(), vip: noSum() };
  const [due, overCounter, sales, returns] = [noSum(), noSum(), noSum(), noSum()];
  const machines = new Set<string>();
  for (const row of rows) {
    addTo(kinds[row.kind], row);
    if (row.kind !== 'revenue') continue;
    if (row.due) addTo(due, row);
    if (row.payment_type === 'cash' || row.payment_type === 'card') addTo(overCounter, row);
    if (row.machine_code !== null) machines.add(row.machine_code);
  }
  addTo(sales, { count: receipts?.sale_count ?? '0', sum: receipts?.sale_sum ?? '0' });
  addTo(returns, { count: receipts?.return_count ?? '0', sum: receipts?.return_sum ?? '0' });
  const { revenue, refunded, unpaid, test, vip } = kinds;
  return {
    revenue: { ...tallyOf(revenue), average: averageOf(revenue) },
    refunded: tallyOf(refunded),
    unpaid: tallyOf(unpaid),
    test: tallyOf(test),
    vip: tallyOf(vip),
    refundDue: tallyOf(due),
    fiscal: {
      sales: tallyOf(overCounter),
      receipts: tallyOf(sales),
      returns: tallyOf(returns),
      difference: uzsOf(sales.tiyin - returns.tiyin - overCounter.tiyin),
    },
    machines: machines.size,
  };
}

const averageOf = ({ count, tiyin }: Sum): string | null => (count === 0 ? null : uzsOf(divideRounded(tiyin, BigInt(count))));

export async function paymentTypesOf(db: DbOrTransaction, period: Period): Promise<PaymentTypes> {
  const total = noSum();
  const apart = { test: noSum(), vip: noSum() };
  const types = new Map<PaymentType, Record<'revenue' | 'refunded' | 'unpaid', Sum>>();
  for (const row of await kindsOf(db, period)) {
    if (row.kind === 'test' || row.kind === 'vip') {
      addTo(apart[row.kind], row);
      continue;
    }
    const type = types.get(row.payment_type) ?? { revenue: noSum(), refunded: noSum(), unpaid: noSum() };
    types.set(row.payment_type, type);
    addTo(type[row.kind], row);
    if (row.kind === 'revenue') addTo(total, row);
  }
  const items = [...types]
    .sort(([a, x], [b, y]) => Number(y.revenue.tiyin - x.revenue.tiyin) || (a < b ? -1 : 1))
    .map(([paymentType, { revenue, refunded, unpaid }]) => ({
      paymentType,
      ...tallyOf(revenue),
      average: averageOf(revenue),
      share: percentOf(revenue.tiyin, total.tiyin),
      refunded: tallyOf(refunded),
      unpaid: tallyOf(unpaid),
    }));
  return { items, total: tallyOf(total), apart: { test: tallyOf(apart.test), vip: tallyOf(apart.vip) } };
}

export type MachinePart = Part<'machineCode' | 'machineName'>;
export type ProductPart = Part<'goodsName'>;

export const machinesOf = (db: DbOrTransaction, period: Period, limit: number): Promise<Ranking<MachinePart>> =>
  ranking(db, period, limit, 'machine_code', ({ key, name }) => ({ machineCode: key, machineName: name }));

export const productsOf = (db: DbOrTransaction, period: Period, limit: number): Promise<Ranking<ProductPart>> =>
  ranking(db, period, limit, 'goods_name', ({ key }) => ({ goodsName: key }));

interface RankedRow {
  key: string | null;
  name: string | null;
  count: string;
  sum: string;
  all_items: string;
  all_count: string;
  all_sum: string;
}

async function ranking<Key extends string>(
  db: DbOrTransaction,
  period: Period,
  limit: number,
  column: 'machine_code' | 'goods_name',
  view: (row: RankedRow) => Record<Key, string | null>,
): Promise<Ranking<Part<Key>>> {
  const range = inside('o.time', period);
  const rows = await selectRows<RankedRow>(
    db,
    `with parts as (
       select o.${column} as key, count(*) as count, sum(o.price) as sum from orders o where ${IS_REVENUE} ${range.sql} group by 1
     ), first as (
       select p.*, count(*) over () as all_items, sum(p.count) over () as all_count, sum(p.sum) over () as all_sum
       from parts p order by p.sum desc, p.key collate "C" limit ?
     )
     select f.key, ${column === 'machine_code' ? 'coalesce(m.address, m.category)' : 'null::text'} as name, f.count, trim_scale(f.sum)::text as sum,
       f.all_items, f.all_count, trim_scale(f.all_sum)::text as all_sum
     from first f ${column === 'machine_code' ? 'left join machines m on m.machine_code = f.key' : ''}
     order by f.sum desc, f.key collate "C"`,
    [...range.bindings, limit],
  );
  const [total, shown] = [noSum(), noSum()];
  const [head] = rows;
  if (head !== undefined) addTo(total, { count: head.all_count, sum: head.all_sum });
  for (const row of rows) addTo(shown, row);
  return {
    items: rows.map((row) => ({
      ...view(row),
      count: Number(row.count),
      sum: row.sum,
      average: averageOf({ count: Number(row.count), tiyin: tiyinOf(row.sum) }),
      share: percentOf(tiyinOf(row.sum), total.tiyin),
    })),
    rest: {
      items: Number(head?.all_items ?? 0) - rows.length,
      ...tallyOf({ count: total.count - shown.count, tiyin: total.tiyin - shown.tiyin }),
    },
    total: tallyOf(total),
  };
}
