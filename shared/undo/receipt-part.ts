/** What the taking back of one file comes to, counted in its transaction. */
import type { Client } from 'pg';
import type { SourceName } from '../ingest/sources/source.ts';
import { coverageOf, type Outcomes, outcomesOf } from '../reconcile/receipt.ts';
import type { Applied } from './record-difference.ts';

export interface ReceiptPart {
  id: string;
  name: string;
  source: SourceName | null;
  rows: { removed: number; restored: number; kept: number };
  fields: { restored: number; kept: number };
  orders: { removed: number; changed: number };
  /** sums in UZS, decimal text; `to` null: the order is gone */
  statuses: { from: string; to: string | null; count: number; sum: string }[];
  issues: Outcomes['issues'];
  decisions: { stale: number };
  /** Tashkent instants; lost: no file that is left covers it */
  coverage: { source: SourceName; from: string; to: string; lost: boolean }[];
}

/** Values that the file gave to records of others, by its lines of history. */
export async function countFieldsGiven(client: Client, fileId: string): Promise<number> {
  const { rows } = await client.query<{ given: number }>(
    `select count(*)::int as given from order_changes
     where file_id = $1 and cause = 'file' and change_type in ('filled', 'changed')`,
    [fileId],
  );
  return rows[0]?.given ?? 0;
}

interface TakenBackFile {
  file: { id: string; name: string; source: SourceName };
  /** before it was taken back */
  fieldsGiven: number;
  applied: Applied;
  ordersChanged: number;
}

export async function takeReceipt(
  client: Client,
  { file, fieldsGiven, applied, ordersChanged }: TakenBackFile,
): Promise<ReceiptPart> {
  const { statuses, issues } = await outcomesOf(client);
  const coverage = await coverageOf(client, file, 'source_coverage');
  return {
    ...file,
    rows: { removed: applied.removed, restored: applied.restored, kept: applied.kept },
    fields: { restored: applied.fieldsRestored, kept: Math.max(0, fieldsGiven - applied.fieldsRestored) },
    orders: { removed: applied.ordersRemoved, changed: ordersChanged },
    // a proof that stands alone again is no order that had a status
    statuses: statuses.flatMap(({ from, ...rest }) => (from === null ? [] : [{ from, ...rest }])),
    issues,
    decisions: { stale: applied.stale },
    coverage: coverage.map(({ alone, ...piece }) => ({ ...piece, lost: alone })),
  };
}
