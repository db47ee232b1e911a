import { recordAudit } from '../audit/audit.ts';
import type { JwtSecret } from '../config-secrets.ts';
import type { Db } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';

const LIMIT_MS = 1_000;

/**
 * Records in the audit log that this api signs with other keys than the last one that said so: however keys are
 * rotated, it shows. Ids only.
 */
export async function noteKeysInUse(db: Db, secrets: readonly JwtSecret[], logger: Logger): Promise<void> {
  const kids = secrets.map(({ kid }) => kid);
  try {
    const noted = async () => {
      const last = await selectRow<{ kids: string }>(
        db,
        `select (details -> 'kids')::text as kids
         from audit_log
         where action = 'keys.in_use'
         order by id desc
         limit 1`,
      );
      if (last !== null && JSON.stringify(JSON.parse(last.kids)) === JSON.stringify(kids)) return;
      await recordAudit(db, { actorId: null, action: 'keys.in_use', details: { kids, signing: kids[0] } });
    };
    await withDeadline(noted(), LIMIT_MS, 'noting the keys in use');
  } catch (error) {
    // the api starts without PostgreSQL too; the next start notes it
    logger.info('the keys in use could not be noted', { error });
  }
}
