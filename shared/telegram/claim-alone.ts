import type { Db, DbOrTransaction } from '../db/client.ts';
import { execute } from '../db/rows.ts';

/**
 * Takes a piece of work of which each chat has one at a time. Whoever takes one does so alone, in all apis: several at
 * the same instant would each see the chat free.
 * @param look whether any is due: as a rule there is none, and then nobody waits or writes
 */
export async function claimAlone<Piece>(
  db: Db,
  what: 'updates' | 'uploads',
  { look, claim }: { look(): Promise<boolean>; claim(trx: DbOrTransaction): Promise<Piece | null> },
): Promise<Piece | null> {
  if (!(await look())) return null;
  return db.transaction(async (trx) => {
    await execute(trx, `select pg_advisory_xact_lock(hashtextextended('vhm24r telegram ' || ?::text, 0))`, [what]);
    return claim(trx);
  });
}
