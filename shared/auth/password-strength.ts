/**
 * Passwords that guessing begins with. There are no rules of composition: length and not being one of these is what
 * helps.
 */

/** Why a password is refused; for the answer's details and the command line. */
export type PasswordWeakness = 'too_common' | 'repeated' | 'sequence' | 'personal';

export interface PasswordOwner {
  email?: string | null;
  username?: string | null;
  name?: string | null;
}

/** What of a person his password must not consist of. */
export function ownerOf(user: {
  email: string | null;
  username: string | null;
  firstName: string | null;
  lastName: string | null;
}): PasswordOwner {
  return {
    email: user.email,
    username: user.username,
    name: [user.firstName, user.lastName].filter(Boolean).join(' '),
  };
}

/** A part of one's name shorter than this says nothing. */
const MIN_PERSONAL_CHARS = 4;
/** What may stand beside one's own name or address without making it a password. */
const MAX_BESIDE_CHARS = 5;
const KEYBOARD_ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'];
/** Longest block that is looked for when a password only repeats it. */
const MAX_REPEATED_SHARE = 0.5;

/** Null for a password that may be used. */
export async function passwordWeakness(password: string, owner: PasswordOwner = {}): Promise<PasswordWeakness | null> {
  const text = password.normalize('NFC').toLowerCase();
  if (isRepeated(text)) return 'repeated';
  if (isSequence(text)) return 'sequence';
  if (isPersonal(text, owner)) return 'personal';
  return (await commonPasswords()).has(text) ? 'too_common' : null;
}

/** One character or word over and over, with or without a separator or a cut-off end. */
function isRepeated(text: string): boolean {
  const letters = text.replaceAll(/[\s\-_.]/g, '');
  for (const candidate of [text, letters]) {
    for (let size = 1; size <= candidate.length * MAX_REPEATED_SHARE; size++) {
      const block = candidate.slice(0, size);
      if (block.repeat(Math.ceil(candidate.length / size)).slice(0, candidate.length) === candidate) return true;
    }
  }
  return false;
}

/** All of it runs up or down the alphabet, the digits or a row of the keyboard; several runs count as well. */
function isSequence(text: string): boolean {
  let runs = 1;
  for (let at = 1; at < text.length; at++) if (!follows(text[at - 1] ?? '', text[at] ?? '')) runs += 1;
  return runs <= Math.max(1, Math.floor(text.length / 4));
}

function follows(before: string, after: string): boolean {
  const step = (after.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
  if (Math.abs(step) === 1) return true;
  return KEYBOARD_ROWS.some((row) => {
    const [from, to] = [row.indexOf(before), row.indexOf(after)];
    return from >= 0 && to >= 0 && Math.abs(to - from) === 1;
  });
}

function isPersonal(text: string, { email, username, name }: PasswordOwner): boolean {
  const whole = [email, email?.split('@')[0], username, name].map((part) => part?.normalize('NFC').toLowerCase() ?? '');
  const own = [...whole, ...whole.flatMap((part) => part.split(/[^\p{L}\p{N}]+/u))]
    .filter((part) => part.length >= MIN_PERSONAL_CHARS)
    .sort((one, other) => other.length - one.length);
  // all of them: first and last name together are no better than either
  const rest = own.reduce((left, part) => left.replaceAll(part, ''), text);
  return rest.length < text.length && rest.length <= MAX_BESIDE_CHARS;
}

let common: Promise<ReadonlySet<string>> | null = null;

/** Read when the first password is chosen: the list takes a tenth of a second, and most processes never need it. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].map(String)),
  );
  return common;
}
