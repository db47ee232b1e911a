import { join } from 'node:path';
import { compareToFloor, compareToLimit, seconds, tell, type Bench } from './bench.ts';
import { ensureCorrectedReport } from './corrected-report.ts';
import { measureFloor } from './floor.ts';
import { loadThroughProduct, tellPhases } from './load.ts';
import { openProduct } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const EVERY_ROW = 100;
const MAX_FLOORS = 1;
const MAX_MEMORY_MB = 400;

/** The same period once more, one row in a hundred corrected meanwhile. */
export const reingestBench: Bench = {
  name: 'reingest',
  about:
    'a million known Happy Workers rows of which one in a hundred differs, upload to completed, against the same floor',
  async run(context) {
    const month = await ensureMonth(context, Math.round(ORDERS * context.scale));
    const csv = join(month, 'happy_workers.csv');
    const corrected = join(month, `happy_workers-corrected-${EVERY_ROW}.csv`);
    await ensureCorrectedReport(csv, corrected, { everyRow: EVERY_ROW, onlyCorrected: false });
    const server = await openBenchServer(context);
    const floor = await measureFloor(server.databaseUrl, csv);
    const product = await openProduct(context, server);
    const first = await loadThroughProduct(product, csv);
    context.say(`first load ${seconds(first.ms)}; ${tellPhases(first).measured}`);
    const again = await loadThroughProduct(product, corrected);
    if (again.rows.new > 0 || again.rows.updated === 0)
      throw new Error(`not measured what was meant: ${JSON.stringify(again.rows)}`);
    return [
      tell('the file', `${again.rows.read} rows, ${again.rows.updated} of them changed`),
      tell('F = copy + insert', `${seconds(floor.copyMs)} + ${seconds(floor.insertMs)}`),
      compareToFloor('upload to completed', again.ms, floor.totalMs, MAX_FLOORS),
      compareToLimit('memory of worker and reader, peak', again.peakBytes / 1e6, MAX_MEMORY_MB, 'MB'),
      tellPhases(again),
    ];
  },
};
