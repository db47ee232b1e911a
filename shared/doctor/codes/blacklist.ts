import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

export const blacklistCodes = {
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
} satisfies CodeTable;
