import type { Texts } from '../en/index.ts';

export const units: Texts['units'] = {
  s: 's',
  min: 'daq',
  h: 'soat',
  days: () => 'kun',
  at: (clock, day) => (day === null ? `${clock} da` : `${day}, ${clock} da`),
};
