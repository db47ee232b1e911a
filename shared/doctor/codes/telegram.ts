import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const noNotices = words(
  'Уведомления и вход через Telegram не работают; остальное не задето.',
  'Notices and sign-in by Telegram do not work; nothing else is touched.',
  'Telegram orqali xabarlar va kirish ishlamaydi; qolganiga taʼsiri yoʻq.',
);

export const telegramCodes = {
  'telegram.bot': rung('Бот Telegram отвечает', 'The Telegram bot answers', 'Telegram boti javob beryapti'),
  'telegram.not_configured': problem('info', {
    title: words('Telegram не настроен', 'Telegram is not set up', 'Telegram sozlanmagan'),
    cause: words('TELEGRAM_BOT_TOKEN пуст.', 'TELEGRAM_BOT_TOKEN is empty.', 'TELEGRAM_BOT_TOKEN boʻsh.'),
    effect: words(
      'Бота и уведомлений нет; вход — по почте и паролю.',
      'There is no bot and no notices; sign-in is by e-mail and password.',
      'Bot va xabarlar yoʻq; kirish pochta va parol bilan.',
    ),
    fix: words(
      'Создайте бота у @BotFather и задайте TELEGRAM_BOT_TOKEN и TELEGRAM_ADMIN_IDS.',
      'Make a bot with @BotFather and set TELEGRAM_BOT_TOKEN and TELEGRAM_ADMIN_IDS.',
      '@BotFather’da bot yarating, TELEGRAM_BOT_TOKEN va TELEGRAM_ADMIN_IDS ni bering.',
    ),
  }),
  'telegram.token_wrong': problem('error', {
    title: words(
      'Telegram не признаёт токен бота',
      "Telegram does not know the bot's token",
      'Telegram bot tokenini tan olmayapti',
    ),
    cause: words(
      'Токен отозван, переиздан или скопирован не целиком.',
      'The token was revoked, made anew, or not copied whole.',
      'Token bekor qilingan, qayta chiqarilgan yoki toʻliq nusxalanmagan.',
    ),
    effect: noNotices,
    fix: words(
      'Возьмите токен у @BotFather (/token) и задайте TELEGRAM_BOT_TOKEN.',
      'Get the token from @BotFather (/token) and set TELEGRAM_BOT_TOKEN.',
      '@BotFather’dan (/token) token oling va TELEGRAM_BOT_TOKEN ga yozing.',
    ),
    commands: ["railway variables --set 'TELEGRAM_BOT_TOKEN=…'"],
  }),
  'telegram.unreachable': problem('warn', {
    title: words('Telegram недоступен', 'Telegram cannot be reached', 'Telegram bilan aloqa yoʻq'),
    cause: words(
      'Нет сети до TELEGRAM_API_ROOT, или он отвечает ошибкой.',
      'No network to TELEGRAM_API_ROOT, or it answers with an error.',
      'TELEGRAM_API_ROOT manziliga tarmoq yoʻq yoki u xato bilan javob beryapti.',
    ),
    effect: noNotices,
    fix: words(
      'Проверьте TELEGRAM_API_ROOT и сеть; уведомления повторяются сами.',
      'Check TELEGRAM_API_ROOT and the network; notices are repeated by themselves.',
      'TELEGRAM_API_ROOT va tarmoqni tekshiring; xabarlar oʻzi takrorlanadi.',
    ),
  }),
  'telegram.admin_ids_invalid': problem('error', {
    title: words(
      'TELEGRAM_ADMIN_IDS — не числа',
      'TELEGRAM_ADMIN_IDS are not numbers',
      'TELEGRAM_ADMIN_IDS sonlar emas',
    ),
    cause: words(
      'Нужны числовые id, а не имена: имя можно перехватить.',
      'Numeric ids are needed, not names: a name can be taken over.',
      'Ism emas, sonli id kerak: ismni boshqa odam egallab olishi mumkin.',
    ),
    effect: words('Служба не запустится.', 'The service does not start.', 'Xizmat ishga tushmaydi.'),
    fix: words('Спросите id у @userinfobot.', 'Ask @userinfobot for the id.', 'id ni @userinfobot’dan soʻrang.'),
  }),
  'telegram.setting_invalid': problem('error', {
    title: words(
      'Переменная Telegram не подходит',
      'A variable of Telegram cannot be used',
      'Telegram oʻzgaruvchisi yaramaydi',
    ),
    cause: words(
      'TELEGRAM_API_ROOT — адрес http(s).',
      'TELEGRAM_API_ROOT is an http(s) address.',
      'TELEGRAM_API_ROOT http(s) manzil boʻlishi kerak.',
    ),
    effect: words('Служба не запустится.', 'The service does not start.', 'Xizmat ishga tushmaydi.'),
    fix: words(
      'Исправьте переменную: docs/config.md.',
      'Correct the variable: docs/config.md.',
      'Oʻzgaruvchini tuzating: docs/config.md.',
    ),
  }),
  'telegram.no_admin_ids': problem('warn', {
    title: words('Некому слать уведомления', 'There is nobody to notify', 'Xabar yuboradigan odam yoʻq'),
    cause: words(
      'Бот есть, а TELEGRAM_ADMIN_IDS пуст.',
      'There is a bot, and TELEGRAM_ADMIN_IDS is empty.',
      'Bot bor, TELEGRAM_ADMIN_IDS esa boʻsh.',
    ),
    effect: words('О сбоях никто не узнает.', 'Nobody hears of trouble.', 'Nosozliklar haqida hech kim bilmaydi.'),
    fix: words('Задайте TELEGRAM_ADMIN_IDS.', 'Set TELEGRAM_ADMIN_IDS.', 'TELEGRAM_ADMIN_IDS ni bering.'),
  }),
  'telegram.webhook_elsewhere': problem('error', {
    title: words(
      'Сообщения бота уходят на другой адрес',
      "The bot's messages go to another address",
      'Botga kelgan xabarlar boshqa manzilga ketyapti',
    ),
    cause: words(
      'Вебхук бота указывает не на PUBLIC_URL: им пользуется другая установка, или адрес сменился.',
      'The webhook of the bot is not at PUBLIC_URL: another installation uses the bot, or the address has changed.',
      'Botning webhook’i PUBLIC_URL da emas: botdan boshqa oʻrnatma foydalanyapti yoki manzil oʻzgargan.',
    ),
    effect: words(
      'Бот не отвечает, отчёты из Telegram не приходят.',
      'The bot is silent, no report comes by Telegram.',
      'Bot javob bermaydi, Telegramdan hisobotlar kelmaydi.',
    ),
    fix: words(
      'Дайте каждой установке своего бота. Затем перезапустите api: он сообщает Telegram свой адрес при запуске.',
      'Give each installation a bot of its own. Then restart the api: it tells Telegram its address as it starts.',
      'Har bir oʻrnatmaga oʻz botini bering. Soʻng api ni qayta ishga tushiring: u manzilini Telegramga ishga tushganda aytadi.',
    ),
  }),
  'telegram.updates_pending': problem('warn', {
    title: words(
      'У Telegram копятся сообщения боту',
      'Messages to the bot pile up at Telegram',
      'Botga xabarlar Telegramda yigʻilib qolgan',
    ),
    cause: words(
      'api не запущен, недоступен по PUBLIC_URL или отвечает на вебхук ошибкой.',
      'No api runs, none is reachable at PUBLIC_URL, or the webhook answers with an error.',
      'api ishlamayapti, PUBLIC_URL boʻyicha topilmaydi yoki webhook’ka xato bilan javob beradi.',
    ),
    effect: words(
      'Бот отвечает с опозданием; через сутки Telegram забывает сообщения.',
      'The bot answers late; after a day Telegram forgets the messages.',
      'Bot kech javob beradi; bir kundan soʻng Telegram xabarlarni unutadi.',
    ),
    fix: words(
      'Проверьте, что api запущен и доступен извне.',
      'See that the api runs and can be reached from outside.',
      'api ishlayotganini va tashqaridan ochilishini tekshiring.',
    ),
  }),
  'telegram.webhook_failing': problem('warn', {
    title: words(
      'Telegram не может доставить сообщения боту',
      'Telegram cannot deliver messages to the bot',
      'Telegram botga xabarlarni yetkaza olmayapti',
    ),
    cause: words(
      'Вебхук за последний час отвечал ошибкой.',
      'The webhook answered with an error within the last hour.',
      'Webhook oxirgi soatda xato bilan javob bergan.',
    ),
    effect: words('Команды бота теряются.', 'Commands to the bot get lost.', 'Bot buyruqlari yoʻqoladi.'),
    fix: words(
      'Проверьте PUBLIC_URL и TELEGRAM_WEBHOOK_SECRET.',
      'Check PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET.',
      'PUBLIC_URL va TELEGRAM_WEBHOOK_SECRET ni tekshiring.',
    ),
  }),
} satisfies CodeTable;
