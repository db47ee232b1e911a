import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { middle, seconds, tell, type Bench, type BenchContext, type BenchResult } from './bench.ts';
import { loadThroughProduct, tellPhases, type Load } from './load.ts';
import { openProduct } from './product.ts';
import { type BenchServer, ensureMonth, makeYear, openBenchServer } from './stage.ts';

const ORDERS = [10_000, 100_000, 1_000_000];
/** Of the small sizes, which take only seconds, the middle one of so many counts. */
const TURNS = 3;
/** Beyond the first size the cost of a row may differ by so much. */
const MAX_DIFFERENCE = 0.25;

/** On top of how many orders the same number is loaded, and by how many they grow. */
const STORED = [0, 1_000_000, 3_000_000];
const BENEATH = 1_000_000;
const ADDED = 100_000;
const FIRST_YEAR = 2001;

/** Whether a file ten times as long takes ten times as long. Each size goes into a database of its own. */
export const scaleBench: Bench = {
  name: 'scale',
  about:
    'cost of a row, upload to completed, for files of 10 000, 100 000 and 1 000 000 new rows; and of 100 000 ' +
    'on top of none, a million and three million orders',
  async run(context) {
    const server = await openBenchServer(context);
    const costs: { orderCount: number; load: Load; usPerRow: number }[] = [];
    for (const full of ORDERS) {
      const orderCount = Math.round(full * context.scale);
      const csv = join(await ensureMonth(context, orderCount), 'happy_workers.csv');
      const loads: Load[] = [];
      for (let turn = 1; turn <= (full === Math.max(...ORDERS) ? 1 : TURNS); turn++) {
        const product = await openProduct(context, server, { database: `scale_${orderCount}_${turn}` });
        loads.push(await loadThroughProduct(product, csv));
        await product.close();
      }
      const load = middle(loads);
      costs.push({ orderCount, load, usPerRow: (load.ms * 1000) / load.rows.read });
      context.say(`${orderCount}: ${seconds(load.ms)}; ${tellPhases(load).measured}`);
    }
    const [, ...compared] = costs.map(({ usPerRow }) => usPerRow);
    const onTop = await loadOnTop(context, server);
    return [
      ...costs.map(({ orderCount, load, usPerRow }) =>
        tell(`${orderCount} orders`, `${usPerRow.toFixed(1)} us a row, ${seconds(load.ms)}`),
      ),
      ...costs.slice(-1).map(({ load }) => tellPhases(load)),
      difference('dearest against cheapest row beyond the first size', compared),
      ...onTop.map(({ stored, load, usPerRow }) =>
        tell(
          `${Math.round(ADDED * context.scale)} on top of ${stored}`,
          `${usPerRow.toFixed(1)} us a row, ${seconds(load.ms)}`,
        ),
      ),
      difference(
        'dearest against cheapest of these',
        onTop.map(({ usPerRow }) => usPerRow),
      ),
    ];
  },
};

/** The same number of new rows, of years of their own, each time that more is stored beneath them. */
async function loadOnTop(
  context: BenchContext,
  server: BenchServer,
): Promise<{ stored: number; load: Load; usPerRow: number }[]> {
  const product = await openProduct(context, server, { database: 'scale_on_top' });
  let year = FIRST_YEAR;
  const loadYear = async (orders: number): Promise<Load> => {
    const folder = await makeYear(context, Math.round(orders * context.scale), year++);
    const load = await loadThroughProduct(product, join(folder, 'happy_workers.csv'));
    await rm(folder, { recursive: true, force: true });
    return load;
  };
  const costs: { stored: number; load: Load; usPerRow: number }[] = [];
  let stored = 0;
  for (const million of STORED) {
    while (stored < million * context.scale) stored += (await loadYear(BENEATH)).rows.new;
    const before = stored;
    const loads: Load[] = [];
    for (let turn = 1; turn <= TURNS; turn++) loads.push(await loadYear(ADDED));
    stored += loads.reduce((sum, { rows }) => sum + rows.new, 0);
    const load = middle(loads);
    costs.push({ stored: before, load, usPerRow: (load.ms * 1000) / load.rows.read });
    context.say(`on top of ${before}: ${seconds(load.ms)}; ${tellPhases(load).measured}`);
  }
  await product.close();
  return costs;
}

function difference(what: string, usPerRow: readonly number[]): BenchResult {
  const ratio = Math.max(...usPerRow) / Math.min(...usPerRow);
  return {
    what,
    measured: `${((ratio - 1) * 100).toFixed(0)} %`,
    ratio,
    reach: `<= ${1 + MAX_DIFFERENCE}`,
    reached: ratio <= 1 + MAX_DIFFERENCE,
  };
}
