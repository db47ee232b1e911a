import type { Texts } from '../../en/index.ts';

export const config: Texts['doctor']['config'] = {
  'config.variables': { title: 'Переменные окружения разобраны' },
  'config.variable_invalid': {
    title: 'Значение переменной не подходит',
    cause: 'Опечатка, лишние кавычки или значение вне пределов.',
    effect: 'Служба с этой ошибкой не запустится и выйдет с кодом 1.',
    fix: 'Исправьте переменную: пределы — в docs/config.md.',
  },
  'config.variable_missing': {
    title: 'Обязательной переменной нет',
    cause: 'Она не задана для этой службы.',
    effect: 'Служба с этой ошибкой не запустится и выйдет с кодом 1.',
    fix: 'Задайте переменную: docs/config.md.',
  },
  'config.incomplete': {
    title: 'Задана половина пары переменных',
    cause: 'ADMIN_EMAIL и ADMIN_PASSWORD задаются вместе.',
    effect: 'Служба с этой ошибкой не запустится и выйдет с кодом 1.',
    fix: 'Задайте обе или уберите обе.',
  },
  'config.pool_too_small': {
    title: 'DATABASE_POOL_MAX слишком мал',
    cause: 'Каждому файлу в работе нужны два соединения, и ещё два службе.',
    effect: 'Служба с этой ошибкой не запустится и выйдет с кодом 1.',
    fix: 'Увеличьте DATABASE_POOL_MAX или уменьшите WORKER_CONCURRENCY.',
  },
  'config.look_alike': {
    title: 'Похожая переменная задана, нужная — нет',
    cause: 'Имя осталось от прежней системы или другой платформы.',
    effect: 'Значение не используется.',
    fix: 'Переименуйте переменную.',
  },
  'config.metrics_closed': {
    title: '/metrics закрыт',
    cause: 'В production без METRICS_TOKEN он отвечает 404.',
    effect: 'Prometheus не может собирать метрики.',
    fix: 'Задайте METRICS_TOKEN (16 символов или больше).',
  },
};
