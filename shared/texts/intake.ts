import type { TextTable } from './text.ts';

/** What folder and mailbox leave alone or cannot do, and why. */
export const intakeFindingTexts = {
  folder_missing: {
    ru: 'папки нет',
    en: 'the folder is not there',
    uz: 'papka yoʻq',
  },
  not_a_folder: {
    ru: 'это не папка',
    en: 'it is not a folder',
    uz: 'bu papka emas',
  },
  no_permission: {
    ru: 'нет прав: службе нужны чтение и запись',
    en: 'no permission: the service needs to read and to write',
    uz: 'huquq yoʻq: xizmatga oʻqish va yozish kerak',
  },
  read_only: {
    ru: 'диск только для чтения, файл нельзя убрать из папки',
    en: 'the disk is read-only, the file cannot be put away',
    uz: 'disk faqat oʻqish uchun, faylni olib qoʻyib boʻlmaydi',
  },
  no_room: {
    ru: 'на диске кончилось место, файл ждёт',
    en: 'the disk is full, the file waits',
    uz: 'diskda joy qolmadi, fayl kutmoqda',
  },
  other_disk: {
    ru: 'processed или failed на другом диске: перенести файл нельзя',
    en: 'processed or failed is another disk: the file cannot be moved there',
    uz: 'processed yoki failed boshqa diskda: faylni koʻchirib boʻlmaydi',
  },
  io_error: {
    ru: 'диск или сетевая папка отвечает ошибкой',
    en: 'the disk or the network share answers with an error',
    uz: 'disk yoki tarmoq papkasi xato qaytarmoqda',
  },
  in_use: {
    ru: 'файл занят другой программой',
    en: 'another program holds the file',
    uz: 'fayl boshqa dastur tomonidan band',
  },
  symlink: {
    ru: 'это ссылка на другой файл, такие не берутся',
    en: 'it is a symbolic link, these are not taken',
    uz: 'bu boshqa faylga havola, bunday fayllar olinmaydi',
  },
  special_file: {
    ru: 'это не обычный файл',
    en: 'it is no ordinary file',
    uz: 'bu oddiy fayl emas',
  },
  directory: {
    ru: 'во вложенные папки программа не смотрит',
    en: 'folders inside are not looked into',
    uz: 'ichki papkalar koʻrilmaydi',
  },
  name_unreadable: {
    ru: 'имя файла не в UTF-8, переименуйте его',
    en: 'the name of the file is not UTF-8, rename it',
    uz: 'fayl nomi UTF-8 emas, uni qayta nomlang',
  },
  user_unknown: {
    ru: 'такого пользователя нет, отчёты не загружаются',
    en: 'there is no such user, no report is loaded',
    uz: 'bunday foydalanuvchi yoʻq, hisobotlar yuklanmaydi',
  },
  user_not_allowed: {
    ru: 'пользователь заблокирован или его роль ниже оператора, отчёты не загружаются',
    en: 'the user is blocked or below operator, no report is loaded',
    uz: 'foydalanuvchi bloklangan yoki roli operatordan past, hisobotlar yuklanmaydi',
  },
  unreachable: {
    ru: 'почтовый сервер недоступен',
    en: 'the mail server cannot be reached',
    uz: 'pochta serveriga ulanib boʻlmaydi',
  },
  login_failed: {
    ru: 'почтовый сервер не принимает имя или пароль',
    en: 'the mail server refuses user or password',
    uz: 'pochta serveri nom yoki parolni qabul qilmayapti',
  },
  mailbox_missing: {
    ru: 'такой папки в почте нет',
    en: 'there is no such mailbox',
    uz: 'pochtada bunday papka yoʻq',
  },
  message_stuck: {
    ru: 'письмо не удаётся прочитать или переложить, оно ждёт',
    en: 'the message cannot be read or moved, it waits',
    uz: 'xatni oʻqib yoki koʻchirib boʻlmayapti, u kutmoqda',
  },
  message_refused: {
    ru: 'письмо не принято и переложено в Refused',
    en: 'the message was refused and moved to Refused',
    uz: 'xat qabul qilinmadi va Refused papkasiga koʻchirildi',
  },
  sender_not_allowed: {
    ru: 'отправителя нет в INTAKE_MAIL_FROM',
    en: 'the sender is not in INTAKE_MAIL_FROM',
    uz: 'yuboruvchi INTAKE_MAIL_FROM roʻyxatida yoʻq',
  },
  sender_unclear: {
    ru: 'у письма не один отправитель',
    en: 'the message has not exactly one sender',
    uz: 'xatda yuboruvchi bitta emas',
  },
  dmarc_failed: {
    ru: 'письмо не прошло проверку DMARC: отправитель может быть подделан',
    en: 'the message fails DMARC: its sender may be forged',
    uz: 'xat DMARC tekshiruvidan oʻtmadi: yuboruvchi soxta boʻlishi mumkin',
  },
  no_report: {
    ru: 'в письме нет отчётов',
    en: 'there is no report in the message',
    uz: 'xatda hisobot yoʻq',
  },
} as const satisfies TextTable;

export type IntakeFindingCode = keyof typeof intakeFindingTexts;

/** Lines of NAME.result.txt. */
export const intakeResultTexts = {
  completed: { ru: 'Загружен', en: 'Loaded', uz: 'Yuklandi' },
  completed_with_errors: {
    ru: 'Загружен, часть строк отклонена',
    en: 'Loaded, some rows were rejected',
    uz: 'Yuklandi, ayrim qatorlar rad etildi',
  },
  failed: { ru: 'Не загружен', en: 'Not loaded', uz: 'Yuklanmadi' },
  duplicate: {
    ru: 'Тот же файл уже был загружен, ничего не изменено',
    en: 'The same file was loaded before, nothing has changed',
    uz: 'Xuddi shu fayl avval yuklangan, hech narsa oʻzgarmadi',
  },
  cancelled: { ru: 'Отменён', en: 'Cancelled', uz: 'Bekor qilindi' },
  undone: { ru: 'Загрузка отменена задним числом', en: 'Loaded and taken back', uz: 'Yuklash qaytarib olindi' },
  needs_mapping: {
    ru: 'Нужен ответ на странице: непонятно, что это за отчёт. До ответа не загружен',
    en: 'A question waits on the page: which report this is. Until then it is not loaded',
    uz: 'Sahifada javob kerak: bu qaysi hisobot ekani nomaʼlum. Javobgacha yuklanmaydi',
  },
  rows: {
    ru: 'Строк: прочитано {read}, новых {new}, обновлено {updated}, без изменений {unchanged}, отклонено {rejected}, пропущено {skipped}',
    en: 'Rows: {read} read, {new} new, {updated} updated, {unchanged} unchanged, {rejected} rejected, {skipped} skipped',
    uz: 'Qatorlar: oʻqildi {read}, yangi {new}, yangilandi {updated}, oʻzgarmagan {unchanged}, rad etildi {rejected}, oʻtkazib yuborildi {skipped}',
  },
  replaced: {
    ru: 'Пока файл обрабатывался, под этим именем положили другой; он остался в папке и будет взят отдельно',
    en: 'While it was processed another file was put under its name; that one stays in the folder and is taken by itself',
    uz: 'Qayta ishlash vaqtida shu nom bilan boshqa fayl qoʻyildi; u papkada qoldi va alohida olinadi',
  },
  gone: {
    ru: 'Файл из папки забрали, пока он обрабатывался',
    en: 'The file was taken out of the folder while it was processed',
    uz: 'Qayta ishlash vaqtida fayl papkadan olib ketildi',
  },
} as const satisfies TextTable;
