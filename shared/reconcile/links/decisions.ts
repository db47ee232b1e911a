/** Links that people fixed or forbade. */
import type { Client } from 'pg';
import { tiyin } from '../context.ts';
import { type FixedLinks, noFixedLinks } from '../evaluate-group.ts';

export interface Decisions {
  receipts: FixedLinks;
  payments: FixedLinks;
  noReceipts: Set<string>;
  noPayments: Set<string>;
}

/**
 * Of links those of proofs that prove something: what was cancelled or is a return is linked by hand beside the proof
 * that the order has, or still waits for (apply-links.ts, linkVoids).
 */
export async function loadDecisions(client: Client): Promise<Decisions> {
  const { rows } = await client.query<{
    kind: string;
    proof_source: string;
    proof_id: string;
    order_id: string;
    amount: string;
  }>(`
    select d.kind, d.proof_source, d.proof_id, d.order_id, coalesce(r.amount, p.amount)::text as amount
    from manual_decisions d
    left join fiscal_receipts r on d.proof_source = 'fiscal_bills' and r.id = d.proof_id
    left join gateway_payments p on d.proof_source <> 'fiscal_bills' and p.id = d.proof_id
    where d.stale_at is null and d.undone_at is null
      and (d.kind = 'unlink' or d.kind = 'link' and (r.operation_type = 'sale' or p.payment_status = 'success'))
    order by d.id`);
  const decisions: Decisions = {
    receipts: noFixedLinks(),
    payments: noFixedLinks(),
    noReceipts: new Set(),
    noPayments: new Set(),
  };
  for (const row of rows) {
    const fiscal = row.proof_source === 'fiscal_bills';
    if (row.kind === 'unlink') {
      (fiscal ? decisions.noReceipts : decisions.noPayments).add(`${row.proof_id}:${row.order_id}`);
      continue;
    }
    const { orderOf, amountsOf } = fiscal ? decisions.receipts : decisions.payments;
    const orderId = Number(row.order_id);
    orderOf.set(Number(row.proof_id), orderId);
    amountsOf.set(orderId, [...(amountsOf.get(orderId) ?? []), tiyin(row.amount)]);
  }
  return decisions;
}
