/**
 * Earlier versions let each worker send itself jobs through a queue of its own, `canary-<instance>`; one that was
 * killed left its keys behind for good. Today's worker asks its connections directly and makes no key, so whatever of
 * that name belongs to no service that is still entered is rubbish.
 */
import type { Db } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import type { Logger } from '../logger.ts';
import type { RedisHandle } from '../redis/redis.ts';
import { BULL_PREFIX } from './bull-queues.ts';

const PREFIX = `${BULL_PREFIX}:canary-`;
const SCAN_COUNT = 500;

/**
 * @returns how many keys were removed; 0 where Redis or PostgreSQL did not answer, it is tried again at the next chance
 */
export async function removeOldCanaries({
  db,
  redis,
  logger,
}: {
  db: Db;
  redis: RedisHandle;
  logger: Logger;
}): Promise<number> {
  try {
    const alive = (
      await selectRows<{ id: string }>(db, `select id from service_instances where service = 'worker'`)
    ).map(({ id }) => id);
    let removedCount = 0;
    let cursor = '0';
    do {
      const [next, keys] = await redis.run((client) => client.scan(cursor, 'MATCH', `${PREFIX}*`, 'COUNT', SCAN_COUNT));
      const old = keys.filter((key) => !alive.some((id) => key.startsWith(`${PREFIX}${id}:`)));
      if (old.length > 0) removedCount += await redis.run((client) => client.unlink(...old));
      cursor = next;
    } while (cursor !== '0');
    if (removedCount > 0) logger.info('canary keys of workers that are gone removed', { removedCount });
    return removedCount;
  } catch (error) {
    logger.debug('old canary keys stay for now', { error });
    return 0;
  }
}
