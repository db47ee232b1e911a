import { useI18n } from 'vue-i18n';
import { ApiError } from '../api/client.ts';
import type { CodedText } from '../api/types.ts';
import { formatTime } from './format.ts';

/**
 * Words for what the server sends as {code, params, message, hint}: the page's own in Uzbek and for faults that the server could not
 * word (network away), the server's in Russian and English.
 */
export function useCoded(): {
  message(text: CodedText): string;
  hint(text: CodedText): string;
  problem(error: unknown): string;
} {
  const { t, te, locale } = useI18n();

  /** `bad_file` and its like come in kinds, each with a sentence of its own. */
  function own(section: 'codes' | 'hints', text: CodedText): string | null {
    const kind = text.params?.['reason'] ?? text.params?.['limit'];
    const key = [`${section}.${text.code}__${kind}`, `${section}.${text.code}`].find((one) => te(one, locale.value as never));
    return key === undefined ? null : t(key, { ...text.params });
  }

  /** Instants come as ISO 8601; nobody reads them so. */
  const readable = (words: string): string =>
    words.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+[+-]\d{2}:\d{2}/g, (instant) => formatTime(instant, false));

  function message(text: CodedText): string {
    if (locale.value === 'uz') return readable(own('codes', text) ?? text.message ?? text.code);
    return readable(text.message ?? own('codes', text) ?? text.code);
  }

  function hint(text: CodedText): string {
    return (locale.value === 'uz' ? own('hints', text) : text.hint) ?? '';
  }

  function problem(error: unknown): string {
    if (!(error instanceof ApiError)) return t('codes.internal');
    const reason = error.problem.params?.['reason'];
    return reason !== undefined && te(`reasons.${reason}`, 'ru' as never) ? t(`reasons.${reason}`) : message(error.problem);
  }

  return { message, hint, problem };
}
