/** Texts that a person sees: a code and parameters are stored and sent, the words come from tables like these. */
export type Lang = 'ru' | 'en';

export interface Text {
  ru: string;
  en: string;
  /** what to do about it */
  hint?: { ru: string; en: string };
}

export type TextTable = Record<string, Text>;
export type TextParams = Record<string, string | number>;

function fill(template: string, params: TextParams): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** The sentence for a code; an unknown code renders as itself. */
export function renderText(table: TextTable, code: string, params: TextParams, lang: Lang): string {
  const text = table[code];
  return text === undefined ? code : fill(text[lang], params);
}

/** What to do about it, or null. */
export function renderHint(table: TextTable, code: string, params: TextParams, lang: Lang): string | null {
  const hint = table[code]?.hint;
  return hint === undefined ? null : fill(hint[lang], params);
}
