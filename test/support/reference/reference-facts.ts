import {
  GATEWAYS,
  type HwRow,
  type PaymentType,
  type Proof,
  type Range,
  type VhRow,
  type World,
  compareText,
  recordTime,
} from './world.ts';

/** What the machine table and the sales report say about one order number, before any proof is looked at. */
export interface OrderFacts {
  orderNumber: string;
  /** Earliest first, then lowest key; the first is the leg, the others hang on it. */
  hw: HwRow[];
  vh: VhRow[];
  price: number;
  paymentType: PaymentType;
  time: number;
  refunded: boolean;
  unpaid: boolean;
}

/**
 * One per order number, in the order of the numbers: "One order number is one order whatever the number of rows"
 * (rules.md 2.1).
 */
export function ordersOf(world: World): OrderFacts[] {
  const hw = recordsOf(world, (record) => record.source === 'happy_workers') as HwRow[];
  const vh = recordsOf(world, (record) => record.source === 'vendhub') as VhRow[];
  const numbers = [...new Set([...hw, ...vh].map((row) => row.orderNumber))].sort(compareText);
  return numbers.map((orderNumber) =>
    factsOf(
      orderNumber,
      hw.filter((row) => row.orderNumber === orderNumber),
      vh.filter((row) => row.orderNumber === orderNumber),
      world.config.hwVendhubWindowS,
    ),
  );
}

/** Receipts and payments of every state, in time order. */
export function proofsOf(world: World): Proof[] {
  return recordsOf(world, (record) => record.source !== 'happy_workers' && record.source !== 'vendhub') as Proof[];
}

/** A record that several files hold is one record. */
function recordsOf(world: World, wanted: (record: World['files'][number]['records'][number]) => boolean): unknown[] {
  const byKey = new Map<string, World['files'][number]['records'][number]>();
  for (const record of world.files.flatMap((file) => file.records)) {
    if (wanted(record)) byKey.set(`${record.source}:${record.key}`, record);
  }
  // "a leg is its first record (earliest time, then lowest key)"
  return [...byKey.values()].sort((a, b) => recordTime(a) - recordTime(b) || compareText(a.key, b.key));
}

function factsOf(orderNumber: string, hw: HwRow[], vh: VhRow[], toleranceS: number): OrderFacts {
  const firstHw = hw[0];
  const firstVh = vh[0];
  return {
    orderNumber,
    hw,
    vh,
    // "Its price = HW's, else VendHub's."
    price: firstHw ? hwPrice(orderNumber, hw) : vhPrice(vh),
    paymentType: paymentTypeOf(firstHw, firstVh),
    // "Its time = paying_time, else creation_time, else event_time"; where the row's times run backwards: "its window
    // is creation"
    time: firstHw ? hwTime(firstHw, toleranceS) : firstVh!.eventTime,
    // "the order is refunded (unpaid) when all its HW rows are"
    refunded: hw.length > 0 && hw.every((row) => row.paymentStatus === 'refunded'),
    unpaid: hw.length > 0 && hw.every((row) => row.paymentStatus === 'unpaid'),
  };
}

/** "Prices are summed for carts and for several VendHub rows, otherwise the first row's counts." */
export function hwPrice(orderNumber: string, hw: readonly HwRow[]): number {
  const isCart = /^cart/i.test(orderNumber) || hw[0]!.orderType === 'cart';
  return isCart ? hw.reduce((sum, row) => sum + row.price, 0) : hw[0]!.price;
}

export function vhPrice(vh: readonly VhRow[]): number {
  return vh.reduce((sum, row) => sum + row.price, 0);
}

/**
 * "Its type = VendHub's payment_type column alone (never its order_resource) if that is known, else HW's
 * order_resource"
 */
function paymentTypeOf(hw: HwRow | undefined, vh: VhRow | undefined): PaymentType {
  const fromVh = vh?.paymentType ?? 'unknown';
  return fromVh !== 'unknown' ? fromVh : (hw?.orderResource ?? 'unknown');
}

/** "where both are known and differ (qr agrees with any gateway) ... payment_type_conflict" */
export function typesConflict(order: OrderFacts): boolean {
  const hw = order.hw[0]?.orderResource ?? 'unknown';
  const vh = order.vh[0]?.paymentType ?? 'unknown';
  if (hw === 'unknown' || vh === 'unknown' || hw === vh) return false;
  return !((hw === 'qr' && isGateway(vh)) || (vh === 'qr' && isGateway(hw)));
}

/** "VendHub's payment_type or HW's order_resource is there and not in the table" */
export function typeUnknown(order: OrderFacts): boolean {
  return order.hw[0]?.orderResource === 'unknown' || order.vh[0]?.paymentType === 'unknown';
}

/** "an `ff` number of 36 characters ends in another machine than an HW or VendHub row says" */
export function codeDisagrees(order: OrderFacts): boolean {
  if (!/^ff/i.test(order.orderNumber) || order.orderNumber.length !== 36) return false;
  const machine = order.orderNumber.slice(-12).toLowerCase();
  return [...order.hw, ...order.vh].some((row) => row.machineCode !== machine);
}

/** "Rows of one number with different machines are both kept ... and the order is number_conflict." */
export function machinesConflict(order: OrderFacts): boolean {
  return new Set([...order.hw, ...order.vh].map((row) => row.machineCode)).size > 1;
}

/**
 * "event_time in [creation - 60 s, (refund, else delivery, else creation + 10 min) + 60 s]", "from the earliest
 * creation to the latest end"
 */
export function baseWindow(order: OrderFacts, windowS: number): Range {
  return {
    from: Math.min(...order.hw.map((row) => row.creationTime)) - windowS,
    to: Math.max(...order.hw.map((row) => hwEnd(row, windowS))) + windowS,
  };
}

/** "Times of one row that run backwards (delivery before creation by more than the tolerance)" */
export function runsBackwards(row: HwRow, toleranceS: number): boolean {
  return [row.payingTime, row.deliveryTime, row.refundTime].some(
    (time) => time !== null && time < row.creationTime - toleranceS,
  );
}

/** "(refund, else delivery, else creation + 10 min)"; of a row whose times run backwards "creation + 10 min" */
function hwEnd(row: HwRow, toleranceS: number): number {
  const open = row.creationTime + 600;
  return runsBackwards(row, toleranceS) ? open : (row.refundTime ?? row.deliveryTime ?? open);
}

function hwTime(row: HwRow, toleranceS: number): number {
  return runsBackwards(row, toleranceS) ? row.creationTime : (row.payingTime ?? row.creationTime);
}

/**
 * "Without an HW row the window reaches 100 s further back (event_time is delivery time): [event_time - 160 s,
 * event_time + 60 s]"
 */
export function proofWindow(order: OrderFacts, windowS: number): Range {
  return { from: order.time - (order.hw.length > 0 ? 0 : 100) - windowS, to: order.time + windowS };
}

/** "delivery failure while paid (... not for test and VIP)"; refunded and unpaid rows were not paid. */
export function deliveryFailedButPaid(order: OrderFacts): boolean {
  if (order.paymentType === 'test' || order.paymentType === 'vip') return false;
  return order.hw.some((row) => row.paymentStatus === 'paid' && row.brewStatus !== 'delivered');
}

export function isGateway(type: PaymentType): boolean {
  return (GATEWAYS as readonly string[]).includes(type);
}

export function demandsReceipt(type: PaymentType): boolean {
  return type === 'cash' || type === 'card';
}

export function demandsPayment(type: PaymentType): boolean {
  return type === 'qr' || isGateway(type);
}
