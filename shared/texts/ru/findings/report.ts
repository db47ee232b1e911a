import type { Texts } from '../../en/index.ts';

export const report: Texts['doctor']['report'] = {
  evidence: 'видно',
  cause: 'причина',
  effect: 'последствие',
  fix: 'что делать',
  docs: 'подробно',
  appeared: 'появилось',
  gone: 'прошло',
  changes: 'С прошлого раза',
  fixes: 'Исправления',
  done: 'сделано',
  would: 'будет сделано',
  failed: 'не удалось',
  fine: 'Всё в порядке',
  sum: 'ошибок {e}, предупреждений {w}',
};
