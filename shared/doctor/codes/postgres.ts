import { rung, words, type CodeTable } from '../finding.ts';
import { networkCodes } from './network.ts';
import { recordCodes } from './postgres-records.ts';
import { upkeepCodes } from './postgres-upkeep.ts';
import { problem } from './problem.ts';

const away = words(
  'Загрузки и вход отвечают 503, пока это не исправлено; принятые файлы ждут.',
  'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
);
const writes = words('Ничего нельзя записать: загрузки отвечают 503.', 'Nothing can be written: uploads answer 503.');

export const postgresCodes = {
  ...networkCodes({
    area: 'postgres',
    product: 'PostgreSQL',
    variable: 'DATABASE_URL',
    publicVariable: 'DATABASE_PUBLIC_URL',
    effect: away,
  }),
  'postgres.login': rung('Вход в PostgreSQL выполнен', 'PostgreSQL lets us in'),
  'postgres.server': rung('Версия PostgreSQL подходит', 'The version of PostgreSQL is good'),
  'postgres.writable': rung('База данных принимает записи', 'The database takes writes'),
  'postgres.migrations': rung('Схема той же версии, что и код', 'The schema is of this version'),
  'postgres.schema': rung('Таблицы и индексы на месте', 'Tables and indexes are there'),
  'postgres.write_read': rung('Запись и чтение работают', 'Writing and reading work'),
  'postgres.audit': rung('Журнал действий опечатан', 'The audit log is sealed'),
  'postgres.records': rung('У записей есть заказы и файлы', 'Records have their orders and files'),
  'postgres.latency': rung('Скорость ответа PostgreSQL', 'Speed of PostgreSQL'),
  'postgres.url_missing': problem(
    'error',
    words('DATABASE_URL не задан', 'DATABASE_URL is not set'),
    words('Переменная пуста или не передана службе.', 'The variable is empty or was not handed to the service.'),
    words('Ни одна служба не запустится.', 'No service starts.'),
    words(
      'Задайте DATABASE_URL ссылкой на сервис Postgres (вне Railway — значение DATABASE_PUBLIC_URL).',
      'Set DATABASE_URL by reference to the Postgres service (outside Railway: the value of DATABASE_PUBLIC_URL).',
    ),
    ["railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_URL}}'"],
  ),
  'postgres.url_sqlite': problem(
    'error',
    words('DATABASE_URL указывает на SQLite', 'DATABASE_URL names SQLite'),
    words('Адрес остался от прежней системы.', 'The address is left over from an older system.'),
    away,
    words('Нужен PostgreSQL 15 или новее.', 'PostgreSQL 15 or newer is needed.'),
    ["railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_URL}}'"],
  ),
  'postgres.wrong_password': problem(
    'error',
    words('Пароль или пользователь PostgreSQL неверны', 'Password or user of PostgreSQL is wrong'),
    words(
      'Учётные данные устарели: пароль сменили или базу создали заново, а DATABASE_URL остался прежним.',
      'Stale credentials: the password was changed or the database made anew, and DATABASE_URL stayed.',
    ),
    away,
    words(
      'Скопируйте текущее значение DATABASE_URL сервиса Postgres и перезапустите службы.',
      'Copy the current DATABASE_URL of the Postgres service and restart the services.',
    ),
    ['railway variables --service Postgres', "railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_URL}}'"],
  ),
  'postgres.password_missing': problem(
    'error',
    words('В DATABASE_URL нет пароля', 'DATABASE_URL has no password'),
    words('Сервер спрашивает пароль.', 'The server asks for one.'),
    away,
    words('Скопируйте DATABASE_URL целиком.', 'Copy DATABASE_URL whole.'),
    ['railway variables --service Postgres'],
  ),
  'postgres.login_refused': problem(
    'error',
    words('Сервер не пускает этого пользователя отсюда', 'The server does not let this user in from here'),
    words(
      'Правила доступа (pg_hba, список адресов) или роли не допускают такое соединение.',
      'Access rules (pg_hba, allow list) or the role forbid this connection.',
    ),
    away,
    words('Проверьте роль и правила доступа сервера.', "Check the role and the server's access rules."),
    ['psql "$DATABASE_URL" -c "select 1"'],
  ),
  'postgres.no_database': problem(
    'error',
    words('Такой базы данных нет', 'There is no such database'),
    words(
      'Имя базы в DATABASE_URL неверно или база ещё не создана.',
      'The database name in DATABASE_URL is wrong, or it was not created yet.',
    ),
    away,
    words(
      'Исправьте имя в конце DATABASE_URL или создайте базу.',
      'Correct the name at the end of DATABASE_URL, or create the database.',
    ),
    ['createdb --maintenance-db="<DATABASE_URL of the database postgres>" NAME'],
  ),
  'postgres.too_many_connections': problem(
    'error',
    words('У PostgreSQL не осталось мест для соединений', 'PostgreSQL has no connection slot left'),
    words(
      'Соединений больше max_connections: слишком большой пул, много копий служб или забытые сеансы.',
      'There are max_connections sessions: a pool too large, many replicas, or forgotten sessions.',
    ),
    away,
    words(
      'Уменьшите DATABASE_POOL_MAX, закройте лишние сеансы или поднимите max_connections.',
      'Lower DATABASE_POOL_MAX, end idle sessions, or raise max_connections.',
    ),
    [
      'psql "$DATABASE_URL" -c "select application_name, state, count(*) from pg_stat_activity group by 1, 2 order by 3 desc"',
    ],
  ),
  'postgres.connections_near_limit': problem(
    'warn',
    words('Соединений PostgreSQL больше 80% предела', 'More than 80% of the connection slots are taken'),
    words(
      'Пулы служб вместе близки к max_connections.',
      'The pools of all services together come near max_connections.',
    ),
    words('Скоро новым соединениям будет отказано.', 'Soon new connections will be refused.'),
    words(
      'Уменьшите DATABASE_POOL_MAX или поднимите max_connections.',
      'Lower DATABASE_POOL_MAX or raise max_connections.',
    ),
  ),
  'postgres.starting': problem(
    'error',
    words(
      'PostgreSQL запускается, останавливается или восстанавливается',
      'PostgreSQL is starting, stopping or recovering',
    ),
    words(
      'Сервер перезапускают или он восстанавливается после сбоя.',
      'The server is being restarted or recovers from a crash.',
    ),
    away,
    words(
      'Подождите минуту и повторите; если не проходит — смотрите журнал сервера.',
      "Wait a minute and repeat; if it stays, read the server's log.",
    ),
    ['railway logs --service Postgres'],
  ),
  'postgres.startup_refused': problem(
    'error',
    words(
      'Пул соединений перед PostgreSQL не принимает параметры сеанса',
      'A pooler in front of PostgreSQL refuses session parameters',
    ),
    words(
      'PgBouncer и похожие пулы отвергают часть параметров запуска.',
      'PgBouncer and its kind refuse some startup parameters.',
    ),
    away,
    words(
      'Укажите прямой адрес базы (DATABASE_UNPOOLED_URL).',
      'Use the direct address of the database (DATABASE_UNPOOLED_URL).',
    ),
    ["railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_UNPOOLED_URL}}'"],
  ),
  'postgres.login_failed': problem(
    'error',
    words('Вход в PostgreSQL не удался', 'Logging in to PostgreSQL failed'),
    words(
      'Сервер ответил ошибкой; её код — в строке «видно».',
      'The server answered with an error; its code is in the evidence.',
    ),
    away,
    words(
      'Найдите код в приложении A документации PostgreSQL.',
      'Look the code up in appendix A of the PostgreSQL manual.',
    ),
    ['psql "$DATABASE_URL" -c "select 1"'],
  ),
  'postgres.version_old': problem(
    'error',
    words('PostgreSQL слишком старый', 'PostgreSQL is too old'),
    words('Нужна версия 15 или новее.', 'Version 15 or newer is needed.'),
    words('Миграции и запросы не выполнятся.', 'Migrations and queries fail.'),
    words(
      'Обновите сервер: снимите копию, создайте новый, восстановите.',
      'Upgrade: take a backup, create a newer server, restore.',
    ),
    ['npm run backup', 'npm run restore'],
  ),
  'postgres.standby': problem(
    'error',
    words('Это резервный сервер (только чтение)', 'This is a standby (read-only)'),
    words('DATABASE_URL указывает на реплику.', 'DATABASE_URL names a replica.'),
    writes,
    words('Укажите адрес основного сервера.', 'Use the address of the primary.'),
  ),
  'postgres.read_only': problem(
    'error',
    words('Сеансы открываются только для чтения', 'Sessions are read-only'),
    words(
      'Включено default_transaction_read_only: диск полон, квота исчерпана или так настроена роль.',
      'default_transaction_read_only is on: disk full, quota used up, or set on the role.',
    ),
    writes,
    words('Освободите место, затем выключите режим.', 'Make room, then turn it off.'),
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
    words('База пуста: миграции не выполнялись', 'The database is empty: no migration has run'),
    words('Новая база или не та база.', 'A new database, or the wrong one.'),
    words('Службы отвечают 503 на /readyz.', 'The services answer 503 on /readyz.'),
    words('Выполните миграции.', 'Run the migrations.'),
    ['npm run migrate'],
  ),
  'postgres.migrations_pending': problem(
    'error',
    words('Есть невыполненные миграции', 'Migrations are pending'),
    words(
      'Код новее базы: шаг миграции при развёртывании не выполнен.',
      'The code is newer than the database: the deployment skipped the migration.',
    ),
    words('Службы отвечают 503 на /readyz.', 'The services answer 503 on /readyz.'),
    words('Выполните миграции.', 'Run the migrations.'),
    ['npm run migrate'],
  ),
  'postgres.migrations_ahead': problem(
    'error',
    words('База новее кода', 'The database is ahead of the code'),
    words(
      'Развёрнута более старая версия, чем та, что мигрировала базу.',
      'An older version is deployed than the one that migrated the database.',
    ),
    words('Старый код может неверно понять новые таблицы.', 'Old code may misread new tables.'),
    words('Разверните ту же или более новую версию.', 'Deploy the same or a newer version.'),
    ['railway redeploy'],
  ),
  'postgres.table_missing': problem(
    'error',
    words('Не хватает таблицы', 'A table is missing'),
    words(
      'Её удалили вручную или восстановили не всю копию.',
      'It was dropped by hand, or a backup was restored in part.',
    ),
    words('Часть запросов падает с ошибкой.', 'Part of the requests fail.'),
    words('Восстановите базу из копии.', 'Restore the database from a backup.'),
    ['npm run restore -- --check', 'npm run restore'],
  ),
  'postgres.index_missing': problem(
    'error',
    words('Не хватает индекса', 'An index is missing'),
    words('Его удалили вручную или создание прервалось.', 'It was dropped by hand, or making it was interrupted.'),
    words(
      'Загрузки и поиск медленнее во много раз; уникальность может не держаться.',
      'Loads and searches are many times slower; uniqueness may not hold.',
    ),
    words('Создайте индекс заново; doctor --fix делает это.', 'Make the index again; doctor --fix does it.'),
    ['npm run doctor -- --fix --only postgres'],
  ),
  'postgres.permission_denied': problem(
    'error',
    words('Не хватает прав на таблицы', 'Rights on the tables are missing'),
    words('Миграции выполнял другой пользователь.', 'Another user ran the migrations.'),
    writes,
    words('Дайте роли права или используйте владельца таблиц.', "Grant the role its rights, or use the tables' owner."),
    ['psql "<owner URL>" -c "grant all on all tables in schema public to ROLE"'],
  ),
  'postgres.disk_full': problem(
    'error',
    words('На диске PostgreSQL кончилось место', 'The disk of PostgreSQL is full'),
    words('Том базы заполнен.', 'The volume of the database is full.'),
    writes,
    words('Увеличьте том.', 'Grow the volume.'),
  ),
  'postgres.write_failed': problem(
    'error',
    words('Пробная запись не удалась', 'A trial write failed'),
    words(
      'Сервер отказал в записи; код — в строке «видно».',
      'The server refused the write; its code is in the evidence.',
    ),
    writes,
    words('Смотрите журнал PostgreSQL.', 'Read the log of PostgreSQL.'),
  ),
  'postgres.slow': problem(
    'warn',
    words('PostgreSQL отвечает медленно', 'PostgreSQL is slow'),
    words(
      'Сервер далеко (публичный адрес вместо частного), перегружен или спал.',
      'The server is far (public address in place of the private one), overloaded, or was asleep.',
    ),
    words('Всё работает, но медленнее.', 'Everything works, only slower.'),
    words(
      'Внутри Railway используйте частный адрес; проверьте нагрузку.',
      'Inside Railway use the private address; check the load.',
    ),
  ),
  'postgres.column_missing': problem(
    'error',
    words('В базе нет столбца, который нужен', 'A column that is needed is missing'),
    words('Столбец удалили или переименовали вручную.', 'The column was dropped or renamed by hand.'),
    words('Страницы и загрузки, которые его читают, отвечают 500.', 'Pages and uploads that read it answer 500.'),
    words(
      'Восстановите столбец из резервной копии; какой — в строке «видно».',
      'Bring the column back from a backup; the evidence names it.',
    ),
    ['npm run restore -- --check'],
  ),
  'postgres.root_certificate_missing': problem(
    'error',
    words('Файла sslrootcert нет или он не читается', 'The file of sslrootcert is not there or cannot be read'),
    words(
      'DATABASE_URL называет сертификат, которого нет на этой машине.',
      'DATABASE_URL names a certificate that this machine lacks.',
    ),
    away,
    words('Положите файл на место или уберите sslrootcert.', 'Put the file there, or take sslrootcert out.'),
  ),
  'postgres.autovacuum_off': problem(
    'warn',
    words('Автоочистка выключена', 'Autovacuum is off'),
    words(
      'autovacuum или track_counts выключен для сервера или таблицы.',
      'autovacuum or track_counts is off for the server or a table.',
    ),
    words(
      'Таблицы растут и замедляются; в конце сервер перестаёт писать.',
      'Tables grow and slow down; in the end the server stops writing.',
    ),
    words(
      'Включите её: для сервера или, если видно имя таблицы, для неё.',
      'Turn it on: for the server, or for the table that the evidence names.',
    ),
    [
      'psql "$DATABASE_URL" -c "alter system set autovacuum = on" -c "alter system set track_counts = on" -c "select pg_reload_conf()"',
      'psql "$DATABASE_URL" -c "alter table TABLE reset (autovacuum_enabled)"',
    ],
  ),
  'postgres.idle_in_transaction': problem(
    'warn',
    words('Сеанс держит открытую транзакцию и ничего не делает', 'A session keeps a transaction open and does nothing'),
    words('Кто-то забыл commit, или его программа зависла.', 'Somebody forgot to commit, or their program hangs.'),
    words('Его блокировки держат других, очистка не идёт.', 'Its locks hold others, and vacuum cannot clean.'),
    words('Завершите сеанс; его pid — в строке «видно».', 'End the session; the evidence has its pid.'),
    ['psql "$DATABASE_URL" -c "select pg_terminate_backend(PID)"'],
  ),
  ...recordCodes,
  ...upkeepCodes,
  'postgres.pooled_transaction_mode': problem(
    'warn',
    words('Адрес ведёт через пул в режиме транзакций', 'The address goes through a pooler in transaction mode'),
    words(
      'Neon (-pooler), Supabase (6543) и PgBouncer раздают соединения по транзакции: блокировки и настройки сеанса не держатся.',
      'Neon (-pooler), Supabase (6543) and PgBouncer hand out connections per transaction: session locks and settings do not hold.',
    ),
    words('Миграции и печати журнала могут выполняться дважды.', 'Migrations and the audit sealer may run twice.'),
    words(
      'Укажите прямой адрес (порт 5432, без -pooler; DATABASE_UNPOOLED_URL).',
      'Use the direct address (port 5432, without -pooler; DATABASE_UNPOOLED_URL).',
    ),
  ),
} satisfies CodeTable;
