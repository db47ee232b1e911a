import type { Texts } from '../en/index.ts';

export const exportErrors: Texts['exportErrors'] = {
  expired: { text: 'Срок хранения выгрузки истёк', hint: 'Закажите выгрузку ещё раз.' },
  cancelled: 'Выгрузка отменена',
  export_timeout: {
    text: 'Выгрузка готовилась дольше {minutes} и была остановлена',
    hint: 'Сузьте период или фильтр.',
  },
  poison: {
    text: 'Выгрузка не удалась после {attempts} попыток',
    hint: 'Закажите её ещё раз; если не поможет, сообщите администратору.',
  },
  user_blocked: 'Заказавший выгрузку заблокирован',
};

export const exportRequests: Texts['exportRequests'] = {
  file_unknown: 'Такого файла нет',
  exports_full: 'Хранится ваших выгрузок: {count}, всего {megabytes} МБ. Отмените ненужные или подождите до завтра',
  too_many_exports: 'Ваших выгрузок готовится: {count}. Дождитесь их',
};
