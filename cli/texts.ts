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

/**
 * How a session ended. `completed_with_errors` is one too whose file asks something, failed or was cancelled: that rows
 * were rejected is for its file alone to say.
 */
export function sessionText(session: { status: string; files: readonly { status: string }[] }, lang: Lang): string {
  if (session.status !== 'completed_with_errors') return stateText(session.status, lang);
  const asks = session.files.some(({ status }) => status === 'needs_mapping');
  return stateText(asks ? 'needs_mapping' : 'session_with_errors', lang);
}

/** "849 KB" */
export function bytesText(bytes: number, lang: Lang): string {
  const units = languages[lang].bytes;
  const step = bytes < 1_000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const figure = bytes / 1_000 ** step;
  return `${figure >= 100 || step === 0 ? Math.round(figure) : figure.toFixed(1)} ${units[step]}`;
}
