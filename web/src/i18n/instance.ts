import { inject, type InjectionKey } from 'vue';
import type { PageI18n } from './i18n.ts';

export const i18nKey: InjectionKey<PageI18n> = Symbol('i18n');

/** The instance itself, for who switches the language; everyone else needs only `t`. */
export function useI18nInstance(): PageI18n {
  const i18n = inject(i18nKey);
  if (!i18n) throw new Error('i18n is not provided');
  return i18n;
}
