/** Machine codes and the like: lower case, inner blanks dropped (rules.md 4 Identifiers). */
export function normaliseCode(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}

/** A fixed-width code that lost its one leading zero in a spreadsheet, padded again; any other text as it is. */
export function restoreLeadingZero(text: string, digits: number): string {
  return text.length === digits - 1 && /^\d+$/.test(text) ? `0${text}` : text;
}

const [E_UPPER, E_LOWER, ZERO, NINE, APOSTROPHE] = [69, 101, 48, 57, 39];
/**
 * As Excel and programming languages write it: a sign in the exponent, or a fraction before it; Excel's `##0.0E+0` puts
 * up to three digits in front (`310,0E+7`). `5e71181f0000` and `12e4` are none.
 */
const SCIENTIFIC = /^[+-]?(?:\d{1,3}[.,]\d+E[+-]?|\d{1,3}E[+-])\d{1,3}$/i;

/** Whether an identifier lost its digits to scientific notation: `3,12E+09`. */
export function isScientific(text: string): boolean {
  if (text.length > 30) return false;
  for (let i = 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === E_UPPER || code === E_LOWER) return SCIENTIFIC.test(text);
    if (i > 20) return false;
  }
  return false;
}

/**
 * An identifier as it was before a spreadsheet took it for a number (`885.0` is `885`, `3 100 001 201` has blanks
 * between its thousands) or guarded it (`'885`).
 */
export function plainIdentifier(text: string): string {
  const written = text.charCodeAt(0) === APOSTROPHE && text.length > 1 ? text.slice(1).trimStart() : text;
  const unquoted = /^\d{1,3}(?: \d{3})+(?:[.,]0+)?$/.test(written) ? written.replaceAll(' ', '') : written;
  if (unquoted.charCodeAt(unquoted.length - 1) !== ZERO) return unquoted;
  const first = unquoted.charCodeAt(0);
  if (first < ZERO || first > NINE) return unquoted;
  const integer = /^(\d+)[.,]0+$/.exec(unquoted);
  return integer?.[1] ?? unquoted;
}
