import type { Texts } from '../en/index.ts';

export const reports: Texts['reports'] = { semicolons: true, russianHeaders: true };
