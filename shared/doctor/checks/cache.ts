import { randomUUID } from 'node:crypto';
import { CACHE_PREFIX } from '../../cache/cache.ts';
import { cacheCodes } from '../codes/cache.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble } from '../ladder.ts';

export const cacheCheck: AreaCheck = {
  area: 'cache',
  needs: ['redis'],
  codes: cacheCodes,
  async run(context, ladder) {
    const redis = await context.redis;
    if ('stoppedBy' in redis) ladder.stop(redis.stoppedBy);
    await ladder.rung('cache.write_read', async () => {
      if ('stoppedBy' in redis) return '';
      const key = `${CACHE_PREFIX}:doctor:${randomUUID()}`;
      await redis.client.set(key, '1', 'EX', 60);
      const kept = await redis.client.get(key);
      await redis.client.del(key);
      if (kept !== '1') throw new Trouble('cache.not_kept', `read=${String(kept)}`);
      return 'set, get, del under a TTL of 60 s';
    });
  },
};
