import { join } from 'node:path';
import pg from 'pg';
import { REPORT_NAMES } from '../scripts/make-month/layouts.ts';
import { compareToLimit, middle, seconds, tell, type Bench } from './bench.ts';
import { cutLastDays } from './last-days.ts';
import { loadThroughProduct } from './load.ts';
import { openProduct, type Product } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const DAYS = 10;
const ORDERS_A_DAY = 200;
const TOGETHER_LIMIT_S = 3;
const ALONE_LIMIT_S = 1;
const TIMEOUT_MS = 900_000;

/** What a person feels each morning: yesterday's six small reports on top of everything that is there. */
export const dayBench: Bench = {
  name: 'day',
  about:
    "the next day's six reports (200 orders) dropped at once on a million orders; the same, one file after the other",
  async run(context) {
    const month = await ensureMonth(context, Math.round(ORDERS * context.scale));
    // a day for each run together, and one more for its files one by one
    const { before, days } = await cutLastDays(month, DAYS + 1, ORDERS_A_DAY);
    const server = await openBenchServer(context);
    const product = await openProduct(context, server);
    for (const name of REPORT_NAMES) {
      const load = await loadThroughProduct(product, join(before, `${name}.csv`));
      context.say(`${name}: ${load.rows.read} rows, ${seconds(load.ms)}`);
    }
    await passNight(product);
    const runs: { ms: number }[] = [];
    for (const day of days.slice(0, DAYS)) {
      runs.push({ ms: await loadAtOnce(product, day) });
      context.say(`together: ${seconds(runs.at(-1)?.ms ?? 0)}`);
    }
    const alone = [];
    for (const name of REPORT_NAMES)
      alone.push({ name, ms: (await loadThroughProduct(product, join(days[DAYS] as string, `${name}.csv`))).ms });
    return [
      compareToLimit(
        'six reports dropped at once, all final, middle of 10',
        middle(runs).ms / 1000,
        TOGETHER_LIMIT_S,
        's',
      ),
      tell('slowest of them', seconds(Math.max(...runs.map(({ ms }) => ms)))),
      ...alone.map(({ name, ms }) => compareToLimit(`${name} alone`, ms / 1000, ALONE_LIMIT_S, 's')),
    ];
  },
};

/** The six reports of a folder dropped at once, ms until all are final. */
export async function loadAtOnce({ client }: Product, folder: string): Promise<number> {
  const startedAt = performance.now();
  const sent = await client.upload(REPORT_NAMES.map((name) => ({ path: join(folder, `${name}.csv`) })));
  const session = await client.waitForSession(sent.body.session.id, { timeoutMs: TIMEOUT_MS });
  if (!session.status.startsWith('completed')) throw new Error(`the six reports ended ${session.status}`);
  return performance.now() - startedAt;
}

/** A night has passed since the large reports: days are counted, tables vacuumed. */
export async function passNight({ databaseUrl }: Product): Promise<void> {
  const db = new pg.Client({ connectionString: databaseUrl, ssl: false });
  await db.connect();
  try {
    await db.query('vacuum analyze');
    for (;;) {
      const { rowCount } = await db.query('select 1 from order_sums_stale limit 1');
      if (rowCount === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    await db.end();
  }
}
