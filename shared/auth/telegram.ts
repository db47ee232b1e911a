/**
 * What Telegram signs: the fields of the Login Widget, and `initData` of a Mini App. Two different keys are made of the
 * bot's token; of both only `hash` is left out of the signed text (a Mini App's `signature` stays in it). Nothing is
 * stored here, so nothing is used up: that is sign-in.ts.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { shown } from '../texts/shown.ts';

/** How old a signed message may be. */
export const TELEGRAM_MAX_AGE_S = 24 * 3_600;
/** How far Telegram's clock may be ahead of ours. */
const FUTURE_TOLERANCE_S = 30;
const MAX_CHARS = 8_192;

export interface TelegramPerson {
  telegramId: string;
  username: string | null;
  firstName: string | null;
  lastName: string | null;
}

export interface TelegramMessage {
  kind: 'widget' | 'mini_app';
  person: TelegramPerson;
  /** epoch seconds */
  authDateS: number;
  /** tells this message from all others; a message signs in once */
  fingerprint: string;
}

/** Why a message is refused; for the log, never for the client. */
export class TelegramFault extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`telegram message refused: ${reason}`);
    this.name = 'TelegramFault';
    this.reason = reason;
  }
}

/** @throws TelegramFault */
export function verifyWidget(
  fields: Readonly<Record<string, unknown>>,
  botToken: string,
  nowMs: number,
): TelegramMessage {
  const pairs = new Map<string, string>();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string' && typeof value !== 'number') throw new TelegramFault('not_text');
    pairs.set(name, String(value));
  }
  const hash = verifyPairs(pairs, createHash('sha256').update(botToken).digest(), nowMs);
  return {
    kind: 'widget',
    person: {
      telegramId: idOf(pairs.get('id')),
      username: textOf(pairs.get('username')),
      firstName: textOf(pairs.get('first_name')),
      lastName: textOf(pairs.get('last_name')),
    },
    authDateS: Number(pairs.get('auth_date')),
    fingerprint: hash,
  };
}

/** @throws TelegramFault */
export function verifyInitData(initData: string, botToken: string, nowMs: number): TelegramMessage {
  if (initData.length > MAX_CHARS) throw new TelegramFault('oversized');
  const pairs = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(initData)) {
    if (pairs.has(name)) throw new TelegramFault('repeated_field');
    pairs.set(name, value);
  }
  const hash = verifyPairs(pairs, createHmac('sha256', 'WebAppData').update(botToken).digest(), nowMs);
  const user = userOf(pairs.get('user'));
  return {
    kind: 'mini_app',
    person: {
      telegramId: idOf(user['id']),
      username: textOf(user['username']),
      firstName: textOf(user['first_name']),
      lastName: textOf(user['last_name']),
    },
    authDateS: Number(pairs.get('auth_date')),
    fingerprint: hash,
  };
}

/** Checks signature, then age; gives the hash. */
function verifyPairs(pairs: ReadonlyMap<string, string>, key: Buffer, nowMs: number): string {
  // what is signed is lines of name=value: a name or value that holds a line could be read as other fields
  for (const [name, value] of pairs) if (!/^\w+$/.test(name) || /[\n\r]/.test(value)) throw new TelegramFault('field');
  const hash = pairs.get('hash') ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new TelegramFault('hash');
  const text = [...pairs]
    .filter(([name]) => name !== 'hash')
    .map(([name, value]) => `${name}=${value}`)
    // by code units, as Telegram does; a locale would sort otherwise
    .sort()
    .join('\n');
  const expected = createHmac('sha256', key).update(text).digest();
  if (!timingSafeEqual(expected, Buffer.from(hash, 'hex'))) throw new TelegramFault('signature');
  const authDate = pairs.get('auth_date') ?? '';
  if (!/^\d{1,12}$/.test(authDate)) throw new TelegramFault('auth_date');
  const ageS = nowMs / 1000 - Number(authDate);
  if (ageS > TELEGRAM_MAX_AGE_S) throw new TelegramFault('old');
  if (ageS < -FUTURE_TOLERANCE_S) throw new TelegramFault('future');
  return hash;
}

function userOf(json: string | undefined): Record<string, unknown> {
  try {
    const user: unknown = JSON.parse(json ?? '');
    if (typeof user === 'object' && user !== null) return user as Record<string, unknown>;
  } catch {
    // falls through: Telegram signed something without a person in it
  }
  throw new TelegramFault('user');
}

function idOf(value: unknown): string {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof id !== 'string' || !/^[1-9]\d{0,15}$/.test(id)) throw new TelegramFault('id');
  return id;
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return strangersName(value);
}

/**
 * Signed by Telegram, yet typed by a stranger: what PostgreSQL cannot keep goes, and what would turn around or break
 * the line in which somebody reads it.
 */
export function strangersName(text: string): string | null {
  const kept = shown(text).slice(0, 200).toWellFormed().trim();
  return kept === '' ? null : kept;
}
