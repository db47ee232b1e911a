/** From a person of Telegram to a person of ours: for sign-in and for the bot alike. */
import { type AuditEntry, recordAudit } from '../audit/audit.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { execute } from '../db/rows.ts';
import type { TelegramPerson } from './telegram.ts';
import { findUser, findUserByTelegramId, insertUser, type User } from './users.ts';

/**
 * The person behind a Telegram message; a stranger becomes an applicant, one of TELEGRAM_ADMIN_IDS an admin. A block,
 * and a role that an administrator chose, outlast both.
 */
export async function findOrApply(
  trx: DbOrTransaction,
  person: TelegramPerson,
  isAdmin: boolean,
  { address, requestId }: Pick<AuditEntry, 'address' | 'requestId'>,
): Promise<User> {
  // two messages of one stranger at once make one applicant
  await execute(trx, 'select pg_advisory_xact_lock(hashtextextended(?, 1))', [`telegram:${person.telegramId}`]);
  const known = await findUserByTelegramId(trx, person.telegramId, { lock: true });
  if (known === null) {
    const user = await insertUser(trx, {
      ...person,
      status: isAdmin ? 'approved' : 'pending',
      role: isAdmin ? 'admin' : 'viewer',
    });
    await recordAudit(trx, {
      actorId: user.id,
      action: isAdmin ? 'users.created' : 'users.applied',
      subject: `user:${user.id}`,
      address,
      requestId,
      details: { telegramId: person.telegramId, username: person.username, role: user.role },
    });
    return user;
  }
  await execute(trx, 'update users set username = ?, first_name = ?, last_name = ? where id = ?', [
    person.username,
    person.firstName,
    person.lastName,
    known.id,
  ]);
  if (isAdmin && known.status !== 'blocked' && (known.role !== 'admin' || known.status !== 'approved')) {
    const promoted = await execute(
      trx,
      `update users set role = 'admin', status = 'approved', approved_at = coalesce(approved_at, now())
       where id = ? and role_decided_at is null`,
      [known.id],
    );
    // an administrator's word stands
    if (promoted === 0) return (await findUser(trx, known.id)) ?? known;
    const details = { role: 'admin', from: known.role, by: 'TELEGRAM_ADMIN_IDS' };
    await recordAudit(trx, {
      actorId: known.id,
      action: 'users.role_changed',
      subject: `user:${known.id}`,
      address,
      requestId,
      details,
    });
  }
  return (await findUser(trx, known.id)) ?? known;
}
