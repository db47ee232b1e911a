/**
 * Revenue: orders that were paid, neither refunded nor unpaid, neither test nor VIP (rules.md sections 4 and 10). Those
 * are counted apart; a proof without an order is no order and counts nowhere here.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import type { Part, PaymentTypes, Ranking, Summary } from './answer-schemas.ts';
import { addTo, divideRounded, noSum, percentOf, type Sum, tallyOf, tiyinOf, uzsOf } from './money.ts';
import { type Period, salesOf } from './period.ts';

type PaymentType = PaymentTypes['items'][number]['paymentType'];
type OrderKind = 'revenue' | 'refunded' | 'unpaid' | 'test' | 'vip';

interface KindRow {
  kind: OrderKind;
  payment_type: PaymentType;
  /** paid and not dispensed */
  due: boolean;
  count: string;
  sum: string;
}

/** The key of a cell says kind, payment type and whether it is due. */
async function kindsOf(db: DbOrTransaction, period: Period): Promise<KindRow[]> {
  const rows = await selectRows<{ key: string; count: string; sum: string }>(
    db,
    `select key, sum(count)::bigint as count, trim_scale(sum(sum))::text as sum
      from (${await salesOf(db, period, 'kind')}) cells group by 1`,
  );
  return rows.map(({ key, count, sum }) => {
    const [kind, paymentType, due] = key.split(':');
    return { kind: kind as OrderKind, payment_type: paymentType as PaymentType, due: due === 'true', count, sum };
  });
}

export async function summaryOf(db: DbOrTransaction, period: Period): Promise<Summary> {
  // one after the other: inside a transaction there is one connection
  const rows = await kindsOf(db, period);
  const receipts = await selectRow<Record<'sale_count' | 'sale_sum' | 'return_count' | 'return_sum', string>>(
    db,
    `select coalesce(sum(count) filter (where key = 'sale'), 0) as sale_count,
       coalesce(trim_scale(sum(sum) filter (where key = 'sale')), 0)::text as sale_sum,
       coalesce(sum(count) filter (where key = 'return'), 0) as return_count,
       coalesce(trim_scale(sum(sum) filter (where key = 'return')), 0)::text as return_sum
     from (${await salesOf(db, period, 'receipts')}) cells`,
  );
  const sold = await selectRow<{ machines: string }>(
    db,
    `select count(distinct key) as machines from (${await salesOf(db, period, 'sold_machine')}) cells`,
  );
  const kinds: Record<OrderKind, Sum> = {
    revenue: noSum(),
    refunded: noSum(),
    unpaid: noSum(),
    test: noSum(),
    vip: noSum(),
  };
  const [due, overCounter, sales, returns] = [noSum(), noSum(), noSum(), noSum()];
  for (const row of rows) {
    addTo(kinds[row.kind], row);
    if (row.kind !== 'revenue') continue;
    if (row.due) addTo(due, row);
    if (row.payment_type === 'cash' || row.payment_type === 'card') addTo(overCounter, row);
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
    machines: Number(sold?.machines ?? 0),
  };
}

const averageOf = ({ count, tiyin }: Sum): string | null =>
  count === 0 ? null : uzsOf(divideRounded(tiyin, BigInt(count)));

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
  ranking(db, period, limit, 'sold_machine', ({ key, name }) => ({ machineCode: key, machineName: name }));

export const productsOf = (db: DbOrTransaction, period: Period, limit: number): Promise<Ranking<ProductPart>> =>
  ranking(db, period, limit, 'sold_goods', ({ key }) => ({ goodsName: key }));

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
  dimension: 'sold_machine' | 'sold_goods',
  view: (row: RankedRow) => Record<Key, string | null>,
): Promise<Ranking<Part<Key>>> {
  const isMachine = dimension === 'sold_machine';
  const rows = await selectRows<RankedRow>(
    db,
    `with parts as (
       select key, sum(count)::bigint as count, sum(sum) as sum from (${await salesOf(db, period, dimension)}) cells
       group by 1
     ), first as (
       select p.*, count(*) over () as all_items, sum(p.count) over () as all_count, sum(p.sum) over () as all_sum
       from parts p order by p.sum desc, p.key collate "C" limit ?
     )
     select f.key, ${isMachine ? 'coalesce(m.address, m.category)' : 'null::text'} as name, f.count,
       trim_scale(f.sum)::text as sum,
       f.all_items, f.all_count, trim_scale(f.all_sum)::text as all_sum
     from first f ${isMachine ? 'left join machines m on m.machine_code = f.key' : ''}
     order by f.sum desc, f.key collate "C"`,
    [limit],
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
