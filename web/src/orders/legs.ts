import { GATEWAYS, SOURCES } from '../../../client/vocabulary.ts';
import { type Leg, type Order, type SourceName } from '../api/types.ts';

/** Reading legs of GET /orders/:id: canonical fields in camelCase, beside where the record comes from. */

const originFields = ['recordId', 'key', 'fileId', 'fileName', 'row', 'sheet', 'more', 'extra', 'origins'];

type Gateway = (typeof GATEWAYS)[number];

export function isGateway(source: SourceName): source is Gateway {
  return GATEWAYS.some((gateway) => gateway === source);
}

export function textOf(leg: Leg | null, field: string): string | null {
  const value = leg?.[field];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Fields of a leg that are data, in the order the server gives them. */
export function dataFields(leg: Leg): [string, unknown][] {
  return Object.entries(leg).filter(
    ([name, value]) => !originFields.includes(name) && value !== null && value !== '' && typeof value !== 'object',
  );
}

export function presentSources(order: Pick<Order, 'legs'>): SourceName[] {
  return SOURCES.filter((source) => order.legs[source] !== null && order.legs[source] !== undefined);
}

const timeFields: Record<Exclude<SourceName, Gateway>, readonly string[]> = {
  happy_workers: ['creationTime', 'payingTime', 'brewingTime', 'deliveryTime', 'refundTime'],
  vendhub: ['eventTime'],
  fiscal_bills: ['fiscalTime'],
};
/** Each gateway has some of them. */
const paymentTimes = ['transactionTime', 'cancelTime'];
const paymentStates = ['paymentStatus', 'paymentState', 'status'];

export interface Moment {
  field: string;
  atMs: number;
}

/** What happened when, by one record and those that hang on it. */
export function momentsOf(source: SourceName, leg: Leg): Moment[] {
  const records = [leg, ...((leg.more ?? []) as Leg[])];
  const moments = records.flatMap((record) =>
    (isGateway(source) ? paymentTimes : timeFields[source]).flatMap((field) => {
      const text = textOf(record, field);
      const atMs = text === null ? Number.NaN : Date.parse(text);
      return Number.isNaN(atMs) ? [] : [{ field, atMs }];
    }),
  );
  return moments.sort((a, b) => a.atMs - b.atMs);
}

/**
 * The sum a record speaks of: an order's price, a payment's amount, a receipt's cash or card part where only one is
 * there.
 */
export function amountOf(source: SourceName, leg: Leg): string | null {
  return textOf(leg, source === 'happy_workers' || source === 'vendhub' ? 'orderPrice' : 'amount');
}

/** How it was paid, as this record tells. */
export function paymentOf(source: SourceName, leg: Leg): string | null {
  if (isGateway(source)) return source;
  if (source === 'happy_workers') return textOf(leg, 'orderResource');
  if (source === 'vendhub') return textOf(leg, 'paymentType');
  const cash = Number(textOf(leg, 'cashAmount') ?? 0) > 0;
  const card = Number(textOf(leg, 'cardAmount') ?? 0) > 0;
  return cash === card ? null : cash ? 'cash' : 'card';
}

/** Field whose value tells the record's own state. */
export function stateFields(source: SourceName): readonly string[] {
  if (isGateway(source)) return paymentStates;
  const fields: Record<typeof source, readonly string[]> = {
    happy_workers: ['paymentStatus', 'brewStatus'],
    vendhub: [],
    fiscal_bills: ['operationType'],
  };
  return fields[source];
}
