import type { Chance } from './random.ts';
import { addPayment, addProofs, addReceipt } from './random-proofs.ts';
import type { TrueOrder, WorldDraft } from './world-draft.ts';
import { GATEWAYS, type HwRow, type PaymentType, type Range, type VhRow, recordTime } from './world.ts';

const PAID_MOSTLY = Array.from({ length: 8 }, () => 'paid' as const);
const GOODS = ['Капучино', 'Латте', 'Чай "Ахмад", лимон'];

export function createDraft(chance: Chance, span: Range): WorldDraft {
  return {
    chance,
    span,
    records: { happy_workers: [], vendhub: [], fiscal_bills: [], payme: [], click: [], uzum: [] },
    machines: Array.from({ length: chance.int(1, 3) }, () => `${chance.hex(8)}0000`),
    prices: chance.pick([[10_000], [10_000, 12_000], [10_000, 12_000, 15_000]]),
    modules: Array.from({ length: chance.int(1, 2) }, () => `LG${chance.digits(12)}`),
    counter: chance.int(1000, 2000),
    lastTime: span.from,
    gridS: chance.pick([1, 1, 10]),
  };
}

/** One order with what HW, VendHub and the payment's witness say about it, or fail to say. */
export function addOrder(draft: WorldDraft): void {
  const { chance } = draft;
  const creationTime = someTime(draft);
  const type = somePaymentType(chance);
  const order: TrueOrder = {
    type,
    price: chance.happens(0.03) ? 0 : chance.pick(draft.prices),
    payingTime: creationTime + (type === 'cash' || draft.gridS > 1 ? 0 : chance.int(0, 6)),
    state: chance.pick([...PAID_MOSTLY, 'refunded', 'refunded', 'unpaid', 'unknown'] as const),
  };
  const machine = chance.pick(draft.machines);
  const isCart = chance.happens(0.07);
  const number = orderNumber(draft, machine, creationTime, isCart);
  const hw = hwRows(draft, number, machine, creationTime, order, isCart);
  const end = hw[0]?.refundTime ?? hw[0]?.deliveryTime ?? creationTime + 40;
  const inHw = chance.happens(0.88);
  if (inHw) draft.records.happy_workers.push(...hw);
  if (!inHw || chance.happens(0.9)) draft.records.vendhub.push(...vhRows(draft, number, machine, end, order));
  addProofs(draft, order, inHw || chance.happens(0.3) ? order.payingTime : end);
}

/** Proofs that nobody ordered. */
export function addStrayProofs(draft: WorldDraft): void {
  const { chance } = draft;
  for (let i = chance.int(0, 4); i > 0; i--) {
    const amount = chance.happens(0.6) ? chance.pick(draft.prices) : 13_500;
    if (chance.happens(0.5)) addReceipt(draft, someTime(draft), amount, chance.pick(['cash', 'card']));
    else addPayment(draft, chance.pick(GATEWAYS), someTime(draft), amount);
  }
}

/** A row of every report long before and long after all others, so that the time between counts as covered. */
export function addAnchors(draft: WorldDraft): void {
  const times = Object.values(draft.records).flatMap((records) => records.map(recordTime));
  for (const at of [Math.min(...times) - 7200, Math.max(...times) + 7200]) {
    const order: TrueOrder = { type: 'vip', price: 0, payingTime: at, state: 'paid' };
    const machine = draft.machines[0]!;
    const number = orderNumber(draft, machine, at, false);
    const [row] = hwRows(draft, number, machine, at, order, false);
    draft.records.happy_workers.push({ ...row!, brewStatus: 'delivered', machineCode: machine, deliveryTime: at + 30 });
    draft.records.vendhub.push(vhRow(draft, number, machine, at + 30, order.price, 'vip'));
    addReceipt(draft, at, 99_000, 'cash');
    for (const gateway of GATEWAYS) addPayment(draft, gateway, at, 99_000);
  }
}

function hwRows(
  draft: WorldDraft,
  number: string,
  machine: string,
  creationTime: number,
  order: TrueOrder,
  isCart: boolean,
): HwRow[] {
  const { chance } = draft;
  const payingTime = order.state === 'unpaid' || chance.happens(0.1) ? null : order.payingTime;
  const failed = order.state !== 'paid' ? chance.happens(0.7) : chance.happens(0.07);
  const orderResource = hwResource(chance, order.type);
  const row = (machineCode: string, price: number, goodsName: string): HwRow => ({
    source: 'happy_workers',
    key: `${number}:${machineCode}`,
    orderNumber: number,
    machineCode,
    goodsName,
    orderResource,
    orderType: isCart ? 'cart' : 'normal',
    paymentStatus: isCart && chance.happens(0.15) ? chance.pick(['paid', 'refunded', 'unpaid']) : order.state,
    brewStatus: failed ? chance.pick(['failed', 'not_delivered']) : 'delivered',
    price,
    creationTime,
    payingTime,
    deliveryTime: failed || order.state === 'unpaid' ? null : deliveryOf(chance, creationTime, payingTime),
    refundTime: order.state === 'refunded' && chance.happens(0.8) ? order.payingTime + chance.int(-200, 400) : null,
  });
  if (isCart) {
    const cups = chance.int(1, 3);
    const goods = Array.from({ length: cups }, () => chance.pick(GOODS));
    return goods.map((name, i) => {
      const nth = goods.slice(0, i + 1).filter((one) => one === name).length;
      // The rows of a cart add up to its price
      const price = Math.round(order.price / cups / 1000) * 1000;
      const cup = row(machine, i < cups - 1 ? price : order.price - price * (cups - 1), name);
      return { ...cup, key: `${cup.key}:${name}::${nth}` };
    });
  }
  const rows = [row(machine, order.price, chance.pick(GOODS))];
  if (chance.happens(0.03)) rows.push(row(`${chance.hex(8)}0000`, order.price, chance.pick(GOODS)));
  return rows;
}

/** Now and then a machine's clock has it that the drink came before it was ordered. */
function deliveryOf(chance: Chance, creationTime: number, payingTime: number | null): number {
  if (chance.happens(0.03)) return creationTime - chance.int(1, 900);
  return (payingTime ?? creationTime) + chance.int(26, 90);
}

function vhRows(draft: WorldDraft, number: string, machine: string, end: number, order: TrueOrder): VhRow[] {
  const { chance } = draft;
  const type = vhType(chance, order.type);
  const eventTime = chance.happens(0.08)
    ? end + chance.pick([-400, -70, 61, 130, 1800])
    : end + chance.pick([0, 0, 0, -5, 3]);
  const price = chance.happens(0.06) ? order.price + chance.pick([-1000, 500, 1000]) : order.price;
  const where = chance.happens(0.05) ? `${chance.hex(8)}0000` : machine;
  if (order.price > 0 && chance.happens(0.08)) {
    const part = chance.pick([0.5, 0.4]) * order.price;
    const second = chance.happens(0.1) ? somePaymentType(chance) : type;
    const later = eventTime + chance.pick([0, 0, 10, 70]);
    return [
      vhRow(draft, number, where, eventTime, part, type),
      vhRow(draft, number, machine, later, price - part, second),
    ];
  }
  return [vhRow(draft, number, where, eventTime, Math.max(price, 0), type)];
}

function vhRow(
  draft: WorldDraft,
  orderNumber: string,
  machineCode: string,
  eventTime: number,
  price: number,
  type: PaymentType,
): VhRow {
  draft.counter += 1;
  return {
    source: 'vendhub',
    key: String(draft.counter),
    orderNumber,
    machineCode,
    goodsName: draft.chance.pick(GOODS),
    paymentType: type,
    orderResource: draft.chance.pick(['cash', 'qr', 'vip', 'card']),
    price,
    eventTime,
  };
}

/** `ff` + counter + the device's UTC+8 clock some seconds earlier + machine, or one of the forms that carry less. */
function orderNumber(draft: WorldDraft, machine: string, creationTime: number, isCart: boolean): string {
  const { chance } = draft;
  draft.counter += 1;
  if (isCart && chance.happens(0.6)) return `cart${chance.hex(7)}${draft.counter}`;
  if (chance.happens(0.1)) return `ud${creationTime}000${String(draft.counter).padStart(6, '0')}`;
  const device = new Date((creationTime + 8 * 3600 - chance.int(2, 15)) * 1000)
    .toISOString()
    .replace(/\D/g, '')
    .slice(0, 14);
  const says = chance.happens(0.03) ? `${chance.hex(8)}0000` : machine;
  return `ff${draft.counter.toString(16).padStart(8, '0')}${device}${says}`;
}

/** Anywhere in the span, often at a round second, sometimes exactly with the order before. */
function someTime(draft: WorldDraft): number {
  const { chance, span } = draft;
  const at = chance.int(span.from, span.to);
  const near = draft.lastTime + chance.pick([0, 0, 10, 20, 50, -30]);
  draft.lastTime = chance.happens(0.4) ? near : chance.happens(0.5) || draft.gridS > 1 ? at - (at % 10) : at;
  return draft.lastTime;
}

function somePaymentType(chance: Chance): PaymentType {
  const weights: [PaymentType, number][] = [
    ['cash', 34],
    ['card', 8],
    ['payme', 14],
    ['click', 12],
    ['uzum', 8],
    ['qr', 10],
    ['vip', 5],
    ['test', 5],
    ['unknown', 4],
  ];
  let left = chance.int(1, 100);
  return weights.find(([, weight]) => (left -= weight) <= 0)![0];
}

/** The machine knows that it was a QR code, hardly ever whose. */
function hwResource(chance: Chance, type: PaymentType): PaymentType | null {
  if (chance.happens(0.05)) return chance.pick(['cash', 'qr', 'unknown', null]);
  const isQr = (GATEWAYS as readonly string[]).includes(type);
  return isQr && !chance.happens(0.05) ? 'qr' : type;
}

function vhType(chance: Chance, type: PaymentType): PaymentType {
  if (chance.happens(0.05)) return somePaymentType(chance);
  return type;
}
