import type { Texts } from '../../en/index.ts';

export const postgresLogin: Texts['doctor']['postgresLogin'] = {
  'postgres.url_missing': {
    title: 'DATABASE_URL berilmagan',
    cause: 'Oʻzgaruvchi boʻsh yoki xizmatga uzatilmagan.',
    effect: 'Birorta xizmat ishga tushmaydi.',
    fix: 'DATABASE_URL uchun Postgres xizmatiga havola bering (Railway’dan tashqarida DATABASE_PUBLIC_URL qiymati).',
  },
  'postgres.url_sqlite': {
    title: 'DATABASE_URL SQLite’ni koʻrsatyapti',
    cause: 'Manzil eski tizimdan qolgan.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'PostgreSQL 15 yoki yangirogʻi kerak.',
  },
  'postgres.wrong_password': {
    title: 'PostgreSQL paroli yoki foydalanuvchisi notoʻgʻri',
    cause:
      'Kirish maʼlumotlari eskirgan: parol almashtirilgan yoki baza qaytadan yaratilgan, DATABASE_URL esa oʻsha-oʻsha.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'Postgres xizmatidan DATABASE_URL’ning hozirgi qiymatini nusxalang va xizmatlarni qayta ishga tushiring.',
  },
  'postgres.password_missing': {
    title: 'DATABASE_URL ichida parol yoʻq',
    cause: 'Server parol soʻrayapti.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'DATABASE_URL qiymatini toʻliq nusxalang.',
  },
  'postgres.login_refused': {
    title: 'Server bu foydalanuvchini bu yerdan kiritmayapti',
    cause: 'Kirish qoidalari (pg_hba, manzillar roʻyxati) yoki rol bunday ulanishga ruxsat bermaydi.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'Rolni va serverning kirish qoidalarini tekshiring.',
  },
  'postgres.no_database': {
    title: 'Bunday maʼlumotlar bazasi yoʻq',
    cause: 'DATABASE_URL ichidagi baza nomi notoʻgʻri yoki baza hali yaratilmagan.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'DATABASE_URL oxiridagi nomni tuzating yoki bazani yarating.',
  },
  'postgres.too_many_connections': {
    title: 'PostgreSQL’da ulanish uchun joy qolmagan',
    cause: 'Ulanishlar max_connections dan koʻp: pul juda katta, xizmat nusxalari koʻp yoki unutilgan seanslar bor.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'DATABASE_POOL_MAX ni kamaytiring, ortiqcha seanslarni yoping yoki max_connections ni oshiring.',
  },
  'postgres.connections_near_limit': {
    title: 'PostgreSQL ulanishlari chegaraning 80 foizidan oshgan',
    cause: 'Xizmatlar pullari birgalikda max_connections ga yaqinlashgan.',
    effect: 'Tez orada yangi ulanishlar rad etiladi.',
    fix: 'DATABASE_POOL_MAX ni kamaytiring yoki max_connections ni oshiring.',
  },
  'postgres.starting': {
    title: 'PostgreSQL ishga tushyapti, toʻxtayapti yoki tiklanyapti',
    cause: 'Server qayta ishga tushirilgan yoki nosozlikdan keyin tiklanmoqda.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'Bir daqiqa kutib, takrorlang; oʻtib ketmasa, server jurnalini koʻring.',
  },
  'postgres.startup_refused': {
    title: 'PostgreSQL oldidagi ulanishlar puli seans sozlamalarini qabul qilmayapti',
    cause: 'PgBouncer va unga oʻxshash pullar ayrim boshlangʻich sozlamalarni rad etadi.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'Bazaning toʻgʻridan-toʻgʻri manzilini bering (DATABASE_UNPOOLED_URL).',
  },
  'postgres.session_settings_lost': {
    title: 'PostgreSQL oldidagi ulanishlar puli seans sozlamalarini yoʻqotyapti',
    cause:
      'ignore_startup_parameters bilan PgBouncer va unga oʻxshash pullar boshlangʻich sozlamalarni qabul qiladi, lekin serverga uzatmaydi.',
    effect: 'Soʻrovlar vaqt bilan cheklanmagan va boshqalarning qulflarini cheksiz kutishi mumkin.',
    fix: 'Bazaning toʻgʻridan-toʻgʻri manzilini bering (DATABASE_UNPOOLED_URL) yoki sozlamalarni xizmatlar roliga bering va pulni qayta ishga tushiring; migratsiyalarni toʻgʻridan-toʻgʻri manzil orqali bajaring.',
  },
  'postgres.login_failed': {
    title: 'PostgreSQL’ga kirib boʻlmadi',
    cause: 'Server xato bilan javob berdi; uning kodi «koʻrindi» qatorida.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'Kodni PostgreSQL hujjatining A ilovasidan toping.',
  },
};
