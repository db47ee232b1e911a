import { useI18n } from 'vue-i18n';
import { ApiError } from '../api/client.ts';
import type { CodedText } from '../api/types.ts';
import { formatTime } from './format.ts';

/**
 * Words for what the server sends as {code, params, message, hint}, in the language the page asked in; the page's own
 * for faults that the server could not word (network away).
 */
export function useCoded(): {
  message(text: CodedText): string;
  hint(text: CodedText): string;
  problem(error: unknown): string;
} {
  const { t, te, locale } = useI18n();

  function own(text: CodedText): string | null {
    const key = `codes.${text.code}`;
    return te(key, locale.value as never) ? t(key, { ...text.params }) : null;
  }

  /** Instants come as ISO 8601; nobody reads them so. */
  const readable = (words: string): string =>
    words.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+[+-]\d{2}:\d{2}/g, (instant) => formatTime(instant, false));

  const message = (text: CodedText): string => readable(text.message ?? own(text) ?? text.code);
  const hint = (text: CodedText): string => text.hint ?? '';

  function problem(error: unknown): string {
    if (!(error instanceof ApiError)) return t('codes.internal');
    const reason = error.problem.params?.['reason'];
    return reason !== undefined && te(`reasons.${reason}`, 'ru' as never)
      ? t(`reasons.${reason}`)
      : message(error.problem);
  }

  return { message, hint, problem };
}
