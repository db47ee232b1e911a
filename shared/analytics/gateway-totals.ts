/**
 * What customers paid through a gateway against what was ordered that way, by month of Tashkent (rules.md section 1:
 * under 1% fine, 1-3% look, over 3% critical; commission 2%). Totals only: single orders are reconciled elsewhere.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { type Gateway, GATEWAYS } from '../ingest/sources/index.ts';
import type { GatewayTotal } from './answer-schemas.ts';
import { addTo, divideRounded, noSum, percentOf, type Sum, tallyOf, uzsOf } from './money.ts';
import { type Period, salesOf } from './period.ts';

const COMMISSION_PERCENT = 2n;

/** The rule for totals; exactly 1% and 3% are to be looked at. */
export function gatewayLevel(ordersTiyin: bigint, paymentsTiyin: bigint): Exclude<GatewayTotal['level'], 'not_loaded'> {
  const off = paymentsTiyin - ordersTiyin;
  const size = off < 0n ? -off : off;
  if (size * 100n < ordersTiyin || size === 0n) return 'ok';
  return size * 100n <= ordersTiyin * 3n ? 'look' : 'critical';
}

interface Side {
  month: string;
  gateway: Gateway | 'unknown';
  count: string;
  sum: string;
  first: Date;
  last: Date;
}

interface Range {
  source: Gateway | 'happy_workers' | 'vendhub';
  covered_from: Date;
  covered_to: Date;
}

interface Cell {
  orders: Sum;
  payments: Sum;
  first: Date | null;
  last: Date | null;
  firstPaid: Date | null;
  lastPaid: Date | null;
}

/** Newest month first; within it the gateways that occur, then all of them together. */
export async function gatewayTotalsOf(db: DbOrTransaction, period: Period): Promise<{ items: GatewayTotal[] }> {
  // one after the other: inside a transaction there is one connection
  const orders = await byMonth(db, period, 'gateway_orders');
  const payments = await byMonth(db, period, 'payments');
  const coverage = await coverageOf(db);
  const months = new Map<string, Map<GatewayTotal['gateway'], Cell>>();
  const cellsOf = (row: Side): Cell[] => {
    const month = months.get(row.month) ?? new Map<GatewayTotal['gateway'], Cell>();
    months.set(row.month, month);
    return [row.gateway, 'all' as const].map((gateway) => {
      const cell = month.get(gateway) ?? {
        orders: noSum(),
        payments: noSum(),
        first: null,
        last: null,
        firstPaid: null,
        lastPaid: null,
      };
      month.set(gateway, cell);
      return cell;
    });
  };
  for (const row of orders) {
    for (const cell of cellsOf(row)) {
      addTo(cell.orders, row);
      if (cell.first === null || row.first < cell.first) cell.first = row.first;
      if (cell.last === null || row.last > cell.last) cell.last = row.last;
    }
  }
  for (const row of payments) {
    for (const cell of cellsOf(row)) {
      addTo(cell.payments, row);
      if (cell.firstPaid === null || row.first < cell.firstPaid) cell.firstPaid = row.first;
      if (cell.lastPaid === null || row.last > cell.lastPaid) cell.lastPaid = row.last;
    }
  }
  const sequence = [...GATEWAYS, 'unknown', 'all'] as const;
  const items = [...months]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .flatMap(([month, cells]) => {
      const totals = sequence.flatMap((gateway) => {
        const cell = cells.get(gateway);
        return cell === undefined ? [] : [totalOf(month, gateway, cell, coverage)];
      });
      const all = cells.get('all');
      return totals.map((total) =>
        total.gateway === 'all' && total.level !== 'not_loaded' && all !== undefined
          ? { ...total, loaded: loadedOfAll(totals, (gateway) => loadedOf(gateway, all, coverage)) }
          : total,
      );
    });
  return { items };
}

/**
 * The month as a whole is loaded as far as each gateway is. One that has orders is asked for the time of those: that
 * another sold a minute before its first payment says nothing about its report.
 * @param withoutOrders how far the reports of a gateway without orders cover the month
 */
export function loadedOfAll(
  totals: readonly Pick<GatewayTotal, 'gateway' | 'orders' | 'loaded'>[],
  withoutOrders: (gateway: Gateway) => GatewayTotal['loaded'],
): GatewayTotal['loaded'] {
  const ordered = totals.filter(({ gateway, orders }) => gateway !== 'all' && orders.count > 0);
  const others = GATEWAYS.filter((one) => !ordered.some(({ gateway }) => gateway === one));
  const parts = [...ordered.map(({ loaded }) => loaded), ...others.map(withoutOrders)];
  if (parts.every((loaded) => loaded === 'full')) return 'full';
  return parts.every((loaded) => loaded === 'none') ? 'none' : 'partial';
}

function totalOf(
  month: string,
  gateway: GatewayTotal['gateway'],
  cell: Cell,
  coverage: readonly Range[],
): GatewayTotal {
  const { orders, payments } = cell;
  const difference = payments.tiyin - orders.tiyin;
  const ordersLoaded = areOrdersLoaded(cell, coverage);
  const commission = divideRounded(payments.tiyin * COMMISSION_PERCENT, 100n);
  return {
    month,
    gateway,
    orders: tallyOf(orders),
    payments: tallyOf(payments),
    difference: uzsOf(difference),
    differencePercent: percentOf(difference, orders.tiyin),
    level: ordersLoaded ? gatewayLevel(orders.tiyin, payments.tiyin) : 'not_loaded',
    loaded: ordersLoaded ? loadedOf(gateway, cell, coverage) : 'none',
    expectedCommission: uzsOf(commission),
    expectedPayout: uzsOf(payments.tiyin - commission),
  };
}

/** Payments alone say nothing while no report of orders covers any of their time. */
function areOrdersLoaded({ orders, firstPaid, lastPaid }: Cell, coverage: readonly Range[]): boolean {
  if (orders.count > 0 || firstPaid === null || lastPaid === null) return true;
  return coverage.some(
    (range) =>
      (range.source === 'happy_workers' || range.source === 'vendhub') &&
      range.covered_from <= lastPaid &&
      range.covered_to >= firstPaid,
  );
}

/** An order without a gateway may concern all of them. */
function loadedOf(
  gateway: GatewayTotal['gateway'],
  { first, last }: Cell,
  coverage: readonly Range[],
): GatewayTotal['loaded'] {
  // no orders to cover: the payments that are here came from a report
  if (first === null || last === null) return 'full';
  const asked: readonly Gateway[] = gateway === 'unknown' || gateway === 'all' ? GATEWAYS : [gateway];
  const ranges = asked.map((source) => coverage.filter((range) => range.source === source));
  if (ranges.every((own) => own.some((range) => range.covered_from <= first && range.covered_to >= last)))
    return 'full';
  return ranges.some((own) => own.some((range) => range.covered_from <= last && range.covered_to >= first))
    ? 'partial'
    : 'none';
}

/** Orders by the gateway that the reports say, else by the payment that the order holds; or payments. */
async function byMonth(db: DbOrTransaction, period: Period, dimension: 'gateway_orders' | 'payments'): Promise<Side[]> {
  return selectRows<Side>(
    db,
    `select to_char(day, 'YYYY-MM') as month, key as gateway, sum(count)::bigint as count,
      trim_scale(sum(sum))::text as sum,
       min(first) as first, max(last) as last
     from (${await salesOf(db, period, dimension)}) cells group by 1, 2`,
  );
}

function coverageOf(db: DbOrTransaction): Promise<Range[]> {
  return selectRows<Range>(
    db,
    'select source, covered_from, covered_to from source_coverage where source = any(?::text[])',
    [[...GATEWAYS, 'happy_workers', 'vendhub']],
  );
}
