import { statSync } from 'node:fs';
import { join } from 'node:path';
import { REPORT_NAMES } from '../scripts/make-month/layouts.ts';
import { compareToFloor, compareToLimit, megabytes, seconds, tell, type Bench, type BenchContext } from './bench.ts';
import { measureSetFloor } from './floor.ts';
import { loadAtOnce } from './day.ts';
import { loadThroughProduct, tellPhases } from './load.ts';
import { openProduct } from './product.ts';
import { ensureMonth, openBenchServer, type BenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const MAX_FLOORS = 6;
const LIMIT_S = 150;

/** A first start: the six reports of everything, one after the other; with --together also at once over two workers. */
export const setBench: Bench = {
  name: 'set',
  about:
    'six reports of a million orders, one after the other (with --together at once, too), ' +
    'against \\copy + insert of the same files by psql',
  async run(context) {
    const month = await ensureMonth(context, Math.round(ORDERS * context.scale));
    const paths = REPORT_NAMES.map((name) => join(month, `${name}.csv`));
    const server = await openBenchServer(context);
    const floorMs = await measureSetFloor(server.databaseUrl, month);
    context.say(`the same by psql: ${seconds(floorMs)}`);
    const product = await openProduct(context, server);
    const loads = [];
    for (const name of REPORT_NAMES) {
      const load = await loadThroughProduct(product, join(month, `${name}.csv`));
      context.say(`${name}: ${load.rows.read} rows, ${seconds(load.ms)}; ${tellPhases(load).measured}`);
      loads.push({ name, load });
    }
    const ms = loads.reduce((sum, { load }) => sum + load.ms, 0);
    await product.close();
    const together = context.together ? await loadTogether(context, server, month) : null;
    const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    return [
      tell('the files', `${loads.reduce((sum, { load }) => sum + load.rows.read, 0)} rows, ${megabytes(bytes)}`),
      tell('floor: \\copy + insert of all six', seconds(floorMs)),
      compareToFloor('six reports, upload to completed', ms, floorMs, MAX_FLOORS),
      compareToLimit('the same', ms / 1000, LIMIT_S * context.scale, 's'),
      ...(together === null ? [] : [compareToFloor('all at once, two workers', together, ms, 1)]),
      ...loads.map(({ name, load }) => tell(name, `${load.rows.read} rows, ${seconds(load.ms)}`)),
    ];
  },
};

async function loadTogether(context: BenchContext, server: BenchServer, month: string): Promise<number> {
  const product = await openProduct(context, server, { database: 'set_together', workers: 2 });
  const ms = await loadAtOnce(product, month);
  context.say(`all at once: ${seconds(ms)}`);
  return ms;
}
