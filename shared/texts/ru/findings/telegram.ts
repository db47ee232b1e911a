import type { Texts } from '../../en/index.ts';

export const telegram: Texts['doctor']['telegram'] = {
  'telegram.bot': { title: 'Бот Telegram отвечает' },
  'telegram.not_configured': {
    title: 'Telegram не настроен',
    cause: 'TELEGRAM_BOT_TOKEN пуст.',
    effect: 'Бота и уведомлений нет; вход — по почте и паролю.',
    fix: 'Создайте бота у @BotFather и задайте TELEGRAM_BOT_TOKEN и TELEGRAM_ADMIN_IDS.',
  },
  'telegram.token_wrong': {
    title: 'Telegram не признаёт токен бота',
    cause: 'Токен отозван, переиздан или скопирован не целиком.',
    effect: 'Уведомления и вход через Telegram не работают; остальное не задето.',
    fix: 'Возьмите токен у @BotFather (/token) и задайте TELEGRAM_BOT_TOKEN.',
  },
  'telegram.unreachable': {
    title: 'Telegram недоступен',
    cause: 'Нет сети до TELEGRAM_API_ROOT, или он отвечает ошибкой.',
    effect: 'Уведомления и вход через Telegram не работают; остальное не задето.',
    fix: 'Проверьте TELEGRAM_API_ROOT и сеть; уведомления повторяются сами.',
  },
  'telegram.admin_ids_invalid': {
    title: 'TELEGRAM_ADMIN_IDS — не числа',
    cause: 'Нужны числовые id, а не имена: имя можно перехватить.',
    effect: 'Служба не запустится.',
    fix: 'Спросите id у @userinfobot.',
  },
  'telegram.setting_invalid': {
    title: 'Переменная Telegram не подходит',
    cause: 'TELEGRAM_API_ROOT — адрес http(s).',
    effect: 'Служба не запустится.',
    fix: 'Исправьте переменную: docs/config.md.',
  },
  'telegram.no_admin_ids': {
    title: 'Некому слать уведомления',
    cause: 'Бот есть, а TELEGRAM_ADMIN_IDS пуст.',
    effect: 'О сбоях никто не узнает.',
    fix: 'Задайте TELEGRAM_ADMIN_IDS.',
  },
  'telegram.webhook_elsewhere': {
    title: 'Сообщения бота уходят на другой адрес',
    cause: 'Вебхук бота указывает не на PUBLIC_URL: им пользуется другая установка, или адрес сменился.',
    effect: 'Бот не отвечает, отчёты из Telegram не приходят.',
    fix: 'Дайте каждой установке своего бота. Затем перезапустите api: он сообщает Telegram свой адрес при запуске.',
  },
  'telegram.updates_pending': {
    title: 'У Telegram копятся сообщения боту',
    cause: 'api не запущен, недоступен по PUBLIC_URL или отвечает на вебхук ошибкой.',
    effect: 'Бот отвечает с опозданием; через сутки Telegram забывает сообщения.',
    fix: 'Проверьте, что api запущен и доступен извне.',
  },
  'telegram.webhook_failing': {
    title: 'Telegram не может доставить сообщения боту',
    cause: 'Вебхук за последний час отвечал ошибкой.',
    effect: 'Команды бота теряются.',
    fix: 'Проверьте PUBLIC_URL и TELEGRAM_WEBHOOK_SECRET.',
  },
};
