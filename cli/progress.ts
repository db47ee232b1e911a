/** How far something is: a bar that is redrawn on a terminal, else nothing, since lines tell what has ended. */
import type { Run } from './command.ts';

const WIDTH = 24;
const EVERY_MS = 100;

export interface Progress {
  /** @param share 0 to 1 */
  show(share: number, label: string): void;
  /** Takes the bar away, so that a line can be written in its place. */
  clear(): void;
}

export function createProgress({ io, json }: Run): Progress {
  if (json || io.stderr.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let drawn = false;
  let lastAt = 0;
  return {
    show(share, label) {
      const now = performance.now();
      if (share < 1 && now - lastAt < EVERY_MS) return;
      lastAt = now;
      drawn = true;
      const full = Math.round(WIDTH * Math.min(1, Math.max(0, share)));
      const percent = String(Math.floor(share * 100)).padStart(3);
      const line = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${percent} %  ${label}`;
      io.stderr.write(`\r\u001b[2K${line.slice(0, (io.stderr.columns ?? 80) - 1)}`);
    },
    clear() {
      if (drawn) io.stderr.write('\r\u001b[2K');
      drawn = false;
    },
  };
}
