import type { TextTable } from './text.ts';

/** Why a file cannot be taken back now. */
export const undoTexts = {
  has_correction: {
    ru: 'Для этого файла загружено исправление: {name}',
    en: 'A correction of this file was loaded: {name}',
    uz: 'Bu fayl uchun tuzatish yuklangan: {name}',
    hint: {
      ru: 'Сначала отмените исправление, затем сам файл.',
      en: 'Undo the correction first, then the file.',
      uz: 'Avval tuzatishni, keyin faylning oʻzini bekor qiling.',
    },
  },
  still_processing: {
    ru: 'Файл {name} ещё обрабатывается',
    en: 'The file {name} is still being processed',
    uz: '{name} fayli hali qayta ishlanmoqda',
    hint: {
      ru: 'Дождитесь конца обработки или остановите её.',
      en: 'Wait until it has ended, or stop it.',
      uz: 'Tugashini kuting yoki uni toʻxtating.',
    },
  },
  bytes_missing: {
    ru: 'Файл {name} нужно прочитать заново, но его содержимого нет в хранилище',
    en: 'The file {name} must be read again, but its bytes are not in the store',
    uz: '{name} faylini qaytadan oʻqish kerak, lekin uning mazmuni omborda yoʻq',
    hint: {
      ru: 'Верните хранилище на место (том или STORAGE_URL) и отмените ещё раз. Ничего не изменено.',
      en: 'Bring the store back (the volume, or STORAGE_URL) and undo again. Nothing was changed.',
      uz: 'Omborni joyiga qaytaring (jild yoki STORAGE_URL) va yana bekor qiling. Hech narsa oʻzgarmadi.',
    },
  },
  internal: {
    ru: 'Отменить не удалось из-за внутренней ошибки',
    en: 'Undoing failed over an internal error',
    uz: 'Ichki xato tufayli bekor qilib boʻlmadi',
    hint: {
      ru: 'Сообщите администратору. Загрузка осталась как была.',
      en: 'Tell the administrator. The import is as it was.',
      uz: 'Administratorga ayting. Yuklash avvalgidek qoldi.',
    },
  },
} as const satisfies TextTable;
