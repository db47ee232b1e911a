/** Words that reports write where there is no value (domain.md 4 Null), lower case and ё -> е. */
const NULL_WORDS = new Set(['n/a', 'nan', 'none', 'null', '-', 'нет данных', 'не определен']);
const LONGEST = 12;

/** Whether a trimmed text means "no value". */
export function isNullText(trimmed: string): boolean {
  if (trimmed.length > LONGEST) return false;
  return trimmed === '' || NULL_WORDS.has(trimmed) || NULL_WORDS.has(trimmed.toLowerCase().replaceAll('ё', 'е'));
}
