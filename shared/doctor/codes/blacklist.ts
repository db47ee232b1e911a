import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

export const blacklistCodes = {
  'blacklist.truth': rung(
    'Отозванные токены читаются из PostgreSQL',
    'Revoked tokens can be read from PostgreSQL',
    'Bekor qilingan tokenlar PostgreSQL’dan oʻqilyapti',
  ),
  'blacklist.copy': rung(
    'Быстрая копия в Redis: запись, проверка, удаление',
    'The fast copy in Redis: add, check, remove',
    'Redis’dagi tez nusxa: yozish, tekshirish, oʻchirish',
  ),
  'blacklist.unreadable': problem('error', {
    title: words(
      'Список отозванных токенов не читается',
      'The list of revoked tokens cannot be read',
      'Bekor qilingan tokenlar roʻyxati oʻqilmayapti',
    ),
    cause: words(
      'Нет таблицы или прав на неё.',
      'The table or the right to read it is missing.',
      'Jadval yoki unga huquq yoʻq.',
    ),
    effect: words('Никого не впускают: 503.', 'Nobody is let in: 503.', 'Hech kim kiritilmaydi: 503.'),
    fix: words('Выполните миграции.', 'Run the migrations.', 'Migratsiyalarni bajaring.'),
    commands: ['npm run migrate'],
  }),
  'blacklist.expired_pile': problem('warn', {
    title: words(
      'Просроченные отзывы не убираются',
      'Expired revocations are not cleaned up',
      'Muddati oʻtgan bekor qilishlar yigʻishtirilmayapti',
    ),
    cause: words(
      'api давно не запущен: убирает он.',
      'No api has run for long: it is the one that cleans.',
      'api anchadan beri ishga tushmagan: ularni u yigʻishtiradi.',
    ),
    effect: words('Проверка медленнее.', 'Checks get slower.', 'Tekshirish sekinroq.'),
    fix: words('Запустите api.', 'Start the api.', 'api’ni ishga tushiring.'),
  }),
} satisfies CodeTable;
