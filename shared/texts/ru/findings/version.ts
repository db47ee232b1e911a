import type { Texts } from '../../en/index.ts';

export const version: Texts['doctor']['version'] = {
  'version.node': { title: 'Версия Node подходит' },
  'version.services': { title: 'Службы одной версии' },
  'version.node_old': {
    title: 'Node слишком старый',
    cause: 'Нужен 20.19 или новее.',
    effect: 'Службы могут не запуститься.',
    fix: 'Поставьте Node 24.',
  },
  'version.api_none_alive': {
    title: 'Ни одного живого api',
    cause: 'Служба api не запущена, упала или смотрит в другую базу.',
    effect: 'Страница и приём файлов не работают; принятое обрабатывает worker.',
    fix: 'Запустите api; проверьте, что DATABASE_URL у него тот же.',
  },
  'version.reader_unconfined': {
    title: 'Чтение файлов ограждено не полностью',
    cause:
      'Платформа не даёт части ограждений, «видно» называет их: limits и privileges — нет util-linux; network и processes — запрещены пространства имён и нет enosys; sockets и signals — util-linux старше 2.40; files — у Node нет модели разрешений.',
    effect: 'Файлы читаются как обычно; но файл, который взломает программу чтения, упрётся в меньшее число преград.',
    fix: 'Возьмите образ из Dockerfile или util-linux 2.40 и новее; либо разрешите процессу пространства имён пользователя.',
  },
  'version.api_mismatch': {
    title: 'api другой версии',
    cause: 'Развёртывание идёт или остановилось на полпути.',
    effect: 'Ответы зависят от того, кто отвечает.',
    fix: 'Дождитесь конца развёртывания или повторите его.',
  },
};
