import type { Texts } from '../en/index.ts';

export const docsPage: Texts['docsPage'] = {
  title: 'VHM24R API',
  method: 'Usul',
  path: 'Yoʻl',
  role: 'Rol',
  what: 'Nima qiladi',
};
