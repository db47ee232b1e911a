import type { Texts } from '../../en/index.ts';

export const redisLogin: Texts['doctor']['redisLogin'] = {
  'redis.url_missing': {
    title: 'REDIS_URL berilmagan',
    cause: 'Redis xizmati yoʻq yoki oʻzgaruvchi uzatilmagan.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Redis xizmatini yarating va REDIS_URL uchun unga havola bering.',
  },
  'redis.url_rest': {
    title: 'REDIS_URL Redis emas, REST manzili',
    cause: 'https:// manzili nusxalangan (Upstash REST).',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'rediss://default:…@….upstash.io:6379 koʻrinishidagi manzilni nusxalang.',
  },
  'redis.upstash_without_tls': {
    title: 'Upstash TLS’siz',
    cause: 'Upstash faqat TLS qabul qiladi, manzil esa redis:// bilan boshlangan.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'REDIS_URL rediss:// bilan boshlansin.',
  },
  'redis.noauth': {
    title: 'Redis parol soʻrayapti, manzilda esa parol yoʻq',
    cause: 'REDIS_URL ichida parol yoʻq.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'REDIS_URL qiymatini Redis xizmatining oʻzgaruvchilar sahifasidan toʻliq nusxalang.',
  },
  'redis.wrongpass': {
    title: 'Redis paroli notoʻgʻri',
    cause: 'Kirish maʼlumotlari eskirgan: parol almashtirilgan yoki Redis qaytadan yaratilgan.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'REDIS_URL’ning hozirgi qiymatini nusxalang va xizmatlarni qayta ishga tushiring.',
  },
  'redis.password_not_needed': {
    title: 'Redis parolsiz ochiq',
    cause: 'Manzilda parol bor, lekin server uni soʻramaydi.',
    effect: 'Hammasi ishlaydi; maʼlumotni portga yetib borgan har kim oʻqiy oladi.',
    fix: 'Port boshqalarga ochiq boʻlsa, requirepass ni yoqing.',
  },
  'redis.login_failed': {
    title: 'Redis’ga kirib boʻlmadi',
    cause: 'Server xato bilan javob berdi; uning kodi «koʻrindi» qatorida.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Redis jurnalini koʻring.',
  },
  'redis.noperm': {
    title: 'Redis foydalanuvchisining huquqi yetmaydi',
    cause: 'ACL kerakli buyruq, kalit yoki kanallarni taqiqlagan; qaysi biri ekani «koʻrindi» qatorida.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'vhm24r* kalitlariga va hamma maʼlumot buyruqlariga huquq bering.',
  },
  'redis.cluster': {
    title: 'Bu Redis Cluster tuguni',
    cause: 'Kalitlar turli tugunlarda yotadi, navbat skriptlari esa bir nechtasiga birdan tegadi.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'cluster rejimisiz oddiy Redis oling.',
  },
  'redis.sentinel': {
    title: 'Bu Redis’ning oʻzi emas, Sentinel',
    cause:
      'REDIS_URL Sentinel portiga (odatda 26379) olib boradi: u Redis qayerdaligini biladi, lekin maʼlumot saqlamaydi.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Asosiy Redis serverining manzilini bering.',
  },
  'redis.no_database': {
    title: 'Redis’da bunday raqamli baza yoʻq',
    cause: 'REDIS_URL oxiridagi raqam serverdagi bazalar sonidan katta (odatda 16 ta: 0 dan 15 gacha).',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'REDIS_URL ichidan raqamni olib tashlang yoki kichikrogʻini bering.',
  },
  'redis.loading': {
    title: 'Redis maʼlumotni diskdan oʻqiyapti',
    cause: 'Server hozirgina ishga tushgan.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Kutib, takrorlang.',
  },
};
