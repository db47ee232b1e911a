import type { Texts } from '../../en/index.ts';

export const away: Texts['doctor']['away'] = {
  postgres: 'Загрузки и вход отвечают 503, пока это не исправлено; принятые файлы ждут.',
  redis: 'Очередь стоит; файлы обрабатывает сам api, медленнее. Ничего не теряется.',
};
