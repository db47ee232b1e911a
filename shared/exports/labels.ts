/** Codes in the words of whoever asked for the export. */
import { SOURCE_NAMES, sources } from '../ingest/sources/index.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import {
  columnWords,
  type ColumnWord,
  figureWords,
  sheetWords,
  valueWords,
  wordOf,
  issueTexts,
  orderStatusTexts,
} from '../texts/tables.ts';
import { languages, type Lang } from '../texts/languages.ts';
import { reasonText } from '../texts/order-reasons.ts';
import { renderText, type TextParams } from '../texts/text.ts';
import type { Column } from './sheet.ts';

export interface Labels {
  lang: Lang;
  sheet(code: keyof typeof sheetWords): string;
  figure(code: keyof typeof figureWords): string;
  /** payment types, sources, kinds of change, resolutions and so on */
  value(code: string): string;
  status(code: string): string;
  /** a status that comes as an issue has the status's word */
  issue(code: string): string;
  /** why an order is as it is; kinds of payment among the figures in words */
  reason(code: string, params: TextParams): string;
  /** of a source's record: the header that its reports use */
  field(source: SourceName | null, name: string): string;
  column(word: ColumnWord, width: number): Column;
  /** of words that go on in a second line */
  wrapping(word: ColumnWord, width: number): Column;
}

/** Codes are few, and millions of rows ask for the words of each. */
function remembered(wordsOf: (code: string) => string): (code: string) => string {
  const known = new Map<string, string>();
  return (code) => {
    const words = known.get(code) ?? wordsOf(code);
    if (known.size < MAX_REMEMBERED) known.set(code, words);
    return words;
  };
}
const MAX_REMEMBERED = 1_000;

const CYRILLIC = /[А-Яа-яЁё]/;

/** The words of everything that orders of no source have a line about. */
const LINE_WORDS = { ...columnWords, ...valueWords };

export function createLabels(lang: Lang): Labels {
  const headerOf = (source: SourceName, name: string): string => {
    const headers = sources[source].fields.find((field) => field.name === name)?.headers ?? [];
    return (
      headers.find((header) => CYRILLIC.test(header) === languages[lang].reports.russianHeaders) ?? headers[0] ?? name
    );
  };
  const headers = new Map<SourceName, (name: string) => string>(
    SOURCE_NAMES.map((source) => [source, remembered((name) => headerOf(source, name))]),
  );
  const labels: Labels = {
    lang,
    sheet: (code) => wordOf(sheetWords, code, lang),
    figure: (code) => wordOf(figureWords, code, lang),
    value: (code) => wordOf(valueWords, code, lang),
    status: remembered((code) => renderText(orderStatusTexts, code, {}, lang)),
    issue: remembered((code) =>
      Object.hasOwn(issueTexts, code) ? renderText(issueTexts, code, {}, lang) : labels.status(code),
    ),
    reason: (code, params) => reasonText(code, params, lang),
    field: (source, name) => (source === null ? wordOf(LINE_WORDS, name, lang) : (headers.get(source)?.(name) ?? name)),
    column: (word, width) => ({ header: wordOf(columnWords, word, lang), key: word, width }),
    wrapping: (word, width) => ({ ...labels.column(word, width), wraps: true }),
  };
  return labels;
}
