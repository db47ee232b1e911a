/** What the doctor may say of folder and mailbox. */
import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const noFolder = words(
  'Файлы из папки не загружаются.',
  'Files of the folder are not loaded.',
  'Papkadagi fayllar yuklanmaydi.',
);
const noMail = words(
  'Отчёты из почты не загружаются.',
  'Reports from the mailbox are not loaded.',
  'Pochtadagi hisobotlar yuklanmaydi.',
);
const nothing = words(
  'Ни папка, ни почта ничего не загружают.',
  'Neither folder nor mailbox load anything.',
  'Papka ham, pochta ham hech narsa yuklamaydi.',
);

export const intakeCodes = {
  'intake.folder': rung(
    'Папка отчётов читается и пишется',
    'The watched folder can be read and written',
    'Hisobotlar papkasini oʻqish va yozish mumkin',
  ),
  'intake.mail': rung(
    'Почтовый ящик с отчётами открывается',
    'The mailbox with reports opens',
    'Hisobotlar pochtasi ochilyapti',
  ),
  'intake.looking': rung(
    'На папку и почту смотрят',
    'Folder and mailbox are being looked at',
    'Papka va pochta kuzatilyapti',
  ),
  'intake.not_configured': problem('info', {
    title: words(
      'Ни папка, ни почта не настроены',
      'Neither folder nor mailbox are set up',
      'Papka ham, pochta ham sozlanmagan',
    ),
    cause: words(
      'INTAKE_DIR и INTAKE_IMAP_URL пусты.',
      'INTAKE_DIR and INTAKE_IMAP_URL are empty.',
      'INTAKE_DIR va INTAKE_IMAP_URL boʻsh.',
    ),
    effect: words('Отчёты загружают руками.', 'Reports are uploaded by hand.', 'Hisobotlar qoʻlda yuklanadi.'),
    fix: words(
      'Как настроить: docs/intake.md.',
      'How to set them up: docs/intake.md.',
      'Qanday sozlash: docs/intake.md.',
    ),
  }),
  'intake.setting_invalid': problem('error', {
    title: words(
      'Настройка папки или почты не подходит',
      'A setting of folder or mailbox cannot be used',
      'Papka yoki pochta sozlamasi yaramaydi',
    ),
    cause: words(
      'Переменная неполна или записана неверно.',
      'The variable is incomplete or written wrongly.',
      'Oʻzgaruvchi toʻliq emas yoki notoʻgʻri yozilgan.',
    ),
    effect: words('Служба не запустится.', 'The service does not start.', 'Xizmat ishga tushmaydi.'),
    fix: words(
      'Исправьте переменную: docs/config.md.',
      'Correct the variable: docs/config.md.',
      'Oʻzgaruvchini tuzating: docs/config.md.',
    ),
  }),
  'intake.user_unknown': problem('error', {
    title: words('INTAKE_USER — неизвестный пользователь', 'INTAKE_USER is nobody known', 'INTAKE_USER nomaʼlum'),
    cause: words(
      'Пользователя с такой почтой нет.',
      'There is no user with this email.',
      'Bunday pochtali foydalanuvchi yoʻq.',
    ),
    effect: nothing,
    fix: words(
      'Заведите его или исправьте INTAKE_USER.',
      'Make that user, or correct INTAKE_USER.',
      'Uni yarating yoki INTAKE_USER ni tuzating.',
    ),
  }),
  'intake.user_not_allowed': problem('error', {
    title: words(
      'INTAKE_USER не может загружать файлы',
      'INTAKE_USER may not upload',
      'INTAKE_USER fayl yuklay olmaydi',
    ),
    cause: words(
      'Пользователь не одобрен, заблокирован или ниже оператора.',
      'The user is not approved, is blocked, or is below operator.',
      'Foydalanuvchi tasdiqlanmagan, bloklangan yoki operatordan past.',
    ),
    effect: nothing,
    fix: words('Дайте ему роль оператора.', 'Give that user the role operator.', 'Unga operator rolini bering.'),
  }),
  'intake.folder_missing': problem('error', {
    title: words('Папки INTAKE_DIR нет', 'The folder INTAKE_DIR is not there', 'INTAKE_DIR papkasi yoʻq'),
    cause: words(
      'Путь неверен, или сетевая папка не подключена.',
      'The path is wrong, or the share is not mounted.',
      'Yoʻl notoʻgʻri yoki tarmoq papkasi ulanmagan.',
    ),
    effect: noFolder,
    fix: words('Создайте папку или подключите её.', 'Make the folder or mount it.', 'Papkani yarating yoki ulang.'),
    commands: ['ls -ld "$INTAKE_DIR"'],
  }),
  'intake.not_a_folder': problem('error', {
    title: words('INTAKE_DIR — не папка', 'INTAKE_DIR is no folder', 'INTAKE_DIR papka emas'),
    cause: words('По этому пути лежит файл.', 'A file lies under this path.', 'Bu yoʻlda fayl turibdi.'),
    effect: noFolder,
    fix: words('Укажите папку.', 'Name a folder.', 'Papkani koʻrsating.'),
    commands: ['ls -ld "$INTAKE_DIR"'],
  }),
  'intake.folder_not_writable': problem('error', {
    title: words(
      'В папку INTAKE_DIR нельзя писать',
      'The folder INTAKE_DIR cannot be written',
      'INTAKE_DIR papkasiga yozib boʻlmaydi',
    ),
    cause: words(
      'Нет прав, диск только для чтения или полон; файлы нужно убирать в processed и failed.',
      'No permission, a read-only or a full disk; files must be moved to processed and failed.',
      'Huquq yoʻq, disk faqat oʻqish uchun yoki toʻlgan; fayllarni processed va failed ga koʻchirish kerak.',
    ),
    effect: noFolder,
    fix: words(
      'Дайте пользователю службы права на папку.',
      "Give the service's user the right to the folder.",
      'Xizmat foydalanuvchisiga papka huquqini bering.',
    ),
    commands: ['ls -ld "$INTAKE_DIR" "$INTAKE_DIR"/*', 'df -h "$INTAKE_DIR"'],
  }),
  'intake.imap_unreachable': problem('error', {
    title: words(
      'Почтовый сервер недоступен',
      'The mail server cannot be reached',
      'Pochta serveriga ulanib boʻlmaydi',
    ),
    cause: words(
      'Имя или порт неверны, сервер молчит, или его сертификату нет доверия.',
      'Host or port are wrong, the server is silent, or its certificate is not trusted.',
      'Xost yoki port notoʻgʻri, server jim yoki sertifikatiga ishonch yoʻq.',
    ),
    effect: noMail,
    fix: words(
      'Проверьте хост и порт в INTAKE_IMAP_URL; свой центр сертификации задаёт NODE_EXTRA_CA_CERTS.',
      'Check host and port in INTAKE_IMAP_URL; an authority of your own is named by NODE_EXTRA_CA_CERTS.',
      'INTAKE_IMAP_URL dagi xost va portni tekshiring; oʻz sertifikat markazi NODE_EXTRA_CA_CERTS bilan beriladi.',
    ),
  }),
  'intake.imap_login': problem('error', {
    title: words(
      'Почтовый сервер не принимает имя или пароль',
      'The mail server refuses user or password',
      'Pochta serveri nom yoki parolni qabul qilmayapti',
    ),
    cause: words(
      'Пароль сменён, нужен пароль приложения, или символы не закодированы (%40 вместо @).',
      'The password changed, an app password is needed, or signs are not encoded (%40 for @).',
      'Parol oʻzgargan, ilova paroli kerak yoki belgilar kodlanmagan (@ oʻrniga %40).',
    ),
    effect: noMail,
    fix: words('Задайте INTAKE_IMAP_URL заново.', 'Set INTAKE_IMAP_URL anew.', 'INTAKE_IMAP_URL ni qaytadan bering.'),
  }),
  'intake.mailbox_missing': problem('error', {
    title: words('Такой папки в почте нет', 'There is no such mailbox', 'Pochtada bunday papka yoʻq'),
    cause: words(
      'Путь в INTAKE_IMAP_URL неверен.',
      'The path in INTAKE_IMAP_URL is wrong.',
      'INTAKE_IMAP_URL dagi yoʻl notoʻgʻri.',
    ),
    effect: noMail,
    fix: words(
      'Укажите INBOX или существующую папку.',
      'Name INBOX or a mailbox that exists.',
      'INBOX yoki mavjud papkani koʻrsating.',
    ),
  }),
  'intake.not_looking': problem('warn', {
    title: words(
      'На папку или почту никто не смотрит',
      'Nobody looks at the folder or the mailbox',
      'Papka yoki pochtani hech kim kuzatmayapti',
    ),
    cause: words(
      'Ни один api с этими настройками не работает уже две минуты.',
      'No api with these settings has been at work for two minutes.',
      'Bu sozlamali birorta api ikki daqiqadan beri ishlamayapti.',
    ),
    effect: words('Отчёты ждут.', 'Reports wait.', 'Hisobotlar kutmoqda.'),
    fix: words(
      'Запустите api и посмотрите его журнал.',
      'Start the api and read its log.',
      'api ni ishga tushiring va jurnalini koʻring.',
    ),
  }),
  'intake.stuck': problem('warn', {
    title: words(
      'Часть файлов или писем не удаётся взять',
      'Some files or messages cannot be taken or put away',
      'Ayrim fayl yoki xatlarni olib boʻlmayapti',
    ),
    cause: words(
      'Причина названа рядом с именем.',
      'The reason stands beside the name.',
      'Sababi nomi yonida yozilgan.',
    ),
    effect: words(
      'Они ждут, остальные загружаются.',
      'They wait, the others are loaded.',
      'Ular kutadi, qolganlari yuklanadi.',
    ),
    fix: words(
      'Устраните причину; повтор не нужен.',
      'Remove the reason; they go on by themselves.',
      'Sababini bartaraf eting; takrorlash shart emas.',
    ),
  }),
  'intake.left_alone': problem('info', {
    title: words(
      'Часть файлов или писем оставлена нетронутой',
      'Some files or messages are left alone',
      'Ayrim fayl yoki xatlarga tegilmadi',
    ),
    cause: words(
      'Ссылки, вложенные папки; письма чужих, без отчётов или не прошедшие DMARC.',
      'Links, folders inside; mail of strangers, without reports, or failing DMARC.',
      'Havolalar, ichki papkalar; begonalarning, hisobotsiz yoki DMARC dan oʻtmagan xatlar.',
    ),
    effect: words('Они лежат, где лежат.', 'They stay where they are.', 'Ular joyida qoladi.'),
    fix: words(
      'Если они нужны: docs/intake.md.',
      'If they are wanted: docs/intake.md.',
      'Kerak boʻlsa: docs/intake.md.',
    ),
  }),
  'intake.mail_silent': problem('warn', {
    title: words(
      'Неделю не пришло ни одного письма с отчётом',
      'No message with a report has come for a week',
      'Bir haftadan beri hisobotli xat kelmadi',
    ),
    cause: words(
      'Отправители перестали слать, или правило почты кладёт письма в другую папку.',
      'The senders stopped, or a rule of the mail server puts messages elsewhere.',
      'Yuboruvchilar toʻxtagan yoki pochta qoidasi xatlarni boshqa papkaga solyapti.',
    ),
    effect: words(
      'Отчёты этих источников не обновляются.',
      'Reports of these sources are not up to date.',
      'Bu manbalarning hisobotlari yangilanmayapti.',
    ),
    fix: words(
      'Проверьте ящик и INTAKE_MAIL_FROM.',
      'Check the mailbox and INTAKE_MAIL_FROM.',
      'Pochta qutisini va INTAKE_MAIL_FROM ni tekshiring.',
    ),
  }),
} satisfies CodeTable;
