import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const late = words(
  'Файлы ждут дольше обычного; ни один не теряется.',
  'Files wait longer than usual; none is lost.',
  'Fayllar odatdagidan uzoq kutadi; birortasi ham yoʻqolmaydi.',
);

export const queueCodes = {
  'queue.rows': rung(
    'Очередь по данным PostgreSQL',
    'The queue as PostgreSQL knows it',
    'Navbat: PostgreSQL maʼlumoti boʻyicha',
  ),
  'queue.jobs': rung('Очередь по данным Redis', 'The queue as Redis knows it', 'Navbat: Redis maʼlumoti boʻyicha'),
  'queue.backlog_old': problem('warn', {
    title: words(
      'Файл ждёт дольше десяти минут',
      'A file has waited for over ten minutes',
      'Fayl oʻn daqiqadan koʻp kutyapti',
    ),
    cause: words(
      'Работников мало, они заняты большим файлом или стоят.',
      'Too few workers, they are busy with a large file, or they stand still.',
      'Ishchilar kam, katta fayl bilan band yoki toʻxtab qolgan.',
    ),
    effect: late,
    fix: words(
      'Проверьте работников; поднимите WORKER_CONCURRENCY или добавьте копию worker.',
      'Look at the workers; raise WORKER_CONCURRENCY or add a replica of worker.',
      'Ishchilarni tekshiring; WORKER_CONCURRENCY ni oshiring yoki yana bitta worker qoʻshing.',
    ),
    commands: ['npm run doctor -- --only worker,queue'],
  }),
  'queue.stalled': problem('warn', {
    title: words(
      'Файл числится в работе, но его никто не держит',
      'A file is marked as at work and nobody holds it',
      'Fayl ishlanmoqda deb turibdi, lekin uni hech kim ushlab turgani yoʻq',
    ),
    cause: words(
      'Работник умер, и никто ещё не подобрал файл: ни одна служба не следит за очередью.',
      'Its worker died and nobody has picked it up: no service sweeps the queue.',
      'Ishchi oʻlgan, faylni hali hech kim olmagan: navbatni birorta xizmat kuzatmayapti.',
    ),
    effect: late,
    fix: words(
      'Запустите api или worker: они подберут файл сами.',
      'Start api or worker: they pick it up by themselves.',
      'api yoki worker’ni ishga tushiring: ular faylni oʻzi oladi.',
    ),
    commands: ['railway restart --service worker'],
  }),
  'queue.poison': problem('warn', {
    title: words(
      'Файл отложен: десять работников умерли на нём',
      'A file was set aside: ten workers died over it',
      'Fayl chetga olindi: unda oʻnta ishchi oʻldi',
    ),
    cause: words(
      'Файл обрывает обработку.',
      'The file ends whoever processes it.',
      'Fayl qayta ishlashni uzib qoʻyadi.',
    ),
    effect: words(
      'Этот файл не загружен; остальные не задеты.',
      'This file is not loaded; the others are not touched.',
      'Bu fayl yuklanmagan; qolganlariga taʼsiri yoʻq.',
    ),
    fix: words(
      'Посмотрите файл; повторите его со страницы или POST /files/:id/retry.',
      'Look at the file; retry it on the page or by POST /files/:id/retry.',
      'Faylni koʻring; sahifadan yoki POST /files/:id/retry bilan takrorlang.',
    ),
  }),
  'queue.paused': problem('error', {
    title: words('Очередь поставлена на паузу', 'The queue is paused', 'Navbat pauzaga qoʻyilgan'),
    cause: words('Её остановили вручную.', 'Somebody paused it.', 'Uni qoʻlda toʻxtatishgan.'),
    effect: words(
      'Работники не берут файлы, хотя Redis и они сами в порядке.',
      'Workers take no file although they and Redis are well.',
      'Redis ham, ishchilar ham joyida, lekin ular fayl olmaydi.',
    ),
    fix: words(
      'Снимите паузу; doctor --fix делает это.',
      'Resume it; doctor --fix does it.',
      'Pauzani oling; buni doctor --fix bajaradi.',
    ),
    commands: ['npm run doctor -- --fix --only queue'],
  }),
} satisfies CodeTable;
