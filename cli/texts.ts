/** What the command line says, in the language of LANG; what the server says comes worded by it. */
import type { Texts } from '../shared/texts/en/index.ts';
import { fillPlaces } from '../shared/texts/fill.ts';
import { languages, type Lang } from '../shared/texts/languages.ts';

export type TextKey = keyof Texts['commandLine'];

export function worded(key: TextKey, lang: Lang, params: Readonly<Record<string, string | number>> = {}): string {
  return fillPlaces(languages[lang].commandLine[key], params);
}

/** States of sessions, files and undos (api.md 3); one that has no word is shown as it is. */
export function stateText(state: string, lang: Lang): string {
  const states: Readonly<Record<string, string>> = languages[lang].states;
  return (Object.hasOwn(states, state) ? states[state] : undefined) ?? state;
}

/** "849 KB" */
export function bytesText(bytes: number, lang: Lang): string {
  const units = languages[lang].bytes;
  const step = bytes < 1_000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const figure = bytes / 1_000 ** step;
  return `${figure >= 100 || step === 0 ? Math.round(figure) : figure.toFixed(1)} ${units[step]}`;
}
