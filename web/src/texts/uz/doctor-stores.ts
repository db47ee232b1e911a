import { onTheWire, type DoctorWords } from './doctor-network.ts';

/** Uzbek words for what the doctor finds in PostgreSQL and Redis; see uz-doctor.ts. */

const noDatabase = 'Tuzatilguncha yuklash va kirish 503 javobini beradi; qabul qilingan fayllar kutib turadi.';
const noQueue = 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.';
const noWriting = 'Hech narsa yozib boʻlmaydi: yuklash 503 javobini beradi.';
const notReady = 'Xizmatlar /readyz soʻroviga 503 javobini beradi.';
const errorCode = 'Server xato bilan javob berdi; uning kodi pastdagi qatorda.';

const postgres: Record<string, DoctorWords> = {
  'postgres.login': ['PostgreSQL’ga kirildi'],
  'postgres.server': ['PostgreSQL versiyasi mos'],
  'postgres.writable': ['Maʼlumotlar bazasi yozuvlarni qabul qilyapti'],
  'postgres.migrations': ['Sxema versiyasi kod bilan bir xil'],
  'postgres.schema': ['Jadvallar va indekslar joyida'],
  'postgres.write_read': ['Yozish va oʻqish ishlayapti'],
  'postgres.audit': ['Amallar jurnali muhrlangan'],
  'postgres.records': ['Yozuvlarning buyurtma va fayllari bor'],
  'postgres.latency': ['PostgreSQL’ning javob tezligi'],
  'postgres.url_missing': [
    'DATABASE_URL berilmagan',
    'Oʻzgaruvchi boʻsh yoki xizmatga uzatilmagan.',
    'Birorta xizmat ishga tushmaydi.',
    'DATABASE_URL uchun Postgres xizmatiga havola bering (Railway’dan tashqarida DATABASE_PUBLIC_URL qiymati).',
  ],
  'postgres.url_sqlite': [
    'DATABASE_URL SQLite’ni koʻrsatyapti',
    'Manzil eski tizimdan qolgan.',
    noDatabase,
    'PostgreSQL 15 yoki yangirogʻi kerak.',
  ],
  'postgres.wrong_password': [
    'PostgreSQL paroli yoki foydalanuvchisi notoʻgʻri',
    'Kirish maʼlumotlari eskirgan: parol almashtirilgan yoki baza qaytadan yaratilgan, DATABASE_URL esa oʻsha-oʻsha.',
    noDatabase,
    'Postgres xizmatidan DATABASE_URL’ning hozirgi qiymatini nusxalang va xizmatlarni qayta ishga tushiring.',
  ],
  'postgres.password_missing': [
    'DATABASE_URL ichida parol yoʻq',
    'Server parol soʻrayapti.',
    noDatabase,
    'DATABASE_URL qiymatini toʻliq nusxalang.',
  ],
  'postgres.login_refused': [
    'Server bu foydalanuvchini bu yerdan kiritmayapti',
    'Kirish qoidalari (pg_hba, manzillar roʻyxati) yoki rol bunday ulanishga ruxsat bermaydi.',
    noDatabase,
    'Rolni va serverning kirish qoidalarini tekshiring.',
  ],
  'postgres.no_database': [
    'Bunday maʼlumotlar bazasi yoʻq',
    'DATABASE_URL ichidagi baza nomi notoʻgʻri yoki baza hali yaratilmagan.',
    noDatabase,
    'DATABASE_URL oxiridagi nomni tuzating yoki bazani yarating.',
  ],
  'postgres.too_many_connections': [
    'PostgreSQL’da ulanish uchun joy qolmagan',
    'Ulanishlar max_connections dan koʻp: pul juda katta, xizmat nusxalari koʻp yoki unutilgan seanslar bor.',
    noDatabase,
    'DATABASE_POOL_MAX ni kamaytiring, ortiqcha seanslarni yoping yoki max_connections ni oshiring.',
  ],
  'postgres.connections_near_limit': [
    'PostgreSQL ulanishlari chegaraning 80 foizidan oshgan',
    'Xizmatlar pullari birgalikda max_connections ga yaqinlashgan.',
    'Tez orada yangi ulanishlar rad etiladi.',
    'DATABASE_POOL_MAX ni kamaytiring yoki max_connections ni oshiring.',
  ],
  'postgres.starting': [
    'PostgreSQL ishga tushyapti, toʻxtayapti yoki tiklanyapti',
    'Server qayta ishga tushirilgan yoki nosozlikdan keyin tiklanmoqda.',
    noDatabase,
    'Bir daqiqa kutib, takrorlang; oʻtib ketmasa, server jurnalini koʻring.',
  ],
  'postgres.startup_refused': [
    'PostgreSQL oldidagi ulanishlar puli seans sozlamalarini qabul qilmayapti',
    'PgBouncer va unga oʻxshash pullar ayrim boshlangʻich sozlamalarni rad etadi.',
    noDatabase,
    'Bazaning toʻgʻridan-toʻgʻri manzilini bering (DATABASE_UNPOOLED_URL).',
  ],
  'postgres.login_failed': [
    'PostgreSQL’ga kirib boʻlmadi',
    errorCode,
    noDatabase,
    'Kodni PostgreSQL hujjatining A ilovasidan toping.',
  ],
  'postgres.version_old': [
    'PostgreSQL juda eski',
    '15 yoki yangiroq versiya kerak.',
    'Migratsiyalar va soʻrovlar bajarilmaydi.',
    'Serverni yangilang: nusxa oling, yangisini yarating, tiklang.',
  ],
  'postgres.standby': [
    'Bu zaxira server (faqat oʻqish)',
    'DATABASE_URL replikani koʻrsatyapti.',
    noWriting,
    'Asosiy server manzilini bering.',
  ],
  'postgres.read_only': [
    'Seanslar faqat oʻqish uchun ochilyapti',
    'default_transaction_read_only yoqilgan: disk toʻlgan, kvota tugagan yoki rol shunday sozlangan.',
    noWriting,
    'Joy boʻshating, soʻng bu rejimni oʻchiring.',
  ],
  'postgres.migrations_missing': [
    'Baza boʻsh: migratsiyalar bajarilmagan',
    'Baza yangi yoki boshqa baza.',
    notReady,
    'Migratsiyalarni bajaring.',
  ],
  'postgres.migrations_pending': [
    'Bajarilmagan migratsiyalar bor',
    'Kod bazadan yangi: joylashtirishda migratsiya bosqichi bajarilmagan.',
    notReady,
    'Migratsiyalarni bajaring.',
  ],
  'postgres.migrations_ahead': [
    'Baza koddan yangi',
    'Bazani koʻchirgan versiyadan eskirogʻi joylashtirilgan.',
    'Eski kod yangi jadvallarni notoʻgʻri tushunishi mumkin.',
    'Oʻsha yoki yangiroq versiyani joylashtiring.',
  ],
  'postgres.table_missing': [
    'Jadval yetishmaydi',
    'Uni qoʻlda oʻchirishgan yoki nusxa toʻliq tiklanmagan.',
    'Soʻrovlarning bir qismi xato bilan tugaydi.',
    'Bazani nusxadan tiklang.',
  ],
  'postgres.column_missing': [
    'Kerakli ustun bazada yoʻq',
    'Ustunni qoʻlda oʻchirishgan yoki qayta nomlashgan.',
    'Uni oʻqiydigan sahifalar va yuklashlar 500 javobini beradi.',
    'Ustunni zaxira nusxadan tiklang; qaysi ustunligi pastdagi qatorda.',
  ],
  'postgres.root_certificate_missing': [
    'sslrootcert fayli yoʻq yoki oʻqilmayapti',
    'DATABASE_URL bu mashinada yoʻq sertifikatni koʻrsatyapti.',
    noDatabase,
    'Faylni joyiga qoʻying yoki sslrootcert ni olib tashlang.',
  ],
  'postgres.autovacuum_off': [
    'Avtotozalash oʻchirilgan',
    'Server yoki jadval uchun autovacuum yoki track_counts oʻchirilgan.',
    'Jadvallar oʻsib, sekinlashadi; oxirida server yozishni toʻxtatadi.',
    'Uni yoqing: server uchun yoki, jadval nomi koʻrsatilgan boʻlsa, shu jadval uchun.',
  ],
  'postgres.idle_in_transaction': [
    'Seans tranzaksiyani ochiq ushlab, hech narsa qilmayapti',
    'Kimdir commit ni unutgan yoki uning dasturi qotib qolgan.',
    'Uning qulflari boshqalarni ushlab turibdi, tozalash ishlamayapti.',
    'Seansni tugating; uning pid raqami pastdagi qatorda.',
  ],
  'postgres.audit_broken': [
    'Amallar jurnali dasturni chetlab oʻzgartirilgan',
    'api eslab qolgan muhr yoʻq yoki oʻrnida boshqasi bor: qatorlar yoki muhrlar oʻchirilgan, almashtirilgan yoki baza nusxadan tiklangan.',
    'Uzilishdan oldingisini jurnal endi isbotlamaydi; yangi zanjir boshlangan, birinchi qatori uzilishni aytadi.',
    'Zanjirni tekshiring va baza egasi huquqi kimda boʻlganini aniqlang. Nusxadan tiklashdan keyin uzilish kutilgan holat.',
  ],
  'postgres.audit_unsealed': [
    'Amallar jurnalini hech kim muhrlamayapti',
    'api’da AUDIT_KEY berilmagan yoki birorta ham api ishlamayapti.',
    'Bu qatorlar almashtirilsa, bilinmaydi.',
    'api’ga 32 tasodifiy belgili AUDIT_KEY bering va uni qayta ishga tushiring.',
  ],
  'postgres.dangling_records': [
    'Yozuvlar yoʻq narsaga ishora qiladi',
    'Buyurtmalar yoki fayllar dasturni chetlab oʻchirilgan yoki nusxa toʻliq tiklanmagan; qayerda va nechta ekani «koʻrindi» qatorida.',
    'Bu yozuvlar roʻyxat va yigʻindilarda yoʻq; hisobot qatori ochilmaydi.',
    'Bazani shundan oldin olingan nusxadan tiklang. Baza bundan keyingi oʻchirishlarga yoʻl qoʻymaydi.',
  ],
  'postgres.index_missing': [
    'Indeks yetishmaydi',
    'Uni qoʻlda oʻchirishgan yoki yaratish uzilib qolgan.',
    'Yuklash va qidiruv necha barobar sekin; takrorlanmaslik saqlanmasligi mumkin.',
    'Indeksni qaytadan yarating; buni doctor --fix bajaradi.',
  ],
  'postgres.permission_denied': [
    'Jadvallarga huquq yetishmaydi',
    'Migratsiyalarni boshqa foydalanuvchi bajargan.',
    noWriting,
    'Rolga huquq bering yoki jadvallar egasidan foydalaning.',
  ],
  'postgres.disk_full': [
    'PostgreSQL diskida joy tugagan',
    'Bazaning diski toʻlgan.',
    noWriting,
    'Diskni kattalashtiring.',
  ],
  'postgres.write_failed': [
    'Sinov yozuvi bajarilmadi',
    'Server yozishni rad etdi; kod pastdagi qatorda.',
    noWriting,
    'PostgreSQL jurnalini koʻring.',
  ],
  'postgres.slow': [
    'PostgreSQL sekin javob beryapti',
    'Server uzoqda (ichki manzil oʻrniga ochigʻi), yuklamasi ortiq yoki uxlagan edi.',
    'Hammasi ishlaydi, lekin sekinroq.',
    'Railway ichida ichki manzildan foydalaning; yuklamani tekshiring.',
  ],
  'postgres.pooled_transaction_mode': [
    'Manzil tranzaksiya rejimidagi pul orqali olib boradi',
    'Neon (-pooler), Supabase (6543) va PgBouncer ulanishni tranzaksiya boʻyicha beradi: seans qulflari va sozlamalari saqlanmaydi.',
    'Migratsiyalar va jurnal muhrlari ikki marta bajarilishi mumkin.',
    'Toʻgʻridan-toʻgʻri manzilni bering (port 5432, -pooler’siz; DATABASE_UNPOOLED_URL).',
  ],
};

const redis: Record<string, DoctorWords> = {
  'redis.login': ['Redis’ga kirildi'],
  'redis.server': ['Redis versiyasi va roli mos'],
  'redis.write_read': ['Yozish, oʻqish va oʻchirish ishlayapti'],
  'redis.abilities': ['Redis navbat va keshga kerakli hamma narsani bajara oladi'],
  'redis.settings': ['Redis sozlamalari navbat uchun xavfsiz'],
  'redis.latency': ['Redis’ning javob tezligi'],
  'redis.url_missing': [
    'REDIS_URL berilmagan',
    'Redis xizmati yoʻq yoki oʻzgaruvchi uzatilmagan.',
    noQueue,
    'Redis xizmatini yarating va REDIS_URL uchun unga havola bering.',
  ],
  'redis.url_rest': [
    'REDIS_URL Redis emas, REST manzili',
    'https:// manzili nusxalangan (Upstash REST).',
    noQueue,
    'rediss://default:…@….upstash.io:6379 koʻrinishidagi manzilni nusxalang.',
  ],
  'redis.upstash_without_tls': [
    'Upstash TLS’siz',
    'Upstash faqat TLS qabul qiladi, manzil esa redis:// bilan boshlangan.',
    noQueue,
    'REDIS_URL rediss:// bilan boshlansin.',
  ],
  'redis.noauth': [
    'Redis parol soʻrayapti, manzilda esa parol yoʻq',
    'REDIS_URL ichida parol yoʻq.',
    noQueue,
    'REDIS_URL qiymatini Redis xizmatining oʻzgaruvchilar sahifasidan toʻliq nusxalang.',
  ],
  'redis.wrongpass': [
    'Redis paroli notoʻgʻri',
    'Kirish maʼlumotlari eskirgan: parol almashtirilgan yoki Redis qaytadan yaratilgan.',
    noQueue,
    'REDIS_URL’ning hozirgi qiymatini nusxalang va xizmatlarni qayta ishga tushiring.',
  ],
  'redis.password_not_needed': [
    'Redis parolsiz ochiq',
    'Manzilda parol bor, lekin server uni soʻramaydi.',
    'Hammasi ishlaydi; maʼlumotni portga yetib borgan har kim oʻqiy oladi.',
    'Port boshqalarga ochiq boʻlsa, requirepass ni yoqing.',
  ],
  'redis.login_failed': ['Redis’ga kirib boʻlmadi', errorCode, noQueue, 'Redis jurnalini koʻring.'],
  'redis.noperm': [
    'Redis foydalanuvchisining huquqi yetmaydi',
    'ACL kerakli buyruqlar yoki kalitlarni taqiqlagan.',
    noQueue,
    'vhm24r* kalitlariga va hamma maʼlumot buyruqlariga huquq bering.',
  ],
  'redis.cluster': [
    'Bu Redis Cluster tuguni',
    'Kalitlar turli tugunlarda yotadi, navbat skriptlari esa bir nechtasiga birdan tegadi.',
    noQueue,
    'cluster rejimisiz oddiy Redis oling.',
  ],
  'redis.sentinel': [
    'Bu Redis’ning oʻzi emas, Sentinel',
    'REDIS_URL Sentinel portiga (odatda 26379) olib boradi: u Redis qayerdaligini biladi, lekin maʼlumot saqlamaydi.',
    noQueue,
    'Asosiy Redis serverining manzilini bering.',
  ],
  'redis.no_database': [
    'Redis’da bunday raqamli baza yoʻq',
    'REDIS_URL oxiridagi raqam serverdagi bazalar sonidan katta (odatda 16 ta: 0 dan 15 gacha).',
    noQueue,
    'REDIS_URL ichidan raqamni olib tashlang yoki kichikrogʻini bering.',
  ],
  'redis.loading': [
    'Redis maʼlumotni diskdan oʻqiyapti',
    'Server hozirgina ishga tushgan.',
    noQueue,
    'Kutib, takrorlang.',
  ],
  'redis.version_old': [
    'Redis juda eski',
    'Redis 6.2 yoki yangirogʻi (yoki Valkey) kerak.',
    noQueue,
    'Redis’ni yangilang.',
  ],
  'redis.readonly': [
    'Redis faqat oʻqish uchun',
    'Manzil replikaga yoki almashtirilgan sobiq asosiy serverga olib boradi.',
    noQueue,
    'Asosiy server manzilini bering.',
  ],
  'redis.oom': [
    'Redis xotirasi toʻlgan',
    'maxmemory ga yetilgan: yozuvlar rad etilmoqda.',
    noQueue,
    'maxmemory ni oshiring yoki ortiqchasini oʻchiring; navbat oʻzini oʻzi tozalaydi.',
  ],
  'redis.misconf': [
    'Redis maʼlumotni saqlay olmayapti va yozuvlarni rad etyapti',
    'Redis diski toʻlgan yoki ochilmayapti.',
    noQueue,
    'Redis diskida joy boʻshating.',
  ],
  'redis.write_failed': [
    'Redis’ga sinov yozuvi bajarilmadi',
    'Server rad etdi; kod pastdagi qatorda.',
    noQueue,
    'Redis jurnalini koʻring.',
  ],
  'redis.evicting_policy': [
    'Redis kalitlarni chiqarib tashlashi mumkin',
    'maxmemory-policy noeviction emas: xotira yetmasa, vazifalar, qulflar va bekor qilingan tokenlar yoʻqoladi.',
    'Vazifalar yoʻqoladi va ikkinchi marta bajariladi; ularni PostgreSQL kechikib qaytaradi.',
    'noeviction qoʻying; buni doctor --fix bajaradi.',
  ],
  'redis.keys_evicted': [
    'Redis kalitlarni chiqarib tashlagan',
    'Oxirgi ishga tushgandan beri evicted_keys noldan katta.',
    noQueue,
    'Xotirani oshiring, noeviction qoʻying; hisoblagich qayta ishga tushirilganda nolga qaytadi.',
  ],
  'redis.memory_near_limit': [
    'Redis xotirasining 80 foizdan koʻpi band',
    'used_memory maxmemory ga yaqin.',
    'Tez orada yozuvlar rad etila boshlaydi.',
    'maxmemory ni oshiring.',
  ],
  'redis.no_persistence': [
    'Redis diskda hech narsa saqlamaydi',
    'AOF va suratlar oʻchirilgan.',
    'Qayta ishga tushgach navbat boʻsh; uni PostgreSQL bir necha soniyada toʻldiradi.',
    'Qayta ishga tushirish navbatni boʻshatmasligi uchun appendonly ni yoqing.',
  ],
  'redis.slow': [
    'Redis sekin javob beryapti',
    'Server uzoqda (ichki manzil oʻrniga ochigʻi) yoki yuklamasi ortiq.',
    '250 ms dan uzun buyruq rad etilgan hisoblanadi: xizmatlar rejimni almashtirib turadi.',
    'Railway ichida ichki manzildan foydalaning; yuklamani tekshiring.',
  ],
};

export const uzDoctorStores: Record<string, DoctorWords> = {
  ...onTheWire('PostgreSQL', noDatabase),
  ...postgres,
  ...onTheWire('Redis', noQueue),
  ...redis,
};
