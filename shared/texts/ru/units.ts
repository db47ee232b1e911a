import type { Texts } from '../en/index.ts';

export const units: Texts['units'] = {
  s: 'с',
  min: 'мин',
  h: 'ч',
  days(count) {
    const [ten, hundred] = [count % 10, count % 100];
    if (ten === 1 && hundred !== 11) return 'день';
    return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 'дня' : 'дней';
  },
  at: (clock, day) => (day === null ? `в ${clock}` : `${day} в ${clock}`),
};
