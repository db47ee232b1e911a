import type { Texts } from '../../en/index.ts';

export const report: Texts['doctor']['report'] = {
  evidence: 'koʻrindi',
  cause: 'sababi',
  effect: 'oqibati',
  fix: 'nima qilish kerak',
  docs: 'batafsil',
  appeared: 'paydo boʻldi',
  gone: 'oʻtib ketdi',
  changes: 'Oldingi tekshiruvdan beri',
  fixes: 'Tuzatishlar',
  done: 'bajarildi',
  would: 'bajariladi',
  failed: 'bajarilmadi',
  fine: 'Hammasi joyida',
  sum: 'xatolar: {e}, ogohlantirishlar: {w}',
};
