import type { Texts } from '../en/index.ts';

export const exportErrors: Texts['exportErrors'] = {
  expired: { text: 'Jadvalni saqlash muddati tugagan', hint: 'Jadvalni yana soʻrang.' },
  cancelled: 'Jadval bekor qilindi',
  export_timeout: {
    text: 'Jadval {minutes} dan koʻproq tayyorlandi va toʻxtatildi',
    hint: 'Davrni qisqartiring yoki filtrni toraytiring.',
  },
  poison: {
    text: 'Jadval {attempts} marta urinishdan keyin ham tayyor boʻlmadi',
    hint: 'Uni yana soʻrang; yordam bermasa, administratorga ayting.',
  },
  user_blocked: 'Jadvalni soʻragan foydalanuvchi bloklangan',
};

export const exportRequests: Texts['exportRequests'] = {
  file_unknown: 'Bunday fayl yoʻq',
  exports_full: 'Sizda {count} ta jadval saqlanmoqda, {megabytes} MB: keraksizini bekor qiling yoki ertagacha kuting',
  too_many_exports: 'Sizning yana {count} ta jadvalingiz tayyorlanmoqda: ularni kuting',
};
