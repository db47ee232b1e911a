import { randomUUID } from 'node:crypto';
import { CACHE_PREFIX } from '../../cache/cache.ts';
import type { AreaCheck } from '../context.ts';
import { rung, words } from '../finding.ts';
import { Trouble } from '../ladder.ts';
import { problem } from './problem.ts';

export const cacheCheck: AreaCheck = {
  area: 'cache',
  needs: ['redis'],
  codes: {
    'cache.write_read': rung('Кэш: запись, чтение, удаление', 'The cache: write, read, delete'),
    'cache.not_kept': problem('warn', {
      title: words('Redis не хранит записи кэша', 'Redis does not keep cache entries'),
      cause: words('Записанное значение не прочиталось обратно.', 'A value that was written did not come back.'),
      effect: words('Сводки считаются каждый раз заново.', 'Summaries are computed anew each time.'),
      fix: words('Проверьте память и политику Redis.', 'Look at memory and policy of Redis.'),
      commands: ['npm run doctor -- --only redis'],
    }),
  },
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
