import type { HealthState } from '../api/system.ts';

export interface Stroke {
  atMs: number;
  /** null = nobody looked */
  state: HealthState | null;
}

const strokeMs = 15 * 60_000;
const strokeCount = 96;
const worst: readonly HealthState[] = ['healthy', 'degraded', 'critical', 'offline'];

/** 24 hours in quarters, oldest first, each with the worst state seen in it. */
export function stripOf(samples: readonly { at: string; state: HealthState }[], nowMs = Date.now()): Stroke[] {
  const last = Math.floor(nowMs / strokeMs);
  const strokes = Array.from({ length: strokeCount }, (_, index): Stroke => ({
    atMs: (last - strokeCount + 1 + index) * strokeMs,
    state: null,
  }));
  for (const sample of samples) {
    const stroke = strokes[Math.floor(Date.parse(sample.at) / strokeMs) - (last - strokeCount + 1)];
    if (!stroke) continue;
    if (stroke.state === null || worst.indexOf(sample.state) > worst.indexOf(stroke.state)) stroke.state = sample.state;
  }
  return strokes;
}
