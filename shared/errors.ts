/**
 * Errors that reach a client (api.md section 4). The catalogue gives each code its status and its texts; only
 * api/middleware/error-handler.ts turns an error into an answer. A file's own faults are FileFault (readers/reader.ts),
 * a bad row is data; neither belongs here.
 */
import type { TextTable } from './texts/text.ts';

export const errorTexts = {
  validation_failed: {
    ru: 'Запрос составлен неверно',
    en: 'The request is not valid',
    uz: 'Soʻrov notoʻgʻri tuzilgan',
  },
  unauthenticated: { ru: 'Нужно войти', en: 'Sign in first', uz: 'Avval kiring' },
  token_revoked: {
    ru: 'Этот вход отозван, войдите снова',
    en: 'This sign-in was revoked, sign in again',
    uz: 'Bu kirish bekor qilingan, qaytadan kiring',
  },
  forbidden: { ru: 'На это у вас нет прав', en: 'You are not allowed to do this', uz: 'Bunga huquqingiz yoʻq' },
  approval_pending: {
    ru: 'Заявка ждёт одобрения администратора',
    en: 'Your request waits for an administrator',
    uz: 'Arizangiz administrator tasdigʻini kutmoqda',
  },
  order_undone: {
    ru: 'Этого заказа больше нет: загрузку, из которой он взялся, отменили',
    en: 'This order is gone: the import that brought it was undone',
    uz: 'Bu buyurtma endi yoʻq: uni olib kelgan yuklash bekor qilingan',
  },
  file_expired: {
    ru:
      'Этот файл больше не хранится: он не был загружен или его загрузку отменили, и срок хранения вышел. ' +
      'Отправьте его ещё раз',
    en: 'This file is no longer kept: it was not loaded, or its import was undone, and its time is over. Send it again',
    uz:
      'Bu fayl endi saqlanmaydi: u yuklanmagan yoki yuklash bekor ' +
      'qilingan, saqlash muddati tugagan. Uni qaytadan yuboring',
  },
  not_found: { ru: 'Не найдено', en: 'Not found', uz: 'Topilmadi' },
  conflict: {
    ru: 'Сейчас это невозможно: состояние уже другое',
    en: 'Not possible now: the state has changed',
    uz: 'Hozir buning iloji yoʻq: holat oʻzgargan',
  },
  file_too_large: {
    ru: 'Файл больше допустимого: {maxMb} МБ',
    en: 'The file is larger than allowed: {maxMb} MB',
    uz: 'Fayl ruxsat etilgan {maxMb} MB dan katta',
  },
  too_many_files: {
    ru: 'Слишком много файлов за один раз: можно {maxFiles}',
    en: 'Too many files at once: {maxFiles} are allowed',
    uz: 'Bir martada fayllar juda koʻp: {maxFiles} tagacha mumkin',
  },
  unsupported_media_type: {
    ru: 'Файлы отправляются как multipart/form-data',
    en: 'Files are sent as multipart/form-data',
    uz: 'Fayllar multipart/form-data koʻrinishida yuboriladi',
  },
  rate_limited: {
    ru: 'Слишком много запросов, повторите через {retryAfterS}',
    en: 'Too many requests, try again in {retryAfterS}',
    uz: 'Soʻrovlar juda koʻp, {retryAfterS}dan soʻng urinib koʻring',
  },
  internal: {
    ru: 'Внутренняя ошибка; сообщите номер запроса',
    en: 'Internal error; quote the request id',
    uz: 'Serverda nosozlik yuz berdi; soʻrov raqamini ayting',
  },
  service_unavailable: {
    ru: 'Сервис временно недоступен, повторите через {retryAfterS}',
    en: 'Temporarily unavailable, try again in {retryAfterS}',
    uz: 'Xizmat vaqtincha ishlamayapti, {retryAfterS}dan soʻng urinib koʻring',
  },
} as const satisfies TextTable;

export type ErrorCode = keyof typeof errorTexts;

const STATUS: Record<ErrorCode, number> = {
  validation_failed: 400,
  unauthenticated: 401,
  token_revoked: 401,
  forbidden: 403,
  approval_pending: 403,
  not_found: 404,
  order_undone: 410,
  file_expired: 410,
  conflict: 409,
  file_too_large: 413,
  too_many_files: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal: 500,
  service_unavailable: 503,
};

/** The HTTP status of a code. */
export const statusOf = (code: ErrorCode): number => STATUS[code];

export interface AppErrorOptions {
  /** for the text */
  params?: Record<string, string | number>;
  /** sent as `details`; never internals */
  details?: unknown;
  cause?: unknown;
}

/** An error with a stable code; its status and texts come from the catalogue. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: Record<string, string | number>;
  readonly details: unknown;
  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = options.params ?? {};
    this.details = options.details;
  }
  get status(): number {
    return statusOf(this.code);
  }
}

/** PostgreSQL or another store cannot be reached in time: 503 with Retry-After. */
export function unavailable(cause: unknown, retryAfterS = 2): AppError {
  return new AppError('service_unavailable', { params: { retryAfterS }, details: { retryAfterS }, cause });
}
