import type { Texts } from '../en/index.ts';

export const docsPage: Texts['docsPage'] = {
  title: 'API VHM24R',
  method: 'Метод',
  path: 'Путь',
  role: 'Роль',
  what: 'Что делает',
};
