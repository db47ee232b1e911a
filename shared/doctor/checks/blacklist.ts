import { randomUUID } from 'node:crypto';
import { blacklistCodes } from '../codes/blacklist.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble } from '../ladder.ts';

export const blacklistCheck: AreaCheck = {
  area: 'blacklist',
  needs: ['postgres', 'redis'],
  codes: blacklistCodes,
  async run(context, ladder) {
    const postgres = await context.postgres;
    if ('stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    await ladder.rung('blacklist.truth', async () => {
      if ('stoppedBy' in postgres) return '';
      try {
        const { rows } = await postgres.client.query<{ live: number; old: number }>(
          `select count(*) filter (where expires_at > now())::int as live,
             count(*) filter (where expires_at < now() - interval '2 days')::int as old
           from revoked_tokens`,
        );
        const facts = `revoked=${rows[0]?.live ?? 0} expired=${rows[0]?.old ?? 0}`;
        if ((rows[0]?.old ?? 0) > 10_000) ladder.note('blacklist.expired_pile', facts);
        return facts;
      } catch (error) {
        throw new Trouble('blacklist.unreadable', `select=${String((error as { code?: unknown }).code)}`, {
          cause: error,
        });
      }
    });
    const redis = await context.redis;
    if ('stoppedBy' in redis) ladder.stop(redis.stoppedBy);
    await ladder.rung('blacklist.copy', async () => {
      if ('stoppedBy' in redis) return '';
      const key = `blacklist:doctor-${randomUUID()}`;
      await redis.client.set(key, '{"reason":"doctor"}', 'EX', 60);
      const found = await redis.client.exists(key);
      await redis.client.del(key);
      return `added, found=${found}, removed`;
    });
  },
};
