/** Texts that a person sees: a code and parameters are stored and sent, the words come from the languages' folders. */
import { fillPlaces } from './fill.ts';
import type { Lang } from './languages.ts';
import { shownParams } from './shown-params.ts';
import type { TextTable } from './tables.ts';

export type TextParams = Record<string, string | number>;

function fill(template: string, params: TextParams, lang: Lang): string {
  return fillPlaces(template, shownParams(params, lang));
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
