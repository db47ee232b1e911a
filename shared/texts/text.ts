/** Texts that a person sees: a code and parameters are stored and sent, the words come from tables like these. */
import { shownParams } from './shown-params.ts';

export type Lang = 'ru' | 'en' | 'uz';
export const LANGS: readonly Lang[] = ['ru', 'en', 'uz'];

/** In every language: one more in `Lang` and `LANGS`, and the compiler names each text that lacks it. */
export interface Text extends Record<Lang, string> {
  /** what to do about it */
  hint?: Record<Lang, string>;
}

export type TextTable = Record<string, Text>;
export type TextParams = Record<string, string | number>;

function fill(template: string, params: TextParams, lang: Lang): string {
  const words = shownParams(params, lang);
  return template.replace(/\{(\w+)\}/g, (match, name: string) =>
    Object.hasOwn(words, name) ? (words[name] ?? match) : match,
  );
}

/** The sentence for a code; an unknown code renders as itself. */
export function renderText(table: TextTable, code: string, params: TextParams, lang: Lang): string {
  const text = Object.hasOwn(table, code) ? table[code] : undefined;
  return text === undefined ? code : fill(text[lang], params, lang);
}

/** What to do about it, or null. */
export function renderHint(table: TextTable, code: string, params: TextParams, lang: Lang): string | null {
  const hint = Object.hasOwn(table, code) ? table[code]?.hint : undefined;
  return hint === undefined ? null : fill(hint[lang], params, lang);
}
