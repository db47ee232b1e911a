/**
 * The log of who did what, when and from where. A row is inserted in the business transaction, so it exists exactly if
 * the deed does, and it is a plain insert, so nobody ever waits for another's sign-in. The sealer chains rows
 * afterwards (sealer.ts).
 */
import type { DbOrTransaction } from '../db/client.ts';
import { execute } from '../db/rows.ts';
import { redact } from '../redact.ts';

/** Every action that is recorded; GET /audit filters by these. */
export const AUDIT_ACTIONS = [
  'auth.signed_in',
  'auth.sign_in_failed',
  'auth.locked_out',
  'auth.guessed_often',
  'auth.signed_out',
  'auth.signed_out_everywhere',
  'auth.refresh_reused',
  'auth.password_changed',
  'auth.ops_opened',
  'users.applied',
  'users.created',
  'users.approved',
  'users.postponed',
  'users.blocked',
  'users.role_changed',
  'users.password_reset',
  'users.renamed',
  'users.invited',
  'users.invitation_used',
  'users.telegram_bound',
  'users.telegram_unbound',
  'tokens.created',
  'tokens.revoked',
  'tokens.confirmed',
  'downloads.created',
  'keys.in_use',
  'keys.rotated',
  'cache.cleared',
  'files.uploaded',
  'files.mapped',
  'files.retried',
  'files.cancelled',
  'files.undo_asked',
  'files.undone',
  'files.applied',
  'decisions.made',
  'decisions.withdrawn',
  'reconciliation.run',
  'queue.action',
  'exports.created',
  'exports.cancelled',
  'diagnostics.run',
  'monitor.changed',
  'audit.chain_broken',
  'audit.tampered',
  'audit.retired',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEntry {
  /** whoever did it; null = nobody signed in, or the system itself */
  actorId: string | null;
  action: AuditAction;
  /** what it was done to, as kind:id, e.g. user:7 */
  subject?: string | null;
  /** the client's address */
  address?: string | null;
  requestId?: string | null;
  /** plain facts; secrets are taken out, yet must not be given in the first place */
  details?: Readonly<Record<string, unknown>>;
}

/**
 * Writes one row. Call it with the transaction of what it tells about.
 * @throws Error when the database took it and kept nothing (a trigger or rule of somebody's): then the deed is not done
 */
export async function recordAudit(db: DbOrTransaction, entry: AuditEntry): Promise<void> {
  const written = await execute(
    db,
    'insert into audit_log (actor_id, action, subject, address, request_id, details) values (?, ?, ?, ?, ?, ?)',
    [
      entry.actorId,
      entry.action,
      entry.subject ?? null,
      entry.address ?? null,
      entry.requestId ?? null,
      JSON.stringify(redact(entry.details ?? {})),
    ],
  );
  if (written !== 1) throw new Error(`the audit row ${entry.action} was not written`);
}
