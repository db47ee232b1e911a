import type { DoctorCode } from './codes/entry.ts';
import type { DoctorContext } from './context.ts';
import type { Ladder } from './ladder.ts';
import type { LatencySummary } from './last-run.ts';

const PING_COUNT = 25;
/** Enough to tell slow from fast without waiting for all pings of a slow store. */
const BUDGET_MS = 1_500;
const SLOW_P99_MS = 100;
/** Slower than the baseline by this factor is told, from this many ms on. */
const BASELINE_FACTOR = 5;
const BASELINE_FROM_MS = 20;

/** Pings one after another and compares with the remembered best: min, median and p99 in ms. */
export async function measureLatency(
  context: DoctorContext,
  ladder: Ladder,
  asked: { target: string; slowCode: DoctorCode; ping(): Promise<unknown> },
): Promise<string> {
  const times: number[] = [];
  const until = performance.now() + BUDGET_MS;
  await asked.ping();
  while (times.length < PING_COUNT && (times.length < 3 || performance.now() < until)) {
    const startedAt = performance.now();
    await asked.ping();
    times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const now: LatencySummary = { minMs: at(0), medianMs: at(0.5), p99Ms: at(0.99) };
  const baseline = context.lastRun?.latencies[asked.target];
  context.latencies.set(asked.target, now);
  const figures = `n=${times.length} min=${now.minMs}ms median=${now.medianMs}ms p99=${now.p99Ms}ms${
    baseline === undefined ? '' : ` baseline_median=${baseline.medianMs}ms`
  }`;
  const slower =
    baseline !== undefined && now.medianMs > BASELINE_FROM_MS && now.medianMs > baseline.medianMs * BASELINE_FACTOR;
  // one late answer among many may be this machine's own doing: half of them late is not
  if ((now.p99Ms > SLOW_P99_MS && now.medianMs > SLOW_P99_MS / 4) || slower) ladder.note(asked.slowCode, figures);
  return figures;
}

const round = (ms: number) => Math.round(ms * 100) / 100;
