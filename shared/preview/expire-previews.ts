/** Looks that nobody applied are over after a week, by the database's clock. */
import type { Db } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { refreshSession } from '../ingest/session-state.ts';

export const PREVIEW_LIFE = '7 days';

/** @returns how many files were cancelled */
export function expirePreviews(db: Db): Promise<number> {
  return db.transaction(async (trx) => {
    const expired = await selectRows<{ session_id: string }>(
      trx,
      `update uploaded_files set status = 'cancelled', phase = 'done', error_code = 'preview_expired',
        error_params = '{}',
         completed_at = clock_timestamp()
       where preview and status in ('previewed', 'needs_mapping')
         and coalesce(foreseen_at, created_at) < clock_timestamp() - interval '${PREVIEW_LIFE}'
       returning session_id`,
    );
    for (const sessionId of new Set(expired.map((row) => row.session_id))) await refreshSession(trx, sessionId);
    return expired.length;
  });
}
