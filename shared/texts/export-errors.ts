import type { TextTable } from './text.ts';

/** Why an export has no file (Export.error of api.md section 4). */
export const exportErrorTexts = {
  expired: {
    ru: 'Срок хранения выгрузки истёк',
    en: 'The export was kept for a day and is gone',
    hint: { ru: 'Закажите выгрузку ещё раз.', en: 'Ask for the export again.' },
  },
  export_timeout: {
    ru: 'Выгрузка готовилась дольше {minutes} мин и была остановлена',
    en: 'The export took longer than {minutes} min and was stopped',
    hint: { ru: 'Сузьте период или фильтр.', en: 'Choose a shorter period or a narrower filter.' },
  },
  poison: {
    ru: 'Выгрузка не удалась после {attempts} попыток',
    en: 'The export failed after {attempts} attempts',
    hint: {
      ru: 'Закажите её ещё раз; если не поможет, сообщите администратору.',
      en: 'Ask for it again; if that fails, tell an administrator.',
    },
  },
  user_blocked: { ru: 'Заказавший выгрузку заблокирован', en: 'Whoever asked for the export was blocked' },
} as const satisfies TextTable;

export type ExportErrorCode = keyof typeof exportErrorTexts;

/** A refused request for an export, as `details.issues` says it. */
export const exportRequestTexts = {
  format_not_offered: {
    ru: 'Формат {format} пока не предлагается: выберите {formats}',
    en: 'The format {format} is not offered yet: choose {formats}',
  },
  file_unknown: { ru: 'Такого файла нет', en: 'There is no such file' },
  too_many_exports: {
    ru: 'Готовятся ещё {count} ваших выгрузок: дождитесь их',
    en: 'Another {count} of your exports are being prepared: wait for them',
  },
} as const satisfies TextTable;
