/** Machine codes and the like: lower case, inner blanks dropped (rules.md 4 Identifiers). */
export function normaliseCode(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}

/** A fixed-width code that lost its one leading zero in a spreadsheet, padded again; any other text as it is. */
export function restoreLeadingZero(text: string, digits: number): string {
  return text.length === digits - 1 && /^\d+$/.test(text) ? `0${text}` : text;
}

/**
 * As Excel and programming languages write it: a sign in the exponent, or a fraction before it; Excel's `##0.0E+0` puts
 * up to three digits in front (`310,0E+7`). `5e71181f0000` and `12e4` are none.
 */
const SCIENTIFIC = /^[+-]?(?:\d{1,3}[.,]\d+E[+-]?|\d{1,3}E[+-])\d{1,3}$/i;
/** As people and text documents write it: `3,12*10^9`, `3.12×10⁹`. */
const POWER_OF_TEN = /^[+-]?\d{1,3}(?:[.,]\d+)?[*×xх·]10\^?[+⁺-]?[\d⁰¹²³⁴-⁹]{1,3}$/i;
const LONGEST_SCIENTIFIC = 30;

/** Whether an identifier lost its digits to scientific notation: `3,12E+09`. */
export function isScientific(text: string): boolean {
  if (text.length > LONGEST_SCIENTIFIC || !/[eеEЕ*×xх·]/.test(text) || !/^[=+-]?\s*\d/.test(text)) return false;
  const bare = text.replace(/^=|\s+/g, '').replace(/[Ее]/, 'E');
  return SCIENTIFIC.test(bare) || POWER_OF_TEN.test(bare);
}

const MARKS = `'’‘\`´"“”«»`;
const MARKS_BEFORE = new RegExp(`^[${MARKS}]+\\s*(?=.)`);
const MARKS_BEHIND = new RegExp(`(?<=.)\\s*[${MARKS}]+$`);
/** A blank, comma or apostrophe between thousands; a point only where it occurs again, for it may begin a fraction. */
const GROUPED = /^\d{1,3}(?:([ ,'’])\d{3}(?:\1\d{3})*|(?:\.\d{3}){2,})$/;
const PLAIN = /^[\w*-]+$/;
/** Ids whose shape is known: one that a narrow cell broke, or a person parted, is whole again without its blanks. */
const KNOWN_SHAPE =
  /^(?:ff[0-9a-f]{34}|ud\d{19}|[0-9a-f]{24}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
const MACHINE_CODE = /^[0-9a-f]{12}$/i;
const LOOK_LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('аеорсухкіѕјАВЕКМНОРСТУХІЅЈ', (letter, at) => [letter, 'aeopcyxkisjABEKMHOPCTYXISJ'.charAt(at)]),
);

/**
 * An identifier as it was before a spreadsheet took it for a number (`885.0` is `885`, `3 100 001 201` has blanks
 * between its thousands), guarded it (`'885`), or somebody set it off (`№885`, `«885»`).
 */
export function plainIdentifier(text: string): string {
  if (PLAIN.test(text)) return text;
  const bare = latinLetters(
    text
      .replace(MARKS_BEFORE, '')
      .replace(MARKS_BEHIND, '')
      .replace(/^[№#]\s*(?=\d)/, ''),
  );
  const whole = /^(\d{1,3}(?: \d{3})+)[.,]0+$/.exec(bare)?.[1] ?? bare;
  if (GROUPED.test(whole)) return whole.replace(/\D/g, '');
  const compact = /\s/.test(whole) ? whole.replace(/\s+/g, '') : whole;
  if (compact !== whole && KNOWN_SHAPE.test(compact)) return compact;
  return /^(\d+)[.,]0+$/.exec(whole)?.[1] ?? whole;
}

/** Cyrillic letters that look like Latin ones, typed or copied into what is Latin otherwise. */
function latinLetters(text: string): string {
  if (!/[\u0400-\u04ff]/.test(text)) return text;
  const folded = text.replace(/[\u0400-\u04ff]/g, (letter) => LOOK_LATIN[letter] ?? letter);
  if (/[\u0400-\u04ff]/.test(folded)) return text;
  return /[a-z]/i.test(text) || MACHINE_CODE.test(folded) ? folded : text;
}

/** How programs and people write that a record has no id. A number of nothing but zeros is one that a machine gave. */
export function isNoIdentifier(text: string): boolean {
  return /^(?:\(?пусто\)?|нет|yo['‘ʻ]?q|йўқ)$/i.test(text);
}
