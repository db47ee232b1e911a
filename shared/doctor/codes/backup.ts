import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const unsafe = words(
  'При потере базы данные не вернуть.',
  'If the database is lost, so is the data.',
  'Baza yoʻqolsa, maʼlumotni qaytarib boʻlmaydi.',
);

export const backupCodes = {
  'backup.place': rung(
    'Резервные копии есть, свежие и проверены',
    'Backups are there, fresh and verified',
    'Zaxira nusxalar bor, yangi va tekshirilgan',
  ),
  'backup.not_configured': problem('info', {
    title: words('Резервное копирование не настроено', 'Backups are not set up', 'Zaxira nusxalash sozlanmagan'),
    cause: words('BACKUP_URL пуст.', 'BACKUP_URL is empty.', 'BACKUP_URL boʻsh.'),
    effect: unsafe,
    fix: words(
      'Задайте BACKUP_URL: папку или s3://корзина/путь.',
      'Set BACKUP_URL: a folder or s3://bucket/prefix.',
      'BACKUP_URL ni bering: jild yoki s3://savat/yoʻl.',
    ),
    commands: ['npm run backup'],
  }),
  'backup.url_invalid': problem('error', {
    title: words('BACKUP_URL не подходит', 'BACKUP_URL cannot be used', 'BACKUP_URL yaramaydi'),
    cause: words(
      'Нужна папка, file:<папка> или s3://корзина/путь с ключами AWS.',
      'It is a folder, file:<folder> or s3://bucket/prefix with AWS keys.',
      'Jild, file:<jild> yoki AWS kalitlari bilan s3://savat/yoʻl kerak.',
    ),
    effect: unsafe,
    fix: words('Исправьте BACKUP_URL.', 'Correct BACKUP_URL.', 'BACKUP_URL ni tuzating.'),
  }),
  'backup.unreachable': problem('error', {
    title: words(
      'Место для копий недоступно',
      'The place of the backups cannot be reached',
      'Nusxalar joyiga yetib boʻlmaydi',
    ),
    cause: words(
      'Нет папки, прав или сети, либо ключи неверны.',
      'Folder, rights or network are missing, or the keys are wrong.',
      'Jild, huquq yoki tarmoq yoʻq, yoki kalitlar notoʻgʻri.',
    ),
    effect: unsafe,
    fix: words(
      'Проверьте BACKUP_URL и ключи.',
      'Check BACKUP_URL and the keys.',
      'BACKUP_URL va kalitlarni tekshiring.',
    ),
  }),
  'backup.none': problem('warn', {
    title: words('Нет ни одной копии', 'There is no backup', 'Birorta ham nusxa yoʻq'),
    cause: words('Копирование ещё не выполнялось.', 'None has been made yet.', 'Nusxalash hali bajarilmagan.'),
    effect: unsafe,
    fix: words('Снимите копию.', 'Make one.', 'Nusxa oling.'),
    commands: ['npm run backup'],
  }),
  'backup.stale': problem('warn', {
    title: words(
      'Последней копии больше 26 часов',
      'The last backup is over 26 hours old',
      'Oxirgi nusxaga 26 soatdan oshgan',
    ),
    cause: words(
      'Ночное копирование не сработало.',
      'The nightly backup did not run.',
      'Tungi nusxalash bajarilmagan.',
    ),
    effect: words(
      'При потере базы пропадёт больше суток.',
      'If the database is lost, more than a day is lost.',
      'Baza yoʻqolsa, bir kundan koʻp maʼlumot yoʻqoladi.',
    ),
    fix: words(
      'Снимите копию и посмотрите журнал worker за 04:00.',
      'Make one, and read the log of the worker at 04:00.',
      'Nusxa oling va worker’ning soat 04:00 dagi jurnalini koʻring.',
    ),
    commands: ['npm run backup', 'railway logs --service worker'],
  }),
  'backup.unverified': problem('warn', {
    title: words(
      'Ни одну копию не проверяли восстановлением',
      'No backup was ever verified',
      'Birorta nusxa tiklab tekshirilmagan',
    ),
    cause: words('restore --check не выполнялся.', 'restore --check never ran.', 'restore --check bajarilmagan.'),
    effect: words(
      'Неизвестно, восстановится ли копия.',
      'Nobody knows whether it can be restored.',
      'Nusxa tiklanadimi, nomaʼlum.',
    ),
    fix: words('Проверьте последнюю копию.', 'Verify the last one.', 'Oxirgi nusxani tekshiring.'),
    commands: ['npm run restore -- --check'],
  }),
} satisfies CodeTable;
