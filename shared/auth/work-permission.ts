import type { DbOrTransaction } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';

/** The person was blocked after they asked for the work: it ends `cancelled` with `user_blocked`. */
export class UserBlockedError extends Error {
  readonly userId: string;
  constructor(userId: string) {
    super('the user who asked for this work is blocked');
    this.name = 'UserBlockedError';
    this.userId = userId;
  }
}

/**
 * Asked when work starts and again in its final transaction; there with the transaction, so that a block committed before it is seen.
 * @throws UserBlockedError
 */
export async function assertUserMayWork(db: DbOrTransaction, userId: string): Promise<void> {
  const row = await selectRow<{ status: string }>(db, 'select status from users where id = ?', [userId]);
  if (row === null || row.status === 'blocked') throw new UserBlockedError(userId);
}
