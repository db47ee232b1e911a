/** What the bot says. Markup of the Bot API's HTML; figures and foreign words are filled in by telegram/say.ts. */
import type { TextTable } from './text.ts';

export const telegramTexts = {
  hello_stranger: {
    ru: 'Это бот сверки VHM24R. Чтобы пользоваться им, нужно одобрение администратора.',
    en: 'This is the reconciliation bot VHM24R. An administrator has to let you in.',
    uz: 'Bu VHM24R solishtirish boti. Undan foydalanish uchun administrator ruxsati kerak.',
  },
  apply: { ru: 'Подать заявку', en: 'Ask to be let in', uz: 'Ariza berish' },
  applied: {
    ru: 'Заявка отправлена. Ответ придёт сюда.',
    en: 'Your request was sent. The answer comes here.',
    uz: 'Ariza yuborildi. Javob shu yerga keladi.',
  },
  still_pending: {
    ru: 'Заявка ждёт решения администратора. Ответ придёт сюда.',
    en: 'Your request waits for an administrator. The answer comes here.',
    uz: 'Arizangiz administrator qarorini kutmoqda. Javob shu yerga keladi.',
  },
  applicant: {
    ru: '<b>Новая заявка</b>\nИмя: {name}\nTelegram id: <code>{telegramId}</code>{username}',
    en: '<b>A new request</b>\nName: {name}\nTelegram id: <code>{telegramId}</code>{username}',
    uz: '<b>Yangi ariza</b>\nIsm: {name}\nTelegram id: <code>{telegramId}</code>{username}',
  },
  approve: { ru: 'Одобрить', en: 'Approve', uz: 'Tasdiqlash' },
  approve_as: { ru: 'Одобрить: {role}', en: 'Approve: {role}', uz: 'Tasdiqlash: {role}' },
  reject: { ru: 'Отклонить', en: 'Reject', uz: 'Rad etish' },
  postpone: { ru: 'Отложить', en: 'Postpone', uz: 'Keyinroq' },
  decided_approved: {
    ru: '✅ Одобрено ({role}): {by}',
    en: '✅ Approved ({role}) by {by}',
    uz: '✅ Tasdiqladi ({role}): {by}',
  },
  decided_blocked: { ru: '⛔ Отклонено: {by}', en: '⛔ Rejected by {by}', uz: '⛔ Rad etdi: {by}' },
  decided_postponed: { ru: '⏳ Отложено: {by}', en: '⏳ Postponed by {by}', uz: '⏳ Keyinga qoldirdi: {by}' },
  you_are_approved: {
    ru: 'Вам открыт доступ, роль — {role}. Пришлите отчёт файлом, или посмотрите /help.',
    en: 'You are let in as {role}. Send a report as a file, or see /help.',
    uz: 'Sizga ruxsat berildi, rolingiz — {role}. Hisobotni fayl qilib yuboring yoki /help ni koʻring.',
  },
  you_are_rejected: {
    ru: 'Заявка отклонена.',
    en: 'Your request was rejected.',
    uz: 'Arizangiz rad etildi.',
  },
  you_are_postponed: {
    ru: 'Решение по заявке отложено. Ответ придёт сюда.',
    en: 'The decision about your request was postponed. The answer comes here.',
    uz: 'Arizangiz boʻyicha qaror keyinga qoldirildi. Javob shu yerga keladi.',
  },
  welcome: {
    ru: 'Здравствуйте, {name}. Роль — {role}. Пришлите отчёт файлом, или посмотрите /help.',
    en: 'Hello, {name}. You are {role}. Send a report as a file, or see /help.',
    uz: 'Assalomu alaykum, {name}. Rolingiz — {role}. Hisobotni fayl qilib yuboring yoki /help ni koʻring.',
  },
  help: {
    ru: '<b>Что я умею</b>\n{commands}\n\nОтчёты присылайте файлами: один, несколько сразу или архивом, до 20 МБ каждый.',
    en: '<b>What I can do</b>\n{commands}\n\nSend reports as files: one, several at once or an archive, up to 20 MB each.',
    uz: '<b>Nimalar qila olaman</b>\n{commands}\n\nHisobotlarni fayl qilib yuboring: bitta, birdaniga bir nechta yoki arxiv, har biri 20 MB gacha.',
  },
  help_today: { ru: 'заказы и деньги за сегодня', en: 'orders and money of today', uz: 'bugungi buyurtma va pullar' },
  help_stats: { ru: 'за 7 дней', en: 'of 7 days', uz: '7 kunlik' },
  help_machines: {
    ru: 'автоматы за 3 дня и доля проблемных заказов',
    en: 'machines of 3 days and their share of trouble',
    uz: '3 kunlik avtomatlar va muammoli buyurtmalar ulushi',
  },
  help_missing: { ru: 'каких отчётов не хватает', en: 'which reports are missing', uz: 'qaysi hisobotlar yetishmaydi' },
  help_find: {
    ru: '<code>15000 14:35 12.06</code> — заказ по сумме и времени',
    en: '<code>15000 14:35 12.06</code> — an order by amount and time',
    uz: '<code>15000 14:35 12.06</code> — buyurtmani summa va vaqt boʻyicha topish',
  },
  help_report: {
    ru: 'таблица за вчера; <code>/report 2025-06</code> — за месяц',
    en: 'the workbook of yesterday; <code>/report 2025-06</code> of a month',
    uz: 'kechagi jadval; <code>/report 2025-06</code> — oylik',
  },
  help_page: {
    ru: 'одноразовая ссылка на страницу',
    en: 'a one-time link to the page',
    uz: 'sahifaga bir martalik havola',
  },
  help_lang: { ru: 'язык', en: 'language', uz: 'til' },
  help_notices: { ru: 'какие извещения присылать', en: 'which notices to send', uz: 'qaysi xabarlar kelsin' },
  help_stop: { ru: 'никаких извещений', en: 'no notices', uz: 'xabarlarsiz' },
  help_users: { ru: 'люди и заявки', en: 'people and requests', uz: 'odamlar va arizalar' },
  help_system: { ru: 'что сломано', en: 'what is broken', uz: 'nima buzilgan' },
  help_help: { ru: 'эта справка', en: 'this help', uz: 'shu yordam' },
  not_allowed: {
    ru: 'Для этого нужна роль: {role}.',
    en: 'This needs the role {role}.',
    uz: 'Buning uchun kerakli rol: {role}.',
  },
  unknown_command: {
    ru: 'Не понимаю. Посмотрите /help.',
    en: 'I do not understand. See /help.',
    uz: 'Tushunmadim. /help ni koʻring.',
  },
  send_as_file: {
    ru: 'Пришлите отчёт файлом (скрепка → Файл), не фото и не видео.',
    en: 'Send the report as a file (clip → File), not as a photo or video.',
    uz: 'Hisobotni fayl qilib yuboring (skrepka → Fayl), rasm yoki video emas.',
  },
  refused: { ru: '{message}', en: '{message}', uz: '{message}' },
  failed: {
    ru: 'Не получилось из-за внутренней ошибки. Попробуйте ещё раз позже.',
    en: 'This failed through a fault of ours. Try again later.',
    uz: 'Ichki xato tufayli bajarilmadi. Keyinroq yana urinib koʻring.',
  },
  stale_button: { ru: 'Кнопка устарела', en: 'This button is out of date', uz: 'Tugma eskirgan' },
  done: { ru: 'Готово', en: 'Done', uz: 'Tayyor' },

  upload_received: {
    ru: '📥 Получено файлов: {count}',
    en: '📥 Files received: {count}',
    uz: '📥 Olingan fayllar: {count}',
  },
  upload_loading: {
    ru: '⬇️ Скачиваю файлы: {count}',
    en: '⬇️ Fetching files: {count}',
    uz: '⬇️ Fayllar olinmoqda: {count}',
  },
  upload_processing: {
    ru: '⚙️ Обработка: {done} из {total}',
    en: '⚙️ Processing: {done} of {total}',
    uz: '⚙️ Qayta ishlanmoqda: {total} dan {done}',
  },
  upload_ended: {
    ru: '✅ Обработано файлов: {total}',
    en: '✅ Files processed: {total}',
    uz: '✅ Qayta ishlangan fayllar: {total}',
  },
  upload_attention: {
    ru: 'Обработано файлов: {total}, есть на что посмотреть',
    en: 'Files processed: {total}, some need a look',
    uz: 'Qayta ishlangan fayllar: {total}, koʻrib chiqiladigani bor',
  },
  upload_too_big: {
    ru: '{file}: Telegram отдаёт боту файлы до 20 МБ. Загрузите его на странице.',
    en: '{file}: Telegram gives bots files up to 20 MB. Upload it on the page.',
    uz: '{file}: Telegram botga 20 MB gacha fayl beradi. Uni sahifada yuklang.',
  },
  upload_not_fetched: {
    ru: '{file}: не удалось скачать у Telegram. Пришлите ещё раз.',
    en: '{file}: could not be fetched from Telegram. Send it again.',
    uz: '{file}: Telegramdan olib boʻlmadi. Yana yuboring.',
  },
  open_upload: { ru: 'Загрузка на странице', en: 'Upload on the page', uz: 'Sahifada yuklash' },
  open_session: { ru: 'Открыть на странице', en: 'Open on the page', uz: 'Sahifada ochish' },
  file_line: { ru: '<b>{file}</b>{source}', en: '<b>{file}</b>{source}', uz: '<b>{file}</b>{source}' },
  file_rows: {
    ru: 'новых {added}, обновлено {updated}, дополнено полей {filled}, изменено полей {changed}, без изменений {unchanged}, отклонено {rejected}',
    en: 'new {added}, updated {updated}, fields filled {filled}, fields changed {changed}, unchanged {unchanged}, rejected {rejected}',
    uz: 'yangi {added}, yangilangan {updated}, toʻldirilgan maydonlar {filled}, oʻzgargan maydonlar {changed}, oʻzgarishsiz {unchanged}, rad etilgan {rejected}',
  },
  attention: {
    ru: 'Заказов, требующих внимания: {now} (до загрузки: {before})',
    en: 'Orders that need attention: {now} (before: {before})',
    uz: 'Eʼtibor talab qiladigan buyurtmalar: {now} (avval: {before})',
  },
  file_waiting: { ru: 'ждёт', en: 'waiting', uz: 'kutmoqda' },
  file_working: { ru: 'обработка {percent} %', en: 'processing {percent} %', uz: 'qayta ishlanmoqda {percent} %' },
  file_cancelled: { ru: 'отменён', en: 'cancelled', uz: 'bekor qilingan' },
  file_undone: { ru: 'загрузка отменена', en: 'taken back', uz: 'qaytarib olingan' },
  file_previewed: { ru: 'просмотрен', en: 'looked at', uz: 'koʻrib chiqilgan' },
  file_asks: {
    ru: 'есть вопрос, ответьте ниже',
    en: 'there is a question, answer below',
    uz: 'savol bor, quyida javob bering',
  },
  file_duplicate: {
    ru: 'этот файл уже загружен {at}',
    en: 'this file was loaded already on {at}',
    uz: 'bu fayl {at} da yuklangan',
  },
  more_files: { ru: '… и ещё файлов: {count}', en: '… and {count} more files', uz: '… va yana {count} ta fayl' },
  question: {
    ru: '❓ <b>{file}</b>\n{question}',
    en: '❓ <b>{file}</b>\n{question}',
    uz: '❓ <b>{file}</b>\n{question}',
  },
  answered: {
    ru: '{question}\n\n{answer} — {by}',
    en: '{question}\n\n{answer} — {by}',
    uz: '{question}\n\n{answer} — {by}',
  },
  accept_drift: { ru: 'Тот же отчёт', en: 'The same report', uz: 'Oʻsha hisobot' },
  identities_new: { ru: 'Загрузить как новые', en: 'Load as new', uz: 'Yangi deb yuklash' },
  identities_replace: { ru: 'Заменить записи', en: 'Replace the records', uz: 'Yozuvlarni almashtirish' },
  cancel_file: { ru: 'Отменить файл', en: 'Cancel the file', uz: 'Faylni bekor qilish' },

  report_usage: {
    ru: '/report — за вчера, /report 2025-06 — за месяц, /report 12.06.2025 — за день',
    en: '/report for yesterday, /report 2025-06 for a month, /report 12.06.2025 for a day',
    uz: '/report — kecha uchun, /report 2025-06 — oy uchun, /report 12.06.2025 — kun uchun',
  },
  report_asked: {
    ru: 'Готовлю таблицу за {period}, пришлю сюда.',
    en: 'Writing the workbook of {period}, it comes here.',
    uz: '{period} uchun jadval tayyorlanmoqda, shu yerga keladi.',
  },
  report_caption: { ru: 'Заказы за {period}', en: 'Orders of {period}', uz: '{period} buyurtmalari' },
  report_failed: {
    ru: 'Таблицу не удалось приготовить. Закажите её на странице.',
    en: 'The workbook could not be written. Ask for it on the page.',
    uz: 'Jadvalni tayyorlab boʻlmadi. Uni sahifada buyurtma qiling.',
  },

  lang_is: { ru: 'Язык — русский.', en: 'The language is English.', uz: 'Til — oʻzbekcha.' },
  lang_usage: {
    ru: '/lang ru, /lang uz или /lang en',
    en: '/lang ru, /lang uz or /lang en',
    uz: '/lang ru, /lang uz yoki /lang en',
  },
  role_viewer: { ru: 'просмотр', en: 'viewer', uz: 'kuzatuvchi' },
  role_operator: { ru: 'оператор', en: 'operator', uz: 'operator' },
  role_finance: { ru: 'финансы', en: 'finance', uz: 'moliya' },
  role_admin: { ru: 'администратор', en: 'administrator', uz: 'administrator' },
} as const satisfies TextTable;

export type TelegramText = keyof typeof telegramTexts;
