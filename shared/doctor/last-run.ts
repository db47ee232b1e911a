/**
 * What the run before said and how fast the stores were then. A small file, because the doctor works when nothing else
 * does; where it cannot be written the run says so in nothing: it only has no memory.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AREAS, type Area, type Change, type Finding } from './finding.ts';

export interface LatencySummary {
  minMs: number;
  medianMs: number;
  p99Ms: number;
}

export interface LastRun {
  at: string;
  /** areas that were asked */
  areas: Area[];
  /** codes of what was wrong, with their areas */
  problems: { code: string; area: Area }[];
  latencies: Record<string, LatencySummary>;
}

const isProblem = (finding: Pick<Finding, 'severity'>) => ['warn', 'error', 'crash'].includes(finding.severity);

/** In `.data` of the project, else in the temporary folder. */
export function lastRunPaths(projectRoot: string): string[] {
  return [
    join(projectRoot, '.data', 'doctor-last.json'),
    join(tmpdir(), `vhm24r-doctor-${process.getuid?.() ?? 0}.json`),
  ];
}

export function readLastRun(paths: readonly string[]): LastRun | null {
  for (const path of paths) {
    try {
      const read = JSON.parse(readFileSync(path, 'utf8')) as LastRun;
      if (Array.isArray(read.problems) && Array.isArray(read.areas) && typeof read.latencies === 'object') return read;
    } catch {
      // not there, or half written by a run that was killed: as if it had never been
    }
  }
  return null;
}

/** @returns the path that could be written, or null */
export function writeLastRun(paths: readonly string[], run: LastRun): string | null {
  for (const path of paths) {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const unfinished = `${path}.${process.pid}`;
      writeFileSync(unfinished, JSON.stringify(run), { mode: 0o600 });
      renameSync(unfinished, path);
      return path;
    } catch {
      // a read-only folder: the next place
    }
  }
  return null;
}

/** Problems that appeared or are gone, among the areas that both runs asked. */
export function changesSince(last: LastRun | null, areas: readonly Area[], findings: readonly Finding[]): Change[] {
  if (last === null) return [];
  const asked = AREAS.filter((area) => areas.includes(area) && last.areas.includes(area));
  const now = findings.filter((finding) => isProblem(finding) && asked.includes(finding.area));
  const before = last.problems.filter((problem) => asked.includes(problem.area));
  const appeared = now.filter(({ code }) => !before.some((old) => old.code === code));
  const gone = before.filter(({ code }) => !now.some((finding) => finding.code === code));
  const unique = new Map<string, Change>();
  for (const { code, area } of appeared) unique.set(code, { code, area, change: 'appeared' });
  for (const { code, area } of gone) unique.set(code, { code, area, change: 'gone' });
  return [...unique.values()];
}

export function describeRun(
  startedAt: Date,
  areas: readonly Area[],
  findings: readonly Finding[],
  latencies: ReadonlyMap<string, LatencySummary>,
  last: LastRun | null,
): LastRun {
  const problems = findings.filter(isProblem).map(({ code, area }) => ({ code, area }));
  // areas that were not asked this time keep what was known of them
  const kept = (last?.problems ?? []).filter((problem) => !areas.includes(problem.area));
  return {
    at: startedAt.toISOString(),
    areas: AREAS.filter((area) => areas.includes(area) || (last?.areas.includes(area) ?? false)),
    problems: [...kept, ...problems],
    // the first figure of a target stays its baseline; a better one replaces it
    latencies: {
      ...last?.latencies,
      ...Object.fromEntries([...latencies].map(([name, now]) => [name, better(last?.latencies[name], now)])),
    },
  };
}

function better(old: LatencySummary | undefined, now: LatencySummary): LatencySummary {
  return old !== undefined && old.medianMs <= now.medianMs ? old : now;
}
