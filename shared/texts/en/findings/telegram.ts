export const telegram = {
  'telegram.bot': { title: 'The Telegram bot answers' },
  'telegram.not_configured': {
    title: 'Telegram is not set up',
    cause: 'TELEGRAM_BOT_TOKEN is empty.',
    effect: 'There is no bot and no notices; sign-in is by e-mail and password.',
    fix: 'Make a bot with @BotFather and set TELEGRAM_BOT_TOKEN and TELEGRAM_ADMIN_IDS.',
  },
  'telegram.token_wrong': {
    title: "Telegram does not know the bot's token",
    cause: 'The token was revoked, made anew, or not copied whole.',
    effect: 'Notices and sign-in by Telegram do not work; nothing else is touched.',
    fix: 'Get the token from @BotFather (/token) and set TELEGRAM_BOT_TOKEN.',
  },
  'telegram.unreachable': {
    title: 'Telegram cannot be reached',
    cause: 'No network to TELEGRAM_API_ROOT, or it answers with an error.',
    effect: 'Notices and sign-in by Telegram do not work; nothing else is touched.',
    fix: 'Check TELEGRAM_API_ROOT and the network; notices are repeated by themselves.',
  },
  'telegram.admin_ids_invalid': {
    title: 'TELEGRAM_ADMIN_IDS are not numbers',
    cause: 'Numeric ids are needed, not names: a name can be taken over.',
    effect: 'The service does not start.',
    fix: 'Ask @userinfobot for the id.',
  },
  'telegram.setting_invalid': {
    title: 'A variable of Telegram cannot be used',
    cause: 'TELEGRAM_API_ROOT is an http(s) address.',
    effect: 'The service does not start.',
    fix: 'Correct the variable: docs/config.md.',
  },
  'telegram.no_admin_ids': {
    title: 'There is nobody to notify',
    cause: 'There is a bot, and TELEGRAM_ADMIN_IDS is empty.',
    effect: 'Nobody hears of trouble.',
    fix: 'Set TELEGRAM_ADMIN_IDS.',
  },
  'telegram.webhook_elsewhere': {
    title: "The bot's messages go to another address",
    cause:
      'The webhook of the bot is not at PUBLIC_URL: another installation uses the bot, or the address has changed.',
    effect: 'The bot is silent, no report comes by Telegram.',
    fix: 'Give each installation a bot of its own. Then restart the api: it tells Telegram its address as it starts.',
  },
  'telegram.updates_pending': {
    title: 'Messages to the bot pile up at Telegram',
    cause: 'No api runs, none is reachable at PUBLIC_URL, or the webhook answers with an error.',
    effect: 'The bot answers late; after a day Telegram forgets the messages.',
    fix: 'See that the api runs and can be reached from outside.',
  },
  'telegram.webhook_failing': {
    title: 'Telegram cannot deliver messages to the bot',
    cause: 'The webhook answered with an error within the last hour.',
    effect: 'Commands to the bot get lost.',
    fix: 'Check PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET.',
  },
};
