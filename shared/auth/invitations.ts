/**
 * Links by which a person chooses a password: the first one, or another where it was forgotten. A link is random,
 * stored hashed, good once and for three days by the database's clock; a new one ends the one before it, and so do a
 * block and another password. Its token stands behind the `#` of the address, which browsers send to nobody, so it is
 * in no log.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type AuditEntry, recordAudit } from '../audit/audit.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import { AppError } from '../errors.ts';
import { findUser, type User } from './users.ts';

const LIFE = '72 hours';
const TOKEN_BYTES = 32;
/** As an invitation's token looks like. */
export const INVITATION_TOKEN = /^[A-Za-z0-9_-]{43}$/;

export interface Invitation {
  /** shown once */
  token: string;
  expiresAt: Date;
}

type Actor = Pick<AuditEntry, 'actorId' | 'address' | 'requestId'>;

export interface Invitations {
  /**
   * @throws AppError not_found; conflict (reason not_approved: waits or is blocked; no_email: signs in by Telegram
   * alone)
   */
  invite(actor: Actor, userId: string): Promise<Invitation>;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Within the transaction that made or changed the person. */
export async function writeInvitation(trx: DbOrTransaction, actor: Actor, user: User): Promise<Invitation> {
  if (user.status !== 'approved') throw new AppError('conflict', { details: { reason: 'not_approved' } });
  if (user.email === null) throw new AppError('conflict', { details: { reason: 'no_email' } });
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const row = await selectRow<{ expires_at: Date }>(
    trx,
    `insert into invitations (user_id, token_hash, created_by, expires_at)
      values (?, ?, ?, clock_timestamp() + interval '${LIFE}')
     on conflict (user_id) do update
     set token_hash = excluded.token_hash, created_at = excluded.created_at, created_by = excluded.created_by,
       expires_at = excluded.expires_at
     returning expires_at`,
    [user.id, hashOf(token), actor.actorId],
  );
  if (row === null) throw new Error('an invitation was not written');
  await recordAudit(trx, {
    ...actor,
    action: 'users.invited',
    subject: `user:${user.id}`,
    details: { expiresAt: row.expires_at },
  });
  return { token, expiresAt: row.expires_at };
}

export function createInvitations(db: Db): Invitations {
  return {
    invite: (actor, userId) =>
      transactionWithKnownEnd(db, async (trx) => {
        const user = await findUser(trx, userId, { lock: true });
        if (user === null) throw new AppError('not_found');
        return writeInvitation(trx, actor, user);
      }),
  };
}

/** Who has another password needs none by a link that may lie in somebody else's mail. */
export async function endInvitation(trx: DbOrTransaction, userId: string): Promise<void> {
  await execute(trx, 'delete from invitations where user_id = ?', [userId]);
}

const ended = (): AppError => new AppError('not_found', { details: { reason: 'invitation_ended' } });

/**
 * Whose it is. @throws AppError not_found (reason invitation_ended) when it was used, replaced, has run out or never
 * was
 */
export async function ownerOfInvitation(db: DbOrTransaction, token: string): Promise<User> {
  const row = await selectRow<{ id: string }>(
    db,
    `select i.user_id::text as id from invitations i join users u on u.id = i.user_id
     where i.token_hash = ? and i.expires_at > clock_timestamp() and u.status = 'approved'`,
    [hashOf(token)],
  );
  const user = row === null ? null : await findUser(db, row.id);
  if (user === null) throw ended();
  return user;
}

/** Takes it away, so that of two who use it at once one is refused. @throws as ownerOfInvitation */
export async function useInvitation(trx: DbOrTransaction, token: string): Promise<User> {
  const user = await ownerOfInvitation(trx, token);
  const taken = await execute(trx, `delete from invitations where token_hash = ? and expires_at > clock_timestamp()`, [
    hashOf(token),
  ]);
  if (taken === 0) throw ended();
  return user;
}
