import { parseArgs } from 'node:util';
import { drawFaults, STORAGES } from '../test/support/chaos/draw-faults.ts';
import { MEAN_PAUSE_MS, runChaos, storageOf, type ChaosReport } from '../test/support/chaos/run-chaos.ts';
import { isMainModule } from '../shared/main-module.ts';
import { runTool, ToolUsageError } from './run-tool.ts';

const USAGE = `usage: npm run chaos -- [options]
  Uploads months with known truth through two apis to three workers while faults strike, and checks that nothing is
  lost, doubled, stuck or left over. Exit code 1 when a promise was broken.
  --seed N       which faults, and when (default 1)
  --minutes M    how long faults strike (default 2, may be a fraction)
  --every S      seconds between two faults, in the mean (default 2.5)
  --storage s3|postgres|file   where bytes are kept (default: by the seed)
  --logs DIR     keeps the logs of the services there
  --plan         only prints the faults of the seed`;
/** More of one kind tell nothing new. */
const SHOWN_VIOLATIONS = 60;

function print({ violations, ...figures }: ChaosReport): void {
  console.log(JSON.stringify(figures, null, 1));
  for (const line of violations.slice(0, SHOWN_VIOLATIONS)) console.log(`VIOLATION ${line}`);
  const struck = Object.values(figures.faults).reduce((sum, count) => sum + count, 0);
  console.log(`${struck} faults, ${figures.files} files, ${violations.length} violations`);
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '2' },
      every: { type: 'string', default: String(MEAN_PAUSE_MS / 1_000) },
      storage: { type: 'string' },
      logs: { type: 'string' },
      plan: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  const lengthMs = Number(values.minutes) * 60_000;
  const everyMs = Math.round(Number(values.every) * 1_000);
  const storage = STORAGES.find((kind) => kind === values.storage);
  if (
    !Number.isInteger(seed) ||
    seed < 0 ||
    !(lengthMs > 0) ||
    !(everyMs > 0) ||
    (values.storage !== undefined && storage === undefined)
  ) {
    throw new ToolUsageError('a value is out of its bounds');
  }
  if (values.plan) {
    for (const fault of drawFaults(seed, lengthMs, everyMs, storage ?? storageOf(seed)))
      console.log(JSON.stringify(fault));
    return 0;
  }
  const startedAt = performance.now();
  const report = await runChaos({
    seed,
    lengthMs,
    everyMs,
    ...(storage === undefined ? {} : { storage }),
    ...(values.logs === undefined ? {} : { keptLogs: values.logs }),
    onFault: ({ name, target, holdMs }) =>
      console.log(`${((performance.now() - startedAt) / 1000).toFixed(1)} s ${name}, ${target}, ${holdMs} ms`),
  });
  print(report);
  return report.violations.length === 0 ? 0 : 1;
}

if (isMainModule(import.meta.url)) await runTool(USAGE, main);
