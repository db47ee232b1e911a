/** Periods that people ask for by name, as days on the clock of Tashkent. */
const zoneMs = 5 * 3_600_000;
const dayMs = 86_400_000;

export const PRESETS = ['today', 'yesterday', 'week', 'month', 'lastMonth'] as const;
export type Preset = (typeof PRESETS)[number];

export interface Period {
  /** "2025-06-01", both ends included; empty: open */
  from: string;
  to: string;
}

const dayText = (at: Date): string => at.toISOString().slice(0, 10);

/** Weeks begin on Monday; the current week and month end today. */
export function presetPeriod(preset: Preset, now = Date.now()): Period {
  const today = new Date(now + zoneMs);
  const daysAgo = (days: number): string => dayText(new Date(today.getTime() - days * dayMs));
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  if (preset === 'today') return { from: daysAgo(0), to: daysAgo(0) };
  if (preset === 'yesterday') return { from: daysAgo(1), to: daysAgo(1) };
  if (preset === 'week') return { from: daysAgo((today.getUTCDay() + 6) % 7), to: daysAgo(0) };
  if (preset === 'month') return { from: dayText(new Date(Date.UTC(year, month, 1))), to: daysAgo(0) };
  return { from: dayText(new Date(Date.UTC(year, month - 1, 1))), to: dayText(new Date(Date.UTC(year, month, 0))) };
}

/**
 * The period of the same kind before: whole months before whole months, else as many days; null where an end is open.
 */
export function periodBefore({ from, to }: Period): Period | null {
  if (from === '' || to === '' || from > to) return null;
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  const afterLast = new Date(last.getTime() + dayMs);
  if (first.getUTCDate() === 1 && afterLast.getUTCDate() === 1) {
    const months =
      (afterLast.getUTCFullYear() - first.getUTCFullYear()) * 12 + afterLast.getUTCMonth() - first.getUTCMonth();
    const start = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - months, 1));
    return { from: dayText(start), to: dayText(new Date(first.getTime() - dayMs)) };
  }
  const length = afterLast.getTime() - first.getTime();
  return { from: dayText(new Date(first.getTime() - length)), to: dayText(new Date(first.getTime() - dayMs)) };
}
