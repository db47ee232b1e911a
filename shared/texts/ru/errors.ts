import type { Texts } from '../en/index.ts';

export const errors: Texts['errors'] = {
  validation_failed: 'Запрос составлен неверно',
  unauthenticated: 'Нужно войти',
  token_revoked: 'Этот вход отозван, войдите снова',
  forbidden: 'На это у вас нет прав',
  approval_pending: 'Заявка ждёт одобрения администратора',
  order_undone: 'Этого заказа больше нет: загрузку, из которой он взялся, отменили',
  file_expired:
    'Этот файл больше не хранится: он не был загружен или его загрузку отменили, и срок хранения вышел. Отправьте его ещё раз',
  not_found: 'Не найдено',
  conflict: 'Сейчас это невозможно: состояние уже другое',
  file_too_large: 'Файл больше допустимого: {maxMb} МБ',
  too_many_files: 'Слишком много файлов за один раз: можно {maxFiles}',
  unsupported_media_type: 'Файлы отправляются как multipart/form-data',
  rate_limited: 'Слишком много запросов, повторите через {retryAfterS}',
  internal: 'Внутренняя ошибка; сообщите номер запроса',
  service_unavailable: 'Сервис временно недоступен, повторите через {retryAfterS}',
};
