/**
 * What programs put into cells beside their values: invisible characters, Excel's text guard, Excel's errors (rules.md
 * 4.1).
 */

/** Zero-width and bidi marks, soft hyphen, BOM inside a text: nobody sees them, and they make two texts of one. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|[\u2061-\u2064\u206a-\u206f]/gu;
/** Hyphens that are drawn as `-`: the hyphen itself and the one that does not break. */
const HYPHENS = /[\u2010\u2011]/g;
const BLANKS = /[\s\u0085\u1680\u2000-\u200a\u2800\u3000]+/g;
const [FIRST_UNUSUAL, EQUALS, HASH, QUOTE] = [127, 61, 35, 34];

/** Whether a text is plain ASCII, which nearly every identifier, time and number is: nothing to clean. */
function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) >= FIRST_UNUSUAL) return false;
  return true;
}

/**
 * A text of which a person sees every character: invisible ones gone, every Unicode blank a blank, every hyphen `-`.
 */
export function visibleText(text: string): string {
  return isAscii(text) ? text : text.replace(INVISIBLE, '').replace(HYPHENS, '-').replace(BLANKS, ' ');
}

/** The same as a function call or without quotes: `=T("3100001201")`, `=3100001201`. */
const GUARD_WITHOUT_QUOTES = /^(?:T\s*\(\s*("(?:[^"]|"")*")\s*\)|(\d+))$/i;

/**
 * `="3100001201"` is how exporters keep Excel from touching a number: the text between the quotes, doubled ones made
 * single.
 */
export function unguarded(trimmed: string): string {
  if (trimmed.charCodeAt(0) !== EQUALS || trimmed.length < 3) return trimmed;
  const written = trimmed.slice(1).trimStart();
  const bare = GUARD_WITHOUT_QUOTES.exec(written);
  const inner = bare?.[1] ?? written;
  if (bare?.[2] !== undefined) return bare[2];
  if (inner.length < 2 || inner.charCodeAt(0) !== QUOTE || inner.charCodeAt(inner.length - 1) !== QUOTE) return trimmed;
  return inner.slice(1, -1).replaceAll('""', '"').trim();
}

/**
 * What spreadsheets show where a formula has no value, English and Russian; `####` is a column too narrow for its
 * number.
 */
const ERRORS = new Set(
  [
    '#N/A #N/A! #NA #REF! #VALUE! #NAME? #DIV/0! #NULL! #NUM! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! ' +
      '#UNKNOWN! #GETTING_DATA',
    '#Н/Д #ССЫЛКА! #ЗНАЧ! #ИМЯ? #ДЕЛ/0! #ПУСТО! #ЧИСЛО! #ПЕРЕНОС! #ВЫЧИСЛ! #ПОЛЕ! #ЗАБЛОКИРОВАНО! #НЕИЗВ! ' +
      '#НЕИЗВЕСТНО! #ОЖИДАНИЕ_ДАННЫХ',
  ]
    .join(' ')
    .split(' '),
);
const LONGEST_ERROR = 20;

/** Whether a trimmed text is the error of a spreadsheet, not a value. */
export function isErrorText(trimmed: string): boolean {
  const first = trimmed.charCodeAt(0);
  if (first === HASH)
    return trimmed.length <= LONGEST_ERROR && (ERRORS.has(trimmed.toUpperCase()) || /^#{3,}$/.test(trimmed));
  // LibreOffice: Err:502, in Russian Ошибка:502 (Ош:502 in narrow columns)
  return (first === 69 || first === 0x41e) && /^(?:Err|Ошибка|Ош):\d{3}$/.test(trimmed);
}
