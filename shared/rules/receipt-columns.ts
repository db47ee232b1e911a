/**
 * Whether a column of a receipt, cash or card, holds a price. An empty column is no amount, so nothing is near to it
 * (rules.md 5.1), unless nothing at all was paid.
 */

/** A receipt's column and its sum; for a statement as SQL, where empty is 0. */
interface Paid<Amount> {
  column: Amount;
  amount: Amount;
}

export function columnHoldsPriceSql({ column, amount }: Paid<string>, price: string, tolerance: string): string {
  return `((${column} <> 0 or ${amount} = 0) and abs(${column} - ${price}) <= ${tolerance})`;
}

export function columnHoldsPrice({ column, amount }: Paid<number>, price: number, tolerance: number): boolean {
  return (column !== 0 || amount === 0) && Math.abs(column - price) <= tolerance;
}

/** SQL, of a receipt r. */
export const CASH_OF_RECEIPT: Paid<string> = { column: 'coalesce(r.cash_amount, 0)', amount: 'r.amount' };
export const CARD_OF_RECEIPT: Paid<string> = { column: 'coalesce(r.card_amount, 0)', amount: 'r.amount' };
