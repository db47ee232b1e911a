import { idsBefore, newTransactionId, WIDEST_STEP } from './ids.ts';
import { placeOf } from './places.ts';
import type { Random } from './random.ts';
import type { Gateway, Kind, Sale } from './sales.ts';
import { compactTime, type WallSeconds } from './wall-clock.ts';

/** What each system writes down. Amounts in whole UZS. */
export interface MachineRow {
  number: string;
  machine: string;
  address: string;
  goods: string;
  price: number;
  kind: Kind;
  createdAt: WallSeconds;
  paidAt: WallSeconds;
  deliveredAt: WallSeconds | null;
  refundedAt: WallSeconds | null;
  brewFailed: boolean;
}

export interface ServerRow {
  reportId: number;
  number: string;
  machine: string;
  category: string;
  goods: string;
  price: number;
  kind: Kind;
  at: WallSeconds;
}

export interface ReceiptRow {
  checkNumber: string;
  at: WallSeconds;
  cash: number;
}

export interface PaymentRow {
  gateway: Gateway;
  transactionId: string;
  at: WallSeconds;
  amount: number;
  cancelled: boolean;
  /** VendHub's own sequence, which Payme and Click repeat: no other payment of any period has it. */
  merchantOrderId: number;
}

/** Takes what happens, in any order within a few minutes. */
export interface Witness {
  machine(row: MachineRow): void;
  server(row: ServerRow): void;
  receipt(row: ReceiptRow): void;
  payment(row: PaymentRow): void;
  /** The answer that reconciliation must give. */
  order(number: string, status: string, anomaly: Anomaly, issue?: string): void;
  orphanReceipt(checkNumber: string): void;
  orphanPayment(gateway: Gateway, transactionId: string): void;
}

export const ANOMALIES = [
  'missing_vendhub',
  'missing_hw',
  'price',
  'time',
  'machine',
  'no_proof',
  'orphan_proof',
  'refund_ok',
  'refund_live',
  'brew_failed',
  'greedy_trap',
  'pair',
  'ambiguous',
  'cancelled',
] as const;
export type Anomaly = (typeof ANOMALIES)[number] | 'none';

/**
 * Equal sales are at least this far apart, so that only chosen cases are ambiguous: wider than two windows that touch.
 */
const EQUALS_APART_S = 200;
const TRAP_APART_S = 250;
/** No price ends like this, so a proof of such an amount belongs to nothing. */
const ORPHAN_SURPLUS = 500;
const SERVER_CLOCK_AHEAD_S = 3 * 3600;

interface OrderPlan {
  at: WallSeconds;
  goods: string;
  price: number;
  kind: Kind;
  refunded?: boolean;
  brewFailed?: boolean;
  inMachineReport?: boolean;
  inServerReport?: boolean;
  serverPrice?: number;
  serverAt?: WallSeconds;
  serverMachine?: string;
}

interface MadeOrder {
  number: string;
  paidAt: WallSeconds;
  deliveredAt: WallSeconds;
}

export interface Storyteller {
  /** Lets one sale happen, with that anomaly where it makes sense for its kind of payment, otherwise without. */
  tell(sale: Sale, anomaly: Anomaly): void;
}

export interface StoryOptions {
  machineCount: number;
  /** Sales of another period of the operator begin on another day. */
  begins: WallSeconds;
  /** VendHub's number of the first row. Default 8774. */
  firstReportId?: number;
}

/**
 * Turns sales into what the six systems would have written, with the true answer beside it. Sales come in the order of
 * their times.
 */
export function createStoryteller(
  random: Random,
  { machineCount, begins, firstReportId = 8_774 }: StoryOptions,
  witness: Witness,
): Storyteller {
  const machines = Array.from({ length: Math.max(1, machineCount) }, () => newMachine(random)) as [string, ...string[]];
  const places = new Map(machines.map((machine, n) => [machine, placeOf(n)]));
  const lastOfEquals = new Map<string, WallSeconds>();
  let counter = 0x30 * 1000;
  const before = idsBefore(begins);
  let reportId = firstReportId - 1 + before;
  let checkNumber = 885 + before;
  let merchantOrderId = 17_524 + before * WIDEST_STEP;
  let clickId = 4_000_000_000 + before * WIDEST_STEP;

  /** An untyped QR order may take the payment of any gateway, so all gateways count as one kind here. */
  const equalsKey = (kind: Kind, price: number) => `${isGateway(kind) ? 'qr' : kind} ${price}`;

  function keepApart(kind: Kind, price: number, at: WallSeconds): WallSeconds {
    const key = equalsKey(kind, price);
    const allowed = Math.max(at, (lastOfEquals.get(key) ?? -Infinity) + EQUALS_APART_S);
    lastOfEquals.set(key, allowed);
    return allowed;
  }

  function makeOrder(plan: OrderPlan): MadeOrder {
    const machine = random.pick(machines);
    const { address, category } = places.get(machine) ?? placeOf(0);
    counter += 1;
    const number =
      `ff${counter.toString(16).padStart(8, '0')}${compactTime(plan.at - random.int(2, 15) + SERVER_CLOCK_AHEAD_S)}` +
      `${machine}`;
    const paidAt = plan.at + (plan.kind === 'cash' ? 0 : random.int(1, 6));
    const deliveredAt = paidAt + random.int(26, 90);
    const failed = plan.refunded === true || plan.brewFailed === true;
    if (plan.inMachineReport !== false) {
      witness.machine({
        number,
        machine,
        address,
        goods: plan.goods,
        price: plan.price,
        kind: plan.kind,
        createdAt: plan.at,
        paidAt,
        deliveredAt: failed ? null : deliveredAt,
        refundedAt: plan.refunded === true ? paidAt + random.int(120, 600) : null,
        brewFailed: plan.brewFailed === true,
      });
    }
    if (plan.inServerReport !== false) {
      reportId += 1;
      witness.server({
        reportId,
        number,
        machine: plan.serverMachine ?? machine,
        category,
        goods: plan.goods,
        price: plan.serverPrice ?? plan.price,
        kind: plan.kind,
        at: plan.serverAt ?? (failed ? paidAt + 20 : deliveredAt),
      });
    }
    return { number, paidAt, deliveredAt };
  }

  function writeReceipt(at: WallSeconds, cash: number): string {
    checkNumber += 1;
    witness.receipt({ checkNumber: String(checkNumber), at, cash });
    return String(checkNumber);
  }

  function takePayment(gateway: Gateway, at: WallSeconds, amount: number, cancelled = false): string {
    merchantOrderId += random.int(1, WIDEST_STEP);
    // Ten random digits would meet again within a million payments.
    clickId += random.int(1, WIDEST_STEP);
    const transactionId =
      gateway === 'click'
        ? String(clickId)
        : newTransactionId(random, { isUuid: gateway === 'uzum', at, own: merchantOrderId });
    witness.payment({ gateway, transactionId, at, amount, cancelled, merchantOrderId });
    return transactionId;
  }

  function prove(kind: Kind, paidAt: WallSeconds, price: number): void {
    if (kind === 'cash') writeReceipt(paidAt + random.int(0, 20), price);
    else if (isGateway(kind)) takePayment(kind, paidAt - random.int(0, 20), price);
  }

  /** Two equal cash sales `gapS` apart and nothing else like them near. */
  function makePair(plan: OrderPlan, gapS: number): [MadeOrder, MadeOrder] {
    const pair: [MadeOrder, MadeOrder] = [makeOrder(plan), makeOrder({ ...plan, at: plan.at + gapS })];
    lastOfEquals.set(equalsKey(plan.kind, plan.price), plan.at + TRAP_APART_S);
    return pair;
  }

  function proven(plan: OrderPlan, status: string, anomaly: Anomaly, issue?: string): MadeOrder {
    const made = makeOrder(plan);
    // What the machine did not report was paid when the server says that it was handed out.
    prove(plan.kind, plan.inMachineReport === false ? made.deliveredAt : made.paidAt, plan.price);
    witness.order(made.number, status, anomaly, issue);
    return made;
  }

  return {
    tell(sale, wanted) {
      const { kind, price, goods } = sale;
      const plan: OrderPlan = { at: keepApart(kind, price, sale.at), goods, price, kind };
      const anomaly = makesSense(wanted, kind) ? wanted : 'none';
      switch (anomaly) {
        case 'none':
          proven(plan, 'fully_matched', anomaly);
          return;
        case 'missing_vendhub':
          proven({ ...plan, inServerReport: false }, 'hw_only', anomaly);
          return;
        case 'missing_hw':
          proven({ ...plan, inMachineReport: false }, 'vendhub_only', anomaly);
          return;
        case 'price':
          proven({ ...plan, serverPrice: price + 1000 }, 'price_mismatch', anomaly);
          return;
        case 'time':
          proven({ ...plan, serverAt: plan.at + 1800 }, 'time_out_of_range', anomaly);
          return;
        case 'machine':
          proven({ ...plan, serverMachine: newMachine(random) }, 'number_conflict', anomaly);
          return;
        case 'brew_failed':
          proven({ ...plan, brewFailed: true }, 'fully_matched', anomaly, 'delivery_failed_but_paid');
          return;
        case 'no_proof':
          witness.order(makeOrder(plan).number, kind === 'cash' ? 'fiscal_mismatch' : 'gateway_mismatch', anomaly);
          return;
        case 'orphan_proof': {
          proven(plan, 'fully_matched', 'none');
          const odd = price + ORPHAN_SURPLUS;
          if (isGateway(kind)) witness.orphanPayment(kind, takePayment(kind, plan.at + 60, odd));
          else witness.orphanReceipt(writeReceipt(plan.at + 60, odd));
          return;
        }
        case 'cancelled':
        case 'refund_ok':
        case 'refund_live': {
          const made = makeOrder({ ...plan, refunded: anomaly !== 'cancelled' });
          // Uzum's report has no state for a payment taken back: there it is simply absent.
          if (isGateway(kind) && (anomaly === 'refund_live' || kind !== 'uzum'))
            takePayment(kind, made.paidAt, price, anomaly !== 'refund_live');
          const status = anomaly === 'cancelled' ? 'gateway_mismatch' : 'fully_matched';
          witness.order(made.number, status, anomaly, anomaly === 'refund_live' ? 'refund_not_executed' : undefined);
          return;
        }
        case 'greedy_trap': {
          // The nearest receipt of the second order is the only one that the first can have.
          const pair = makePair(plan, 50);
          writeReceipt(pair[0].paidAt + 45, price);
          writeReceipt(pair[1].paidAt + 50, price);
          for (const { number } of pair) witness.order(number, 'fully_matched', anomaly);
          return;
        }
        case 'pair': {
          const pair = makePair(plan, 20);
          for (const { number, paidAt } of pair) {
            writeReceipt(paidAt + 5, price);
            witness.order(number, 'fully_matched', anomaly);
          }
          return;
        }
        case 'ambiguous': {
          // One receipt, equally far from both.
          const pair = makePair(plan, 20);
          writeReceipt(plan.at + 10, price);
          for (const { number } of pair) witness.order(number, 'ambiguous_match', anomaly);
          return;
        }
      }
    },
  };
}

export function isGateway(kind: Kind): kind is Gateway {
  return kind === 'payme' || kind === 'click' || kind === 'uzum';
}

function makesSense(anomaly: Anomaly, kind: Kind): boolean {
  switch (anomaly) {
    case 'no_proof':
    case 'orphan_proof':
    case 'brew_failed':
      return kind !== 'vip' && kind !== 'test';
    case 'cancelled':
      return kind === 'payme' || kind === 'click';
    case 'refund_ok':
    case 'refund_live':
      return isGateway(kind);
    case 'greedy_trap':
    case 'pair':
    case 'ambiguous':
      return kind === 'cash';
    default:
      return true;
  }
}

function newMachine(random: Random): string {
  return `${random.hex(8)}0000`;
}
