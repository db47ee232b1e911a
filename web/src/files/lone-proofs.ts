import { GATEWAYS } from '../../../client/vocabulary.ts';

const LONE: ReadonlySet<string> = new Set([...GATEWAYS.map((gateway) => `${gateway}_only`), 'fiscal_only', 'void']);

/** Whether a status is that of a receipt or payment without an order, which no person would count as an order. */
export const isLoneProof = (status: string | null): boolean => status !== null && LONE.has(status);
