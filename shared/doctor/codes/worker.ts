import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const waits = words(
  'Файлы ждут в очереди десять секунд, потом их берёт сам api, медленнее. Ничего не теряется.',
  'Files wait in the queue for ten seconds; then the api takes them itself, slower. Nothing is lost.',
);

export const workerCodes = {
  'worker.alive': rung('Работник жив и берёт файлы', 'A worker is alive and takes files'),
  'worker.none_alive': problem('error', {
    title: words('Ни одного живого работника', 'No worker is alive'),
    cause: words(
      'Служба worker не запущена, упала или смотрит в другую базу.',
      'The worker service is not running, crashed, or uses another database.',
    ),
    effect: waits,
    fix: words(
      'Запустите worker; проверьте, что DATABASE_URL и REDIS_URL у него те же.',
      'Start the worker; its DATABASE_URL and REDIS_URL must be the same.',
    ),
    commands: ['npm run worker', 'railway restart --service worker', 'railway logs --service worker'],
  }),
  'worker.stuck': problem('error', {
    title: words('Работник есть, но стоит', 'There is a worker and it stands still'),
    cause: words(
      'Процесс завис или остановлен: соединение держит, но не отвечает и не берёт задания.',
      'The process hangs or was stopped: it keeps its connection, and neither answers nor takes jobs.',
    ),
    effect: waits,
    fix: words('Перезапустите worker.', 'Restart the worker.'),
    commands: ['railway restart --service worker'],
  }),
  'worker.redis_differs': problem('error', {
    title: words(
      'Работник не видит Redis, который виден отсюда',
      'The worker does not see the Redis that is seen from here',
    ),
    cause: words(
      'У него другой REDIS_URL, устаревший пароль или нет сети.',
      'It has another REDIS_URL, a stale password, or no network.',
    ),
    effect: waits,
    fix: words(
      'Задайте worker тот же REDIS_URL и перезапустите.',
      'Give the worker the same REDIS_URL and restart it.',
    ),
    commands: ["railway variables --service worker --set 'REDIS_URL=${{Redis.REDIS_URL}}'"],
  }),
  'worker.version_mismatch': problem('warn', {
    title: words('Работник другой версии', 'The worker is of another version'),
    cause: words('Развёрнута только одна из служб.', 'Only one of the services was deployed.'),
    effect: words('Файлы обрабатываются по старым правилам.', 'Files are processed by other rules.'),
    fix: words('Разверните api и worker из одного коммита.', 'Deploy api and worker from one commit.'),
    commands: ['railway redeploy --service worker'],
  }),
  'worker.files_retrying': problem('warn', {
    title: words(
      'Файлы обрабатываются повторно: им что-то помешало',
      'Files are being tried again: something stopped them',
    ),
    cause: words(
      'База или хранилище не отвечали, или случилась ошибка, которой никто не ждал; «видно» называет причины.',
      'The database or the storage did not answer, or an error came that ' +
        'nobody expected; the evidence names the reasons.',
    ),
    effect: words(
      'Эти файлы ещё не загружены; они повторяются сами, паузы растут до минуты. Ничего не теряется.',
      'These files are not loaded yet; they are tried again by themselves, with pauses that grow to a minute. ' +
        'Nothing is lost.',
    ),
    fix: words(
      'Устраните названную причину; если это internal, посмотрите журнал: event=file_retried.',
      'Mend the reason that is named; if it is internal, look at the log: event=file_retried.',
    ),
    commands: ['npm run doctor -- --only postgres,storage', 'railway logs --service worker'],
  }),
} satisfies CodeTable;
