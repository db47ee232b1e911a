/**
 * The languages of server and command line: a folder each, and a line here. Whatever is said is said in all of them:
 * the compiler names each text that one lacks.
 */
import { en, type Texts } from './en/index.ts';
import { ru } from './ru/index.ts';
import { uz } from './uz/index.ts';

/** In the order in which a message to several people says them. */
export const languages = { ru, en, uz } as const satisfies Record<string, Texts>;

export type Lang = keyof typeof languages;
export const LANGS = Object.keys(languages) as readonly Lang[];

/** Of people whose language is not known. */
export const DEFAULT_LANG: Lang = 'ru';

/** One value in every language. */
export function inEach<T>(make: (lang: Lang) => T): Record<Lang, T> {
  return Object.fromEntries(LANGS.map((lang) => [lang, make(lang)])) as Record<Lang, T>;
}
