/** Decisions as they are shown. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { ProofSource } from '../rules/codes.ts';
import type { DecisionView } from './order-schema.ts';
import { recordIdOf } from './records.ts';

export interface DecisionRow {
  id: string;
  order_id: string;
  kind: DecisionView['kind'];
  resolution: DecisionView['resolution'];
  note: string;
  proof_source: ProofSource | null;
  proof_id: string | null;
  created_at: Date;
  created_by: string;
  created_by_name: string | null;
  stale_at: Date | null;
}

const SELECT = `
  select d.id, d.order_id, d.kind, d.resolution, d.note, d.proof_source, d.proof_id, d.created_at, d.created_by,
    d.stale_at,
    coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.username, u.email) as created_by_name
  from manual_decisions d join users u on u.id = d.created_by`;

/** Those that act first, then stale ones, each newest first. */
export const DECISIONS_FIRST = 'd.stale_at is not null, d.id desc';

export function findDecision(db: DbOrTransaction, id: string): Promise<DecisionRow | null> {
  return selectRow<DecisionRow>(db, `${SELECT} where d.id = ?`, [id]);
}

/** Decisions of these orders that were not withdrawn: those that act first, then stale ones, each newest first. */
export async function decisionsOf(
  db: DbOrTransaction,
  orderIds: readonly string[],
): Promise<Map<string, DecisionRow[]>> {
  const decisions = new Map<string, DecisionRow[]>();
  if (orderIds.length === 0) return decisions;
  const rows = await selectRows<DecisionRow>(
    db,
    `${SELECT} where d.order_id = any(?::bigint[]) and d.undone_at is null order by ${DECISIONS_FIRST}`,
    [[...orderIds]],
  );
  for (const row of rows) decisions.set(row.order_id, [...(decisions.get(row.order_id) ?? []), row]);
  return decisions;
}

export function decisionView(row: DecisionRow): DecisionView {
  return {
    id: row.id,
    kind: row.kind,
    resolution: row.resolution,
    note: row.note,
    recordId:
      row.proof_source === null || row.proof_id === null
        ? null
        : recordIdOf({ source: row.proof_source, id: row.proof_id }),
    stale: row.stale_at !== null,
    createdAt: tashkentIso(row.created_at),
    createdBy: row.created_by,
    createdByName: row.created_by_name,
  };
}
