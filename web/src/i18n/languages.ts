/** The languages of the page, apart from what shows them: a browser is not needed to choose one. */
export const LANGUAGES = ['ru', 'uz', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Languages under their own names, so that anyone finds his. */
export const LANGUAGE_NAMES: Record<Language, string> = { ru: 'Русский', uz: 'Oʻzbekcha', en: 'English' };

function isLanguage(value: unknown): value is Language {
  return (LANGUAGES as readonly unknown[]).includes(value);
}

/**
 * What was chosen here before; at the first visit the first of the browser's languages that the page speaks; Russian
 * otherwise.
 */
export function languageFor(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  return preferred.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'ru';
}
