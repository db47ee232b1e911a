import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainModule } from '../shared/main-module.ts';
import type { Bench, BenchResult } from './bench.ts';
import { authBench } from './auth.ts';
import { floorBench } from './floor-bench.ts';

/** All benchmarks, in the order in which `npm run bench` without a name runs them. */
const benches: readonly Bench[] = [floorBench, authBench];

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { scale: { type: 'string', default: '1' } } });
  const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
  const scale = Number(values.scale);
  if (unknown.length > 0 || !(scale > 0 && scale <= 1)) {
    console.error('usage: npm run bench -- [NAME...] [--scale 0.01]');
    for (const { name, about } of benches) console.error(`  ${name.padEnd(12)} ${about}`);
    return 3;
  }
  const cacheFolder = join(fileURLToPath(new URL('..', import.meta.url)), '.data/bench');
  mkdirSync(cacheFolder, { recursive: true });
  const chosen = benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  let missed = 0;
  for (const bench of chosen) {
    console.log(`\n${bench.name}: ${bench.about}${scale === 1 ? '' : ` (scale ${scale}: not to be quoted)`}`);
    const results = await bench.run({ cacheFolder, scale, say: (line) => console.log(`  … ${line}`) });
    for (const result of results) console.log(`  ${describe(result)}`);
    missed += results.filter(({ reached }) => reached === false).length;
  }
  return missed === 0 ? 0 : 1;
}

function describe({ what, measured, ratio, reach, reached }: BenchResult): string {
  const verdict = reached === null ? '' : reached ? 'reached' : 'MISSED';
  return [what.padEnd(44), measured.padStart(10), (ratio === null ? '' : `x ${ratio.toFixed(2)}`).padStart(8), reach ?? '', verdict]
    .join('  ')
    .trimEnd();
}

if (isMainModule(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
