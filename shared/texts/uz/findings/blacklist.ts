import type { Texts } from '../../en/index.ts';

export const blacklist: Texts['doctor']['blacklist'] = {
  'blacklist.truth': { title: 'Bekor qilingan tokenlar PostgreSQL’dan oʻqilyapti' },
  'blacklist.copy': { title: 'Redis’dagi tez nusxa: yozish, tekshirish, oʻchirish' },
  'blacklist.unreadable': {
    title: 'Bekor qilingan tokenlar roʻyxati oʻqilmayapti',
    cause: 'Jadval yoki unga huquq yoʻq.',
    effect: 'Hech kim kiritilmaydi: 503.',
    fix: 'Migratsiyalarni bajaring.',
  },
  'blacklist.expired_pile': {
    title: 'Muddati oʻtgan bekor qilishlar yigʻishtirilmayapti',
    cause: 'api anchadan beri ishga tushmagan: ularni u yigʻishtiradi.',
    effect: 'Tekshirish sekinroq.',
    fix: 'api’ni ishga tushiring.',
  },
};
