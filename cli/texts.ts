/** What the command line says, in the language of LANG; what the server says comes worded by it. */
import { LANGS, type Lang } from '../shared/texts/text.ts';

export type Words = Readonly<Record<Lang, string>>;

/** LC_ALL, LC_MESSAGES, LANG, as everywhere; English where they name no language of the product. */
export function langOf(env: NodeJS.ProcessEnv): Lang {
  const locale = (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '').toLowerCase();
  return LANGS.find((lang) => locale.startsWith(lang)) ?? 'en';
}

const texts = {
  usage: {
    ru: 'использование: vhm24r КОМАНДА [параметры]',
    en: 'usage: vhm24r COMMAND [options]',
    uz: 'foydalanish: vhm24r BUYRUQ [parametrlar]',
  },
  usageOf: { ru: 'использование: vhm24r {usage}', en: 'usage: vhm24r {usage}', uz: 'foydalanish: vhm24r {usage}' },
  everywhere: {
    ru: 'У всех команд: --json (только JSON), --help. Сервер и токен: VHM24R_URL и VHM24R_TOKEN или vhm24r login.',
    en: 'All commands: --json (JSON alone), --help. Server and token: VHM24R_URL and VHM24R_TOKEN, or vhm24r login.',
    uz: 'Barcha buyruqlarda: --json (faqat JSON), --help. Server, token: VHM24R_URL va VHM24R_TOKEN yoki vhm24r login.',
  },
  exits: {
    ru: 'Код завершения: 0 всё загружено, 1 не удалось, 2 есть вопросы, 3 ошибка в команде, 4 сервер недоступен.',
    en: 'Exit: 0 all done, 1 something failed, 2 questions are open, 3 usage, 4 the server is away.',
    uz: 'Tugash kodi: 0 hammasi yuklandi, 1 bajarilmadi, 2 savollar bor, 3 buyruqda xato, 4 serverga ulanib boʻlmadi.',
  },
  noCommand: { ru: 'нет команды «{name}»', en: 'there is no command “{name}”', uz: '“{name}” degan buyruq yoʻq' },
  wrongOption: {
    ru: 'нет такого параметра: {option}',
    en: 'there is no such option: {option}',
    uz: 'bunday parametr yoʻq: {option}',
  },
  needsValue: { ru: '{option}: не хватает значения', en: '{option} needs a value', uz: '{option}: qiymat yetishmaydi' },
  noValue: { ru: '{option} задаётся без значения', en: '{option} takes no value', uz: '{option} qiymatsiz beriladi' },
  needsArgument: { ru: 'не хватает: {what}', en: 'missing: {what}', uz: 'yetishmaydi: {what}' },
  oneOf: {
    ru: '{option}: одно из {values}',
    en: '{option} is one of {values}',
    uz: '{option}: quyidagilardan biri: {values}',
  },
  noServer: {
    ru: 'не сказано, где сервер: задайте VHM24R_URL или выполните vhm24r login',
    en: 'where is the server? Set VHM24R_URL, or run vhm24r login',
    uz: 'server qayerdaligi aytilmagan: VHM24R_URL ni bering yoki vhm24r login ni bajaring',
  },
  noToken: {
    ru: 'нет токена для {url}: задайте VHM24R_TOKEN или выполните vhm24r login',
    en: 'there is no token for {url}: set VHM24R_TOKEN, or run vhm24r login',
    uz: '{url} uchun token yoʻq: VHM24R_TOKEN ni bering yoki vhm24r login ni bajaring',
  },
  badUrl: {
    ru: 'это не адрес сервера: {url}',
    en: 'this is no address of a server: {url}',
    uz: 'bu server manzili emas: {url}',
  },
  openSettings: {
    ru: 'токен в {path} могут прочитать другие: chmod 600 {path}',
    en: 'others can read the token in {path}: chmod 600 {path}',
    uz: '{path} ichidagi tokenni boshqalar oʻqiy oladi: chmod 600 {path}',
  },
  brokenSettings: {
    ru: '{path} не читается: выполните vhm24r login',
    en: '{path} cannot be read: run vhm24r login',
    uz: '{path} oʻqilmayapti: vhm24r login ni bajaring',
  },
  askUrl: { ru: 'Адрес сервера: ', en: 'Address of the server: ', uz: 'Server manzili: ' },
  askToken: {
    ru: 'Персональный токен (не показывается): ',
    en: 'Personal token (not shown): ',
    uz: 'Shaxsiy token (koʻrsatilmaydi): ',
  },
  noTokenGiven: { ru: 'токен не введён', en: 'no token was given', uz: 'token kiritilmadi' },
  loggedIn: {
    ru: '{name} ({role}), сохранено в {path}',
    en: '{name} ({role}), kept in {path}',
    uz: '{name} ({role}), {path} ga saqlandi',
  },
  away: {
    ru: 'сервер недоступен ({url}): {reason}',
    en: 'the server is away ({url}): {reason}',
    uz: 'serverga ulanib boʻlmadi ({url}): {reason}',
  },
  refused: { ru: '{message} [{code}]', en: '{message} [{code}]', uz: '{message} [{code}]' },
  waiting: {
    ru: 'сервер просит подождать {seconds} с',
    en: 'the server asks to wait {seconds} s',
    uz: 'server {seconds} soniya kutishni soʻrayapti',
  },
  noFile: {
    ru: 'файл не читается: {path} ({reason})',
    en: 'the file cannot be read: {path} ({reason})',
    uz: 'fayl oʻqilmayapti: {path} ({reason})',
  },
  fileChanged: {
    ru: 'файл изменился во время отправки: {path}',
    en: 'the file changed while it was sent: {path}',
    uz: 'fayl yuborish paytida oʻzgardi: {path}',
  },
  sending: { ru: 'отправка', en: 'sending', uz: 'yuborilmoqda' },
  processing: { ru: 'обработка', en: 'processing', uz: 'ishlanmoqda' },
  sent: {
    ru: 'отправлено файлов: {count} ({bytes})',
    en: 'files sent: {count} ({bytes})',
    uz: 'yuborilgan fayllar: {count} ({bytes})',
  },
  session: { ru: 'загрузка {id}: {status}', en: 'session {id}: {status}', uz: 'yuklash {id}: {status}' },
  lookThere: {
    ru: 'вопрос к файлу: {url}/files/{id}',
    en: 'a question about the file: {url}/files/{id}',
    uz: 'fayl boʻyicha savol: {url}/files/{id}',
  },
  rows: {
    ru:
      'строк {read}: новых {new}, обновлено {updated}, без изменений {unchanged}, отклонено {rejected}, ' +
      'пропущено {skipped}',
    en: '{read} rows: {new} new, {updated} updated, {unchanged} unchanged, {rejected} rejected, {skipped} skipped',
    uz:
      'qatorlar {read}: yangi {new}, yangilangan {updated}, oʻzgarmagan {unchanged}, rad etilgan {rejected}, ' +
      'oʻtkazib yuborilgan {skipped}',
  },
  wouldDo: {
    ru: 'заказов станет новых {new}, изменится {changed}',
    en: '{new} orders would be new, {changed} would change',
    uz: 'yangi buyurtmalar {new}, oʻzgaradigani {changed}',
  },
  orders: { ru: 'показано заказов: {count}', en: 'orders shown: {count}', uz: 'koʻrsatilgan buyurtmalar: {count}' },
  ordersMore: {
    ru: 'показано заказов: {count}; есть ещё: --limit или --all',
    en: 'orders shown: {count}; there are more: --limit or --all',
    uz: 'koʻrsatilgan buyurtmalar: {count}; yana bor: --limit yoki --all',
  },
  noOrder: {
    ru: 'нет заказа с номером {number}',
    en: 'there is no order with the number {number}',
    uz: '{number} raqamli buyurtma yoʻq',
  },
  nothingMissing: { ru: 'Всё загружено.', en: 'Nothing is missing.', uz: 'Hammasi yuklangan.' },
  saved: {
    ru: '{path}: строк {rows}, {bytes}',
    en: '{path}: rows {rows}, {bytes}',
    uz: '{path}: qatorlar {rows}, {bytes}',
  },
  savedFile: { ru: '{path}', en: '{path}', uz: '{path}' },
  fileExists: {
    ru: 'файл уже есть: {path} (--force заменит)',
    en: 'the file exists: {path} (--force replaces it)',
    uz: 'fayl allaqachon bor: {path} (--force almashtiradi)',
  },
  /** what the history says where nobody gave a reason */
  undoReason: {
    ru: 'отменено из командной строки',
    en: 'taken back from the command line',
    uz: 'buyruq satridan bekor qilindi',
  },
  needsReason: {
    ru: 'причина слишком коротка: --reason "…" (не короче 10 знаков)',
    en: 'the reason is too short: --reason "…" (10 characters at least)',
    uz: 'sabab juda qisqa: --reason "…" (kamida 10 belgi)',
  },
  undoRows: {
    ru: 'строк: убрано {removed}, возвращено {restored}, осталось {kept}',
    en: 'rows: {removed} removed, {restored} restored, {kept} kept',
    uz: 'qatorlar: olib tashlandi {removed}, qaytarildi {restored}, qoldi {kept}',
  },
  undoOrders: {
    ru: 'заказов: убрано {removed}, изменено {changed}',
    en: 'orders: {removed} removed, {changed} changed',
    uz: 'buyurtmalar: olib tashlandi {removed}, oʻzgardi {changed}',
  },
  undoDry: {
    ru: 'только проверка: ничего не изменено',
    en: 'a dry run: nothing was changed',
    uz: 'faqat tekshiruv: hech narsa oʻzgarmadi',
  },
  watching: {
    ru: 'слежу за {path}, Ctrl-C остановит',
    en: 'watching {path}, Ctrl-C stops',
    uz: '{path} kuzatilyapti, Ctrl-C toʻxtatadi',
  },
  status: { ru: 'статус', en: 'status', uz: 'holat' },
} as const satisfies Record<string, Words>;

export type TextKey = keyof typeof texts;

export function worded(key: TextKey, lang: Lang, params: Readonly<Record<string, string | number>> = {}): string {
  return texts[key][lang].replace(/\{(\w+)\}/g, (match, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : match,
  );
}

/** What each command does, for the overview. */
export const summaries = {
  upload: { ru: 'загрузить отчёты', en: 'upload reports', uz: 'hisobotlarni yuklash' },
  status: { ru: 'как идёт загрузка', en: 'how an upload is getting on', uz: 'yuklash qanday ketayotgani' },
  orders: {
    ru: 'заказы; --attention: те, что требуют внимания',
    en: 'orders; --attention: those that need it',
    uz: 'buyurtmalar; --attention: eʼtibor talab qiladiganlari',
  },
  order: {
    ru: 'один заказ: откуда что известно и почему такой статус',
    en: 'one order, and why it has its status',
    uz: 'bitta buyurtma: maʼlumot qayerdan va holati nega shunday',
  },
  missing: { ru: 'какие отчёты не загружены', en: 'which reports are missing', uz: 'qaysi hisobotlar yuklanmagan' },
  export: { ru: 'выгрузить в файл', en: 'export to a file', uz: 'faylga chiqarish' },
  undo: {
    ru: 'отменить загрузку файла',
    en: 'take the import of a file back',
    uz: 'fayl yuklanishini bekor qilish',
  },
  watch: {
    ru: 'загружать всё, что кладут в папку',
    en: 'upload what is put into a folder',
    uz: 'papkaga qoʻyilgan hamma narsani yuklash',
  },
  templates: {
    ru: 'скачать образцы отчётов',
    en: 'download examples of the reports',
    uz: 'hisobot namunalarini yuklab olish',
  },
  doctor: {
    ru: 'проверка сервера: что сломано и как починить',
    en: 'what is broken at the server, and what mends it',
    uz: 'serverni tekshirish: nima buzilgan va qanday tuzatiladi',
  },
  login: { ru: 'запомнить сервер и токен', en: 'keep server and token', uz: 'server va tokenni eslab qolish' },
} as const satisfies Record<string, Words>;

/** First lines of tables for people; programs read the names of the contract. */
export const headers = {
  orders: {
    ru: ['Время', 'Номер', 'Автомат', 'Товар', 'Оплата', 'Цена', 'Статус', 'Почему'],
    en: ['Time', 'Number', 'Machine', 'Goods', 'Payment', 'Price', 'Status', 'Why'],
    uz: ['Vaqt', 'Raqam', 'Avtomat', 'Tovar', 'Toʻlov', 'Narx', 'Holat', 'Nega'],
  },
  legs: {
    ru: ['Источник', 'Ключ', 'Файл', 'Строка'],
    en: ['Source', 'Key', 'File', 'Row'],
    uz: ['Manba', 'Kalit', 'Fayl', 'Qator'],
  },
} as const satisfies Record<string, Readonly<Record<Lang, readonly string[]>>>;

/** States of sessions, files and undos (api.md 3); one that is not here is shown as it is. */
const states: Readonly<Record<string, Words>> = {
  queued: { ru: 'ждёт', en: 'queued', uz: 'kutmoqda' },
  processing: { ru: 'обрабатывается', en: 'processing', uz: 'ishlanmoqda' },
  completed: { ru: 'готово', en: 'completed', uz: 'tayyor' },
  completed_with_errors: {
    ru: 'готово, есть отклонённые строки',
    en: 'completed, some rows were rejected',
    uz: 'tayyor, rad etilgan qatorlar bor',
  },
  failed: { ru: 'не удалось', en: 'failed', uz: 'bajarilmadi' },
  cancelled: { ru: 'отменено', en: 'cancelled', uz: 'toʻxtatildi' },
  needs_mapping: { ru: 'есть вопрос', en: 'there is a question', uz: 'savol bor' },
  duplicate: { ru: 'уже загружен раньше', en: 'was loaded before', uz: 'avval yuklangan' },
  previewed: { ru: 'просмотрен, не загружен', en: 'looked at, not loaded', uz: 'koʻrib chiqilgan, yuklanmagan' },
  undone: { ru: 'загрузка отменена', en: 'taken back', uz: 'yuklash bekor qilindi' },
  blocked: { ru: 'нельзя', en: 'blocked', uz: 'mumkin emas' },
};

export function stateText(state: string, lang: Lang): string {
  return Object.hasOwn(states, state) ? (states[state]?.[lang] ?? state) : state;
}

const UNITS: Readonly<Record<Lang, readonly string[]>> = {
  ru: ['Б', 'КБ', 'МБ', 'ГБ'],
  en: ['B', 'KB', 'MB', 'GB'],
  uz: ['B', 'KB', 'MB', 'GB'],
};

/** "849 KB" */
export function bytesText(bytes: number, lang: Lang): string {
  const units = UNITS[lang];
  const step = bytes < 1_000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const figure = bytes / 1_000 ** step;
  return `${figure >= 100 || step === 0 ? Math.round(figure) : figure.toFixed(1)} ${units[step]}`;
}
