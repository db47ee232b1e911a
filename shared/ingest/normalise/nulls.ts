/** Words that reports write where there is no value (rules.md 4 Null), lower case and ё -> е. */
const NULL_WORDS = new Set(['n/a', 'nan', 'none', 'null', 'нет данных', 'не определен']);
const LONGEST = 12;

/** A dash of any kind and nothing else: whoever wrote it meant nothing. */
const DASHES = /^[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]$/;
const DIGIT_ZERO = 48;
const DIGIT_NINE = 57;

/** Whether a trimmed text means "no value". */
export function isNullText(trimmed: string): boolean {
  if (trimmed.length > LONGEST) return false;
  const last = trimmed.charCodeAt(trimmed.length - 1);
  if (last >= DIGIT_ZERO && last <= DIGIT_NINE) return false;
  if (DASHES.test(trimmed)) return true;
  return trimmed === '' || NULL_WORDS.has(trimmed) || NULL_WORDS.has(trimmed.toLowerCase().replaceAll('ё', 'е'));
}
