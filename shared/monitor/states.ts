/**
 * The rules of rules.md 13: degraded at 5 s or below 95% uptime, offline after three failures; one or two failures are
 * critical.
 */
export type MonitorState = 'healthy' | 'degraded' | 'critical' | 'offline';

export interface Sample {
  at: Date;
  ok: boolean;
  ms: number | null;
}

const SLOW_MS = 5_000;
const OFFLINE_AFTER = 3;
const UPTIME_SHARE = 0.95;
/** Uptime is judged over the last hour: one outage should not colour the whole day. */
export const UPTIME_WINDOW = 120;

/** @param samples oldest first, the last one is now */
export function stateOf(samples: readonly Sample[]): MonitorState {
  const now = samples.at(-1);
  if (now === undefined) return 'healthy';
  if (!now.ok) {
    const lastGood = samples.findLastIndex(({ ok }) => ok);
    return samples.length - 1 - lastGood >= OFFLINE_AFTER ? 'offline' : 'critical';
  }
  if ((now.ms ?? 0) >= SLOW_MS) return 'degraded';
  const window = samples.slice(-UPTIME_WINDOW);
  return window.filter(({ ok }) => ok).length / window.length < UPTIME_SHARE ? 'degraded' : 'healthy';
}
