import {
  DEFAULT_WORLD_CONFIG,
  type Gateway,
  type HwRow,
  type PaymentType,
  type Payment,
  type Receipt,
  type VhRow,
  type World,
  type WorldRecord,
  type WorldSource,
} from './world.ts';

/** 10 June 2025, 12:00 in Tashkent. */
export const START = Date.UTC(2025, 5, 10, 7, 0, 0) / 1000;
export const MACHINE = 'a7ca181f0000';
const SOURCES: readonly WorldSource[] = ['happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum'];

/** A paid and delivered cash order of 10 000 at START, numbered A. */
export function hw(changes: Partial<HwRow> = {}): HwRow {
  const row: HwRow = {
    source: 'happy_workers',
    key: '',
    orderNumber: 'A',
    machineCode: MACHINE,
    goodsName: 'Латте',
    orderResource: 'cash',
    orderType: 'normal',
    paymentStatus: 'paid',
    brewStatus: 'delivered',
    price: 10_000,
    creationTime: START,
    payingTime: START,
    deliveryTime: START + 40,
    refundTime: null,
    ...changes,
  };
  return { ...row, key: changes.key ?? `${row.orderNumber}:${row.machineCode}` };
}

/** What VendHub says about the same order. */
export function vh(changes: Partial<VhRow> = {}): VhRow {
  return {
    source: 'vendhub',
    key: `vh-${changes.orderNumber ?? 'A'}`,
    orderNumber: 'A',
    machineCode: MACHINE,
    goodsName: 'Латте',
    paymentType: 'cash',
    orderResource: 'vip',
    price: 10_000,
    eventTime: START + 40,
    ...changes,
  };
}

export interface Sale {
  type?: PaymentType;
  price?: number;
  paymentStatus?: HwRow['paymentStatus'];
}

/** An order that HW and VendHub agree on, `afterS` seconds after START. */
export function sold(orderNumber: string, afterS: number, sale: Sale = {}): (HwRow | VhRow)[] {
  const at = START + afterS;
  const type = sale.type ?? 'cash';
  const price = sale.price ?? 10_000;
  const paymentStatus = sale.paymentStatus ?? 'paid';
  const times = { creationTime: at, payingTime: at, deliveryTime: at + 40 };
  return [
    hw({ orderNumber, orderResource: type, price, paymentStatus, ...times }),
    vh({ orderNumber, paymentType: type, price, eventTime: at + 40 }),
  ];
}

/** A sale receipt of 10 000 in cash at START, of module M. */
export function receipt(changes: Partial<Receipt> = {}): Receipt {
  const sale = {
    source: 'fiscal_bills',
    key: 'M:100',
    module: 'M',
    checkNumber: '100',
    time: START,
    operation: 'sale',
  } as const;
  return { ...sale, cashAmount: 10_000, cardAmount: 0, amount: 10_000, ...changes };
}

/** The return of such a sale, a quarter of an hour later. */
export function refund(changes: Partial<Receipt> = {}): Receipt {
  return receipt({ key: 'M:900', checkNumber: '900', operation: 'return', time: START + 900, ...changes });
}

/** A successful payment of 10 000 at START; its key is the gateway's name with -1. */
export function payment(gateway: Gateway, changes: Partial<Payment> = {}): Payment {
  return { source: gateway, key: `${gateway}-1`, time: START, amount: 10_000, state: 'success', ...changes };
}

/** One file a source, each stating a period of two days around START unless the source is not loaded. */
export function worldOf(records: readonly WorldRecord[], { notLoaded = [] as readonly WorldSource[] } = {}): World {
  const files = SOURCES.map((source) => {
    const period = notLoaded.includes(source) ? undefined : { from: START - 86_400, to: START + 86_400 };
    return { name: `${source}.csv`, source, records: records.filter((one) => one.source === source), period };
  });
  return { files: files.filter((file) => file.records.length > 0 || file.period), config: DEFAULT_WORLD_CONFIG };
}
