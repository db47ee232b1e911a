import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const refused = words(
  'Служба с этой ошибкой не запустится и выйдет с кодом 1.',
  'A service with this fault does not start and exits with 1.',
  'Xizmat bu xato bilan ishga tushmaydi va 1 kodi bilan chiqadi.',
);

export const configCodes = {
  'config.variables': rung(
    'Переменные окружения разобраны',
    'The environment is read',
    'Muhit oʻzgaruvchilari oʻqildi',
  ),
  'config.variable_invalid': problem('error', {
    title: words(
      'Значение переменной не подходит',
      'A variable has a value that cannot be used',
      'Oʻzgaruvchi qiymati yaramaydi',
    ),
    cause: words(
      'Опечатка, лишние кавычки или значение вне пределов.',
      'A typo, stray quotes, or a value out of its limits.',
      'Yozuvda xato, ortiqcha qoʻshtirnoq bor yoki qiymat chegaradan tashqarida.',
    ),
    effect: refused,
    fix: words(
      'Исправьте переменную: пределы — в docs/config.md.',
      'Correct the variable: docs/config.md has the limits.',
      'Oʻzgaruvchini tuzating: chegaralar docs/config.md faylida.',
    ),
  }),
  'config.variable_missing': problem('error', {
    title: words('Обязательной переменной нет', 'A required variable is missing', 'Majburiy oʻzgaruvchi yoʻq'),
    cause: words('Она не задана для этой службы.', 'It is not set for this service.', 'U bu xizmat uchun berilmagan.'),
    effect: refused,
    fix: words(
      'Задайте переменную: docs/config.md.',
      'Set the variable: docs/config.md.',
      'Oʻzgaruvchini bering: docs/config.md.',
    ),
  }),
  'config.incomplete': problem('error', {
    title: words(
      'Задана половина пары переменных',
      'Half of a pair of variables is set',
      'Juft oʻzgaruvchilarning faqat bittasi berilgan',
    ),
    cause: words(
      'ADMIN_EMAIL и ADMIN_PASSWORD задаются вместе.',
      'ADMIN_EMAIL and ADMIN_PASSWORD go together.',
      'ADMIN_EMAIL va ADMIN_PASSWORD birga beriladi.',
    ),
    effect: refused,
    fix: words('Задайте обе или уберите обе.', 'Set both or none.', 'Ikkalasini bering yoki ikkalasini olib tashlang.'),
  }),
  'config.pool_too_small': problem('error', {
    title: words('DATABASE_POOL_MAX слишком мал', 'DATABASE_POOL_MAX is too small', 'DATABASE_POOL_MAX juda kichik'),
    cause: words(
      'Каждому файлу в работе нужны два соединения, и ещё два службе.',
      'Each file at work needs two connections, and the service two more.',
      'Ishlanayotgan har bir faylga ikkita, xizmatning oʻziga yana ikkita ulanish kerak.',
    ),
    effect: refused,
    fix: words(
      'Увеличьте DATABASE_POOL_MAX или уменьшите WORKER_CONCURRENCY.',
      'Raise DATABASE_POOL_MAX or lower WORKER_CONCURRENCY.',
      'DATABASE_POOL_MAX ni oshiring yoki WORKER_CONCURRENCY ni kamaytiring.',
    ),
  }),
  'config.look_alike': problem('info', {
    title: words(
      'Похожая переменная задана, нужная — нет',
      'A variable of a similar name is set, the right one is not',
      'Oʻxshash oʻzgaruvchi berilgan, keragi esa yoʻq',
    ),
    cause: words(
      'Имя осталось от прежней системы или другой платформы.',
      'The name is left over from an older system or another platform.',
      'Nom eski tizimdan yoki boshqa platformadan qolgan.',
    ),
    effect: words('Значение не используется.', 'Its value is not used.', 'Qiymat ishlatilmaydi.'),
    fix: words('Переименуйте переменную.', 'Rename the variable.', 'Oʻzgaruvchini qayta nomlang.'),
  }),
  'config.metrics_closed': problem('info', {
    title: words('/metrics закрыт', '/metrics is closed', '/metrics yopiq'),
    cause: words(
      'В production без METRICS_TOKEN он отвечает 404.',
      'In production it answers 404 without METRICS_TOKEN.',
      'production’da METRICS_TOKEN boʻlmasa, u 404 javobini beradi.',
    ),
    effect: words(
      'Prometheus не может собирать метрики.',
      'Prometheus cannot scrape.',
      'Prometheus metrikalarni yigʻa olmaydi.',
    ),
    fix: words(
      'Задайте METRICS_TOKEN (16 символов или больше).',
      'Set METRICS_TOKEN (16 characters or more).',
      'METRICS_TOKEN bering (16 belgi yoki koʻproq).',
    ),
  }),
} satisfies CodeTable;
