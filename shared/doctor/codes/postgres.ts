import { rung, words, type CodeTable } from '../finding.ts';
import { networkCodes } from './network.ts';
import { away, loginCodes } from './postgres-login.ts';
import { recordCodes } from './postgres-records.ts';
import { schemaCodes } from './postgres-schema.ts';
import { upkeepCodes } from './postgres-upkeep.ts';
import { problem } from './problem.ts';

export const postgresCodes = {
  ...networkCodes({
    area: 'postgres',
    product: 'PostgreSQL',
    variable: 'DATABASE_URL',
    publicVariable: 'DATABASE_PUBLIC_URL',
    effect: away,
  }),
  'postgres.login': rung('Вход в PostgreSQL выполнен', 'PostgreSQL lets us in', 'PostgreSQL’ga kirildi'),
  'postgres.server': rung(
    'Версия PostgreSQL подходит',
    'The version of PostgreSQL is good',
    'PostgreSQL versiyasi mos',
  ),
  'postgres.writable': rung(
    'База данных принимает записи',
    'The database takes writes',
    'Maʼlumotlar bazasi yozuvlarni qabul qilyapti',
  ),
  'postgres.migrations': rung(
    'Схема той же версии, что и код',
    'The schema is of this version',
    'Sxema versiyasi kod bilan bir xil',
  ),
  'postgres.schema': rung(
    'Таблицы и индексы на месте',
    'Tables and indexes are there',
    'Jadvallar va indekslar joyida',
  ),
  'postgres.write_read': rung('Запись и чтение работают', 'Writing and reading work', 'Yozish va oʻqish ishlayapti'),
  'postgres.audit': rung('Журнал действий опечатан', 'The audit log is sealed', 'Amallar jurnali muhrlangan'),
  'postgres.records': rung(
    'У записей есть заказы и файлы',
    'Records have their orders and files',
    'Yozuvlarning buyurtma va fayllari bor',
  ),
  'postgres.latency': rung('Скорость ответа PostgreSQL', 'Speed of PostgreSQL', 'PostgreSQL’ning javob tezligi'),
  ...loginCodes,
  ...schemaCodes,
  'postgres.root_certificate_missing': problem(
    'error',
    words(
      'Файла sslrootcert нет или он не читается',
      'The file of sslrootcert is not there or cannot be read',
      'sslrootcert fayli yoʻq yoki oʻqilmayapti',
    ),
    words(
      'DATABASE_URL называет сертификат, которого нет на этой машине.',
      'DATABASE_URL names a certificate that this machine lacks.',
      'DATABASE_URL bu mashinada yoʻq sertifikatni koʻrsatyapti.',
    ),
    away,
    words(
      'Положите файл на место или уберите sslrootcert.',
      'Put the file there, or take sslrootcert out.',
      'Faylni joyiga qoʻying yoki sslrootcert ni olib tashlang.',
    ),
  ),
  'postgres.autovacuum_off': problem(
    'warn',
    words('Автоочистка выключена', 'Autovacuum is off', 'Avtotozalash oʻchirilgan'),
    words(
      'autovacuum или track_counts выключен для сервера или таблицы.',
      'autovacuum or track_counts is off for the server or a table.',
      'Server yoki jadval uchun autovacuum yoki track_counts oʻchirilgan.',
    ),
    words(
      'Таблицы растут и замедляются; в конце сервер перестаёт писать.',
      'Tables grow and slow down; in the end the server stops writing.',
      'Jadvallar oʻsib, sekinlashadi; oxirida server yozishni toʻxtatadi.',
    ),
    words(
      'Включите её: для сервера или, если видно имя таблицы, для неё.',
      'Turn it on: for the server, or for the table that the evidence names.',
      'Uni yoqing: server uchun yoki, jadval nomi koʻrsatilgan boʻlsa, shu jadval uchun.',
    ),
    [
      'psql "$DATABASE_URL" -c "alter system set autovacuum = on" -c "alter system set track_counts = on" -c "select pg_reload_conf()"',
      'psql "$DATABASE_URL" -c "alter table TABLE reset (autovacuum_enabled)"',
    ],
  ),
  'postgres.idle_in_transaction': problem(
    'warn',
    words(
      'Сеанс держит открытую транзакцию и ничего не делает',
      'A session keeps a transaction open and does nothing',
      'Seans tranzaksiyani ochiq ushlab, hech narsa qilmayapti',
    ),
    words(
      'Кто-то забыл commit, или его программа зависла.',
      'Somebody forgot to commit, or their program hangs.',
      'Kimdir commit ni unutgan yoki uning dasturi qotib qolgan.',
    ),
    words(
      'Его блокировки держат других, очистка не идёт.',
      'Its locks hold others, and vacuum cannot clean.',
      'Uning qulflari boshqalarni ushlab turibdi, tozalash ishlamayapti.',
    ),
    words(
      'Завершите сеанс; его pid — в строке «видно».',
      'End the session; the evidence has its pid.',
      'Seansni tugating; uning pid raqami «koʻrindi» qatorida.',
    ),
    ['psql "$DATABASE_URL" -c "select pg_terminate_backend(PID)"'],
  ),
  ...recordCodes,
  ...upkeepCodes,
  'postgres.pooled_transaction_mode': problem(
    'warn',
    words(
      'Адрес ведёт через пул в режиме транзакций',
      'The address goes through a pooler in transaction mode',
      'Manzil tranzaksiya rejimidagi pul orqali olib boradi',
    ),
    words(
      'Neon (-pooler), Supabase (6543) и PgBouncer раздают соединения по транзакции: блокировки и настройки сеанса не держатся.',
      'Neon (-pooler), Supabase (6543) and PgBouncer hand out connections per transaction: session locks and settings do not hold.',
      'Neon (-pooler), Supabase (6543) va PgBouncer ulanishni tranzaksiya boʻyicha beradi: seans qulflari va sozlamalari saqlanmaydi.',
    ),
    words(
      'Миграции и печати журнала могут выполняться дважды.',
      'Migrations and the audit sealer may run twice.',
      'Migratsiyalar va jurnal muhrlari ikki marta bajarilishi mumkin.',
    ),
    words(
      'Укажите прямой адрес (порт 5432, без -pooler; DATABASE_UNPOOLED_URL).',
      'Use the direct address (port 5432, without -pooler; DATABASE_UNPOOLED_URL).',
      'Toʻgʻridan-toʻgʻri manzilni bering (port 5432, -pooler’siz; DATABASE_UNPOOLED_URL).',
    ),
  ),
} satisfies CodeTable;
