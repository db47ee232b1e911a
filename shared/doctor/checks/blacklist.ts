import { randomUUID } from 'node:crypto';
import type { AreaCheck } from '../context.ts';
import { rung, words } from '../finding.ts';
import { Trouble } from '../ladder.ts';
import { problem } from './problem.ts';

export const blacklistCheck: AreaCheck = {
  area: 'blacklist',
  needs: ['postgres', 'redis'],
  codes: {
    'blacklist.truth': rung('Отозванные токены читаются из PostgreSQL', 'Revoked tokens can be read from PostgreSQL'),
    'blacklist.copy': rung(
      'Быстрая копия в Redis: запись, проверка, удаление',
      'The fast copy in Redis: add, check, remove',
    ),
    'blacklist.unreadable': problem('error', {
      title: words('Список отозванных токенов не читается', 'The list of revoked tokens cannot be read'),
      cause: words('Нет таблицы или прав на неё.', 'The table or the right to read it is missing.'),
      effect: words('Никого не впускают: 503.', 'Nobody is let in: 503.'),
      fix: words('Выполните миграции.', 'Run the migrations.'),
      commands: ['npm run migrate'],
    }),
    'blacklist.expired_pile': problem('warn', {
      title: words('Просроченные отзывы не убираются', 'Expired revocations are not cleaned up'),
      cause: words('api давно не запущен: убирает он.', 'No api has run for long: it is the one that cleans.'),
      effect: words('Проверка медленнее.', 'Checks get slower.'),
      fix: words('Запустите api.', 'Start the api.'),
    }),
  },
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
