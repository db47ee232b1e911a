import type { Texts } from '../en/index.ts';

export const undo: Texts['undo'] = {
  has_correction: {
    text: 'Bu fayl uchun tuzatish yuklangan: {name}',
    hint: 'Avval tuzatishni, keyin faylning oʻzini bekor qiling.',
  },
  still_processing: { text: '{name} fayli hali qayta ishlanmoqda', hint: 'Tugashini kuting yoki uni toʻxtating.' },
  bytes_missing: {
    text: '{name} faylini qaytadan oʻqish kerak, lekin uning mazmuni omborda yoʻq',
    hint: 'Omborni joyiga qaytaring (jild yoki STORAGE_URL) va yana bekor qiling. Hech narsa oʻzgarmadi.',
  },
  internal: {
    text: 'Ichki xato tufayli bekor qilib boʻlmadi',
    hint: 'Administratorga ayting. Yuklash avvalgidek qoldi.',
  },
};
