import { join } from 'node:path';
import { middle, seconds, tell, type Bench, type BenchResult } from './bench.ts';
import { loadThroughProduct, tellPhases, type Load } from './load.ts';
import { openProduct } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = [10_000, 100_000, 1_000_000];
/** Of the small sizes, which take only seconds, the middle one of so many counts. */
const TURNS = 3;
/** Beyond the first size the cost of a row may differ by so much. */
const MAX_DIFFERENCE = 0.25;

/** Whether a file ten times as long takes ten times as long. Each size goes into a database of its own. */
export const scaleBench: Bench = {
  name: 'scale',
  about: 'cost of a row, upload to completed, for files of 10 000, 100 000 and 1 000 000 new rows',
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
    return [
      ...costs.map(({ orderCount, load, usPerRow }) =>
        tell(`${orderCount} orders`, `${usPerRow.toFixed(1)} us a row, ${seconds(load.ms)}`),
      ),
      ...costs.slice(-1).map(({ load }) => tellPhases(load)),
      difference(compared),
    ];
  },
};

function difference(usPerRow: readonly number[]): BenchResult {
  const ratio = Math.max(...usPerRow) / Math.min(...usPerRow);
  return {
    what: 'dearest against cheapest row beyond the first size',
    measured: `${((ratio - 1) * 100).toFixed(0)} %`,
    ratio,
    reach: `<= ${1 + MAX_DIFFERENCE}`,
    reached: ratio <= 1 + MAX_DIFFERENCE,
  };
}
