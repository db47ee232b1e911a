/** Administrators whom nobody has met yet are told too. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';

/**
 * Of the administrators by number (TELEGRAM_ADMIN_IDS) those who never wrote to the bot nor signed in, in their order.
 */
export async function unmetAdministrators(db: DbOrTransaction, adminIds: readonly string[]): Promise<string[]> {
  const rows = await selectRows<{ id: string }>(
    db,
    `select n.id from unnest(?::text[]) with ordinality n (id, position)
     where not exists (select from users u where u.telegram_id = n.id::bigint) order by n.position`,
    [[...adminIds]],
  );
  return rows.map(({ id }) => id);
}
