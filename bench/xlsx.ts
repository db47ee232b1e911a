import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareToFloor, compareToLimit, megabytes, middle, seconds, tell, type Bench } from './bench.ts';
import { loadThroughProduct, tellPhases, type Load } from './load.ts';
import { watchMemory } from './memory.ts';
import { openProduct } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 100_000;
const MAX_FLOORS = 1.2;
const MAX_MEMORY_MB = 400;
/** The middle one of so many counts: both take only seconds. */
const TURNS = 3;

interface BareRead {
  ms: number;
  rows: number;
  peakBytes: number;
}

/** A workbook through the whole product against nothing but reading it with the usual library. */
export const xlsxBench: Bench = {
  name: 'xlsx',
  about: "100 000 Happy Workers rows (xlsx), upload to completed, against exceljs's bare streaming read",
  async run(context) {
    const orderCount = Math.round(ORDERS * context.scale);
    const workbook = join(await ensureMonth(context, orderCount, 'xlsx'), 'happy_workers.xlsx');
    const server = await openBenchServer(context);
    const floors: BareRead[] = [];
    const loads: Load[] = [];
    for (let turn = 1; turn <= TURNS; turn++) {
      floors.push(await readWithExceljs(workbook));
      const product = await openProduct(context, server, { database: `xlsx_${turn}` });
      loads.push(await loadThroughProduct(product, workbook));
      await product.close();
      context.say(`exceljs ${seconds(floors.at(-1)?.ms ?? 0)}, product ${seconds(loads.at(-1)?.ms ?? 0)}`);
    }
    const floor = middle(floors);
    const load = middle(loads);
    return [
      tell('the file', `${load.rows.read} rows`),
      tell('exceljs, streaming', `${seconds(floor.ms)}, ${megabytes(floor.peakBytes)}`),
      compareToFloor('upload to completed', load.ms, floor.ms, MAX_FLOORS),
      compareToLimit(
        'memory of worker and reader, peak',
        Math.max(...loads.map(({ peakBytes }) => peakBytes)) / 1e6,
        MAX_MEMORY_MB,
        'MB',
      ),
      tellPhases(load),
    ];
  },
};

/** In a process of its own, its start not counted. */
async function readWithExceljs(path: string): Promise<BareRead> {
  const script = fileURLToPath(new URL('read-with-exceljs.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const memory = watchMemory(child.pid ?? -1);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  const peakBytes = memory.stop();
  if (code !== 0) throw new Error(`reading with exceljs ended with ${code}`);
  return { ...(JSON.parse(output) as { ms: number; rows: number }), peakBytes };
}
