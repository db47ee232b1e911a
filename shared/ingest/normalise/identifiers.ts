/** Machine codes and the like: lower case, inner blanks dropped (domain.md 4 Identifiers). */
export function normaliseCode(text: string): string {
  return text.replace(/[\s\u00a0\u2009\u202f]+/g, '').toLowerCase();
}

/** A fixed-width code that lost its one leading zero in a spreadsheet, padded again; any other text as it is. */
export function restoreLeadingZero(text: string, digits: number): string {
  return text.length === digits - 1 && /^\d+$/.test(text) ? `0${text}` : text;
}
