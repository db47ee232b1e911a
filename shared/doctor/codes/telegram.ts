import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const noNotices = words(
  'Уведомления и вход через Telegram не работают; остальное не задето.',
  'Notices and sign-in by Telegram do not work; nothing else is touched.',
);

export const telegramCodes = {
  'telegram.bot': rung('Бот Telegram отвечает', 'The Telegram bot answers'),
  'telegram.not_configured': problem('info', {
    title: words('Telegram не настроен', 'Telegram is not set up'),
    cause: words('TELEGRAM_BOT_TOKEN пуст.', 'TELEGRAM_BOT_TOKEN is empty.'),
    effect: words(
      'Бота и уведомлений нет; вход — по почте и паролю.',
      'There is no bot and no notices; sign-in is by e-mail and password.',
    ),
    fix: words(
      'Создайте бота у @BotFather и задайте TELEGRAM_BOT_TOKEN и TELEGRAM_ADMIN_IDS.',
      'Make a bot with @BotFather and set TELEGRAM_BOT_TOKEN and TELEGRAM_ADMIN_IDS.',
    ),
  }),
  'telegram.token_wrong': problem('error', {
    title: words('Telegram не признаёт токен бота', "Telegram does not know the bot's token"),
    cause: words(
      'Токен отозван, переиздан или скопирован не целиком.',
      'The token was revoked, made anew, or not copied whole.',
    ),
    effect: noNotices,
    fix: words(
      'Возьмите токен у @BotFather (/token) и задайте TELEGRAM_BOT_TOKEN.',
      'Get the token from @BotFather (/token) and set TELEGRAM_BOT_TOKEN.',
    ),
    commands: ["railway variables --set 'TELEGRAM_BOT_TOKEN=…'"],
  }),
  'telegram.unreachable': problem('warn', {
    title: words('Telegram недоступен', 'Telegram cannot be reached'),
    cause: words(
      'Нет сети до TELEGRAM_API_ROOT, или он отвечает ошибкой.',
      'No network to TELEGRAM_API_ROOT, or it answers with an error.',
    ),
    effect: noNotices,
    fix: words(
      'Проверьте TELEGRAM_API_ROOT и сеть; уведомления повторяются сами.',
      'Check TELEGRAM_API_ROOT and the network; notices are repeated by themselves.',
    ),
  }),
  'telegram.admin_ids_invalid': problem('error', {
    title: words('TELEGRAM_ADMIN_IDS — не числа', 'TELEGRAM_ADMIN_IDS are not numbers'),
    cause: words(
      'Нужны числовые id, а не имена: имя можно перехватить.',
      'Numeric ids are needed, not names: a name can be taken over.',
    ),
    effect: words('Служба не запустится.', 'The service does not start.'),
    fix: words('Спросите id у @userinfobot.', 'Ask @userinfobot for the id.'),
  }),
  'telegram.setting_invalid': problem('error', {
    title: words('Переменная Telegram не подходит', 'A variable of Telegram cannot be used'),
    cause: words('TELEGRAM_API_ROOT — адрес http(s).', 'TELEGRAM_API_ROOT is an http(s) address.'),
    effect: words('Служба не запустится.', 'The service does not start.'),
    fix: words('Исправьте переменную: docs/config.md.', 'Correct the variable: docs/config.md.'),
  }),
  'telegram.no_admin_ids': problem('warn', {
    title: words('Некому слать уведомления', 'There is nobody to notify'),
    cause: words('Бот есть, а TELEGRAM_ADMIN_IDS пуст.', 'There is a bot, and TELEGRAM_ADMIN_IDS is empty.'),
    effect: words('О сбоях никто не узнает.', 'Nobody hears of trouble.'),
    fix: words('Задайте TELEGRAM_ADMIN_IDS.', 'Set TELEGRAM_ADMIN_IDS.'),
  }),
  'telegram.webhook_elsewhere': problem('error', {
    title: words('Сообщения бота уходят на другой адрес', "The bot's messages go to another address"),
    cause: words(
      'Вебхук бота указывает не на PUBLIC_URL: им пользуется другая установка, или адрес сменился.',
      'The webhook of the bot is not at PUBLIC_URL: another installation uses the bot, or the address has changed.',
    ),
    effect: words(
      'Бот не отвечает, отчёты из Telegram не приходят.',
      'The bot is silent, no report comes by Telegram.',
    ),
    fix: words(
      'Дайте каждой установке своего бота. Затем перезапустите api: он сообщает Telegram свой адрес при запуске.',
      'Give each installation a bot of its own. Then restart the api: it tells Telegram its address as it starts.',
    ),
  }),
  'telegram.updates_pending': problem('warn', {
    title: words('У Telegram копятся сообщения боту', 'Messages to the bot pile up at Telegram'),
    cause: words(
      'api не запущен, недоступен по PUBLIC_URL или отвечает на вебхук ошибкой.',
      'No api runs, none is reachable at PUBLIC_URL, or the webhook answers with an error.',
    ),
    effect: words(
      'Бот отвечает с опозданием; через сутки Telegram забывает сообщения.',
      'The bot answers late; after a day Telegram forgets the messages.',
    ),
    fix: words(
      'Проверьте, что api запущен и доступен извне.',
      'See that the api runs and can be reached from outside.',
    ),
  }),
  'telegram.webhook_failing': problem('warn', {
    title: words('Telegram не может доставить сообщения боту', 'Telegram cannot deliver messages to the bot'),
    cause: words(
      'Вебхук за последний час отвечал ошибкой.',
      'The webhook answered with an error within the last hour.',
    ),
    effect: words('Команды бота теряются.', 'Commands to the bot get lost.'),
    fix: words('Проверьте PUBLIC_URL и TELEGRAM_WEBHOOK_SECRET.', 'Check PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET.'),
  }),
} satisfies CodeTable;
