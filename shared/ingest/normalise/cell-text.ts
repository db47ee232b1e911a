/**
 * What programs put into cells beside their values: invisible characters, Excel's text guard, Excel's errors (rules.md
 * 4.1).
 */

/** Zero-width and bidi marks, soft hyphen, BOM inside a text: nobody sees them, and they make two texts of one. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|[\u2061-\u2064\u206a-\u206f]/gu;
/** Hyphens that are drawn as `-`: the hyphen itself and the one that does not break. */
const HYPHENS = /[\u2010\u2011]/g;
const BLANKS = /[\s\u0085\u1680\u2000-\u200a\u2800\u3000]+/g;
const [FIRST_UNUSUAL, EQUALS, HASH, APOSTROPHE] = [127, 61, 35, 39];

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

/** Formulas that say what they come to: `=T("3100001201")`, `=HYPERLINK("https://…";"3100001201")`, `=3100001201`. */
const TEXT = '"(?:[^"]|"")*"';
const SPELT_OUT = new RegExp(
  `^(?:T\\s*\\(\\s*(${TEXT})\\s*\\)|HYPERLINK\\s*\\(.*[;,]\\s*(${TEXT})\\s*\\)|(\\d+))$`,
  'i',
);
/** A guard and nothing else: `="3100001201"`, `=T("3100001201")`, `=3100001201`. */
const GUARD = new RegExp(`^(?:${TEXT}|T\\s*\\(\\s*${TEXT}\\s*\\)|\\d+)$`, 'i');
/** One text, or several that are put together: `="31"&"00001201"`. */
const TEXTS = new RegExp(`^${TEXT}(?:\\s*&\\s*${TEXT})*$`);

/**
 * `="3100001201"` is how exporters keep Excel from touching a number: the text between the quotes, doubled ones made
 * single. The apostrophe before a cell does the same, and no spreadsheet shows it.
 * @param isFree text that people write: a formula in it is what they wrote, unless it is a guard and nothing else
 */
export function unguarded(trimmed: string, isFree = false): string {
  const first = trimmed.charCodeAt(0);
  if (first === APOSTROPHE && trimmed.length > 1)
    return trimmed.charCodeAt(trimmed.length - 1) === APOSTROPHE ? trimmed : trimmed.slice(1).trimStart();
  if (first !== EQUALS || trimmed.length < 3) return trimmed;
  const written = trimmed.slice(1).trim();
  if (isFree && !GUARD.test(written)) return trimmed;
  const spelt = SPELT_OUT.exec(written);
  if (spelt?.[3] !== undefined) return spelt[3];
  const texts = spelt?.[1] ?? spelt?.[2] ?? written;
  if (!TEXTS.test(texts)) return trimmed;
  const parts = texts.match(new RegExp(TEXT, 'g')) ?? [];
  return parts
    .map((part) => part.slice(1, -1).replaceAll('""', '"'))
    .join('')
    .trim();
}

/** Whether an unguarded text is a formula: only a spreadsheet can tell what it comes to. */
export function isFormula(text: string): boolean {
  return text.charCodeAt(0) === EQUALS && /^=\s*[^\s=]/.test(text);
}

/**
 * What spreadsheets show where a formula has no value, English and Russian; `####` is a column too narrow for its
 * number.
 */
const ERRORS = new Set(
  [
    '#N/A #N/A! #NA #NV #REF! #VALUE! #NAME? #DIV/0! #NULL! #NUM! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! ' +
      '#UNKNOWN! #GETTING_DATA',
    '#Н/Д #ССЫЛКА! #ЗНАЧ! #ИМЯ? #ДЕЛ/0! #ПУСТО! #ЧИСЛО! #ПЕРЕНОС! #ВЫЧИСЛ! #ПОЛЕ! #ЗАБЛОКИРОВАНО! #НЕИЗВ! ' +
      '#НЕИЗВЕСТНО! #ОЖИДАНИЕ_ДАННЫХ',
  ]
    .join(' ')
    .split(' '),
);
const LONGEST_ERROR = 20;
/** Those of other countries: `#WERT!`, `#NOME?`, `#ОШИБКА!`. */
const ANY_ERROR = /^#¿?\p{Lu}[\p{Lu}\p{N}_/.]*[!?]$/u;
/** What a Google sheet shows where a formula still runs. */
const STILL_RUNNING = /^(?:loading|загрузка)(?:\.{3}|…)$/i;

/** Whether a trimmed text is the error of a spreadsheet, not a value. */
export function isErrorText(trimmed: string): boolean {
  const first = trimmed.charCodeAt(0);
  if (trimmed.length > LONGEST_ERROR) return false;
  if (first === HASH) {
    const upper = trimmed.toUpperCase();
    return ERRORS.has(upper) || ANY_ERROR.test(upper) || /^#{3,}$/.test(trimmed);
  }
  // LibreOffice: Err:502, in Russian Ошибка:502 (Ош:502 in narrow columns)
  if (first === 69 || first === 0x41e) return /^(?:Err|Ошибка|Ош):\d{3}$/.test(trimmed);
  return trimmed.endsWith('.') || trimmed.endsWith('…') ? STILL_RUNNING.test(trimmed) : false;
}
