/** Links that people fixed or forbade. */
import type { Client } from 'pg';

export interface Decisions {
  receipts: Map<number, number>;
  payments: Map<number, number>;
  noReceipts: Set<string>;
  noPayments: Set<string>;
}

export async function loadDecisions(client: Client): Promise<Decisions> {
  const { rows } = await client.query<{ kind: string; proof_source: string; proof_id: string; order_id: string }>(`
    select kind, proof_source, proof_id, order_id from manual_decisions
    where kind in ('link', 'unlink') and stale_at is null and undone_at is null order by id`);
  const decisions: Decisions = {
    receipts: new Map(),
    payments: new Map(),
    noReceipts: new Set(),
    noPayments: new Set(),
  };
  for (const row of rows) {
    const fiscal = row.proof_source === 'fiscal_bills';
    if (row.kind === 'link')
      (fiscal ? decisions.receipts : decisions.payments).set(Number(row.proof_id), Number(row.order_id));
    else (fiscal ? decisions.noReceipts : decisions.noPayments).add(`${row.proof_id}:${row.order_id}`);
  }
  return decisions;
}
