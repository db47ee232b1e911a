/**
 * Work that is looked for in rounds: at a fixed pace, at once when somebody knows of some, several pieces at a time.
 */
import type { Logger } from '../logger.ts';

export interface Rounds {
  start(): void;
  /** Looks now. */
  kick(): void;
  /** Begins nothing more; resolves when what is at hand has ended. */
  stop(): Promise<void>;
}

export interface RoundOptions {
  name: string;
  intervalMs: number;
  /** pieces at the same time */
  atOnce: number;
  logger: Logger;
  /** Does one piece; false when there is none. A rejection ends the round; the next comes after the interval. */
  work(): Promise<boolean>;
}

export function createRounds({ name, intervalMs, atOnce, logger, work }: RoundOptions): Rounds {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let failing = false;
  let kicked = false;
  const lines = new Set<Promise<void>>();

  async function line(): Promise<void> {
    try {
      while (!stopped && (await work())) {
        // one that finds something calls the next: there may be more than one can do
        failing = false;
        if (lines.size < atOnce) begin();
      }
    } catch (error) {
      if (!failing) logger.warn('a round failed, it is tried again', { round: name, error });
      failing = true;
    }
  }

  function begin(): void {
    if (stopped || lines.size >= atOnce) return;
    const mine: Promise<void> = line().finally(() => {
      lines.delete(mine);
      if (kicked && lines.size === 0) {
        kicked = false;
        begin();
      }
    });
    lines.add(mine);
  }

  return {
    start() {
      timer ??= setInterval(begin, intervalMs);
      begin();
    },
    kick() {
      if (lines.size >= atOnce) kicked = true;
      else begin();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      while (lines.size > 0) await Promise.allSettled(lines);
    },
  };
}
