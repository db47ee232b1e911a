import type { Texts } from '../../en/index.ts';

export const postgres: Texts['doctor']['postgres'] = {
  'postgres.tls_required': {
    title: 'Server shifrlash talab qiladi, manzil esa shifrlashsiz',
    cause: 'Port faqat TLS qabul qiladi.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'DATABASE_URL oxiriga sslmode qoʻshing (no-verify: oʻzi imzolagan sertifikat tekshirilmaydi).',
  },
  'postgres.tls_not_offered': {
    title: 'Manzil TLS talab qiladi, port esa uni bilmaydi',
    cause: 'Port shifrlashsiz: ichki tarmoqda va mahalliy mashinada shunday boʻladi.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'DATABASE_URL ichidan sslmode ni olib tashlang yoki serverda TLS ni yoqing.',
  },
  'postgres.tls_self_signed': {
    title: 'Server sertifikatini serverning oʻzi imzolagan',
    cause: 'Uni taniqli markazlardan hech biri imzolamagan; Railway’dagi Postgres shunday.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'Ichki tarmoqda sslmode’siz manzilni ishlating; tashqarida sslmode=no-verify yoki oʻz ildiz sertifikatingizni.',
  },
  'postgres.login': { title: 'PostgreSQL’ga kirildi' },
  'postgres.server': { title: 'PostgreSQL versiyasi mos' },
  'postgres.writable': { title: 'Maʼlumotlar bazasi yozuvlarni qabul qilyapti' },
  'postgres.migrations': { title: 'Sxema versiyasi kod bilan bir xil' },
  'postgres.schema': { title: 'Jadvallar va indekslar joyida' },
  'postgres.write_read': { title: 'Yozish va oʻqish ishlayapti' },
  'postgres.audit': { title: 'Amallar jurnali muhrlangan' },
  'postgres.records': { title: 'Yozuvlarning buyurtma va fayllari bor' },
  'postgres.latency': { title: 'PostgreSQL’ning javob tezligi' },
  'postgres.root_certificate_missing': {
    title: 'sslrootcert fayli yoʻq yoki oʻqilmayapti',
    cause: 'DATABASE_URL bu mashinada yoʻq sertifikatni koʻrsatyapti.',
    effect: 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.',
    fix: 'Faylni joyiga qoʻying yoki sslrootcert ni olib tashlang.',
  },
  'postgres.autovacuum_off': {
    title: 'Avtotozalash oʻchirilgan',
    cause: 'Server yoki jadval uchun autovacuum yoki track_counts oʻchirilgan.',
    effect: 'Jadvallar oʻsib, sekinlashadi; oxirida server yozishni toʻxtatadi.',
    fix: 'Uni yoqing: server uchun yoki, jadval nomi koʻrsatilgan boʻlsa, shu jadval uchun.',
  },
  'postgres.idle_in_transaction': {
    title: 'Seans tranzaksiyani ochiq ushlab, hech narsa qilmayapti',
    cause: 'Kimdir commit ni unutgan yoki uning dasturi qotib qolgan.',
    effect: 'Uning qulflari boshqalarni ushlab turibdi, tozalash ishlamayapti.',
    fix: 'Seansni tugating; uning pid raqami «koʻrindi» qatorida.',
  },
  'postgres.pooled_transaction_mode': {
    title: 'Manzil tranzaksiya rejimidagi pul orqali olib boradi',
    cause:
      'Neon (-pooler), Supabase (6543) va PgBouncer ulanishni tranzaksiya boʻyicha beradi: seans qulflari va sozlamalari saqlanmaydi.',
    effect:
      'Jimgina uzilgan ulanish faqat 15 soniyadan keyin yopiladi; xizmatlar toʻxtaganda bajarilayotgan soʻrovlar bekor qilinmaydi.',
    fix: 'Toʻgʻridan-toʻgʻri manzilni bering (port 5432, -pooler’siz; DATABASE_UNPOOLED_URL).',
  },
};
