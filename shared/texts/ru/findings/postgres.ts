import type { Texts } from '../../en/index.ts';

export const postgres: Texts['doctor']['postgres'] = {
  'postgres.tls_required': {
    title: 'Сервер требует шифрования, а адрес — без него',
    cause: 'Порт принимает только TLS.',
    effect: 'Загрузки и вход отвечают 503, пока это не исправлено; принятые файлы ждут.',
    fix: 'Добавьте sslmode к DATABASE_URL (no-verify — без проверки самоподписанного сертификата).',
  },
  'postgres.tls_not_offered': {
    title: 'Адрес требует TLS, а порт его не знает',
    cause: 'Порт без шифрования: так внутри частной сети и на локальной машине.',
    effect: 'Загрузки и вход отвечают 503, пока это не исправлено; принятые файлы ждут.',
    fix: 'Уберите sslmode из DATABASE_URL или включите TLS на сервере.',
  },
  'postgres.tls_self_signed': {
    title: 'Сертификат сервера самоподписанный',
    cause: 'Ни один известный центр его не подписал; так у Postgres на Railway.',
    effect: 'Загрузки и вход отвечают 503, пока это не исправлено; принятые файлы ждут.',
    fix: 'Внутри частной сети используйте адрес без sslmode; снаружи — sslmode=no-verify или свой корневой сертификат.',
  },
  'postgres.login': { title: 'Вход в PostgreSQL выполнен' },
  'postgres.server': { title: 'Версия PostgreSQL подходит' },
  'postgres.writable': { title: 'База данных принимает записи' },
  'postgres.migrations': { title: 'Схема той же версии, что и код' },
  'postgres.schema': { title: 'Таблицы и индексы на месте' },
  'postgres.write_read': { title: 'Запись и чтение работают' },
  'postgres.audit': { title: 'Журнал действий опечатан' },
  'postgres.records': { title: 'У записей есть заказы и файлы' },
  'postgres.latency': { title: 'Скорость ответа PostgreSQL' },
  'postgres.root_certificate_missing': {
    title: 'Файла sslrootcert нет или он не читается',
    cause: 'DATABASE_URL называет сертификат, которого нет на этой машине.',
    effect: 'Загрузки и вход отвечают 503, пока это не исправлено; принятые файлы ждут.',
    fix: 'Положите файл на место или уберите sslrootcert.',
  },
  'postgres.autovacuum_off': {
    title: 'Автоочистка выключена',
    cause: 'autovacuum или track_counts выключен для сервера или таблицы.',
    effect: 'Таблицы растут и замедляются; в конце сервер перестаёт писать.',
    fix: 'Включите её: для сервера или, если видно имя таблицы, для неё.',
  },
  'postgres.idle_in_transaction': {
    title: 'Сеанс держит открытую транзакцию и ничего не делает',
    cause: 'Кто-то забыл commit, или его программа зависла.',
    effect: 'Его блокировки держат других, очистка не идёт.',
    fix: 'Завершите сеанс; его pid — в строке «видно».',
  },
  'postgres.pooled_transaction_mode': {
    title: 'Адрес ведёт через пул в режиме транзакций',
    cause:
      'Neon (-pooler), Supabase (6543) и PgBouncer раздают соединения по транзакции: блокировки и настройки сеанса не держатся.',
    effect:
      'Соединение, которое пропало молча, закрывается лишь через 15 с; при остановке служб идущие запросы не отменяются.',
    fix: 'Укажите прямой адрес (порт 5432, без -pooler; DATABASE_UNPOOLED_URL).',
  },
};
