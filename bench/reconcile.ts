import { join } from 'node:path';
import pg from 'pg';
import { REPORT_NAMES } from '../scripts/make-month/layouts.ts';
import { createDatabase } from '../shared/db/client.ts';
import { sleep } from '../shared/lifecycle.ts';
import { createSilentLogger } from '../shared/logger.ts';
import { createRun, findRun } from '../shared/reconcile/run-period.ts';
import { compareToLimit, megabytes, seconds, tell, type Bench } from './bench.ts';
import { ensureCorrectedReport } from './corrected-report.ts';
import { loadThroughProduct, tellPhases } from './load.ts';
import { watchMemory } from './memory.ts';
import { openProduct, type Product } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const FROM_SCRATCH_LIMIT_S = 60;
const AGAIN_LIMIT_S = 15;
const TOUCHED_LIMIT_S = 1.5;
const TOUCHED = 1_000;
const RUN_LIMIT_MS = 900_000;
const LOOK_EVERY_MS = 50;

/** A month of all six reports, evaluated as if nothing had ever been; then a small correction to it. */
export const reconcileBench: Bench = {
  name: 'reconcile',
  about:
    'a million orders against a million receipts and payments from scratch; then a file that touches a thousand orders',
  async run(context) {
    const orderCount = Math.round(ORDERS * context.scale);
    const month = await ensureMonth(context, orderCount);
    const everyRow = Math.max(1, Math.round(orderCount / TOUCHED));
    const correction = join(month, `happy_workers-only-${everyRow}.csv`);
    await ensureCorrectedReport(join(month, 'happy_workers.csv'), correction, { everyRow, onlyCorrected: true });
    const server = await openBenchServer(context);
    const product = await openProduct(context, server);
    const loads = [];
    for (const name of REPORT_NAMES) {
      const load = await loadThroughProduct(product, join(month, `${name}.csv`));
      loads.push({ name, load });
      context.say(`${name}: ${load.rows.read} rows, ${seconds(load.ms)}; ${tellPhases(load).measured}`);
    }
    const db = new pg.Client({ connectionString: product.databaseUrl, ssl: false });
    await db.connect();
    try {
      const counts = await db.query<{ orders: string; proofs: string }>(
        `select (select count(*) from orders where order_number is not null) as orders,
           (select count(*) from fiscal_receipts) + (select count(*) from gateway_payments) as proofs`,
      );
      const before = await statusesOf(db);
      const again = await runOverEverything(product);
      context.say(`everything again, with nothing to change: ${seconds(again.ms)}`);
      context.say('forgetting every link and status');
      await forget(db);
      const run = await runOverEverything(product);
      const after = await statusesOf(db);
      if (before !== after) throw new Error(`from scratch comes out otherwise than file by file:\n${before}\n${after}`);
      const touched = await loadThroughProduct(product, correction);
      const found = counts.rows[0];
      return [
        tell('evaluated', `${found?.orders} orders, ${found?.proofs} receipts and payments`),
        compareToLimit('from scratch', run.ms / 1000, FROM_SCRATCH_LIMIT_S, 's'),
        tell('memory of the worker meanwhile, peak', megabytes(run.peakBytes)),
        compareToLimit('everything again, with nothing to change', again.ms / 1000, AGAIN_LIMIT_S, 's'),
        tell('the touching file', `${touched.rows.read} rows, ${touched.rows.updated} of them changed`),
        compareToLimit('touched rows, upload to completed', touched.ms / 1000, TOUCHED_LIMIT_S, 's'),
        tellPhases(touched),
        ...loads.map(({ name, load }) => tell(`first load of ${name}`, `${load.rows.read} rows, ${seconds(load.ms)}`)),
      ];
    } finally {
      await db.end();
    }
  },
};

/** How many orders and orphans have which status. */
async function statusesOf(db: pg.Client): Promise<string> {
  const { rows } = await db.query<{ status: string; count: string }>(
    `select status, count(*) from orders group by 1 order by 1`,
  );
  return rows.map(({ status, count }) => `${status} ${count}`).join(', ');
}

/** Records stay; what reconciliation made of them goes: every proof is alone again and no order has been evaluated. */
async function forget(db: pg.Client): Promise<void> {
  for (const statement of [
    `begin`,
    `delete from order_changes where change_type in ('status', 'link', 'unlink')`,
    `delete from order_issues`,
    `update fiscal_receipts set order_id = orphan_order_id, link_rule = null, ambiguous = false
      where link_rule is not null or ambiguous`,
    `update gateway_payments set order_id = orphan_order_id, link_rule = null, ambiguous = false
      where link_rule is not null or ambiguous`,
    `insert into orders (id, proof_source, proof_id, price, time, payment_type)
     select orphan_order_id, 'fiscal_bills', id, amount, fiscal_time,
       case when coalesce(cash_amount, 0) > 0 or coalesce(card_amount, 0) = 0 then 'cash' else 'card' end
         from fiscal_receipts
     on conflict (id) do nothing`,
    `insert into orders (id, proof_source, proof_id, price, time, payment_type)
     select orphan_order_id, gateway, id, amount, transaction_time, gateway from gateway_payments on conflict (id)
     do nothing`,
    `update orders set status = 'unmatched', pending = false, ambiguous = false, flags = '{}', issues = '{}'`,
    `commit`,
    // As after a restore: what forgetting left behind is not part of the work that is measured.
    `vacuum (full, analyze) orders`,
    `vacuum (full, analyze) fiscal_receipts`,
    `vacuum (full, analyze) gateway_payments`,
    `vacuum analyze order_changes`,
    `checkpoint`,
  ])
    await db.query(statement);
}

/** From the claim of the run to its commit. */
async function runOverEverything({ databaseUrl, worker }: Product): Promise<{ ms: number; peakBytes: number }> {
  if (worker === null) throw new Error('a run needs a worker');
  const db = createDatabase({ url: databaseUrl, poolMax: 2, applicationName: 'bench', logger: createSilentLogger() });
  const memory = watchMemory(worker.child.pid);
  try {
    const id = await createRun(db, { from: null, to: null, reason: 'manual', createdBy: null });
    const giveUpAt = performance.now() + RUN_LIMIT_MS;
    for (;;) {
      const run = await findRun(db, id);
      if (run?.status === 'completed' && run.started_at !== null)
        return { ms: Date.now() - run.started_at.getTime(), peakBytes: memory.stop() };
      if (run?.status === 'failed' || performance.now() > giveUpAt)
        throw new Error(`the run is ${run?.status} ${run?.error_code ?? ''}`);
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    memory.stop();
    await db.destroy();
  }
}
