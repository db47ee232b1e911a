import type { Texts } from '../../en/index.ts';

export const blacklist: Texts['doctor']['blacklist'] = {
  'blacklist.truth': { title: 'Отозванные токены читаются из PostgreSQL' },
  'blacklist.copy': { title: 'Быстрая копия в Redis: запись, проверка, удаление' },
  'blacklist.unreadable': {
    title: 'Список отозванных токенов не читается',
    cause: 'Нет таблицы или прав на неё.',
    effect: 'Никого не впускают: 503.',
    fix: 'Выполните миграции.',
  },
  'blacklist.expired_pile': {
    title: 'Просроченные отзывы не убираются',
    cause: 'api давно не запущен: убирает он.',
    effect: 'Проверка медленнее.',
    fix: 'Запустите api.',
  },
};
