/** What the doctor may say of folder and mailbox. */
import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const noFolder = words('Файлы из папки не загружаются.', 'Files of the folder are not loaded.');
const noMail = words('Отчёты из почты не загружаются.', 'Reports from the mailbox are not loaded.');
const nothing = words('Ни папка, ни почта ничего не загружают.', 'Neither folder nor mailbox load anything.');

export const intakeCodes = {
  'intake.folder': rung('Папка отчётов читается и пишется', 'The watched folder can be read and written'),
  'intake.mail': rung('Почтовый ящик с отчётами открывается', 'The mailbox with reports opens'),
  'intake.looking': rung('На папку и почту смотрят', 'Folder and mailbox are being looked at'),
  'intake.not_configured': problem('info', {
    title: words('Ни папка, ни почта не настроены', 'Neither folder nor mailbox are set up'),
    cause: words('INTAKE_DIR и INTAKE_IMAP_URL пусты.', 'INTAKE_DIR and INTAKE_IMAP_URL are empty.'),
    effect: words('Отчёты загружают руками.', 'Reports are uploaded by hand.'),
    fix: words('Как настроить: docs/intake.md.', 'How to set them up: docs/intake.md.'),
  }),
  'intake.setting_invalid': problem('error', {
    title: words('Настройка папки или почты не подходит', 'A setting of folder or mailbox cannot be used'),
    cause: words('Переменная неполна или записана неверно.', 'The variable is incomplete or written wrongly.'),
    effect: words('Служба не запустится.', 'The service does not start.'),
    fix: words('Исправьте переменную: docs/config.md.', 'Correct the variable: docs/config.md.'),
  }),
  'intake.user_unknown': problem('error', {
    title: words('INTAKE_USER — неизвестный пользователь', 'INTAKE_USER is nobody known'),
    cause: words('Пользователя с такой почтой нет.', 'There is no user with this email.'),
    effect: nothing,
    fix: words('Заведите его или исправьте INTAKE_USER.', 'Make that user, or correct INTAKE_USER.'),
  }),
  'intake.user_not_allowed': problem('error', {
    title: words('INTAKE_USER не может загружать файлы', 'INTAKE_USER may not upload'),
    cause: words(
      'Пользователь не одобрен, заблокирован или ниже оператора.',
      'The user is not approved, is blocked, or is below operator.',
    ),
    effect: nothing,
    fix: words('Дайте ему роль оператора.', 'Give that user the role operator.'),
  }),
  'intake.folder_missing': problem('error', {
    title: words('Папки INTAKE_DIR нет', 'The folder INTAKE_DIR is not there'),
    cause: words('Путь неверен, или сетевая папка не подключена.', 'The path is wrong, or the share is not mounted.'),
    effect: noFolder,
    fix: words('Создайте папку или подключите её.', 'Make the folder or mount it.'),
    commands: ['ls -ld "$INTAKE_DIR"'],
  }),
  'intake.not_a_folder': problem('error', {
    title: words('INTAKE_DIR — не папка', 'INTAKE_DIR is no folder'),
    cause: words('По этому пути лежит файл.', 'A file lies under this path.'),
    effect: noFolder,
    fix: words('Укажите папку.', 'Name a folder.'),
    commands: ['ls -ld "$INTAKE_DIR"'],
  }),
  'intake.folder_not_writable': problem('error', {
    title: words('В папку INTAKE_DIR нельзя писать', 'The folder INTAKE_DIR cannot be written'),
    cause: words(
      'Нет прав, диск только для чтения или полон; файлы нужно убирать в processed и failed.',
      'No permission, a read-only or a full disk; files must be moved to processed and failed.',
    ),
    effect: noFolder,
    fix: words('Дайте пользователю службы права на папку.', "Give the service's user the right to the folder."),
    commands: ['ls -ld "$INTAKE_DIR" "$INTAKE_DIR"/*', 'df -h "$INTAKE_DIR"'],
  }),
  'intake.imap_unreachable': problem('error', {
    title: words('Почтовый сервер недоступен', 'The mail server cannot be reached'),
    cause: words(
      'Имя или порт неверны, сервер молчит, или его сертификату нет доверия.',
      'Host or port are wrong, the server is silent, or its certificate is not trusted.',
    ),
    effect: noMail,
    fix: words(
      'Проверьте хост и порт в INTAKE_IMAP_URL; свой центр сертификации задаёт NODE_EXTRA_CA_CERTS.',
      'Check host and port in INTAKE_IMAP_URL; an authority of your own is named by NODE_EXTRA_CA_CERTS.',
    ),
  }),
  'intake.imap_login': problem('error', {
    title: words('Почтовый сервер не принимает имя или пароль', 'The mail server refuses user or password'),
    cause: words(
      'Пароль сменён, нужен пароль приложения, или символы не закодированы (%40 вместо @).',
      'The password changed, an app password is needed, or signs are not encoded (%40 for @).',
    ),
    effect: noMail,
    fix: words('Задайте INTAKE_IMAP_URL заново.', 'Set INTAKE_IMAP_URL anew.'),
  }),
  'intake.mailbox_missing': problem('error', {
    title: words('Такой папки в почте нет', 'There is no such mailbox'),
    cause: words('Путь в INTAKE_IMAP_URL неверен.', 'The path in INTAKE_IMAP_URL is wrong.'),
    effect: noMail,
    fix: words('Укажите INBOX или существующую папку.', 'Name INBOX or a mailbox that exists.'),
  }),
  'intake.not_looking': problem('warn', {
    title: words('На папку или почту никто не смотрит', 'Nobody looks at the folder or the mailbox'),
    cause: words(
      'Ни один api с этими настройками не работает уже две минуты.',
      'No api with these settings has been at work for two minutes.',
    ),
    effect: words('Отчёты ждут.', 'Reports wait.'),
    fix: words('Запустите api и посмотрите его журнал.', 'Start the api and read its log.'),
  }),
  'intake.stuck': problem('warn', {
    title: words('Часть файлов или писем не удаётся взять', 'Some files or messages cannot be taken or put away'),
    cause: words('Причина названа рядом с именем.', 'The reason stands beside the name.'),
    effect: words('Они ждут, остальные загружаются.', 'They wait, the others are loaded.'),
    fix: words('Устраните причину; повтор не нужен.', 'Remove the reason; they go on by themselves.'),
  }),
  'intake.left_alone': problem('info', {
    title: words('Часть файлов или писем оставлена нетронутой', 'Some files or messages are left alone'),
    cause: words(
      'Ссылки, вложенные папки; письма чужих, без отчётов или не прошедшие DMARC.',
      'Links, folders inside; mail of strangers, without reports, or failing DMARC.',
    ),
    effect: words('Они лежат, где лежат.', 'They stay where they are.'),
    fix: words('Если они нужны: docs/intake.md.', 'If they are wanted: docs/intake.md.'),
  }),
  'intake.mail_silent': problem('warn', {
    title: words('Неделю не пришло ни одного письма с отчётом', 'No message with a report has come for a week'),
    cause: words(
      'Отправители перестали слать, или правило почты кладёт письма в другую папку.',
      'The senders stopped, or a rule of the mail server puts messages elsewhere.',
    ),
    effect: words('Отчёты этих источников не обновляются.', 'Reports of these sources are not up to date.'),
    fix: words('Проверьте ящик и INTAKE_MAIL_FROM.', 'Check the mailbox and INTAKE_MAIL_FROM.'),
  }),
} satisfies CodeTable;
