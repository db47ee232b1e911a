/**
 * Links that sign a person in on the page, which the bot gives to its own chat with them: random, stored hashed, good
 * once and for five minutes by the database's clock. The secret stands behind the `#` of the address, which browsers
 * send to nobody, and in no table and no log. A new one ends the one before it.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { AppError } from '../errors.ts';
import { findUser, type User } from './users.ts';

const LIFE = '5 minutes';
/** As a link's token looks. */
export const SIGN_IN_LINK_TOKEN = /^[A-Za-z0-9_-]{43}$/;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** @returns the token; shown once */
export async function createSignInLink(db: Db, userId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db.transaction(async (trx) => {
    // one after another for a person: of two at once each would end only those before both
    await findUser(trx, userId, { lock: true });
    await execute(trx, `delete from telegram_sessions where kind = 'bot' and user_id = ?`, [userId]);
    const made = await execute(
      trx,
      `insert into telegram_sessions (user_id, telegram_id, kind, auth_hash, auth_date, expires_at)
       select id, telegram_id, 'bot', ?, clock_timestamp(), clock_timestamp() + interval '${LIFE}'
       from users where id = ? and status = 'approved' and telegram_id is not null`,
      [hashOf(token), userId],
    );
    if (made === 0) throw new AppError('forbidden');
  });
  return token;
}

/**
 * Takes it away, so that of two who use it at once one is refused.
 * @throws AppError unauthenticated (reason link_spent) when it was used, replaced, has run out or never was
 */
export async function useSignInLink(trx: DbOrTransaction, token: string): Promise<User> {
  const row = await selectRow<{ user_id: string }>(
    trx,
    `delete from telegram_sessions where auth_hash = ? and kind = 'bot' and expires_at > clock_timestamp()
     returning user_id::text`,
    [hashOf(token)],
  );
  const user = row === null ? null : await findUser(trx, row.user_id);
  if (user === null) throw new AppError('unauthenticated', { details: { reason: 'link_spent' } });
  return user;
}
