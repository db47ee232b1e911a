import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const waits = words(
  'Файлы ждут в очереди десять секунд, потом их берёт сам api, медленнее. Ничего не теряется.',
  'Files wait in the queue for ten seconds; then the api takes them itself, slower. Nothing is lost.',
  'Fayllar navbatda oʻn soniya kutadi, keyin ularni api’ning oʻzi sekinroq oladi. Hech narsa yoʻqolmaydi.',
);

export const workerCodes = {
  'worker.alive': rung(
    'Работник жив и берёт файлы',
    'A worker is alive and takes files',
    'Ishchi tirik va fayllarni olyapti',
  ),
  'worker.none_alive': problem('error', {
    title: words('Ни одного живого работника', 'No worker is alive', 'Birorta tirik ishchi yoʻq'),
    cause: words(
      'Служба worker не запущена, упала или смотрит в другую базу.',
      'The worker service is not running, crashed, or uses another database.',
      'worker xizmati ishga tushirilmagan, yiqilgan yoki boshqa bazaga qarayapti.',
    ),
    effect: waits,
    fix: words(
      'Запустите worker; проверьте, что DATABASE_URL и REDIS_URL у него те же.',
      'Start the worker; its DATABASE_URL and REDIS_URL must be the same.',
      'worker’ni ishga tushiring; undagi DATABASE_URL va REDIS_URL shunday ekanini tekshiring.',
    ),
    commands: ['npm run worker', 'railway restart --service worker', 'railway logs --service worker'],
  }),
  'worker.stuck': problem('error', {
    title: words(
      'Работник есть, но стоит',
      'There is a worker and it stands still',
      'Ishchi bor, lekin qimirlamayapti',
    ),
    cause: words(
      'Процесс завис или остановлен: соединение держит, но не отвечает и не берёт задания.',
      'The process hangs or was stopped: it keeps its connection, and neither answers nor takes jobs.',
      'Jarayon qotgan yoki toʻxtatilgan: ulanishni ushlab turibdi, lekin javob bermaydi va vazifa olmaydi.',
    ),
    effect: waits,
    fix: words('Перезапустите worker.', 'Restart the worker.', 'worker’ni qayta ishga tushiring.'),
    commands: ['railway restart --service worker'],
  }),
  'worker.redis_differs': problem('error', {
    title: words(
      'Работник не видит Redis, который виден отсюда',
      'The worker does not see the Redis that is seen from here',
      'Ishchi bu yerdan koʻrinayotgan Redis’ni koʻrmayapti',
    ),
    cause: words(
      'У него другой REDIS_URL, устаревший пароль или нет сети.',
      'It has another REDIS_URL, a stale password, or no network.',
      'Unda REDIS_URL boshqa, parol eskirgan yoki tarmoq yoʻq.',
    ),
    effect: waits,
    fix: words(
      'Задайте worker тот же REDIS_URL и перезапустите.',
      'Give the worker the same REDIS_URL and restart it.',
      'worker’ga oʻsha REDIS_URL ni bering va qayta ishga tushiring.',
    ),
    commands: ["railway variables --service worker --set 'REDIS_URL=${{Redis.REDIS_URL}}'"],
  }),
  'worker.version_mismatch': problem('warn', {
    title: words('Работник другой версии', 'The worker is of another version', 'Ishchi boshqa versiyada'),
    cause: words(
      'Развёрнута только одна из служб.',
      'Only one of the services was deployed.',
      'Xizmatlarning faqat bittasi joylashtirilgan.',
    ),
    effect: words(
      'Файлы обрабатываются по старым правилам.',
      'Files are processed by other rules.',
      'Fayllar eski qoidalar bilan ishlanadi.',
    ),
    fix: words(
      'Разверните api и worker из одного коммита.',
      'Deploy api and worker from one commit.',
      'api va worker’ni bitta kommitdan joylashtiring.',
    ),
    commands: ['railway redeploy --service worker'],
  }),
  'worker.files_retrying': problem('warn', {
    title: words(
      'Файлы обрабатываются повторно: им что-то помешало',
      'Files are being tried again: something stopped them',
      'Fayllar qayta urinilmoqda: ularga nimadir xalaqit berdi',
    ),
    cause: words(
      'База или хранилище не отвечали, или случилась ошибка, которой никто не ждал; «видно» называет причины.',
      'The database or the storage did not answer, or an error came that ' +
        'nobody expected; the evidence names the reasons.',
      'Baza yoki ombor javob bermadi yoki hech kim kutmagan xato yuz berdi; sabablari «koʻrindi» qatorida.',
    ),
    effect: words(
      'Эти файлы ещё не загружены; они повторяются сами, паузы растут до минуты. Ничего не теряется.',
      'These files are not loaded yet; they are tried again by themselves, with pauses that grow to a minute. ' +
        'Nothing is lost.',
      'Bu fayllar hali yuklanmagan; ular oʻzi qayta urinadi, tanaffuslar bir daqiqagacha uzayadi. Hech narsa yoʻqolmaydi.',
    ),
    fix: words(
      'Устраните названную причину; если это internal, посмотрите журнал: event=file_retried.',
      'Mend the reason that is named; if it is internal, look at the log: event=file_retried.',
      'Koʻrsatilgan sababni bartaraf eting; agar u internal boʻlsa, jurnalga qarang: event=file_retried.',
    ),
    commands: ['npm run doctor -- --only postgres,storage', 'railway logs --service worker'],
  }),
} satisfies CodeTable;
