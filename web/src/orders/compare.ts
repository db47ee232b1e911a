import type { Leg, Order, SourceName } from '../api/types.ts';
import { amountOf, isGateway, paymentOf, presentSources, textOf } from './legs.ts';

export type Verdict = 'agree' | 'differ' | 'alone';

export interface ComparedCell {
  source: SourceName;
  value: string | null;
  verdict: Verdict;
}

export interface ComparedRow {
  key: 'orderNumber' | 'machine' | 'price' | 'payment' | 'goods';
  cells: ComparedCell[];
  verdict: Verdict;
}

type Read = (source: SourceName, leg: Leg) => string | null;

function sameAmount(a: string, b: string): boolean {
  return Math.abs(Number(a) - Number(b)) <= 0.01;
}

/** QR without a name agrees with every gateway (rules.md 5.1). */
function samePayment(a: string, b: string): boolean {
  const gateway = (value: string): boolean => isGateway(value as SourceName);
  return a === b || (a === 'qr' && gateway(b)) || (b === 'qr' && gateway(a));
}

function sameText(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

const rows: { key: ComparedRow['key']; read: Read; same(a: string, b: string): boolean }[] = [
  {
    key: 'orderNumber',
    read: (source, leg) => (source === 'happy_workers' || source === 'vendhub' ? textOf(leg, 'orderNumber') : null),
    same: sameText,
  },
  {
    key: 'machine',
    read: (source, leg) => (source === 'happy_workers' || source === 'vendhub' ? textOf(leg, 'machineCode') : null),
    same: sameText,
  },
  { key: 'price', read: amountOf, same: sameAmount },
  { key: 'payment', read: paymentOf, same: samePayment },
  {
    key: 'goods',
    read: (source, leg) => (source === 'happy_workers' || source === 'vendhub' ? textOf(leg, 'goodsName') : null),
    same: sameText,
  },
];

/**
 * Sets what the records say side by side. A row differs when any two of its values do; a cell differs when it disagrees
 * with more of the others than it agrees with, or with the first one on a tie.
 */
export function compareLegs(order: Pick<Order, 'legs'>): ComparedRow[] {
  const sources = presentSources(order);
  return rows.map(({ key, read, same }) => {
    const values = sources.map((source) => ({ source, value: read(source, order.legs[source] as Leg) }));
    const said = values.filter((one) => one.value !== null) as { source: SourceName; value: string }[];
    const cells = values.map(({ source, value }): ComparedCell => {
      if (value === null || said.length < 2) return { source, value, verdict: 'alone' };
      const others = said.filter((one) => one.source !== source);
      const against = others.filter((one) => !same(one.value, value)).length;
      const tie = against * 2 === others.length || (others.length === 1 && against === 1);
      const differs = tie ? !same(said[0]?.value ?? value, value) : against * 2 > others.length;
      return { source, value, verdict: differs ? 'differ' : 'agree' };
    });
    const verdict: Verdict =
      said.length < 2 ? 'alone' : cells.some((cell) => cell.verdict === 'differ') ? 'differ' : 'agree';
    return { key, cells, verdict };
  });
}
