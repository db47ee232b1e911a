import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const late = words('Файлы ждут дольше обычного; ни один не теряется.', 'Files wait longer than usual; none is lost.');

export const queueCodes = {
  'queue.rows': rung('Очередь по данным PostgreSQL', 'The queue as PostgreSQL knows it'),
  'queue.jobs': rung('Очередь по данным Redis', 'The queue as Redis knows it'),
  'queue.backlog_old': problem('warn', {
    title: words('Файл ждёт дольше десяти минут', 'A file has waited for over ten minutes'),
    cause: words(
      'Работников мало, они заняты большим файлом или стоят.',
      'Too few workers, they are busy with a large file, or they stand still.',
    ),
    effect: late,
    fix: words(
      'Проверьте работников; поднимите WORKER_CONCURRENCY или добавьте копию worker.',
      'Look at the workers; raise WORKER_CONCURRENCY or add a replica of worker.',
    ),
    commands: ['npm run doctor -- --only worker,queue'],
  }),
  'queue.stalled': problem('warn', {
    title: words('Файл числится в работе, но его никто не держит', 'A file is marked as at work and nobody holds it'),
    cause: words(
      'Работник умер, и никто ещё не подобрал файл: ни одна служба не следит за очередью.',
      'Its worker died and nobody has picked it up: no service sweeps the queue.',
    ),
    effect: late,
    fix: words(
      'Запустите api или worker: они подберут файл сами.',
      'Start api or worker: they pick it up by themselves.',
    ),
    commands: ['railway restart --service worker'],
  }),
  'queue.poison': problem('warn', {
    title: words('Файл отложен: десять работников умерли на нём', 'A file was set aside: ten workers died over it'),
    cause: words('Файл обрывает обработку.', 'The file ends whoever processes it.'),
    effect: words(
      'Этот файл не загружен; остальные не задеты.',
      'This file is not loaded; the others are not touched.',
    ),
    fix: words(
      'Посмотрите файл; повторите его со страницы или POST /files/:id/retry.',
      'Look at the file; retry it on the page or by POST /files/:id/retry.',
    ),
  }),
  'queue.paused': problem('error', {
    title: words('Очередь поставлена на паузу', 'The queue is paused'),
    cause: words('Её остановили вручную.', 'Somebody paused it.'),
    effect: words(
      'Работники не берут файлы, хотя Redis и они сами в порядке.',
      'Workers take no file although they and Redis are well.',
    ),
    fix: words('Снимите паузу; doctor --fix делает это.', 'Resume it; doctor --fix does it.'),
    commands: ['npm run doctor -- --fix --only queue'],
  }),
} satisfies CodeTable;
