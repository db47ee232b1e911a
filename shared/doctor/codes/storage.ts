import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const noUploads = words('Загрузки отказывают.', 'Uploads fail.', 'Yuklash rad etiladi.');

export const storageCodes = {
  'storage.address': rung('STORAGE_URL понятен', 'STORAGE_URL is understood', 'STORAGE_URL tushunarli'),
  'storage.write_read': rung(
    'Хранилище принимает и отдаёт файлы',
    'The storage takes and gives files',
    'Omborga fayl yozildi va oʻqildi',
  ),
  'storage.shared': rung(
    'Загруженные файлы видны отсюда',
    'Uploaded files can be seen from here',
    'Yuklangan fayllar bu yerdan koʻrinadi',
  ),
  'storage.url_invalid': problem('error', {
    title: words('STORAGE_URL не подходит', 'STORAGE_URL cannot be used', 'STORAGE_URL yaramaydi'),
    cause: words(
      'Нужно file:<папка>, postgres: или s3://корзина/путь с ключами AWS.',
      'It is file:<folder>, postgres: or s3://bucket/prefix with AWS keys.',
      'file:<jild>, postgres: yoki AWS kalitlari bilan s3://savat/yoʻl kerak.',
    ),
    effect: words('Служба не запустится.', 'The service does not start.', 'Xizmat ishga tushmaydi.'),
    fix: words('Исправьте STORAGE_URL.', 'Correct STORAGE_URL.', 'STORAGE_URL ni tuzating.'),
    commands: ["railway variables --set 'STORAGE_URL=postgres:'"],
  }),
  'storage.not_writable': problem('error', {
    title: words('В хранилище нельзя писать', 'The storage cannot be written', 'Omborga yozib boʻlmaydi'),
    cause: words(
      'Нет папки или прав, том не смонтирован, либо корзина отказывает.',
      'Folder or rights are missing, the volume is not mounted, or the bucket refuses.',
      'Jild yoki huquq yoʻq, disk ulanmagan yoki savat rad etyapti.',
    ),
    effect: noUploads,
    fix: words(
      'Дайте пользователю службы права на папку или укажите другую.',
      "Give the service's user the right to the folder, or name another.",
      'Xizmat foydalanuvchisiga jild huquqini bering yoki boshqa jild koʻrsating.',
    ),
    commands: ['ls -ld "${STORAGE_URL#file:}"'],
  }),
  'storage.full': problem('error', {
    title: words('В хранилище кончилось место', 'The storage is full', 'Omborda joy tugagan'),
    cause: words('Диск или квота заполнены.', 'The disk or quota is used up.', 'Disk yoki kvota toʻlgan.'),
    effect: noUploads,
    fix: words('Освободите место.', 'Make room.', 'Joy boʻshating.'),
    commands: ['df -h'],
  }),
  'storage.bucket_denied': problem('error', {
    title: words('Корзина не пускает', 'The bucket refuses us', 'Savat kiritmayapti'),
    cause: words(
      'Ключи AWS неверны или не дают прав на корзину.',
      'The AWS keys are wrong or give no right to the bucket.',
      'AWS kalitlari notoʻgʻri yoki savatga huquq bermaydi.',
    ),
    effect: noUploads,
    fix: words(
      'Скопируйте ключи корзины заново.',
      "Copy the bucket's keys again.",
      'Savat kalitlarini qaytadan nusxalang.',
    ),
  }),
  'storage.bucket_missing': problem('error', {
    title: words('Такой корзины нет', 'There is no such bucket', 'Bunday savat yoʻq'),
    cause: words(
      'Имя корзины или endpoint неверны.',
      'The name of the bucket or the endpoint is wrong.',
      'Savat nomi yoki endpoint notoʻgʻri.',
    ),
    effect: noUploads,
    fix: words('Исправьте STORAGE_URL.', 'Correct STORAGE_URL.', 'STORAGE_URL ni tuzating.'),
  }),
  'storage.refused': problem('error', {
    title: words(
      'Сервер хранилища не принимает соединений',
      'The storage server refuses connections',
      'Ombor serveri ulanishni qabul qilmayapti',
    ),
    cause: words(
      'Адрес или порт endpoint неверны, либо сервер остановлен.',
      'The endpoint is wrong, or the server is stopped.',
      'endpoint manzili yoki porti notoʻgʻri, yoki server toʻxtatilgan.',
    ),
    effect: noUploads,
    fix: words(
      'Проверьте endpoint в STORAGE_URL и сам сервер.',
      'Check the endpoint in STORAGE_URL and the server itself.',
      'STORAGE_URL ichidagi endpoint’ni va serverning oʻzini tekshiring.',
    ),
  }),
  'storage.no_answer': problem('error', {
    title: words('Сервер хранилища молчит', 'The storage server does not answer', 'Ombor serveri jim'),
    cause: words(
      'Соединение есть или ожидается, ответа нет: сервер завис или сеть не пропускает.',
      'No answer within seconds: the server hangs, or the network lets nothing through.',
      'Ulanish bor yoki kutilmoqda, javob yoʻq: server qotgan yoki tarmoq oʻtkazmayapti.',
    ),
    effect: words(
      'Загрузки получают отказ через несколько секунд, файлы ждут.',
      'Uploads are refused after some seconds, files wait.',
      'Yuklash bir necha soniyadan keyin rad etiladi, fayllar kutadi.',
    ),
    fix: words(
      'Перезапустите сервер хранилища или проверьте сеть.',
      'Restart the storage server, or check the network.',
      'Ombor serverini qayta ishga tushiring yoki tarmoqni tekshiring.',
    ),
  }),
  'storage.server_error': problem('error', {
    title: words(
      'Сервер хранилища отвечает ошибкой',
      'The storage server answers with errors',
      'Ombor serveri xato bilan javob beryapti',
    ),
    cause: words(
      'Он перегружен, чинится или сломан.',
      'It is overloaded, under repair or broken.',
      'Uning yuklamasi ortiq, u taʼmirda yoki buzilgan.',
    ),
    effect: words(
      'Загрузки получают отказ, принятые файлы ждут.',
      'Uploads are refused, accepted files wait.',
      'Yuklash rad etiladi, qabul qilingan fayllar kutadi.',
    ),
    fix: words(
      'Подождите; если не проходит, спросите поставщика хранилища.',
      'Wait; if it stays, ask the provider of the storage.',
      'Kuting; oʻtib ketmasa, ombor taʼminotchisidan soʻrang.',
    ),
  }),
  'storage.not_shared': problem('error', {
    title: words(
      'Хранилище не общее у api и worker',
      'api and worker do not share the storage',
      'api va worker’ning ombori umumiy emas',
    ),
    cause: words(
      'Каждый пишет в свою папку: том Railway принадлежит одной службе.',
      'Each has a folder of its own: a Railway volume belongs to one service.',
      'Har biri oʻz jildiga yozadi: Railway’dagi disk bitta xizmatga tegishli.',
    ),
    effect: words(
      'Файлы, принятые одной службой, другая не находит.',
      'Files that one service took are not found by the other.',
      'Bir xizmat qabul qilgan faylni boshqasi topa olmaydi.',
    ),
    fix: words(
      'Задайте обеим службам STORAGE_URL=postgres: или одну корзину s3://.',
      'Give both services STORAGE_URL=postgres: or one s3:// bucket.',
      'Ikkala xizmatga STORAGE_URL=postgres: yoki bitta s3:// savatni bering.',
    ),
    commands: [
      "railway variables --service api --set 'STORAGE_URL=postgres:'",
      "railway variables --service worker --set 'STORAGE_URL=postgres:'",
    ],
  }),
  'storage.bytes_missing': problem('error', {
    title: words(
      'Части загруженных файлов нет в хранилище',
      'Some uploaded files are not in the storage',
      'Yuklangan fayllarning bir qismi omborda yoʻq',
    ),
    cause: words(
      'Файлы удалены вручную, или STORAGE_URL сменили.',
      'Files were deleted by hand, or STORAGE_URL was changed.',
      'Fayllar qoʻlda oʻchirilgan yoki STORAGE_URL almashtirilgan.',
    ),
    effect: words(
      'Эти файлы нельзя скачать и обработать снова.',
      'These files can neither be downloaded nor processed again.',
      'Bu fayllarni yuklab olib ham, qayta ishlab ham boʻlmaydi.',
    ),
    fix: words(
      'Верните прежний STORAGE_URL или восстановите файлы из копии.',
      'Put the former STORAGE_URL back, or restore the files from a backup.',
      'Avvalgi STORAGE_URL ni qaytaring yoki fayllarni nusxadan tiklang.',
    ),
    commands: ['npm run restore'],
  }),
} satisfies CodeTable;
