/**
 * Binding a chat with the bot to an account that is there: the page gives a link with a code, good once and for ten
 * minutes by the database's clock, and the chat that shows it is the person's from then on.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type AuditEntry, recordAudit } from '../audit/audit.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { AppError } from '../errors.ts';
import type { Principal } from './principal.ts';
import { findUser, findUserByTelegramId, type User } from './users.ts';

const LIFE = '10 minutes';

type Actor = Pick<AuditEntry, 'actorId' | 'address' | 'requestId'>;

const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest();

/**
 * The code goes behind /start, where Telegram passes 64 characters of A-Z a-z 0-9 _ -. It ends with whatever ends the
 * person's sign-ins (a trigger of the database).
 * @throws AppError token_revoked where the sign-in that asks has ended meanwhile
 */
export async function createBinding(
  db: Db,
  { userId, version }: Pick<Principal, 'userId' | 'version'>,
): Promise<{ code: string; expiresAt: Date }> {
  const code = randomBytes(24).toString('base64url');
  const row = await selectRow<{ expires_at: Date }>(
    db,
    `insert into telegram_bindings (user_id, token_hash, expires_at)
     select id, ?, clock_timestamp() + interval '${LIFE}' from users where id = ? and token_version = ?
     for no key update
     on conflict (user_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at
     returning expires_at`,
    [hashOf(code), userId, version],
  );
  if (row === null) throw new AppError('token_revoked');
  return { code, expiresAt: row.expires_at };
}

export type Bound = { user: User } | 'spent' | 'taken';

/** @returns the person; `spent`: no such code any more; `taken`: the chat is somebody else's */
export function useBinding(db: Db, code: string, telegramId: string, actor: Omit<Actor, 'actorId'>): Promise<Bound> {
  return db.transaction(async (trx): Promise<Bound> => {
    await execute(trx, 'select pg_advisory_xact_lock(hashtextextended(?, 1))', [`telegram:${telegramId}`]);
    const owner = await findUserByTelegramId(trx, telegramId, { lock: true });
    const row = await selectRow<{ user_id: string }>(
      trx,
      `select user_id::text from telegram_bindings where token_hash = ? and expires_at > clock_timestamp() for update`,
      [hashOf(code)],
    );
    if (row === null) return 'spent';
    if (owner !== null && owner.id !== row.user_id) return 'taken';
    await execute(trx, 'delete from telegram_bindings where user_id = ?', [row.user_id]);
    const before = await findUser(trx, row.user_id, { lock: true });
    if (before !== null && before.telegramId !== telegramId) await leaveChat(trx, before);
    await execute(trx, 'update users set telegram_id = ? where id = ?', [telegramId, row.user_id]);
    await recordAudit(trx, {
      ...actor,
      actorId: row.user_id,
      action: 'users.telegram_bound',
      subject: `user:${row.user_id}`,
      details: { telegramId },
    });
    const user = await findUser(trx, row.user_id);
    return user === null ? 'spent' : { user };
  });
}

/** @throws AppError conflict (reason no_email: there would be no other way in) */
export async function unbind(db: Db, userId: string, actor: Actor): Promise<void> {
  await db.transaction(async (trx) => {
    const user = await findUser(trx, userId, { lock: true });
    if (user === null) throw new AppError('not_found');
    if (user.telegramId === null) return;
    if (user.email === null) throw new AppError('conflict', { details: { reason: 'no_email' } });
    await execute(trx, 'update users set telegram_id = null where id = ?', [userId]);
    await leaveChat(trx, user);
    await recordAudit(trx, {
      ...actor,
      action: 'users.telegram_unbound',
      subject: `user:${userId}`,
      details: { telegramId: user.telegramId },
    });
  });
}

/**
 * Whoever holds the chat may be somebody else by now, which may be why it is left: neither the link that signs in nor
 * what waits there for the morning or for its table is theirs.
 */
async function leaveChat(trx: DbOrTransaction, { id, telegramId }: User): Promise<void> {
  await execute(trx, `delete from telegram_sessions where user_id = ? and kind = 'bot'`, [id]);
  await execute(
    trx,
    `update telegram_messages set failed_at = clock_timestamp(), last_error = 'unbound'
     where chat_id = ? and revision > sent_revision and failed_at is null`,
    [telegramId],
  );
}
