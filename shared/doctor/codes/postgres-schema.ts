/** What the doctor finds of the server of PostgreSQL: its version, whether it takes writes, tables and indexes. */
import { words, type CodeTable } from '../finding.ts';
import { problem } from './problem.ts';

const writes = words(
  'Ничего нельзя записать: загрузки отвечают 503.',
  'Nothing can be written: uploads answer 503.',
  'Hech narsa yozib boʻlmaydi: yuklash 503 javobini beradi.',
);

export const schemaCodes = {
  'postgres.version_old': problem(
    'error',
    words('PostgreSQL слишком старый', 'PostgreSQL is too old', 'PostgreSQL juda eski'),
    words('Нужна версия 15 или новее.', 'Version 15 or newer is needed.', '15 yoki yangiroq versiya kerak.'),
    words(
      'Миграции и запросы не выполнятся.',
      'Migrations and queries fail.',
      'Migratsiyalar va soʻrovlar bajarilmaydi.',
    ),
    words(
      'Обновите сервер: снимите копию, создайте новый, восстановите.',
      'Upgrade: take a backup, create a newer server, restore.',
      'Serverni yangilang: nusxa oling, yangisini yarating, tiklang.',
    ),
    ['npm run backup', 'npm run restore'],
  ),
  'postgres.standby': problem(
    'error',
    words('Это резервный сервер (только чтение)', 'This is a standby (read-only)', 'Bu zaxira server (faqat oʻqish)'),
    words(
      'DATABASE_URL указывает на реплику.',
      'DATABASE_URL names a replica.',
      'DATABASE_URL replikani koʻrsatyapti.',
    ),
    writes,
    words('Укажите адрес основного сервера.', 'Use the address of the primary.', 'Asosiy server manzilini bering.'),
  ),
  'postgres.read_only': problem(
    'error',
    words('Сеансы открываются только для чтения', 'Sessions are read-only', 'Seanslar faqat oʻqish uchun ochilyapti'),
    words(
      'Включено default_transaction_read_only: диск полон, квота исчерпана или так настроена роль.',
      'default_transaction_read_only is on: disk full, quota used up, or set on the role.',
      'default_transaction_read_only yoqilgan: disk toʻlgan, kvota tugagan yoki rol shunday sozlangan.',
    ),
    writes,
    words(
      'Освободите место, затем выключите режим.',
      'Make room, then turn it off.',
      'Joy boʻshating, soʻng bu rejimni oʻchiring.',
    ),
    [
      // the statement itself must be let write, and it must name the database
      `PGOPTIONS='-c default_transaction_read_only=off' psql "$DATABASE_URL" -c ` +
        `'do $$ begin execute format($s$alter database %I set default_transaction_read_only = off$s$, current_database()); end $$'`,
      `PGOPTIONS='-c default_transaction_read_only=off' psql "$DATABASE_URL" -c ` +
        `'alter role current_user reset default_transaction_read_only'`,
    ],
  ),
  'postgres.migrations_missing': problem(
    'error',
    words(
      'База пуста: миграции не выполнялись',
      'The database is empty: no migration has run',
      'Baza boʻsh: migratsiyalar bajarilmagan',
    ),
    words('Новая база или не та база.', 'A new database, or the wrong one.', 'Baza yangi yoki boshqa baza.'),
    words(
      'Службы отвечают 503 на /readyz.',
      'The services answer 503 on /readyz.',
      'Xizmatlar /readyz soʻroviga 503 javobini beradi.',
    ),
    words('Выполните миграции.', 'Run the migrations.', 'Migratsiyalarni bajaring.'),
    ['npm run migrate'],
  ),
  'postgres.migrations_pending': problem(
    'error',
    words('Есть невыполненные миграции', 'Migrations are pending', 'Bajarilmagan migratsiyalar bor'),
    words(
      'Код новее базы: шаг миграции при развёртывании не выполнен.',
      'The code is newer than the database: the deployment skipped the migration.',
      'Kod bazadan yangi: joylashtirishda migratsiya bosqichi bajarilmagan.',
    ),
    words(
      'Службы отвечают 503 на /readyz.',
      'The services answer 503 on /readyz.',
      'Xizmatlar /readyz soʻroviga 503 javobini beradi.',
    ),
    words('Выполните миграции.', 'Run the migrations.', 'Migratsiyalarni bajaring.'),
    ['npm run migrate'],
  ),
  'postgres.migrations_ahead': problem(
    'error',
    words('База новее кода', 'The database is ahead of the code', 'Baza koddan yangi'),
    words(
      'Развёрнута более старая версия, чем та, что мигрировала базу.',
      'An older version is deployed than the one that migrated the database.',
      'Bazani koʻchirgan versiyadan eskirogʻi joylashtirilgan.',
    ),
    words(
      'Старый код может неверно понять новые таблицы.',
      'Old code may misread new tables.',
      'Eski kod yangi jadvallarni notoʻgʻri tushunishi mumkin.',
    ),
    words(
      'Разверните ту же или более новую версию.',
      'Deploy the same or a newer version.',
      'Oʻsha yoki yangiroq versiyani joylashtiring.',
    ),
    ['railway redeploy'],
  ),
  'postgres.table_missing': problem(
    'error',
    words('Не хватает таблицы', 'A table is missing', 'Jadval yetishmaydi'),
    words(
      'Её удалили вручную или восстановили не всю копию.',
      'It was dropped by hand, or a backup was restored in part.',
      'Uni qoʻlda oʻchirishgan yoki nusxa toʻliq tiklanmagan.',
    ),
    words(
      'Часть запросов падает с ошибкой.',
      'Part of the requests fail.',
      'Soʻrovlarning bir qismi xato bilan tugaydi.',
    ),
    words('Восстановите базу из копии.', 'Restore the database from a backup.', 'Bazani nusxadan tiklang.'),
    ['npm run restore -- --check', 'npm run restore'],
  ),
  'postgres.index_missing': problem(
    'error',
    words('Не хватает индекса', 'An index is missing', 'Indeks yetishmaydi'),
    words(
      'Его удалили вручную или создание прервалось.',
      'It was dropped by hand, or making it was interrupted.',
      'Uni qoʻlda oʻchirishgan yoki yaratish uzilib qolgan.',
    ),
    words(
      'Загрузки и поиск медленнее во много раз; уникальность может не держаться.',
      'Loads and searches are many times slower; uniqueness may not hold.',
      'Yuklash va qidiruv necha barobar sekin; takrorlanmaslik saqlanmasligi mumkin.',
    ),
    words(
      'Создайте индекс заново; doctor --fix делает это.',
      'Make the index again; doctor --fix does it.',
      'Indeksni qaytadan yarating; buni doctor --fix bajaradi.',
    ),
    ['npm run doctor -- --fix --only postgres'],
  ),
  'postgres.permission_denied': problem(
    'error',
    words('Не хватает прав на таблицы', 'Rights on the tables are missing', 'Jadvallarga huquq yetishmaydi'),
    words(
      'Миграции выполнял другой пользователь.',
      'Another user ran the migrations.',
      'Migratsiyalarni boshqa foydalanuvchi bajargan.',
    ),
    writes,
    words(
      'Дайте роли права или используйте владельца таблиц.',
      "Grant the role its rights, or use the tables' owner.",
      'Rolga huquq bering yoki jadvallar egasidan foydalaning.',
    ),
    ['psql "<owner URL>" -c "grant all on all tables in schema public to ROLE"'],
  ),
  'postgres.disk_full': problem(
    'error',
    words('На диске PostgreSQL кончилось место', 'The disk of PostgreSQL is full', 'PostgreSQL diskida joy tugagan'),
    words('Том базы заполнен.', 'The volume of the database is full.', 'Bazaning diski toʻlgan.'),
    writes,
    words('Увеличьте том.', 'Grow the volume.', 'Diskni kattalashtiring.'),
  ),
  'postgres.write_failed': problem(
    'error',
    words('Пробная запись не удалась', 'A trial write failed', 'Sinov yozuvi bajarilmadi'),
    words(
      'Сервер отказал в записи; код — в строке «видно».',
      'The server refused the write; its code is in the evidence.',
      'Server yozishni rad etdi; kod «koʻrindi» qatorida.',
    ),
    writes,
    words('Смотрите журнал PostgreSQL.', 'Read the log of PostgreSQL.', 'PostgreSQL jurnalini koʻring.'),
  ),
  'postgres.slow': problem(
    'warn',
    words('PostgreSQL отвечает медленно', 'PostgreSQL is slow', 'PostgreSQL sekin javob beryapti'),
    words(
      'Сервер далеко (публичный адрес вместо частного), перегружен или спал.',
      'The server is far (public address in place of the private one), overloaded, or was asleep.',
      'Server uzoqda (ichki manzil oʻrniga ochigʻi), yuklamasi ortiq yoki uxlagan edi.',
    ),
    words('Всё работает, но медленнее.', 'Everything works, only slower.', 'Hammasi ishlaydi, lekin sekinroq.'),
    words(
      'Внутри Railway используйте частный адрес; проверьте нагрузку.',
      'Inside Railway use the private address; check the load.',
      'Railway ichida ichki manzildan foydalaning; yuklamani tekshiring.',
    ),
  ),
  'postgres.column_missing': problem(
    'error',
    words('В базе нет столбца, который нужен', 'A column that is needed is missing', 'Kerakli ustun bazada yoʻq'),
    words(
      'Столбец удалили или переименовали вручную.',
      'The column was dropped or renamed by hand.',
      'Ustunni qoʻlda oʻchirishgan yoki qayta nomlashgan.',
    ),
    words(
      'Страницы и загрузки, которые его читают, отвечают 500.',
      'Pages and uploads that read it answer 500.',
      'Uni oʻqiydigan sahifalar va yuklashlar 500 javobini beradi.',
    ),
    words(
      'Восстановите столбец из резервной копии; какой — в строке «видно».',
      'Bring the column back from a backup; the evidence names it.',
      'Ustunni zaxira nusxadan tiklang; qaysi ustunligi «koʻrindi» qatorida.',
    ),
    ['npm run restore -- --check'],
  ),
} satisfies CodeTable;
