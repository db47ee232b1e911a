import type { Texts } from '../../en/index.ts';

export const config: Texts['doctor']['config'] = {
  'config.variables': { title: 'Muhit oʻzgaruvchilari oʻqildi' },
  'config.variable_invalid': {
    title: 'Oʻzgaruvchi qiymati yaramaydi',
    cause: 'Yozuvda xato, ortiqcha qoʻshtirnoq bor yoki qiymat chegaradan tashqarida.',
    effect: 'Xizmat bu xato bilan ishga tushmaydi va 1 kodi bilan chiqadi.',
    fix: 'Oʻzgaruvchini tuzating: chegaralar docs/config.md faylida.',
  },
  'config.variable_missing': {
    title: 'Majburiy oʻzgaruvchi yoʻq',
    cause: 'U bu xizmat uchun berilmagan.',
    effect: 'Xizmat bu xato bilan ishga tushmaydi va 1 kodi bilan chiqadi.',
    fix: 'Oʻzgaruvchini bering: docs/config.md.',
  },
  'config.incomplete': {
    title: 'Juft oʻzgaruvchilarning faqat bittasi berilgan',
    cause: 'ADMIN_EMAIL va ADMIN_PASSWORD birga beriladi.',
    effect: 'Xizmat bu xato bilan ishga tushmaydi va 1 kodi bilan chiqadi.',
    fix: 'Ikkalasini bering yoki ikkalasini olib tashlang.',
  },
  'config.pool_too_small': {
    title: 'DATABASE_POOL_MAX juda kichik',
    cause: 'Ishlanayotgan har bir faylga ikkita, xizmatning oʻziga yana ikkita ulanish kerak.',
    effect: 'Xizmat bu xato bilan ishga tushmaydi va 1 kodi bilan chiqadi.',
    fix: 'DATABASE_POOL_MAX ni oshiring yoki WORKER_CONCURRENCY ni kamaytiring.',
  },
  'config.look_alike': {
    title: 'Oʻxshash oʻzgaruvchi berilgan, keragi esa yoʻq',
    cause: 'Nom eski tizimdan yoki boshqa platformadan qolgan.',
    effect: 'Qiymat ishlatilmaydi.',
    fix: 'Oʻzgaruvchini qayta nomlang.',
  },
  'config.metrics_closed': {
    title: '/metrics yopiq',
    cause: 'production’da METRICS_TOKEN boʻlmasa, u 404 javobini beradi.',
    effect: 'Prometheus metrikalarni yigʻa olmaydi.',
    fix: 'METRICS_TOKEN bering (16 belgi yoki koʻproq).',
  },
};
