import type { Texts } from '../../en/index.ts';

export const away: Texts['doctor']['away'] = {
  postgres: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
  redis: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
};
