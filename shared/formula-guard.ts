/** Text from strangers that goes into a spreadsheet: no program may calculate it. */

/**
 * A spreadsheet would read these as formulas, and some ask the network for their result. Full-width signs count as the
 * plain ones.
 */
const FORMULA_START = /^(?=[=+\-@＝＋－＠\t\r\n])/u;
/** Most text has none of them: one look spares it the search for where they stand. */
const FORMULA_SIGN = /[=+\-@＝＋－＠\t\r\n]/;
/** In text files also behind whatever some locale's import takes for the end of a cell. */
const FORMULA_START_IN_TEXT = /((?:^|[,;|\t\r\n])\s*)(?=[=+\-@＝＋－＠])|^(?=[\t\r\n])/gu;
const NEUTRALISED_START = /((?:^|[,;|\t\r\n])\s*)'(?=[=+\-@＝＋－＠])|^'(?=[\t\r\n])/gu;

/** Puts an apostrophe before text that a spreadsheet would take for a formula. Typed numbers need none. */
export function neutralised(text: string): string {
  return text.replace(FORMULA_START, "'");
}

/** As neutralised, for formats whose cells another program may cut at another delimiter. */
export function neutralisedInText(text: string): string {
  return FORMULA_SIGN.test(text) ? text.replace(FORMULA_START_IN_TEXT, "$1'") : text;
}

/** What either of the two was given. */
export function unneutralised(text: string): string {
  return text.replace(NEUTRALISED_START, '$1');
}

/** A program that splits at another delimiter than ours must still see one cell. */
const NEEDS_QUOTES = /[",;|\t\r\n]|^\s|\s$/;

/** A cell as it stands in a text file (RFC 4180); of text from strangers neutralisedInText comes first. */
export function quotedInText(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
