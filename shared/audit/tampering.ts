/**
 * Tampering that breaks no chain, and that the living sealer sees all the same: it goes into the log itself as a row
 * `audit.tampered`, sealed in the same transaction, so that verify tells of it for ever.
 */
import type { Knex } from 'knex';
import { selectRow } from '../db/rows.ts';
import { recordAudit } from './audit.ts';
import { SEALED_COLUMNS, type SealedRow } from './chain.ts';

/** A row is sealed in the round after its commit; a transaction that writes one takes no longer than this. */
export const LATE_AFTER_MS = 10 * 60_000;
/** Named one by one; of more the count is told. */
const MOST_NAMED = 20;

export interface Tampering {
  what: /** rows came that bear a time at which the sealer looked and saw none */
    | 'late_insert'
    /** the anchor lacks heads that were put there */
    | 'anchor_shortened';
  /** ids of the rows that it is about */
  rows: string[];
  count: number;
}

/**
 * Rows that are new now, yet older than this process's last look by more than any transaction takes.
 * @param lookedAt the database's time then, as textOfTime spells it; null = this process has not looked before
 */
export function findLate(rows: readonly SealedRow[], lookedAt: string | null): Tampering | null {
  if (lookedAt === null) return null;
  const border = Date.parse(lookedAt) - LATE_AFTER_MS;
  const late = rows.filter(({ at }) => Date.parse(at) < border).map(({ id }) => id);
  return late.length === 0 ? null : { what: 'late_insert', rows: late.slice(0, MOST_NAMED), count: late.length };
}

/** Writes it down. @returns the row, to be sealed */
export async function recordTampering(trx: Knex.Transaction, seen: Tampering): Promise<SealedRow> {
  await recordAudit(trx, { actorId: null, action: 'audit.tampered', details: { ...seen } });
  const row = await selectRow<SealedRow>(
    trx,
    `select ${SEALED_COLUMNS} from audit_log a
     where a.xid = pg_current_xact_id() and a.action = 'audit.tampered' order by a.id desc limit 1`,
  );
  if (row === null) throw new Error('the row just written is gone');
  return row;
}

/** Reads back what a row `audit.tampered` tells; of one that the sealer did not write as much as makes sense. */
export function readTampering(details: unknown): { what: string | null; rows: string[] } {
  const { what, rows } = (details ?? {}) as { what?: unknown; rows?: unknown };
  return {
    what: typeof what === 'string' ? what : null,
    rows: Array.isArray(rows) ? rows.filter((id) => typeof id === 'string' && /^\d{1,19}$/.test(id)) : [],
  };
}
