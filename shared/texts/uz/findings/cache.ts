import type { Texts } from '../../en/index.ts';

export const cache: Texts['doctor']['cache'] = {
  'cache.write_read': { title: 'Kesh: yozish, oʻqish, oʻchirish' },
  'cache.not_kept': {
    title: 'Redis kesh yozuvlarini saqlamayapti',
    cause: 'Yozilgan qiymat qayta oʻqilmadi.',
    effect: 'Hisobotlar har safar qaytadan hisoblanadi.',
    fix: 'Redis xotirasi va siyosatini tekshiring.',
  },
};
