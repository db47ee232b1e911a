import { recordAudit } from '../audit/audit.ts';
import type { Db } from '../db/client.ts';
import { execute } from '../db/rows.ts';
import type { Logger } from '../logger.ts';
import { countOtherAdmins, lockAdmins } from './accounts.ts';
import { passwordWeakness } from './password-strength.ts';
import { createPasswords } from './passwords.ts';
import { findUserByEmail, insertUser } from './users.ts';

/**
 * Makes the admin of ADMIN_EMAIL and ADMIN_PASSWORD if there is no approved admin yet; an account of that e-mail
 * becomes it. Safe with two apis at once. Rejects when PostgreSQL is away: call it again then.
 */
export async function ensureFirstAdmin(
  db: Db,
  admin: { email: string; password: string } | null,
  logger: Logger,
): Promise<void> {
  if (admin === null || (await countOtherAdmins(db, null)) > 0) return;
  const weakness = await passwordWeakness(admin.password, { email: admin.email });
  // of whoever sets up the service: they are told, and not kept out of it
  if (weakness !== null) logger.warn('ADMIN_PASSWORD is easily guessed', { event: 'weak_admin_password', weakness });
  const passwordHash = await createPasswords().hash(admin.password);
  const made = await db.transaction(async (trx) => {
    await lockAdmins(trx);
    if ((await countOtherAdmins(trx, null)) > 0) return null;
    const known = await findUserByEmail(trx, admin.email);
    const id =
      known?.user.id ??
      (await insertUser(trx, { email: admin.email, passwordHash, status: 'approved', role: 'admin' })).id;
    if (known !== null) {
      await execute(
        trx,
        `update users set role = 'admin', status = 'approved', password_hash = ?,
          approved_at = coalesce(approved_at, now()) where id = ?`,
        [passwordHash, id],
      );
    }
    await recordAudit(trx, {
      actorId: null,
      action: 'users.created',
      subject: `user:${id}`,
      details: { role: 'admin', by: 'ADMIN_EMAIL' },
    });
    return id;
  });
  if (made !== null) logger.info('the first admin was made', { event: 'first_admin', userId: made });
}
