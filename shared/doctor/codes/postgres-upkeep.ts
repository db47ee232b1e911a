/** What makes a database slow or stop over months (docs/scale.md). */
import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './problem.ts';

export const upkeepCodes = {
  'postgres.upkeep': rung(
    'База ухожена: размер, очистка, номера транзакций',
    'Size, vacuum and transaction numbers',
    'Baza tartibda: hajmi, tozalash, tranzaksiya raqamlari',
  ),
  'postgres.replica': rung(
    'Реплика для чтения на месте',
    'The replica for reads is there',
    'Oʻqish uchun nusxa server joyida',
  ),
  'postgres.replica_away': problem(
    'warn',
    words(
      'Реплика для чтения не отвечает',
      'The replica for reads does not answer',
      'Oʻqish uchun nusxa server javob bermayapti',
    ),
    words(
      'Сервер из DATABASE_READ_URL остановлен, недоступен или не пускает.',
      'The server of DATABASE_READ_URL is stopped, cannot be reached, or does not let us in.',
      'DATABASE_READ_URL’dagi server toʻxtagan, yetib boʻlmaydi yoki kiritmayapti.',
    ),
    words(
      'Всё читается с основного сервера: ошибок нет, он нагружен сильнее.',
      'Everything is read from the primary: no errors, but it has more to do.',
      'Hammasi asosiy serverdan oʻqiladi: xatolar yoʻq, u koʻproq yuklangan.',
    ),
    words(
      'Поднимите реплику или уберите DATABASE_READ_URL.',
      'Bring the replica back, or take DATABASE_READ_URL away.',
      'Nusxa serverni ishga tushiring yoki DATABASE_READ_URL’ni olib tashlang.',
    ),
    ['psql "$DATABASE_READ_URL" -c "select pg_is_in_recovery()"'],
  ),
  'postgres.replica_lagging': problem(
    'warn',
    words('Реплика отстаёт', 'The replica lags', 'Nusxa server orqada qolyapti'),
    words(
      'Воспроизведение журнала приостановлено, сеть или диск реплики медленные, или её держит долгий запрос.',
      'Its replay is paused, its network or disk is slow, or a long query holds it.',
      'Jurnalni qayta bajarish toʻxtatilgan, tarmoq yoki disk sekin, yoki uzoq soʻrov ushlab turibdi.',
    ),
    words(
      'Читается с основного сервера, пока она не догонит.',
      'Reads come from the primary until it has caught up.',
      'U yetib olguncha asosiy serverdan oʻqiladi.',
    ),
    words(
      'Посмотрите отставание и возобновите воспроизведение, если оно приостановлено.',
      'Look at the lag, and resume the replay where it is paused.',
      'Orqada qolishni koʻring va toʻxtatilgan boʻlsa davom ettiring.',
    ),
    [
      'psql "$DATABASE_URL" -c "select application_name, state, replay_lag from pg_stat_replication"',
      'psql "$DATABASE_READ_URL" -c "select pg_wal_replay_resume()"',
    ],
  ),
  'postgres.replica_is_primary': problem(
    'warn',
    words(
      'DATABASE_READ_URL ведёт не на реплику',
      'DATABASE_READ_URL leads to no replica',
      'DATABASE_READ_URL nusxa serverga olib bormaydi',
    ),
    words(
      'Там основной сервер: адреса одинаковы, или реплика стала основным.',
      'A primary answers there: both addresses are the same, or the replica took over.',
      'U yerda asosiy server: manzillar bir xil yoki nusxa asosiyga aylangan.',
    ),
    words(
      'Он не используется: читается по DATABASE_URL.',
      'It is not used: reads come from DATABASE_URL.',
      'U ishlatilmaydi: DATABASE_URL’dan oʻqiladi.',
    ),
    words(
      'Укажите реплику; после переключения поменяйте адреса местами.',
      'Name a replica; after a failover change the two addresses.',
      'Nusxa serverni koʻrsating; almashishdan keyin manzillarni oʻrnini almashtiring.',
    ),
  ),
  'postgres.replica_other_database': problem(
    'error',
    words(
      'DATABASE_READ_URL ведёт в другую базу',
      'DATABASE_READ_URL leads to another database',
      'DATABASE_READ_URL boshqa bazaga olib boradi',
    ),
    words(
      'Это не копия базы из DATABASE_URL.',
      'It is no copy of the database of DATABASE_URL.',
      'Bu DATABASE_URL bazasining nusxasi emas.',
    ),
    words(
      'Она не используется: читается по DATABASE_URL.',
      'It is not used: reads come from DATABASE_URL.',
      'U ishlatilmaydi: DATABASE_URL’dan oʻqiladi.',
    ),
    words(
      'Исправьте адрес или уберите переменную.',
      'Mend the address or take the variable away.',
      'Manzilni tuzating yoki oʻzgaruvchini olib tashlang.',
    ),
  ),
  'postgres.dead_rows': problem(
    'warn',
    words('В таблице много мёртвых строк', 'A table is full of dead rows', 'Jadvalda oʻlik qatorlar koʻp'),
    words(
      'Автоочистка не успевает, выключена, или её держит старая транзакция.',
      'Autovacuum does not keep up, is off, or an old transaction holds it.',
      'Avtotozalash ulgurmayapti, oʻchirilgan yoki uni eski tranzaksiya ushlab turibdi.',
    ),
    words(
      'Таблица занимает место зря, запросы по ней медленнее.',
      'The table wastes room, and queries on it are slower.',
      'Jadval behuda joy egallaydi, unga soʻrovlar sekinroq.',
    ),
    words(
      'Очистите таблицу, её имя в строке «видно»; если это повторяется, смотрите старые транзакции.',
      'Vacuum the table that the evidence names; when it comes back, look for old transactions.',
      'Nomi «koʻrindi» qatorida boʻlgan jadvalni tozalang; takrorlansa, eski tranzaksiyalarni qidiring.',
    ),
    ['psql "$DATABASE_URL" -c "vacuum (analyze, verbose) TABLE"'],
  ),
  'postgres.old_transaction': problem(
    'warn',
    words(
      'Транзакция открыта больше часа',
      'A transaction has been open for over an hour',
      'Tranzaksiya bir soatdan ortiq ochiq',
    ),
    words(
      'Долгий запрос, забытая программа или подготовленная транзакция, которую никто не завершил.',
      'A long query, a forgotten program, or a prepared transaction that nobody ended.',
      'Uzoq soʻrov, unutilgan dastur yoki hech kim tugatmagan tayyorlangan tranzaksiya.',
    ),
    words(
      'Мёртвые строки всех таблиц копятся, пока она открыта.',
      'Dead rows of all tables pile up while it is open.',
      'U ochiq ekan, barcha jadvallarning oʻlik qatorlari toʻplanadi.',
    ),
    words(
      'Завершите её: pid или имя в строке «видно».',
      'End it: the evidence has its pid, or its name where it is prepared.',
      'Uni tugating: pid yoki nomi «koʻrindi» qatorida.',
    ),
    [
      'psql "$DATABASE_URL" -c "select pg_terminate_backend(PID)"',
      `psql "$DATABASE_URL" -c "rollback prepared 'NAME'"`,
    ],
  ),
  'postgres.wraparound_near': problem(
    'error',
    words('Номера транзакций кончаются', 'Transaction numbers run out', 'Tranzaksiya raqamlari tugayapti'),
    words(
      'Заморозка старых строк не идёт: автоочистка выключена или её держит старая транзакция.',
      'Old rows are not frozen: autovacuum is off, or an old transaction holds it.',
      'Eski qatorlar muzlatilmayapti: avtotozalash oʻchirilgan yoki uni eski tranzaksiya ushlab turibdi.',
    ),
    words(
      'На двух миллиардах PostgreSQL перестаёт принимать записи.',
      'At two billions PostgreSQL stops taking writes.',
      'Ikki milliardda PostgreSQL yozuvlarni qabul qilishni toʻxtatadi.',
    ),
    words(
      'Завершите старые транзакции и заморозьте строки; это можно делать при работающих службах.',
      'End old transactions and freeze the rows; the services may go on meanwhile.',
      'Eski tranzaksiyalarni tugating va qatorlarni muzlating; xizmatlar ishlayverishi mumkin.',
    ),
    ['psql "$DATABASE_URL" -c "vacuum (freeze, verbose)"'],
  ),
  'postgres.index_never_used': problem(
    'info',
    words(
      'Большим индексом ни разу не пользовались',
      'A large index was not used once',
      'Katta indeksdan bir marta ham foydalanilmagan',
    ),
    words(
      'Индекс добавили вручную, или запросов, для которых он есть, здесь никто не делает.',
      'Somebody added it by hand, or nobody here asks what it is for.',
      'Indeks qoʻlda qoʻshilgan yoki u moʻljallangan soʻrovlarni bu yerda hech kim qilmaydi.',
    ),
    words(
      'Он занимает место и замедляет загрузку.',
      'It takes room and slows imports down.',
      'U joy egallaydi va yuklashni sekinlashtiradi.',
    ),
    words(
      'Индекс, добавленный вручную, можно удалить. Индексы самой программы оставьте: их ждёт проверка схемы.',
      'One that was added by hand can be dropped. Leave those of the product: the check of the schema wants them.',
      'Qoʻlda qoʻshilganini oʻchirish mumkin. Dasturning oʻz indekslarini qoldiring.',
    ),
    ['psql "$DATABASE_URL" -c "drop index concurrently INDEX"'],
  ),
  'postgres.growing_fast': problem(
    'warn',
    words(
      'База за неделю выросла больше чем наполовину',
      'The database grew by over a half within a week',
      'Baza bir haftada yarmidan koʻproqqa oʻsdi',
    ),
    words(
      'Загружают прошлые годы, кто-то шлёт одно и то же, или мёртвые строки не вычищаются.',
      'Past years are being loaded, somebody sends the same again and again, or dead rows are not removed.',
      'Oʻtgan yillar yuklanyapti, kimdir bir xil narsani qayta-qayta yuboryapti yoki oʻlik qatorlar tozalanmayapti.',
    ),
    words(
      'Диск кончится раньше, чем вы ждёте.',
      'The disk is full sooner than you expect.',
      'Disk siz kutganingizdan oldin tugaydi.',
    ),
    words(
      'Посмотрите в строке «видно», какая таблица растёт, и сравните с docs/scale.md.',
      'See in the evidence which table grows, and compare with docs/scale.md.',
      'Qaysi jadval oʻsayotganini «koʻrindi» qatoridan koʻring va docs/scale.md bilan solishtiring.',
    ),
    ['psql "$DATABASE_URL" -c "select * from size_samples order by at desc limit 14"'],
  ),
} satisfies CodeTable;
