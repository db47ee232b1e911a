/** What the doctor finds between the address of PostgreSQL and a session on it. */
import { words, type CodeTable } from '../finding.ts';
import { problem } from './problem.ts';

export const away = words(
  'Загрузки и вход отвечают 503, пока это не исправлено; принятые файлы ждут.',
  'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
  'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
);

export const loginCodes = {
  'postgres.url_missing': problem(
    'error',
    words('DATABASE_URL не задан', 'DATABASE_URL is not set', 'DATABASE_URL berilmagan'),
    words(
      'Переменная пуста или не передана службе.',
      'The variable is empty or was not handed to the service.',
      'Oʻzgaruvchi boʻsh yoki xizmatga uzatilmagan.',
    ),
    words('Ни одна служба не запустится.', 'No service starts.', 'Birorta xizmat ishga tushmaydi.'),
    words(
      'Задайте DATABASE_URL ссылкой на сервис Postgres (вне Railway — значение DATABASE_PUBLIC_URL).',
      'Set DATABASE_URL by reference to the Postgres service (outside Railway: the value of DATABASE_PUBLIC_URL).',
      'DATABASE_URL uchun Postgres xizmatiga havola bering (Railway’dan tashqarida DATABASE_PUBLIC_URL qiymati).',
    ),
    ["railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_URL}}'"],
  ),
  'postgres.url_sqlite': problem(
    'error',
    words('DATABASE_URL указывает на SQLite', 'DATABASE_URL names SQLite', 'DATABASE_URL SQLite’ni koʻrsatyapti'),
    words(
      'Адрес остался от прежней системы.',
      'The address is left over from an older system.',
      'Manzil eski tizimdan qolgan.',
    ),
    away,
    words(
      'Нужен PostgreSQL 15 или новее.',
      'PostgreSQL 15 or newer is needed.',
      'PostgreSQL 15 yoki yangirogʻi kerak.',
    ),
    ["railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_URL}}'"],
  ),
  'postgres.wrong_password': problem(
    'error',
    words(
      'Пароль или пользователь PostgreSQL неверны',
      'Password or user of PostgreSQL is wrong',
      'PostgreSQL paroli yoki foydalanuvchisi notoʻgʻri',
    ),
    words(
      'Учётные данные устарели: пароль сменили или базу создали заново, а DATABASE_URL остался прежним.',
      'Stale credentials: the password was changed or the database made anew, and DATABASE_URL stayed.',
      'Kirish maʼlumotlari eskirgan: parol almashtirilgan yoki baza qaytadan yaratilgan, DATABASE_URL esa oʻsha-oʻsha.',
    ),
    away,
    words(
      'Скопируйте текущее значение DATABASE_URL сервиса Postgres и перезапустите службы.',
      'Copy the current DATABASE_URL of the Postgres service and restart the services.',
      'Postgres xizmatidan DATABASE_URL’ning hozirgi qiymatini nusxalang va xizmatlarni qayta ishga tushiring.',
    ),
    ['railway variables --service Postgres', "railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_URL}}'"],
  ),
  'postgres.password_missing': problem(
    'error',
    words('В DATABASE_URL нет пароля', 'DATABASE_URL has no password', 'DATABASE_URL ichida parol yoʻq'),
    words('Сервер спрашивает пароль.', 'The server asks for one.', 'Server parol soʻrayapti.'),
    away,
    words('Скопируйте DATABASE_URL целиком.', 'Copy DATABASE_URL whole.', 'DATABASE_URL qiymatini toʻliq nusxalang.'),
    ['railway variables --service Postgres'],
  ),
  'postgres.login_refused': problem(
    'error',
    words(
      'Сервер не пускает этого пользователя отсюда',
      'The server does not let this user in from here',
      'Server bu foydalanuvchini bu yerdan kiritmayapti',
    ),
    words(
      'Правила доступа (pg_hba, список адресов) или роли не допускают такое соединение.',
      'Access rules (pg_hba, allow list) or the role forbid this connection.',
      'Kirish qoidalari (pg_hba, manzillar roʻyxati) yoki rol bunday ulanishga ruxsat bermaydi.',
    ),
    away,
    words(
      'Проверьте роль и правила доступа сервера.',
      "Check the role and the server's access rules.",
      'Rolni va serverning kirish qoidalarini tekshiring.',
    ),
    ['psql "$DATABASE_URL" -c "select 1"'],
  ),
  'postgres.no_database': problem(
    'error',
    words('Такой базы данных нет', 'There is no such database', 'Bunday maʼlumotlar bazasi yoʻq'),
    words(
      'Имя базы в DATABASE_URL неверно или база ещё не создана.',
      'The database name in DATABASE_URL is wrong, or it was not created yet.',
      'DATABASE_URL ichidagi baza nomi notoʻgʻri yoki baza hali yaratilmagan.',
    ),
    away,
    words(
      'Исправьте имя в конце DATABASE_URL или создайте базу.',
      'Correct the name at the end of DATABASE_URL, or create the database.',
      'DATABASE_URL oxiridagi nomni tuzating yoki bazani yarating.',
    ),
    ['createdb --maintenance-db="<DATABASE_URL of the database postgres>" NAME'],
  ),
  'postgres.too_many_connections': problem(
    'error',
    words(
      'У PostgreSQL не осталось мест для соединений',
      'PostgreSQL has no connection slot left',
      'PostgreSQL’da ulanish uchun joy qolmagan',
    ),
    words(
      'Соединений больше max_connections: слишком большой пул, много копий служб или забытые сеансы.',
      'There are max_connections sessions: a pool too large, many replicas, or forgotten sessions.',
      'Ulanishlar max_connections dan koʻp: pul juda katta, xizmat nusxalari koʻp yoki unutilgan seanslar bor.',
    ),
    away,
    words(
      'Уменьшите DATABASE_POOL_MAX, закройте лишние сеансы или поднимите max_connections.',
      'Lower DATABASE_POOL_MAX, end idle sessions, or raise max_connections.',
      'DATABASE_POOL_MAX ni kamaytiring, ortiqcha seanslarni yoping yoki max_connections ni oshiring.',
    ),
    [
      'psql "$DATABASE_URL" -c "select application_name, state, count(*) from pg_stat_activity group by 1, 2 order by 3 desc"',
    ],
  ),
  'postgres.connections_near_limit': problem(
    'warn',
    words(
      'Соединений PostgreSQL больше 80% предела',
      'More than 80% of the connection slots are taken',
      'PostgreSQL ulanishlari chegaraning 80 foizidan oshgan',
    ),
    words(
      'Пулы служб вместе близки к max_connections.',
      'The pools of all services together come near max_connections.',
      'Xizmatlar pullari birgalikda max_connections ga yaqinlashgan.',
    ),
    words(
      'Скоро новым соединениям будет отказано.',
      'Soon new connections will be refused.',
      'Tez orada yangi ulanishlar rad etiladi.',
    ),
    words(
      'Уменьшите DATABASE_POOL_MAX или поднимите max_connections.',
      'Lower DATABASE_POOL_MAX or raise max_connections.',
      'DATABASE_POOL_MAX ni kamaytiring yoki max_connections ni oshiring.',
    ),
  ),
  'postgres.starting': problem(
    'error',
    words(
      'PostgreSQL запускается, останавливается или восстанавливается',
      'PostgreSQL is starting, stopping or recovering',
      'PostgreSQL ishga tushyapti, toʻxtayapti yoki tiklanyapti',
    ),
    words(
      'Сервер перезапускают или он восстанавливается после сбоя.',
      'The server is being restarted or recovers from a crash.',
      'Server qayta ishga tushirilgan yoki nosozlikdan keyin tiklanmoqda.',
    ),
    away,
    words(
      'Подождите минуту и повторите; если не проходит — смотрите журнал сервера.',
      "Wait a minute and repeat; if it stays, read the server's log.",
      'Bir daqiqa kutib, takrorlang; oʻtib ketmasa, server jurnalini koʻring.',
    ),
    ['railway logs --service Postgres'],
  ),
  'postgres.startup_refused': problem(
    'error',
    words(
      'Пул соединений перед PostgreSQL не принимает параметры сеанса',
      'A pooler in front of PostgreSQL refuses session parameters',
      'PostgreSQL oldidagi ulanishlar puli seans sozlamalarini qabul qilmayapti',
    ),
    words(
      'PgBouncer и похожие пулы отвергают часть параметров запуска.',
      'PgBouncer and its kind refuse some startup parameters.',
      'PgBouncer va unga oʻxshash pullar ayrim boshlangʻich sozlamalarni rad etadi.',
    ),
    away,
    words(
      'Укажите прямой адрес базы (DATABASE_UNPOOLED_URL).',
      'Use the direct address of the database (DATABASE_UNPOOLED_URL).',
      'Bazaning toʻgʻridan-toʻgʻri manzilini bering (DATABASE_UNPOOLED_URL).',
    ),
    ["railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_UNPOOLED_URL}}'"],
  ),
  'postgres.login_failed': problem(
    'error',
    words('Вход в PostgreSQL не удался', 'Logging in to PostgreSQL failed', 'PostgreSQL’ga kirib boʻlmadi'),
    words(
      'Сервер ответил ошибкой; её код — в строке «видно».',
      'The server answered with an error; its code is in the evidence.',
      'Server xato bilan javob berdi; uning kodi «koʻrindi» qatorida.',
    ),
    away,
    words(
      'Найдите код в приложении A документации PostgreSQL.',
      'Look the code up in appendix A of the PostgreSQL manual.',
      'Kodni PostgreSQL hujjatining A ilovasidan toping.',
    ),
    ['psql "$DATABASE_URL" -c "select 1"'],
  ),
} satisfies CodeTable;
