import { createI18n, type I18n } from 'vue-i18n';
import { type Language, languageFor } from './languages.ts';
import { russianForm } from './plural.ts';
import { ru, type Messages } from '../texts/ru/index.ts';

const storedKey = 'vhm24r.language';

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

/** Those that are not here from the start come when they are chosen. */
const loaders: Readonly<Record<Language, () => Promise<Messages>>> = {
  ru: async () => ru,
  uz: async () => (await import('../texts/uz/index.ts')).uz,
  en: async () => (await import('../texts/en/index.ts')).en,
};

/** Loads the texts if need be and switches the page. */
export async function showLanguage(i18n: PageI18n, language: Language): Promise<void> {
  i18n.global.setLocaleMessage(language, await loaders[language]());
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}

/** What a person chose: shown, and remembered from then on. */
export async function chooseLanguage(i18n: PageI18n, language: Language): Promise<void> {
  await showLanguage(i18n, language);
  localStorage.setItem(storedKey, language);
}

export function startLanguage(): Language {
  return languageFor(localStorage.getItem(storedKey), navigator.languages);
}
