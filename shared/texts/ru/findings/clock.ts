import type { Texts } from '../../en/index.ts';

export const clock: Texts['doctor']['clock'] = {
  'clock.postgres': { title: 'Часы совпадают с часами PostgreSQL' },
  'clock.redis': { title: 'Часы совпадают с часами Redis' },
  'clock.off': {
    title: 'Часы расходятся больше чем на минуту',
    cause: 'Часы этой машины или сервера идут неверно.',
    effect:
      '/readyz этого сервиса — degraded; S3 отвергает подписи, сертификаты кажутся просроченными. Вход идёт по часам PostgreSQL.',
    fix: 'Включите синхронизацию времени (NTP) на этой машине.',
  },
  'clock.drift': {
    title: 'Часы расходятся на секунды',
    cause: 'Время давно не синхронизировалось.',
    effect: 'Пока терпимо: допуск — минута.',
    fix: 'Включите синхронизацию времени (NTP) на этой машине.',
  },
};
