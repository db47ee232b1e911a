import { missingLines } from './missing.ts';
import type { Texts } from './en/index.ts';
import { shownParams } from './shown-params.ts';
import { LANGS, type Lang } from './languages.ts';
import { noticeTexts, noticeWords } from './tables.ts';

/** What administrators get by Telegram, in all languages: one message for all of them. */
export type NoticeKind = keyof Texts['notices'];
export type NoticeParams = Readonly<Record<string, string | number>>;

const CODED = new Set(['target', 'from', 'to', 'reason']);

/** The news in one language. */
export function noticeLine(kind: NoticeKind, params: NoticeParams, lang: Lang): string {
  const shown = shownParams(params, lang);
  const word = (name: string, match: string): string => {
    if (name === 'missing') return missingLines(lang, String(params[name]));
    const code = String(params[name]);
    return (CODED.has(name) && Object.hasOwn(noticeWords, code) ? noticeWords[code]?.[lang] : shown[name]) ?? match;
  };
  return noticeTexts[kind][lang].replace(/\{(\w+)\}/g, (match, name: string) =>
    Object.hasOwn(params, name) ? word(name, match) : match,
  );
}

/** @returns the product's name, then the news in Russian, English and Uzbek, each on a line or more of its own */
export function noticeText(kind: NoticeKind, params: NoticeParams): string {
  return ['VHM24R', ...LANGS.map((lang) => noticeLine(kind, params, lang))].join('\n');
}
