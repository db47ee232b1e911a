import { GATEWAYS } from '../../../client/vocabulary.ts';

const LONE: ReadonlySet<string> = new Set([...GATEWAYS.map((gateway) => `${gateway}_only`), 'fiscal_only', 'void']);

/** Whether a status is that of a receipt or payment without an order, which no person would count as an order. */
export const isLoneProof = (status: string | null): boolean => status !== null && LONE.has(status);

/**
 * Whether these statuses of what comes or goes speak of more than the orders among it: ambiguous are orders and lone
 * receipts and payments alike, and their status does not tell them apart.
 */
export function exceedOrders(lines: readonly { status: string | null; count: number }[], orders: number): boolean {
  const counted = lines.filter(({ status }) => status !== null && !isLoneProof(status));
  return counted.reduce((sum, { count }) => sum + count, 0) > orders;
}
