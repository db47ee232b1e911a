import type { Texts } from '../../en/index.ts';

export const redis: Texts['doctor']['redis'] = {
  'redis.tls_required': {
    title: 'Server shifrlash talab qiladi, manzil esa shifrlashsiz',
    cause: 'Port faqat TLS qabul qiladi.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'REDIS_URL rediss:// bilan boshlansin',
  },
  'redis.tls_not_offered': {
    title: 'Manzil TLS talab qiladi, port esa uni bilmaydi',
    cause: 'Port shifrlashsiz: ichki tarmoqda va mahalliy mashinada shunday boʻladi.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'rediss:// oʻrniga redis:// yozing yoki TLS porti koʻrsatilsin.',
  },
  'redis.tls_self_signed': {
    title: 'Server sertifikatini serverning oʻzi imzolagan',
    cause: 'Uni taniqli markazlardan hech biri imzolamagan; Railway’dagi Postgres shunday.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Xizmatga ildiz sertifikatini bering.',
  },
  'redis.login': { title: 'Redis’ga kirildi' },
  'redis.server': { title: 'Redis versiyasi va roli mos' },
  'redis.write_read': { title: 'Yozish, oʻqish va oʻchirish ishlayapti' },
  'redis.abilities': { title: 'Redis navbat va keshga kerakli hamma narsani bajara oladi' },
  'redis.settings': { title: 'Redis sozlamalari navbat uchun xavfsiz' },
  'redis.latency': { title: 'Redis’ning javob tezligi' },
  'redis.version_old': {
    title: 'Redis juda eski',
    cause: 'Redis 6.2 yoki yangirogʻi (yoki Valkey) kerak.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Redis’ni yangilang.',
  },
  'redis.readonly': {
    title: 'Redis faqat oʻqish uchun',
    cause: 'Manzil replikaga yoki almashtirilgan sobiq asosiy serverga olib boradi.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Asosiy server manzilini bering.',
  },
  'redis.oom': {
    title: 'Redis xotirasi toʻlgan',
    cause: 'maxmemory ga yetilgan: yozuvlar rad etilmoqda.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'maxmemory ni oshiring yoki ortiqchasini oʻchiring; navbat oʻzini oʻzi tozalaydi.',
  },
  'redis.misconf': {
    title: 'Redis maʼlumotni saqlay olmayapti va yozuvlarni rad etyapti',
    cause: 'Redis diski toʻlgan yoki ochilmayapti.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Redis diskida joy boʻshating.',
  },
  'redis.write_failed': {
    title: 'Redis’ga sinov yozuvi bajarilmadi',
    cause: 'Server rad etdi; kod «koʻrindi» qatorida.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Redis jurnalini koʻring.',
  },
  'redis.evicting_policy': {
    title: 'Redis kalitlarni chiqarib tashlashi mumkin',
    cause: 'maxmemory-policy noeviction emas: xotira yetmasa, vazifalar, qulflar va bekor qilingan tokenlar yoʻqoladi.',
    effect: 'Vazifalar yoʻqoladi va ikkinchi marta bajariladi; ularni PostgreSQL kechikib qaytaradi.',
    fix: 'noeviction qoʻying; buni doctor --fix bajaradi.',
  },
  'redis.keys_evicted': {
    title: 'Redis kalitlarni chiqarib tashlagan',
    cause: 'Oxirgi ishga tushgandan beri evicted_keys noldan katta.',
    effect: 'Navbat toʻxtagan; fayllarni api’ning oʻzi sekinroq qayta ishlaydi. Hech narsa yoʻqolmaydi.',
    fix: 'Xotirani oshiring, noeviction qoʻying; hisoblagich qayta ishga tushirilganda nolga qaytadi.',
  },
  'redis.memory_near_limit': {
    title: 'Redis xotirasining 80 foizdan koʻpi band',
    cause: 'used_memory maxmemory ga yaqin.',
    effect: 'Tez orada yozuvlar rad etila boshlaydi.',
    fix: 'maxmemory ni oshiring.',
  },
  'redis.no_persistence': {
    title: 'Redis diskda hech narsa saqlamaydi',
    cause: 'AOF va suratlar oʻchirilgan.',
    effect: 'Qayta ishga tushgach navbat boʻsh; uni PostgreSQL bir necha soniyada toʻldiradi.',
    fix: 'Qayta ishga tushirish navbatni boʻshatmasligi uchun appendonly ni yoqing.',
  },
  'redis.slow': {
    title: 'Redis sekin javob beryapti',
    cause: 'Server uzoqda (ichki manzil oʻrniga ochigʻi) yoki yuklamasi ortiq.',
    effect: '250 ms dan uzun buyruq rad etilgan hisoblanadi: xizmatlar rejimni almashtirib turadi.',
    fix: 'Railway ichida ichki manzildan foydalaning; yuklamani tekshiring.',
  },
};
