import type { TextTable } from './text.ts';

/** Why an export has no file (Export.error of api.md section 4). */
export const exportErrorTexts = {
  expired: {
    ru: 'Срок хранения выгрузки истёк',
    en: 'The export was kept for a day and is gone',
    uz: 'Jadvalni saqlash muddati tugagan',
    hint: { ru: 'Закажите выгрузку ещё раз.', en: 'Ask for the export again.', uz: 'Jadvalni yana soʻrang.' },
  },
  cancelled: { ru: 'Выгрузка отменена', en: 'The export was cancelled', uz: 'Jadval bekor qilindi' },
  export_timeout: {
    ru: 'Выгрузка готовилась дольше {minutes} мин и была остановлена',
    en: 'The export took longer than {minutes} min and was stopped',
    uz: 'Jadval {minutes} daqiqadan uzoq tayyorlandi va toʻxtatildi',
    hint: {
      ru: 'Сузьте период или фильтр.',
      en: 'Choose a shorter period or a narrower filter.',
      uz: 'Davrni qisqartiring yoki filtrni toraytiring.',
    },
  },
  poison: {
    ru: 'Выгрузка не удалась после {attempts} попыток',
    en: 'The export failed after {attempts} attempts',
    uz: 'Jadval {attempts} marta urinishdan keyin ham tayyor boʻlmadi',
    hint: {
      ru: 'Закажите её ещё раз; если не поможет, сообщите администратору.',
      en: 'Ask for it again; if that fails, tell an administrator.',
      uz: 'Uni yana soʻrang; yordam bermasa, administratorga ayting.',
    },
  },
  user_blocked: {
    ru: 'Заказавший выгрузку заблокирован',
    en: 'Whoever asked for the export was blocked',
    uz: 'Jadvalni soʻragan foydalanuvchi bloklangan',
  },
} as const satisfies TextTable;

export type ExportErrorCode = keyof typeof exportErrorTexts;

/** A refused request for an export, as `details.issues` says it. */
export const exportRequestTexts = {
  file_unknown: { ru: 'Такого файла нет', en: 'There is no such file', uz: 'Bunday fayl yoʻq' },
  exports_full: {
    ru: 'У вас хранится {count} выгрузок, {megabytes} МБ: отмените ненужные или дождитесь завтра',
    en: '{count} of your exports are kept, {megabytes} MB: cancel what you need no more, or wait until tomorrow',
    uz: 'Sizda {count} ta jadval saqlanmoqda, {megabytes} MB: keraksizini bekor qiling yoki ertagacha kuting',
  },
  too_many_exports: {
    ru: 'Готовятся ещё {count} ваших выгрузок: дождитесь их',
    en: 'Another {count} of your exports are being prepared: wait for them',
    uz: 'Sizning yana {count} ta jadvalingiz tayyorlanmoqda: ularni kuting',
  },
} as const satisfies TextTable;
