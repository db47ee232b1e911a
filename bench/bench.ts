/** The contract of a benchmark (api.md section 8). A further one is a file beside this and a line in index.ts. */
export interface Bench {
  /** As in `npm run bench -- NAME`. */
  name: string;
  /** One line: what is measured against what. */
  about: string;
  run(context: BenchContext): Promise<BenchResult[]>;
}

export interface BenchContext {
  /** Folder for made files; kept between runs, since a million rows take half a minute to make. */
  cacheFolder: string;
  /** Below the full counts, to try a benchmark out: 0.01 = a hundredth. */
  scale: number;
  /** Measure what belongs together at once, too (`set`). */
  together: boolean;
  /** How many of them `years` loads. */
  years: number;
  /** Name the statements that took longest; `explain` also keeps their plans in a file. */
  statements: 'no' | 'list' | 'explain';
  say(line: string): void;
  /**
   * What a benchmark opened and must not outlive it, also when it fails or is interrupted. Closed last-in first-out
   * after run.
   */
  onEnd(name: string, close: () => Promise<void>): void;
}

/** One line of the table. */
export interface BenchResult {
  what: string;
  /** As measured, with its unit: `34.2 s`, `310 MB`. */
  measured: string;
  /** As a ratio to the floor or limit, where there is one. */
  ratio: number | null;
  /** What section 8 asks for; null = for information. */
  reach: string | null;
  reached: boolean | null;
}

/** A result that is asked to stay at or below a multiple of its floor. */
export function compareToFloor(what: string, ms: number, floorMs: number, maxRatio: number): BenchResult {
  const ratio = ms / floorMs;
  return {
    what,
    measured: seconds(ms),
    ratio,
    reach: `<= ${maxRatio} x ${seconds(floorMs)}`,
    reached: ratio <= maxRatio,
  };
}

/** A result that has a limit of its own, in the unit given. */
export function compareToLimit(what: string, value: number, limit: number, unit: string): BenchResult {
  return {
    what,
    measured: `${round(value)} ${unit}`,
    ratio: value / limit,
    reach: `<= ${limit} ${unit}`,
    reached: value <= limit,
  };
}

export function tell(what: string, measured: string): BenchResult {
  return { what, measured, ratio: null, reach: null, reached: null };
}

/** The middle one by time of several runs of the same. */
export function middle<T extends { ms: number }>(runs: readonly T[]): T {
  const found = runs.toSorted((a, b) => a.ms - b.ms)[Math.floor(runs.length / 2)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

/** The value that this share of all does not pass; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function seconds(ms: number): string {
  return `${round(ms / 1000)} s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
