/** The bot's sentences with their figures: foreign words are escaped here, whoever calls. */
import { fillPlaces } from '../texts/fill.ts';
import type { Role } from '../auth/principal.ts';
import type { Lang } from '../texts/languages.ts';
import { telegramTexts, type TelegramText } from '../texts/tables.ts';
import { foreign, type Html } from './markup.ts';

export type SayParams = Readonly<Record<string, string | number | Html>>;

const NBSP = '\u00a0';

/** A whole number with its thousands apart. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, NBSP);

/** @returns markup. @param params strings are foreign words, numbers are figures, Html is ours */
export function say(code: TelegramText, lang: Lang, params: SayParams = {}): string {
  return telegramTexts[code][lang].replace(/\{(\w+)\}/g, (match, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) return match;
    if (typeof value === 'number') return grouped(value);
    return typeof value === 'string' ? foreign(value) : value.html;
  });
}

/** A sentence without markup, for buttons and small answers. */
export function plainly(code: TelegramText, lang: Lang, params: Readonly<Record<string, string>> = {}): string {
  return fillPlaces(telegramTexts[code][lang], params);
}

export const roleWord = (role: Role, lang: Lang): string => plainly(`role_${role}`, lang);
