import type { Texts } from '../../en/index.ts';

export const cache: Texts['doctor']['cache'] = {
  'cache.write_read': { title: 'Кэш: запись, чтение, удаление' },
  'cache.not_kept': {
    title: 'Redis не хранит записи кэша',
    cause: 'Записанное значение не прочиталось обратно.',
    effect: 'Сводки считаются каждый раз заново.',
    fix: 'Проверьте память и политику Redis.',
  },
};
