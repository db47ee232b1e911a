/**
 * Passwords as argon2id. At most four hashes at once: each takes 19 MiB and a core for about 20 ms, so more would only
 * starve the rest. An unknown account costs the same time as a known one.
 */
import { hash, verify, type Options } from '@node-rs/argon2';
import { unavailable } from '../errors.ts';

export const MIN_PASSWORD_CHARS = 12;
export const MAX_PASSWORD_CHARS = 256;

const MAX_AT_ONCE = 4;
/** Whoever comes when so many wait is answered 503 rather than late. */
const MAX_WAITING = 200;
// 2 = Argon2id: the package's own name for it is a const enum, which this compiler setting cannot see
const OPTIONS: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Of a random password that nobody kept; checked against where there is no hash, so that the time taken tells nothing.
 */
const DECOY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$rxSZ+oeCl8pWtLa7nAcjaw$GcjJVw0k6WCN52cyBuxfVd9QE/ms2UNz5vxkldkxTJU';

export interface Passwords {
  hash(password: string): Promise<string>;
  /** With no hash (unknown account, or one without a password) the same work is done and the answer is false. */
  verify(storedHash: string | null, password: string): Promise<boolean>;
}

export function createPasswords(): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= MAX_AT_ONCE) {
      if (waiting.length >= MAX_WAITING) throw unavailable(new Error('too many password checks wait'));
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      // the place is handed on, not given back, while somebody waits
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password.normalize('NFC'), OPTIONS)),
    async verify(storedHash, password) {
      const matches = await inTurn(() => verify(storedHash ?? DECOY_HASH, password.normalize('NFC')));
      return matches && storedHash !== null;
    },
  };
}
