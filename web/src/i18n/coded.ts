import { useI18n } from 'vue-i18n';
import { ApiError } from '../api/client.ts';
import type { CodedText } from '../api/types.ts';

/**
 * Words for what the server sends as {code, params, message, hint}: the page's own words in Uzbek and for faults that the
 * server could not word (network away), the server's in Russian and English.
 */
export function useCoded(): {
  message(text: CodedText): string;
  hint(text: CodedText): string;
  problem(error: unknown): string;
} {
  const { t, te, locale } = useI18n();

  function own(text: CodedText): string | null {
    const key = `codes.${text.code}`;
    return te(key, locale.value as never) ? t(key, { ...(text.params ?? {}) }) : null;
  }

  function message(text: CodedText): string {
    if (locale.value === 'uz') return own(text) ?? text.message ?? text.code;
    return text.message ?? own(text) ?? text.code;
  }

  function hint(text: CodedText): string {
    if (locale.value !== 'uz') return text.hint ?? '';
    const key = `hints.${text.code}`;
    return te(key, locale.value as never) ? t(key, { ...(text.params ?? {}) }) : '';
  }

  function problem(error: unknown): string {
    if (error instanceof ApiError) return message(error.problem);
    return t('codes.internal');
  }

  return { message, hint, problem };
}
