import type { Texts } from '../../en/index.ts';

export const telegram: Texts['doctor']['telegram'] = {
  'telegram.bot': { title: 'Telegram boti javob beryapti' },
  'telegram.not_configured': {
    title: 'Telegram sozlanmagan',
    cause: 'TELEGRAM_BOT_TOKEN boʻsh.',
    effect: 'Bot va xabarlar yoʻq; kirish pochta va parol bilan.',
    fix: '@BotFather’da bot yarating, TELEGRAM_BOT_TOKEN va TELEGRAM_ADMIN_IDS ni bering.',
  },
  'telegram.token_wrong': {
    title: 'Telegram bot tokenini tan olmayapti',
    cause: 'Token bekor qilingan, qayta chiqarilgan yoki toʻliq nusxalanmagan.',
    effect: 'Telegram orqali xabarlar va kirish ishlamaydi; qolganiga taʼsiri yoʻq.',
    fix: '@BotFather’dan (/token) token oling va TELEGRAM_BOT_TOKEN ga yozing.',
  },
  'telegram.unreachable': {
    title: 'Telegram bilan aloqa yoʻq',
    cause: 'TELEGRAM_API_ROOT manziliga tarmoq yoʻq yoki u xato bilan javob beryapti.',
    effect: 'Telegram orqali xabarlar va kirish ishlamaydi; qolganiga taʼsiri yoʻq.',
    fix: 'TELEGRAM_API_ROOT va tarmoqni tekshiring; xabarlar oʻzi takrorlanadi.',
  },
  'telegram.admin_ids_invalid': {
    title: 'TELEGRAM_ADMIN_IDS sonlar emas',
    cause: 'Ism emas, sonli id kerak: ismni boshqa odam egallab olishi mumkin.',
    effect: 'Xizmat ishga tushmaydi.',
    fix: 'id ni @userinfobot’dan soʻrang.',
  },
  'telegram.setting_invalid': {
    title: 'Telegram oʻzgaruvchisi yaramaydi',
    cause: 'TELEGRAM_API_ROOT http(s) manzil boʻlishi kerak.',
    effect: 'Xizmat ishga tushmaydi.',
    fix: 'Oʻzgaruvchini tuzating: docs/config.md.',
  },
  'telegram.no_admin_ids': {
    title: 'Xabar yuboradigan odam yoʻq',
    cause: 'Bot bor, TELEGRAM_ADMIN_IDS esa boʻsh.',
    effect: 'Nosozliklar haqida hech kim bilmaydi.',
    fix: 'TELEGRAM_ADMIN_IDS ni bering.',
  },
  'telegram.webhook_elsewhere': {
    title: 'Botga kelgan xabarlar boshqa manzilga ketyapti',
    cause: 'Botning webhook’i PUBLIC_URL da emas: botdan boshqa oʻrnatma foydalanyapti yoki manzil oʻzgargan.',
    effect: 'Bot javob bermaydi, Telegramdan hisobotlar kelmaydi.',
    fix: 'Har bir oʻrnatmaga oʻz botini bering. Soʻng api ni qayta ishga tushiring: u manzilini Telegramga ishga tushganda aytadi.',
  },
  'telegram.updates_pending': {
    title: 'Botga xabarlar Telegramda yigʻilib qolgan',
    cause: 'api ishlamayapti, PUBLIC_URL boʻyicha topilmaydi yoki webhook’ka xato bilan javob beradi.',
    effect: 'Bot kech javob beradi; bir kundan soʻng Telegram xabarlarni unutadi.',
    fix: 'api ishlayotganini va tashqaridan ochilishini tekshiring.',
  },
  'telegram.webhook_failing': {
    title: 'Telegram botga xabarlarni yetkaza olmayapti',
    cause: 'Webhook oxirgi soatda xato bilan javob bergan.',
    effect: 'Bot buyruqlari yoʻqoladi.',
    fix: 'PUBLIC_URL va TELEGRAM_WEBHOOK_SECRET ni tekshiring.',
  },
};
