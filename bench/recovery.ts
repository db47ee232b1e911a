import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { sleep } from '../shared/lifecycle.ts';
import { middle, seconds, tell, type Bench, type BenchContext, type BenchResult } from './bench.ts';
import { cutLastDays } from './last-days.ts';
import { openProduct } from './product.ts';
import { ensureMonth, openBenchServer, type BenchServer } from './stage.ts';

const LEASES_MS = [3_000, 10_000] as const;
const ROUNDS = 11;
const ROWS = 200;
const LOOK_EVERY_MS = 20;
const TIMEOUT_MS = 60_000;

/** How long a file stands after the worker that had it was killed. */
export const recoveryBench: Bench = {
  name: 'recovery',
  about: `a worker killed (SIGKILL) while it reconciles a file of ${ROWS} rows, until another has completed it`,
  async run(context) {
    const rounds = Math.max(1, Math.round(ROUNDS * context.scale));
    const month = await ensureMonth(context, ROWS * (rounds + 2));
    const { days } = await cutLastDays(month, rounds, ROWS);
    const results: BenchResult[] = [];
    for (const leaseMs of LEASES_MS) {
      const server = await openBenchServer(context);
      const runs: { ms: number }[] = [];
      for (const [round, day] of days.entries()) {
        const path = join(day, 'happy_workers.csv');
        runs.push({ ms: await killAndWait(context, server, { database: `lease_${leaseMs}_${round}`, leaseMs, path }) });
        context.say(`lease ${seconds(leaseMs)}, round ${round + 1}: ${seconds(runs.at(-1)?.ms ?? Number.NaN)}`);
      }
      await server.close();
      const slowest = Math.max(...runs.map(({ ms }) => ms));
      results.push(
        tell(
          `LEASE_MS ${leaseMs}, middle of ${runs.length} (slowest)`,
          `${seconds(middle(runs).ms)} (${seconds(slowest)})`,
        ),
      );
    }
    return results;
  },
};

/** From the kill to the completed file, ms. Nobody starts the worker again: another is there. */
async function killAndWait(
  context: BenchContext,
  server: BenchServer,
  { database, leaseMs, path }: { database: string; leaseMs: number; path: string },
): Promise<number> {
  const env = { LEASE_MS: String(leaseMs) };
  const product = await openProduct(context, server, { database, env });
  const holder = new pg.Client({ connectionString: product.databaseUrl, application_name: randomUUID() });
  await holder.connect();
  try {
    await holder.query('begin; lock table orders in share mode');
    const sent = await product.client.upload([{ path, name: 'report.csv' }]);
    await untilHeldUp(holder);
    await product.openWorker();
    product.worker?.child.signal('SIGKILL');
    const killedAt = performance.now();
    await holder.query('commit');
    const session = await product.client.waitForSession(sent.body.session.id, { timeoutMs: TIMEOUT_MS });
    if (session.status !== 'completed') throw new Error(`the session ended ${session.status}`);
    return performance.now() - killedAt;
  } finally {
    await holder.end();
    await product.close();
  }
}

/** Until the worker waits for the lock of the bench. */
async function untilHeldUp(holder: pg.Client): Promise<void> {
  const giveUpAt = performance.now() + TIMEOUT_MS;
  for (;;) {
    const { rowCount } = await holder.query(
      `select 1 from pg_locks where relation = 'orders'::regclass and not granted`,
    );
    if (rowCount !== 0) return;
    if (performance.now() > giveUpAt) throw new Error('the file is not being reconciled');
    await sleep(LOOK_EVERY_MS);
  }
}
