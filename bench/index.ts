import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runTool, ToolUsageError } from '../scripts/run-tool.ts';
import { createCloserStack } from '../shared/lifecycle.ts';
import { isMainModule } from '../shared/main-module.ts';
import type { Bench, BenchContext, BenchResult } from './bench.ts';
import { authBench } from './auth.ts';
import { behindBench } from './behind.ts';
import { dayBench } from './day.ts';
import { exportsBench } from './exports.ts';
import { floorBench } from './floor-bench.ts';
import { formatsBench } from './formats.ts';
import { inProcessBench } from './in-process.ts';
import { ingestBench } from './ingest.ts';
import { outageBench } from './outage.ts';
import { previewBench } from './preview.ts';
import { recoveryBench } from './recovery.ts';
import { readsBench } from './reads.ts';
import { reconcileBench } from './reconcile.ts';
import { reingestBench } from './reingest.ts';
import { writeSection } from './report.ts';
import { scaleBench } from './scale.ts';
import { setBench } from './set.ts';
import { sizesBench } from './sizes.ts';
import { undoBench } from './undo.ts';
import { uploadBench } from './upload.ts';
import { webBench } from './web.ts';
import { workersBench } from './workers.ts';
import { xlsxBench } from './xlsx.ts';
import { yearsBench } from './years.ts';

/** All benchmarks, in the order in which `npm run bench -- all` runs them. */
const benches: readonly Bench[] = [
  floorBench,
  ingestBench,
  reingestBench,
  scaleBench,
  xlsxBench,
  formatsBench,
  reconcileBench,
  setBench,
  sizesBench,
  yearsBench,
  dayBench,
  behindBench,
  undoBench,
  previewBench,
  workersBench,
  uploadBench,
  outageBench,
  inProcessBench,
  recoveryBench,
  authBench,
  exportsBench,
  readsBench,
  webBench,
];

const ALL = 'all';
const USAGE = `usage: npm run bench -- NAME...|all [options]
  --scale 0.01        a hundredth of the full counts, to try one out
  --write             put the results into docs/performance.md
  --together          of set: the six at once over two workers, too
  --years N           of years: so many of a million orders each (default 5)
  --statements list   name the statements that took the database longest; explain: keep their plans, too
${benches.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')}`;

const CLOSE_LIMIT_MS = 60_000;
const root = fileURLToPath(new URL('..', import.meta.url));

interface Options {
  scale: number;
  write: boolean;
  together: boolean;
  years: number;
  statements: BenchContext['statements'];
  chosen: readonly Bench[];
}

/** @throws ToolUsageError, or what parseArgs says of an option that nobody knows */
function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      scale: { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
      together: { type: 'boolean', default: false },
      years: { type: 'string', default: '5' },
      statements: { type: 'string', default: 'no' },
    },
  });
  const scale = Number(values.scale);
  const years = Number(values.years);
  if (!(Number.isInteger(years) && years >= 1 && years <= 50)) throw new ToolUsageError('--years is from 1 to 50');
  const { statements } = values;
  if (statements !== 'no' && statements !== 'list' && statements !== 'explain')
    throw new ToolUsageError('--statements is list or explain');
  if (!(scale > 0 && scale <= 1)) throw new ToolUsageError('--scale is above 0 and at most 1');
  if (values.write && scale !== 1) throw new ToolUsageError('--write goes with the full counts');
  if (positionals.length === 0) throw new ToolUsageError('which? all of them take hours');
  const unknown = positionals.find((name) => name !== ALL && !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) throw new ToolUsageError(`there is no bench ${unknown}`);
  const chosen = benches.filter(({ name }) => positionals.includes(ALL) || positionals.includes(name));
  return { scale, write: values.write, together: values.together, years, statements, chosen };
}

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  const cacheFolder = join(root, '.data/bench');
  mkdirSync(cacheFolder, { recursive: true });
  let missed = 0;
  for (const bench of options.chosen) {
    const { scale, together, years, statements } = options;
    console.log(`\n${bench.name}: ${bench.about}${scale === 1 ? '' : ` (scale ${scale}: not to be quoted)`}`);
    const results = await runToEnd(bench, { cacheFolder, scale, together, years, statements });
    for (const result of results) console.log(`  ${describe(result)}`);
    if (options.write) writeSection(root, bench, results);
    missed += results.filter(({ reached }) => reached === false).length;
  }
  return missed === 0 ? 0 : 1;
}

/** Whatever it opened is closed when it ends, fails or is interrupted. */
async function runToEnd(bench: Bench, given: Omit<BenchContext, 'say' | 'onEnd'>): Promise<BenchResult[]> {
  const opened = createCloserStack();
  const removeMade = () => rmSync(join(given.cacheFolder, `run-${process.pid}`), { recursive: true, force: true });
  const interrupted = () =>
    void opened.close().then(() => {
      removeMade();
      process.exit(130);
    });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupted);
  try {
    return await bench.run({
      ...given,
      say: (line) => console.log(`  … ${line}`),
      onEnd: (name, close) => opened.push(name, close, CLOSE_LIMIT_MS),
    });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupted);
    for (const { name, outcome, error } of await opened.close())
      if (outcome !== 'closed') console.error(`${name} did not close in order (${outcome})`, error ?? '');
    removeMade();
  }
}

function describe({ what, measured, ratio, reach, reached }: BenchResult): string {
  const verdict = reached === null ? '' : reached ? 'reached' : 'MISSED';
  return [
    what.padEnd(44),
    measured.padStart(10),
    (ratio === null ? '' : `x ${ratio.toFixed(2)}`).padStart(8),
    reach ?? '',
    verdict,
  ]
    .join('  ')
    .trimEnd();
}

if (isMainModule(import.meta.url)) await runTool(USAGE, main);
