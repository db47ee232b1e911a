import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

export const cacheCodes = {
  'cache.write_read': rung('Кэш: запись, чтение, удаление', 'The cache: write, read, delete'),
  'cache.not_kept': problem('warn', {
    title: words('Redis не хранит записи кэша', 'Redis does not keep cache entries'),
    cause: words('Записанное значение не прочиталось обратно.', 'A value that was written did not come back.'),
    effect: words('Сводки считаются каждый раз заново.', 'Summaries are computed anew each time.'),
    fix: words('Проверьте память и политику Redis.', 'Look at memory and policy of Redis.'),
    commands: ['npm run doctor -- --only redis'],
  }),
} satisfies CodeTable;
