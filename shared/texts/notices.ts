import { missingLines } from './missing.ts';
import { intakeFindingTexts } from './intake.ts';
import { shownParams } from './shown-params.ts';
import { type Lang, LANGS } from './text.ts';

/** What administrators get by Telegram, in all three languages: one message for all of them. */
export type NoticeKind =
  | 'monitor_changed'
  | 'daily_report'
  | 'errors'
  | 'machines_failing'
  | 'backup_failed'
  | 'disk_nearly_full'
  | 'nothing_loaded'
  | 'audit_broken'
  | 'guessed_often'
  | 'rows_refused'
  | 'stored_file_missing'
  | 'days_missing'
  | 'intake_folder'
  | 'intake_mail';
export type NoticeParams = Readonly<Record<string, string | number>>;

type Words = Readonly<Record<Lang, string>>;

export const noticeTexts: Readonly<Record<NoticeKind, Words>> = {
  monitor_changed: {
    ru: '{target}: {to} (было: {from}; причина: {reason})',
    en: '{target}: {to} (was: {from}; reason: {reason})',
    uz: '{target}: {to} (avval: {from}; sabab: {reason})',
  },
  daily_report: {
    ru: 'Отчёт за {day}: заказов {orders} на {sum} сум, загружено файлов {files}, не загружено {failed}, требуют внимания {open}',
    en: 'Report for {day}: {orders} orders, {sum} UZS, {files} files loaded, {failed} failed, {open} need attention',
    uz: '{day} hisoboti: {orders} ta buyurtma, {sum} soʻm, yuklangan fayllar {files}, yuklanmagani {failed}, eʼtibor talab qiladi {open}',
  },
  errors: {
    ru: 'За час не загружено файлов: {failed}, отклонено строк: {rejected}',
    en: 'In the last hour {failed} files failed, {rejected} rows were rejected',
    uz: 'Bir soat ichida yuklanmagan fayllar: {failed}, rad etilgan qatorlar: {rejected}',
  },
  machines_failing: {
    ru: 'Автоматы, у которых больше половины заказов за 24 ч не выданы или возвращены: {machines}',
    en: 'Machines with over half of their orders of 24 h not dispensed or refunded: {machines}',
    uz: '24 soatdagi buyurtmalarining yarmidan koʻpi berilmagan yoki qaytarilgan avtomatlar: {machines}',
  },
  backup_failed: {
    ru: 'Резервная копия не снята: {reason}',
    en: 'The backup failed: {reason}',
    uz: 'Zaxira nusxa olinmadi: {reason}',
  },
  disk_nearly_full: {
    ru: 'Диск занят на {percent}\u00a0%: {path}',
    en: 'Disk {percent}% full: {path}',
    uz: 'Diskning {percent}\u00a0% qismi band: {path}',
  },
  guessed_often: {
    ru: 'Пароль пользователя № {user} подбирают: {failures} неудачных входов за час с разных адресов',
    en: 'Somebody guesses the password of user {user}: {failures} failed sign-ins within an hour',
    uz: '{user}-foydalanuvchi parolini taxmin qilishyapti: bir soatda turli manzillardan {failures} ta muvaffaqiyatsiz urinish',
  },
  audit_broken: {
    ru: 'Журнал действий изменён в обход программы ({reason}), место цепочки {seq}. Проверьте: npm run audit:verify',
    en: 'The audit log was changed behind the product ({reason}), at place {seq} of the chain. Check: npm run audit:verify',
    uz: 'Amallar jurnali dasturni chetlab oʻzgartirilgan ({reason}), zanjirning {seq}-oʻrni. Tekshiring: npm run audit:verify',
  },
  rows_refused: {
    ru: 'Файл «{file}»: строк, на которых обработка сломалась и которые отклонены: {count} (код {reason})',
    en: 'File “{file}”: rows that broke the processing and were refused: {count} (code {reason})',
    uz: '“{file}” fayli: qayta ishlashni buzgan va rad etilgan qatorlar: {count} (kod: {reason})',
  },
  stored_file_missing: {
    ru: 'Сохранённые данные файла «{name}» пропали, файл не загружен. Проверьте хранилище (npm run doctor) и загрузите файл снова',
    en: 'The stored bytes of “{name}” are gone and the file was not loaded. Check the storage (npm run doctor), then upload it again',
    uz: '“{name}” faylining saqlangan maʼlumotlari yoʻqolgan, fayl yuklanmadi. Omborni tekshiring (npm run doctor) va faylni yana yuklang',
  },
  days_missing: {
    ru: 'Не загружены отчёты:\n{missing}',
    en: 'Reports not loaded:\n{missing}',
    uz: 'Hisobotlar yuklanmagan:\n{missing}',
  },
  intake_folder: {
    ru: 'Папка отчётов, {subject}: {reason}',
    en: 'Watched folder, {subject}: {reason}',
    uz: 'Hisobotlar papkasi, {subject}: {reason}',
  },
  intake_mail: {
    ru: 'Почта с отчётами, {subject}: {reason}',
    en: 'Mail with reports, {subject}: {reason}',
    uz: 'Hisobotlar pochtasi, {subject}: {reason}',
  },
  nothing_loaded: {
    ru: 'Файлы ждут дольше двух часов: {count}',
    en: '{count} files have waited for over two hours',
    uz: 'Ikki soatdan ortiq kutayotgan fayllar: {count}',
  },
};

/** Codes among the figures: services, their states, and why. */
export const noticeWords: Readonly<Record<string, Words>> = {
  ...intakeFindingTexts,
  postgres: { ru: 'База данных', en: 'Database', uz: 'Maʼlumotlar bazasi' },
  redis: { ru: 'Redis', en: 'Redis', uz: 'Redis' },
  worker: { ru: 'Обработка файлов', en: 'File processing', uz: 'Fayllarni qayta ishlash' },
  healthy: { ru: 'работает', en: 'works', uz: 'ishlayapti' },
  degraded: { ru: 'с задержками', en: 'slow', uz: 'sekin' },
  critical: { ru: 'отвечает не всегда', en: 'failing', uz: 'uzilib-uzilib ishlayapti' },
  offline: { ru: 'недоступно', en: 'away', uz: 'ishlamayapti' },
  ok: { ru: 'отвечает снова', en: 'it answers again', uz: 'yana javob beryapti' },
  no_answer: { ru: 'не отвечает', en: 'no answer', uz: 'javob bermayapti' },
  none_alive: { ru: 'ни один не работает', en: 'none is alive', uz: 'birortasi ham ishlamayapti' },
};

const CODED = new Set(['target', 'from', 'to', 'reason']);

/** The news in one language. */
export function noticeLine(kind: NoticeKind, params: NoticeParams, lang: Lang): string {
  const shown = shownParams(params, lang);
  const word = (name: string, match: string): string => {
    if (name === 'missing') return missingLines(lang, String(params[name]));
    const code = String(params[name]);
    return (CODED.has(name) && Object.hasOwn(noticeWords, code) ? noticeWords[code]?.[lang] : shown[name]) ?? match;
  };
  return noticeTexts[kind][lang].replace(/\{(\w+)\}/g, (match, name: string) =>
    Object.hasOwn(params, name) ? word(name, match) : match,
  );
}

/** @returns the product's name, then the news in Russian, English and Uzbek, each on a line or more of its own */
export function noticeText(kind: NoticeKind, params: NoticeParams): string {
  return ['VHM24R', ...LANGS.map((lang) => noticeLine(kind, params, lang))].join('\n');
}
