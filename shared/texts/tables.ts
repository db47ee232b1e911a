/** Codes and their sentences in every language, put together from the folders of the languages. */
import type { Texts } from './en/index.ts';
import { inEach, languages, type Lang } from './languages.ts';

export interface Text extends Readonly<Record<Lang, string>> {
  /** what to do about it */
  hint?: Readonly<Record<Lang, string>>;
}

export type TextTable = Readonly<Record<string, Text>>;

/** A sentence, or one with what to do about it. */
type Entry = string | { text: string; hint: string };
type TableName = { [Name in keyof Texts]: Texts[Name] extends Record<string, Entry> ? Name : never }[keyof Texts];
type Table<Name extends TableName> = Readonly<Record<keyof Texts[Name] & string, Text>>;

function tableOf<Name extends TableName>(name: Name): Table<Name> {
  const entryOf = (lang: Lang, code: string): Entry =>
    (languages[lang][name] as Readonly<Record<string, Entry>>)[code] ?? '';
  const textOf = (code: string): Text => {
    const words = inEach((lang) => {
      const entry = entryOf(lang, code);
      return typeof entry === 'string' ? entry : entry.text;
    });
    if (typeof entryOf('en', code) === 'string') return words;
    const hint = inEach((lang) => {
      const entry = entryOf(lang, code);
      return typeof entry === 'string' ? '' : entry.hint;
    });
    return { ...words, hint };
  };
  return Object.fromEntries(Object.keys(languages.en[name]).map((code) => [code, textOf(code)])) as Table<Name>;
}

/** What the API answers where a request fails (api.md section 4). */
export const errorTexts = tableOf('errors');
/** Why a file as a whole was not loaded. */
export const fileErrorTexts = tableOf('fileErrors');
/** Why a row was refused; stored as code and parameters with its row, column and value. */
export const rowErrorTexts = tableOf('rowErrors');
/** What a file that was loaded should make the operator look at; stored as code and parameters on the file. */
export const warningTexts = tableOf('warnings');
export const questionTexts = tableOf('questions');
export const undoTexts = tableOf('undo');
export const exportErrorTexts = tableOf('exportErrors');
export const exportRequestTexts = tableOf('exportRequests');

/** Issues of an order; statuses that come as issues are among `orderStatusTexts`. */
export const issueTexts: TextTable = tableOf('issues');
export const orderStatusTexts: TextTable = tableOf('orderStatuses');
export const orderReasonTexts = tableOf('orderReasons');
export const ruleTexts = tableOf('rules');
export const differenceTexts = tableOf('differences');
export const nearMissTexts = tableOf('nearMisses');

export const intakeFindingTexts = tableOf('intakeFindings');
export const intakeResultTexts = tableOf('intakeResults');
export const noticeTexts = tableOf('notices');
export const noticeWords: TextTable = { ...intakeFindingTexts, ...tableOf('noticeWords') };
export const telegramTexts = tableOf('telegram');

export const columnWords = tableOf('exportColumns');
export const sheetWords = tableOf('exportSheets');
export const figureWords = tableOf('exportFigures');
export const valueWords: TextTable = tableOf('values');

export type ExportErrorCode = keyof Texts['exportErrors'];
export type RuleCode = `${keyof Texts['rules']}`;
export type DifferenceCode = keyof Texts['differences'];
export type NearMissCode = keyof Texts['nearMisses'];
export type IntakeFindingCode = keyof Texts['intakeFindings'];
export type TelegramText = keyof Texts['telegram'];
export type ColumnWord = keyof Texts['exportColumns'];

/** The word for a code in this language; a code without one stands for itself. */
export function wordOf(words: TextTable, code: string, lang: Lang): string {
  return (Object.hasOwn(words, code) ? words[code]?.[lang] : undefined) ?? code;
}
