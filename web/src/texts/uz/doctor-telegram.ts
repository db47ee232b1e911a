import type { DoctorWords } from './doctor-network.ts';

/** What the doctor says of the bot. */
const serviceWontStart = 'Xizmat ishga tushmaydi.';
const noTelegram = 'Telegram orqali xabarlar va kirish ishlamaydi; qolganiga taʼsiri yoʻq.';

export const uzDoctorTelegram: Record<string, DoctorWords> = {
  'telegram.bot': ['Telegram boti javob beryapti'],
  'telegram.not_configured': [
    'Telegram sozlanmagan',
    'TELEGRAM_BOT_TOKEN boʻsh.',
    'Xabarlar yoʻq; kirish pochta va parol bilan.',
    '@BotFather’da bot yarating, TELEGRAM_BOT_TOKEN va TELEGRAM_ADMIN_IDS ni bering.',
  ],
  'telegram.token_wrong': [
    'Telegram bot tokenini tan olmayapti',
    'Token bekor qilingan, qayta chiqarilgan yoki toʻliq nusxalanmagan.',
    noTelegram,
    '@BotFather’dan (/token) token oling va TELEGRAM_BOT_TOKEN ga yozing.',
  ],
  'telegram.unreachable': [
    'Telegram bilan aloqa yoʻq',
    'TELEGRAM_API_ROOT manziliga tarmoq yoʻq yoki u xato bilan javob beryapti.',
    noTelegram,
    'TELEGRAM_API_ROOT va tarmoqni tekshiring; xabarlar oʻzi takrorlanadi.',
  ],
  'telegram.admin_ids_invalid': [
    'TELEGRAM_ADMIN_IDS sonlar emas',
    'Ism emas, sonli id kerak: ismni boshqa odam egallab olishi mumkin.',
    serviceWontStart,
    'id ni @userinfobot’dan soʻrang.',
  ],
  'telegram.setting_invalid': [
    'Telegram oʻzgaruvchisi yaramaydi',
    'TELEGRAM_API_ROOT http(s) manzil boʻlishi kerak.',
    serviceWontStart,
    'Oʻzgaruvchini tuzating: docs/config.md.',
  ],
  'telegram.no_admin_ids': [
    'Xabar yuboradigan odam yoʻq',
    'Bot bor, TELEGRAM_ADMIN_IDS esa boʻsh.',
    'Nosozliklar haqida hech kim bilmaydi.',
    'TELEGRAM_ADMIN_IDS ni bering.',
  ],
  'telegram.webhook_elsewhere': [
    'Botga kelgan xabarlar boshqa manzilga ketyapti',
    'Botning webhooki PUBLIC_URL da emas: botdan boshqa oʻrnatma foydalanyapti yoki manzil oʻzgargan.',
    'Bot javob bermaydi, Telegramdan hisobotlar kelmaydi.',
    'Har bir oʻrnatmaga oʻz botini bering. Soʻng api ni qayta ishga tushiring: u manzilini Telegramga ishga tushganda aytadi.',
  ],
  'telegram.updates_pending': [
    'Botga xabarlar Telegramda yigʻilib qolgan',
    'api ishlamayapti, PUBLIC_URL boʻyicha topilmaydi yoki webhookka xato bilan javob beradi.',
    'Bot kech javob beradi; bir kundan soʻng Telegram xabarlarni unutadi.',
    'api ishlayotganini va tashqaridan ochilishini tekshiring.',
  ],
  'telegram.webhook_failing': [
    'Telegram botga xabarlarni yetkaza olmayapti',
    'Vebxuk oxirgi soatda xato bilan javob bergan.',
    'Bot buyruqlari yoʻqoladi.',
    'PUBLIC_URL va TELEGRAM_WEBHOOK_SECRET ni tekshiring.',
  ],
};
