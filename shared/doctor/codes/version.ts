import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

export const versionCodes = {
  'version.node': rung('Версия Node подходит', 'The version of Node is good', 'Node versiyasi mos'),
  'version.services': rung('Службы одной версии', 'The services are of one version', 'Xizmatlar bir versiyada'),
  'version.node_old': problem('error', {
    title: words('Node слишком старый', 'Node is too old', 'Node juda eski'),
    cause: words('Нужен 20.19 или новее.', '20.19 or newer is needed.', '20.19 yoki yangirogʻi kerak.'),
    effect: words('Службы могут не запуститься.', 'The services may not start.', 'Xizmatlar ishga tushmasligi mumkin.'),
    fix: words('Поставьте Node 24.', 'Install Node 24.', 'Node 24 ni oʻrnating.'),
  }),
  'version.api_none_alive': problem('warn', {
    title: words('Ни одного живого api', 'No api is alive', 'Birorta tirik api yoʻq'),
    cause: words(
      'Служба api не запущена, упала или смотрит в другую базу.',
      'The api service is not running, crashed, or uses another database.',
      'api xizmati ishga tushirilmagan, yiqilgan yoki boshqa bazaga qarayapti.',
    ),
    effect: words(
      'Страница и приём файлов не работают; принятое обрабатывает worker.',
      'Page and uploads are away; the worker goes on with what was taken.',
      'Sahifa va fayl qabul qilish ishlamaydi; qabul qilinganini worker qayta ishlaydi.',
    ),
    fix: words(
      'Запустите api; проверьте, что DATABASE_URL у него тот же.',
      'Start the api; its DATABASE_URL must be the same.',
      'api’ni ishga tushiring; undagi DATABASE_URL shunday ekanini tekshiring.',
    ),
    commands: ['npm run api', 'railway restart --service api', 'railway logs --service api'],
  }),
  'version.reader_unconfined': problem('info', {
    title: words(
      'Чтение файлов ограждено не полностью',
      'The reading of files is not fully fenced in',
      'Fayl oʻqish toʻliq chegaralanmagan',
    ),
    cause: words(
      'Платформа не даёт части ограждений, «видно» называет их: limits и privileges — нет util-linux; network ' +
        'и processes — запрещены пространства имён и нет enosys; sockets и signals — util-linux старше 2.40; ' +
        'files — у Node нет модели разрешений.',
      'The platform lacks some fences, the evidence names them: limits and privileges: no util-linux; network ' +
        'and processes: namespaces are forbidden and there is no enosys; sockets and signals: util-linux before 2.40; ' +
        'files: Node has no permission model.',
      'Platforma toʻsiqlarning bir qismini bermaydi, ularni «koʻrindi» qatori aytadi: limits va privileges — util-linux yoʻq; network ' +
        'va processes — nomlar fazosi taqiqlangan va enosys yoʻq; sockets va signals — util-linux 2.40 dan eski; ' +
        'files — Node’da ruxsatlar modeli yoʻq.',
    ),
    effect: words(
      'Файлы читаются как обычно; но файл, который взломает программу чтения, упрётся в меньшее число преград.',
      'Files are read as ever; but a file that breaks the reader meets fewer fences.',
      'Fayllar odatdagidek oʻqiladi, lekin oʻqish dasturini buzgan faylga toʻsiq kamroq boʻladi.',
    ),
    fix: words(
      'Возьмите образ из Dockerfile или util-linux 2.40 и новее; либо разрешите процессу пространства имён ' +
        'пользователя.',
      "Use the Dockerfile's image, or util-linux 2.40 and newer; or allow the process user namespaces.",
      'Dockerfile’dagi obrazdan yoki util-linux 2.40 va yangisidan foydalaning; yoki jarayonga foydalanuvchi nomlar fazosiga ruxsat bering.',
    ),
    commands: ['unshare --net --map-root-user true'],
  }),
  'version.api_mismatch': problem('warn', {
    title: words('api другой версии', 'An api of another version is running', 'api boshqa versiyada'),
    cause: words(
      'Развёртывание идёт или остановилось на полпути.',
      'A deployment is under way or stopped half way.',
      'Joylashtirish davom etyapti yoki yarmida toʻxtagan.',
    ),
    effect: words(
      'Ответы зависят от того, кто отвечает.',
      'Answers depend on who answers.',
      'Javoblar kim javob berishiga bogʻliq.',
    ),
    fix: words(
      'Дождитесь конца развёртывания или повторите его.',
      'Wait for the deployment, or repeat it.',
      'Joylashtirish tugashini kuting yoki uni takrorlang.',
    ),
    commands: ['railway redeploy --service api'],
  }),
} satisfies CodeTable;
