/** Words that reports write where there is no value (rules.md 4 Null), lower case and ё -> е. */
const NULL_WORDS = new Set(
  // the second line is what databases and programming languages write
  ('n/a|н/д|nan|none|null|нет данных|не определен|' + '(null)|<null>|[null]|\\n|nil|undefined|na|n.a.|nat').split('|'),
);
const LONGEST = 12;

/** Dashes of any kind, or dots, and nothing else: whoever wrote them meant nothing. */
const DASHES = /^(?:[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+|\.{2,}|…+)$/;
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
