import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

export const cacheCodes = {
  'cache.write_read': rung(
    'Кэш: запись, чтение, удаление',
    'The cache: write, read, delete',
    'Kesh: yozish, oʻqish, oʻchirish',
  ),
  'cache.not_kept': problem('warn', {
    title: words(
      'Redis не хранит записи кэша',
      'Redis does not keep cache entries',
      'Redis kesh yozuvlarini saqlamayapti',
    ),
    cause: words(
      'Записанное значение не прочиталось обратно.',
      'A value that was written did not come back.',
      'Yozilgan qiymat qayta oʻqilmadi.',
    ),
    effect: words(
      'Сводки считаются каждый раз заново.',
      'Summaries are computed anew each time.',
      'Hisobotlar har safar qaytadan hisoblanadi.',
    ),
    fix: words(
      'Проверьте память и политику Redis.',
      'Look at memory and policy of Redis.',
      'Redis xotirasi va siyosatini tekshiring.',
    ),
    commands: ['npm run doctor -- --only redis'],
  }),
} satisfies CodeTable;
