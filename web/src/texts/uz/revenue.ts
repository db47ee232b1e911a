import type { Messages } from '../ru/index.ts';

export const revenueTexts: Pick<Messages, 'summary'> = {
  summary: {
    title: 'Tushum',
    revenue: 'tushum',
    average: 'oʻrtacha buyurtma',
    soldBy: '{n} ta avtomat sotgan',
    refundDue: 'qaytarish kerak: toʻlangan, berilmagan',
    refunded: 'qaytarilgan',
    fiscal: 'cheklar minus naqd va karta sotuvlari',
    fiscalNote: 'sotuvlar {sales}, cheklar {receipts}',
    byTime: 'Vaqt boʻyicha tushum',
    group: 'Qadam',
    groups: { day: 'kunlar', week: 'haftalar', month: 'oylar' },
    types: 'Toʻlov turlari boʻyicha',
    machines: 'Avtomatlar boʻyicha',
    products: 'Mahsulotlar boʻyicha',
    rest: 'qolganlari: {n}',
    hours: 'Soatlar va hafta kunlari',
    gateways: 'Toʻlov tizimlari va buyurtmalar',
    gatewaysLead:
      '1\u00a0% gacha — joyida, 3\u00a0% gacha — koʻrib chiqish, undan ortiq — tekshirish. Toʻlab beriladigan summa — 2\u00a0% komissiya ayirilgan.',
    month: 'Oy',
    payments: 'Toʻlovlar',
    difference: 'Farq',
    level: 'Baho',
    payout: 'Toʻlab beriladi',
    levels: { ok: 'joyida', look: 'koʻrib chiqish', critical: 'tekshirish', not_loaded: 'buyurtmalar yuklanmagan' },
    loaded: { partial: 'hisobot toʻliq yuklanmagan', none: 'hisobot yuklanmagan' },
  },
};
