import { readFileSync } from 'node:fs';

/**
 * Milliseconds, for differences: a clock that stands still while this process is ready to run and no core is free. What
 * promises a time promises it of itself, not of what else the machine does.
 */
export function ownTimeMs(): number {
  const [, waitedNs] = readFileSync('/proc/self/schedstat', 'utf8').split(' ');
  return performance.now() - Number(waitedNs) / 1e6;
}
