import { LANGS, type Lang } from './languages.ts';

/**
 * The language of a shell: LC_ALL, LC_MESSAGES, LANG, as everywhere; English where they name no language of the
 * product.
 */
export function langOf(env: Readonly<Record<string, string | undefined>>): Lang {
  const locale = (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '').toLowerCase();
  return LANGS.find((lang) => locale.startsWith(lang)) ?? 'en';
}
