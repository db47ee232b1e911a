/**
 * How much one person may have going on at once in this process, so that nobody's requests stand before everybody
 * else's.
 */
import { AppError } from '../errors.ts';

export interface TurnsOptions {
  /** of one person at once */
  atOnce: number;
  /** of one person, behind those */
  waiting: number;
  /** how long one waits, ms */
  waitMs: number;
}

export interface Turns {
  /**
   * Resolves with the way to give the turn back (once; further calls do nothing).
   * @throws AppError rate_limited when too many of this person wait already, or the wait was too long
   */
  take(key: string, signal?: AbortSignal): Promise<() => void>;
}

interface Line {
  active: number;
  waiting: (() => void)[];
}

export function createTurns({ atOnce, waiting, waitMs }: TurnsOptions): Turns {
  const lines = new Map<string, Line>();

  function giveBack(key: string, line: Line): void {
    const next = line.waiting.shift();
    // the turn goes over to whoever waits
    if (next !== undefined) next();
    else {
      line.active -= 1;
      if (line.active === 0) lines.delete(key);
    }
  }

  const once = (key: string, line: Line): (() => void) => {
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      giveBack(key, line);
    };
  };

  return {
    async take(key, signal) {
      const line = lines.get(key) ?? { active: 0, waiting: [] };
      lines.set(key, line);
      if (line.active < atOnce) {
        line.active += 1;
        return once(key, line);
      }
      if (line.waiting.length >= waiting) throw tooMany(waitMs);
      await new Promise<void>((resolve, reject) => {
        const leave = (error: unknown): void => {
          line.waiting.splice(line.waiting.indexOf(mine), 1);
          clearTimeout(timer);
          signal?.removeEventListener('abort', onGone);
          reject(error as Error);
        };
        const mine = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onGone);
          resolve();
        };
        const onGone = (): void => leave(signal?.reason ?? tooMany(waitMs));
        const timer = setTimeout(() => leave(tooMany(waitMs)), waitMs);
        signal?.addEventListener('abort', onGone, { once: true });
        line.waiting.push(mine);
      });
      return once(key, line);
    },
  };
}

function tooMany(waitMs: number): AppError {
  const retryAfterS = Math.max(1, Math.round(waitMs / 2_000));
  return new AppError('rate_limited', {
    params: { retryAfterS },
    details: { retryAfterS, reason: 'too_many_at_once' },
  });
}
