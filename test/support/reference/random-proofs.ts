import type { TrueOrder, WorldDraft } from './world-draft.ts';
import { GATEWAYS, type Gateway, type Payment, type Receipt } from './world.ts';

/**
 * What the cash register or a gateway recorded for an order: mostly one right proof, else one of the ways to go wrong.
 */
export function addProofs(draft: WorldDraft, order: TrueOrder, at: number): void {
  const { chance } = draft;
  const { type } = order;
  if (type === 'cash' || type === 'card') addReceiptsOf(draft, order, at);
  else if (type === 'qr') addPaymentsOf(draft, order, at, chance.pick(GATEWAYS));
  else if (type === 'payme' || type === 'click' || type === 'uzum') addPaymentsOf(draft, order, at, type);
  // What nobody asked for: a proof of the other kind, or for a drink that was free
  if (chance.happens(type === 'vip' || type === 'test' || type === 'unknown' ? 0.25 : 0.04)) {
    if (chance.happens(0.5)) addReceipt(draft, near(draft, at), order.price, 'cash');
    else addPayment(draft, chance.pick(GATEWAYS), near(draft, at), order.price);
  }
}

function addReceiptsOf(draft: WorldDraft, order: TrueOrder, at: number): void {
  const { chance } = draft;
  const column = order.type === 'card' ? 'card' : 'cash';
  const other = column === 'cash' ? 'card' : 'cash';
  const fate = chance.next();
  if (order.state === 'unpaid' ? fate < 0.7 : fate < 0.12) return;
  const time = near(draft, at);
  if (fate > 0.95) addReceipt(draft, time, order.price + chance.pick([-1000, 500]), column);
  else if (fate > 0.9) addReceipt(draft, time, order.price, other);
  else if (fate > 0.87) addReceipt(draft, time, order.price, 'split');
  else {
    const sale = addReceipt(draft, time, order.price, column);
    if (fate > 0.83) addReceipt(draft, near(draft, at), order.price, column);
    if (chance.happens(order.state === 'refunded' ? 0.6 : 0.02))
      addReturn(draft, sale, time + chance.pick([0, 1, 30, 200, 4000]));
  }
}

function addPaymentsOf(draft: WorldDraft, order: TrueOrder, at: number, gateway: Gateway): void {
  const { chance } = draft;
  const fate = chance.next();
  const isOff = order.state === 'unpaid' || order.state === 'refunded';
  if (fate < (isOff ? 0.4 : 0.1)) return;
  const time = near(draft, at);
  if (fate < (isOff ? 0.7 : 0.16))
    addPayment(draft, gateway, time, order.price, chance.pick(['cancelled', 'cancelled', 'pending', 'unknown']));
  else if (fate > 0.96) addPayment(draft, gateway, time, order.price + chance.pick([-1000, 500]));
  else if (fate > 0.9) addPayment(draft, chance.pick(GATEWAYS), time, order.price);
  else {
    addPayment(draft, gateway, time, order.price);
    if (fate > 0.85)
      addPayment(draft, chance.happens(0.7) ? gateway : chance.pick(GATEWAYS), near(draft, at), order.price);
  }
}

/** Of a price and a difference: a canonical record has no sign (rules.md 4.1). */
const withoutSign = Math.abs;

export function addReceipt(draft: WorldDraft, time: number, drawn: number, column: 'cash' | 'card' | 'split'): Receipt {
  draft.counter += 1;
  const amount = withoutSign(drawn);
  const cashAmount = column === 'cash' ? amount : column === 'card' ? 0 : amount / 2;
  const module = draft.chance.pick(draft.modules);
  const checkNumber = String(draft.counter);
  const receipt: Receipt = {
    source: 'fiscal_bills',
    key: `${module}:${checkNumber}`,
    module,
    checkNumber,
    time,
    operation: draft.chance.happens(0.01) ? 'other' : 'sale',
    cashAmount,
    cardAmount: amount - cashAmount,
    amount,
  };
  draft.records.fiscal_bills.push(receipt);
  return receipt;
}

function addReturn(draft: WorldDraft, sale: Receipt, time: number): void {
  draft.counter += 1;
  const checkNumber = String(draft.counter);
  draft.records.fiscal_bills.push({
    ...sale,
    key: `${sale.module}:${checkNumber}`,
    checkNumber,
    time,
    operation: 'return',
  });
}

export function addPayment(
  draft: WorldDraft,
  gateway: Gateway,
  time: number,
  amount: number,
  state: Payment['state'] = 'success',
): void {
  const key = transactionId(draft, gateway, time);
  draft.records[gateway].push({ source: gateway, key, time, amount: withoutSign(amount), state });
}

/** The forms of rules.md 2.4 to 2.6; Payme's starts with the second in which the payment was begun. */
function transactionId(draft: WorldDraft, gateway: Gateway, time: number): string {
  const { chance } = draft;
  if (gateway === 'payme') return (time - chance.int(1, 40)).toString(16).padStart(8, '0') + chance.hex(16);
  if (gateway === 'click') return `4${chance.digits(9)}`;
  return `${chance.hex(8)}-${chance.hex(4)}-4${chance.hex(3)}-a${chance.hex(3)}-${chance.hex(12)}`;
}

/** Mostly within seconds, often round so that distances tie, sometimes at or beyond the edge of the window. */
function near(draft: WorldDraft, at: number): number {
  const { chance } = draft;
  const fate = chance.next();
  if (fate < 0.35) return at + draft.gridS * chance.int(Math.ceil(-20 / draft.gridS), Math.floor(20 / draft.gridS));
  if (fate < 0.85) return at + chance.pick([-50, -30, -20, -10, 0, 0, 10, 20, 30, 50]);
  return at + chance.pick([-161, -160, -120, -61, -60, 60, 61, 75]);
}
