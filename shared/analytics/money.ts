/**
 * Sums as the database gives them (decimal text in UZS), counted in whole tiyin so that nothing is rounded on the way.
 */
import type { z } from 'zod';
import type { tally } from '../answer-parts.ts';

/** @param text decimal text with at most two decimals, e.g. `15000.5` or `-20` */
export function tiyinOf(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) throw new TypeError(`not an amount: ${text}`);
  const [, sign, integer = '0', cents = ''] = match;
  const tiyin = BigInt(integer) * 100n + BigInt(cents.padEnd(2, '0'));
  return sign === '-' ? -tiyin : tiyin;
}

/** Decimal text without needless zeros, as everywhere in the API: 1500050n -> `15000.5`. */
export function uzsOf(tiyin: bigint): string {
  const size = tiyin < 0n ? -tiyin : tiyin;
  const cents = (size % 100n).toString().padStart(2, '0').replace(/0+$/, '');
  return `${tiyin < 0n ? '-' : ''}${size / 100n}${cents === '' ? '' : `.${cents}`}`;
}

/** Half away from zero; the divisor is positive. */
export function divideRounded(value: bigint, divisor: bigint): bigint {
  const size = value < 0n ? -value : value;
  const quotient = (2n * size + divisor) / (2n * divisor);
  return value < 0n ? -quotient : quotient;
}

/** `part` of `whole` in percent with two decimals, e.g. `12.5`; null of nothing. */
export function percentOf(part: bigint, total: bigint): string | null {
  if (total <= 0n) return null;
  return uzsOf(divideRounded(part * 10_000n, total));
}

/** How many, and their sum in UZS as decimal text. */
export type Tally = z.output<typeof tally>;

/** A tally while it is added up. */
export interface Sum {
  count: number;
  tiyin: bigint;
}

export const noSum = (): Sum => ({ count: 0, tiyin: 0n });

export function addTo(sum: Sum, row: { count: string | number; sum: string }): void {
  sum.count += Number(row.count);
  sum.tiyin += tiyinOf(row.sum);
}

export const tallyOf = ({ count, tiyin }: Sum): Tally => ({ count, sum: uzsOf(tiyin) });
