/** Rules about the sign of amounts that several sources share (rules.md 4.1 Signs). */
import type { CanonicalValues, RowCheck } from './source.ts';

const MINUS = 45;

export function isNegative(amount: string | null | undefined): boolean {
  return amount !== null && amount !== undefined && amount.charCodeAt(0) === MINUS;
}

/**
 * A negative amount of a gateway is a reversal: a cancelled payment of the amount without its sign. A fee is one
 * whether the register writes it as a sum or as what it takes off.
 */
export function readReversal(values: CanonicalValues, amountField: string, stateField: string): void {
  if (isNegative(values['commission'])) values['commission'] = values['commission']!.slice(1);
  const amount = values[amountField];
  if (!isNegative(amount)) return;
  values[amountField] = amount!.slice(1);
  values[stateField] = 'cancelled';
}

/** A sale below zero is none; one of nothing is loaded and named, unless its kind may be free. */
export function checkAmount(values: CanonicalValues, field: string, mayBeFree: boolean): RowCheck | null {
  const amount = values[field];
  if (isNegative(amount)) return { field, code: 'amount_negative', severity: 'error', params: { amount: amount! } };
  return amount === '0' && !mayBeFree ? { field, code: 'amount_zero', severity: 'warning' } : null;
}

/** Test and VIP orders may cost nothing. */
export function isFreeKind(type: string | null | undefined): boolean {
  return type === 'vip' || type === 'test';
}

/** Cents of a normalised amount, exact for every amount that reading lets through. */
export function moneyToCents(money: string): number {
  const [integer = '0', fraction = '00'] = money.split('.');
  const cents = Math.abs(Number(integer)) * 100 + Number(fraction);
  return money.startsWith('-') ? -cents : cents;
}
