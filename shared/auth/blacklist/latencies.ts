/** The last thousand durations, for statistics. */
const KEPT_COUNT = 1_000;

export interface LatencySummary {
  p50: number;
  p95: number;
  max: number;
}

export function createLatencies(): { add(ms: number): void; summary(): LatencySummary } {
  const ring = new Float64Array(KEPT_COUNT);
  let count = 0;
  return {
    add(ms) {
      ring[count++ % KEPT_COUNT] = ms;
    },
    summary() {
      const sorted = ring.slice(0, Math.min(count, KEPT_COUNT)).sort();
      const at = (share: number) =>
        Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 1000) / 1000;
      return { p50: at(0.5), p95: at(0.95), max: at(1) };
    },
  };
}
