import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchResult } from './bench.ts';

/** As this process began, the benchmark's own work not yet in it. */
const loadBefore = loadavg()[0] ?? Number.NaN;
/** More than this was somebody else's. */
const BUSY = 0.5;

/**
 * Results go from a run into docs/performance.md without passing through anybody's hands: each benchmark owns what
 * stands between its two markers.
 */
export function writeSection(root: string, bench: Bench, results: readonly BenchResult[]): void {
  const path = join(root, 'docs/performance.md');
  const begin = `<!-- bench ${bench.name} -->`;
  const end = `<!-- /bench ${bench.name} -->`;
  const text = readFileSync(path, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error(`${path} has no place for ${bench.name}: ${begin} … ${end}`);
  writeFileSync(
    path,
    `${text.slice(0, from + begin.length)}\n\n${sectionOf(bench, results, whereAndWhen(root))}\n\n${text.slice(to)}`,
  );
}

export function sectionOf(bench: Bench, results: readonly BenchResult[], conditions: string): string {
  const rows = results.map(({ what, measured, ratio, reach, reached }) => [
    what,
    measured,
    ratio === null ? '' : ratio.toFixed(2),
    reach ?? '',
    reached === null ? '' : reached ? 'yes' : '**no**',
  ]);
  const lines = [['', 'measured', 'ratio', 'asked for', 'reached'], ['---', '---', '---', '---', '---'], ...rows];
  return [
    `\`npm run bench -- ${bench.name}\`: ${bench.about}.`,
    '',
    ...lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
    '',
    conditions,
  ].join('\n');
}

function whereAndWhen(root: string): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  const processors = cpus();
  return (
    `Measured ${new Date().toISOString().slice(0, 10)} at ${commit}: ${processors.length} cores ` +
    `(${processors[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ` +
    'PostgreSQL 15, everything on one machine. Load of the machine just before: ' +
    `${loadBefore.toFixed(1)}${loadBefore > BUSY ? ', so other work was slowing it' : ''}.`
  );
}
