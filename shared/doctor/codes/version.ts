import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

export const versionCodes = {
  'version.node': rung('Версия Node подходит', 'The version of Node is good'),
  'version.services': rung('Службы одной версии', 'The services are of one version'),
  'version.node_old': problem('error', {
    title: words('Node слишком старый', 'Node is too old'),
    cause: words('Нужен 20.19 или новее.', '20.19 or newer is needed.'),
    effect: words('Службы могут не запуститься.', 'The services may not start.'),
    fix: words('Поставьте Node 24.', 'Install Node 24.'),
  }),
  'version.api_none_alive': problem('warn', {
    title: words('Ни одного живого api', 'No api is alive'),
    cause: words(
      'Служба api не запущена, упала или смотрит в другую базу.',
      'The api service is not running, crashed, or uses another database.',
    ),
    effect: words(
      'Страница и приём файлов не работают; принятое обрабатывает worker.',
      'Page and uploads are away; the worker goes on with what was taken.',
    ),
    fix: words(
      'Запустите api; проверьте, что DATABASE_URL у него тот же.',
      'Start the api; its DATABASE_URL must be the same.',
    ),
    commands: ['npm run api', 'railway restart --service api', 'railway logs --service api'],
  }),
  'version.reader_unconfined': problem('info', {
    title: words('Чтение файлов ограждено не полностью', 'The reading of files is not fully fenced in'),
    cause: words(
      'Платформа не даёт части ограждений, «видно» называет их: limits и privileges — нет util-linux; network ' +
        'и processes — запрещены пространства имён и нет enosys; sockets и signals — util-linux старше 2.40; ' +
        'files — у Node нет модели разрешений.',
      'The platform lacks some fences, the evidence names them: limits and privileges: no util-linux; network ' +
        'and processes: namespaces are forbidden and there is no enosys; sockets and signals: util-linux before 2.40; ' +
        'files: Node has no permission model.',
    ),
    effect: words(
      'Файлы читаются как обычно; но файл, который взломает программу чтения, упрётся в меньшее число преград.',
      'Files are read as ever; but a file that breaks the reader meets fewer fences.',
    ),
    fix: words(
      'Возьмите образ из Dockerfile или util-linux 2.40 и новее; либо разрешите процессу пространства имён ' +
        'пользователя.',
      "Use the Dockerfile's image, or util-linux 2.40 and newer; or allow the process user namespaces.",
    ),
    commands: ['unshare --net --map-root-user true'],
  }),
  'version.api_mismatch': problem('warn', {
    title: words('api другой версии', 'An api of another version is running'),
    cause: words('Развёртывание идёт или остановилось на полпути.', 'A deployment is under way or stopped half way.'),
    effect: words('Ответы зависят от того, кто отвечает.', 'Answers depend on who answers.'),
    fix: words('Дождитесь конца развёртывания или повторите его.', 'Wait for the deployment, or repeat it.'),
    commands: ['railway redeploy --service api'],
  }),
} satisfies CodeTable;
