import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const noUploads = words('Загрузки отказывают.', 'Uploads fail.');

export const storageCodes = {
  'storage.address': rung('STORAGE_URL понятен', 'STORAGE_URL is understood'),
  'storage.write_read': rung('Хранилище принимает и отдаёт файлы', 'The storage takes and gives files'),
  'storage.shared': rung('Загруженные файлы видны отсюда', 'Uploaded files can be seen from here'),
  'storage.url_invalid': problem('error', {
    title: words('STORAGE_URL не подходит', 'STORAGE_URL cannot be used'),
    cause: words(
      'Нужно file:<папка>, postgres: или s3://корзина/путь с ключами AWS.',
      'It is file:<folder>, postgres: or s3://bucket/prefix with AWS keys.',
    ),
    effect: words('Служба не запустится.', 'The service does not start.'),
    fix: words('Исправьте STORAGE_URL.', 'Correct STORAGE_URL.'),
    commands: ["railway variables --set 'STORAGE_URL=postgres:'"],
  }),
  'storage.not_writable': problem('error', {
    title: words('В хранилище нельзя писать', 'The storage cannot be written'),
    cause: words(
      'Нет папки или прав, том не смонтирован, либо корзина отказывает.',
      'Folder or rights are missing, the volume is not mounted, or the bucket refuses.',
    ),
    effect: noUploads,
    fix: words(
      'Дайте пользователю службы права на папку или укажите другую.',
      "Give the service's user the right to the folder, or name another.",
    ),
    commands: ['ls -ld "${STORAGE_URL#file:}"'],
  }),
  'storage.full': problem('error', {
    title: words('В хранилище кончилось место', 'The storage is full'),
    cause: words('Диск или квота заполнены.', 'The disk or quota is used up.'),
    effect: noUploads,
    fix: words('Освободите место.', 'Make room.'),
    commands: ['df -h'],
  }),
  'storage.bucket_denied': problem('error', {
    title: words('Корзина не пускает', 'The bucket refuses us'),
    cause: words(
      'Ключи AWS неверны или не дают прав на корзину.',
      'The AWS keys are wrong or give no right to the bucket.',
    ),
    effect: noUploads,
    fix: words('Скопируйте ключи корзины заново.', "Copy the bucket's keys again."),
  }),
  'storage.bucket_missing': problem('error', {
    title: words('Такой корзины нет', 'There is no such bucket'),
    cause: words('Имя корзины или endpoint неверны.', 'The name of the bucket or the endpoint is wrong.'),
    effect: noUploads,
    fix: words('Исправьте STORAGE_URL.', 'Correct STORAGE_URL.'),
  }),
  'storage.refused': problem('error', {
    title: words('Сервер хранилища не принимает соединений', 'The storage server refuses connections'),
    cause: words(
      'Адрес или порт endpoint неверны, либо сервер остановлен.',
      'The endpoint is wrong, or the server is stopped.',
    ),
    effect: noUploads,
    fix: words(
      'Проверьте endpoint в STORAGE_URL и сам сервер.',
      'Check the endpoint in STORAGE_URL and the server itself.',
    ),
  }),
  'storage.no_answer': problem('error', {
    title: words('Сервер хранилища молчит', 'The storage server does not answer'),
    cause: words(
      'Соединение есть или ожидается, ответа нет: сервер завис или сеть не пропускает.',
      'No answer within seconds: the server hangs, or the network lets nothing through.',
    ),
    effect: words(
      'Загрузки получают отказ через несколько секунд, файлы ждут.',
      'Uploads are refused after some seconds, files wait.',
    ),
    fix: words(
      'Перезапустите сервер хранилища или проверьте сеть.',
      'Restart the storage server, or check the network.',
    ),
  }),
  'storage.server_error': problem('error', {
    title: words('Сервер хранилища отвечает ошибкой', 'The storage server answers with errors'),
    cause: words('Он перегружен, чинится или сломан.', 'It is overloaded, under repair or broken.'),
    effect: words('Загрузки получают отказ, принятые файлы ждут.', 'Uploads are refused, accepted files wait.'),
    fix: words(
      'Подождите; если не проходит, спросите поставщика хранилища.',
      'Wait; if it stays, ask the provider of the storage.',
    ),
  }),
  'storage.not_shared': problem('error', {
    title: words('Хранилище не общее у api и worker', 'api and worker do not share the storage'),
    cause: words(
      'Каждый пишет в свою папку: том Railway принадлежит одной службе.',
      'Each has a folder of its own: a Railway volume belongs to one service.',
    ),
    effect: words(
      'Файлы, принятые одной службой, другая не находит.',
      'Files that one service took are not found by the other.',
    ),
    fix: words(
      'Задайте обеим службам STORAGE_URL=postgres: или одну корзину s3://.',
      'Give both services STORAGE_URL=postgres: or one s3:// bucket.',
    ),
    commands: [
      "railway variables --service api --set 'STORAGE_URL=postgres:'",
      "railway variables --service worker --set 'STORAGE_URL=postgres:'",
    ],
  }),
  'storage.bytes_missing': problem('error', {
    title: words('Части загруженных файлов нет в хранилище', 'Some uploaded files are not in the storage'),
    cause: words(
      'Файлы удалены вручную, или STORAGE_URL сменили.',
      'Files were deleted by hand, or STORAGE_URL was changed.',
    ),
    effect: words(
      'Эти файлы нельзя скачать и обработать снова.',
      'These files can neither be downloaded nor processed again.',
    ),
    fix: words(
      'Верните прежний STORAGE_URL или восстановите файлы из копии.',
      'Put the former STORAGE_URL back, or restore the files from a backup.',
    ),
    commands: ['npm run restore'],
  }),
} satisfies CodeTable;
