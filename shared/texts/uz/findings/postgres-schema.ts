import type { Texts } from '../../en/index.ts';

export const postgresSchema: Texts['doctor']['postgresSchema'] = {
  'postgres.version_old': {
    title: 'PostgreSQL juda eski',
    cause: '15 yoki yangiroq versiya kerak.',
    effect: 'Migratsiyalar va soʻrovlar bajarilmaydi.',
    fix: 'Serverni yangilang: nusxa oling, yangisini yarating, tiklang.',
  },
  'postgres.standby': {
    title: 'Bu zaxira server (faqat oʻqish)',
    cause: 'DATABASE_URL replikani koʻrsatyapti.',
    effect: 'Hech narsa yozib boʻlmaydi: yuklash 503 javobini beradi.',
    fix: 'Asosiy server manzilini bering.',
  },
  'postgres.read_only': {
    title: 'Seanslar faqat oʻqish uchun ochilyapti',
    cause: 'default_transaction_read_only yoqilgan: disk toʻlgan, kvota tugagan yoki rol shunday sozlangan.',
    effect: 'Hech narsa yozib boʻlmaydi: yuklash 503 javobini beradi.',
    fix: 'Joy boʻshating, soʻng bu rejimni oʻchiring.',
  },
  'postgres.migrations_missing': {
    title: 'Baza boʻsh: migratsiyalar bajarilmagan',
    cause: 'Baza yangi yoki boshqa baza.',
    effect: 'Xizmatlar /readyz soʻroviga 503 javobini beradi.',
    fix: 'Migratsiyalarni bajaring.',
  },
  'postgres.migrations_pending': {
    title: 'Bajarilmagan migratsiyalar bor',
    cause: 'Kod bazadan yangi: joylashtirishda migratsiya bosqichi bajarilmagan.',
    effect: 'Xizmatlar /readyz soʻroviga 503 javobini beradi.',
    fix: 'Migratsiyalarni bajaring.',
  },
  'postgres.migrations_ahead': {
    title: 'Baza koddan yangi',
    cause: 'Bazani koʻchirgan versiyadan eskirogʻi joylashtirilgan.',
    effect: 'Eski kod yangi jadvallarni notoʻgʻri tushunishi mumkin.',
    fix: 'Oʻsha yoki yangiroq versiyani joylashtiring.',
  },
  'postgres.table_missing': {
    title: 'Jadval yetishmaydi',
    cause: 'Uni qoʻlda oʻchirishgan yoki nusxa toʻliq tiklanmagan.',
    effect: 'Soʻrovlarning bir qismi xato bilan tugaydi.',
    fix: 'Bazani nusxadan tiklang.',
  },
  'postgres.index_missing': {
    title: 'Indeks yetishmaydi',
    cause: 'Uni qoʻlda oʻchirishgan yoki yaratish uzilib qolgan.',
    effect: 'Yuklash va qidiruv necha barobar sekin; takrorlanmaslik saqlanmasligi mumkin.',
    fix: 'Indeksni qaytadan yarating; buni doctor --fix bajaradi.',
  },
  'postgres.permission_denied': {
    title: 'Jadvallarga huquq yetishmaydi',
    cause: 'Migratsiyalarni boshqa foydalanuvchi bajargan.',
    effect: 'Hech narsa yozib boʻlmaydi: yuklash 503 javobini beradi.',
    fix: 'Rolga huquq bering yoki jadvallar egasidan foydalaning.',
  },
  'postgres.disk_full': {
    title: 'PostgreSQL diskida joy tugagan',
    cause: 'Bazaning diski toʻlgan.',
    effect: 'Hech narsa yozib boʻlmaydi: yuklash 503 javobini beradi.',
    fix: 'Diskni kattalashtiring.',
  },
  'postgres.write_failed': {
    title: 'Sinov yozuvi bajarilmadi',
    cause: 'Server yozishni rad etdi; kod «koʻrindi» qatorida.',
    effect: 'Hech narsa yozib boʻlmaydi: yuklash 503 javobini beradi.',
    fix: 'PostgreSQL jurnalini koʻring.',
  },
  'postgres.slow': {
    title: 'PostgreSQL sekin javob beryapti',
    cause: 'Server uzoqda (ichki manzil oʻrniga ochigʻi), yuklamasi ortiq yoki uxlagan edi.',
    effect: 'Hammasi ishlaydi, lekin sekinroq.',
    fix: 'Railway ichida ichki manzildan foydalaning; yuklamani tekshiring.',
  },
  'postgres.column_missing': {
    title: 'Kerakli ustun bazada yoʻq',
    cause: 'Ustunni qoʻlda oʻchirishgan yoki qayta nomlashgan.',
    effect: 'Uni oʻqiydigan sahifalar va yuklashlar 500 javobini beradi.',
    fix: 'Ustunni zaxira nusxadan tiklang; qaysi ustunligi «koʻrindi» qatorida.',
  },
};
