import { createI18n, type I18n } from 'vue-i18n';
import { russianForm } from './plural.ts';
import { ru, type Messages } from '../texts/ru/index.ts';

export const LANGUAGES = ['ru', 'uz', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Languages under their own names, so that anyone finds his. */
export const LANGUAGE_NAMES: Record<Language, string> = { ru: 'Русский', uz: 'Oʻzbekcha', en: 'English' };

const storedKey = 'vhm24r.language';

function isLanguage(value: unknown): value is Language {
  return (LANGUAGES as readonly unknown[]).includes(value);
}

export type PageI18n = I18n<Record<string, Messages>, Record<string, never>, Record<string, never>, string, false>;

export function createPageI18n(): PageI18n {
  return createI18n({
    legacy: false,
    locale: 'ru',
    fallbackLocale: 'ru',
    messages: { ru } as Record<string, Messages>,
    pluralRules: { ru: russianForm },
    missingWarn: false,
    fallbackWarn: false,
  }) as unknown as PageI18n;
}

async function loadMessages(language: Language): Promise<Messages> {
  if (language === 'uz') {
    const [{ uz }, { uzCodes, uzHints }] = await Promise.all([import('../texts/uz/index.ts'), import('../texts/uz/server-codes.ts')]);
    return { ...uz, codes: { ...uzCodes, ...uz.codes }, hints: uzHints } as Messages;
  }
  if (language === 'en') return (await import('../texts/en/index.ts')).en;
  return ru;
}

/** Loads the texts if need be and switches the page. */
export async function showLanguage(i18n: PageI18n, language: Language): Promise<void> {
  i18n.global.setLocaleMessage(language, await loadMessages(language));
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}

/** What a person chose: shown, and remembered from then on. */
export async function chooseLanguage(i18n: PageI18n, language: Language): Promise<void> {
  await showLanguage(i18n, language);
  localStorage.setItem(storedKey, language);
}

/** What was chosen here before; at the first visit the first of the browser's languages that the page speaks; Russian otherwise. */
export function languageFor(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  return preferred.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'ru';
}

export function startLanguage(): Language {
  return languageFor(localStorage.getItem(storedKey), navigator.languages);
}
