import { join } from 'node:path';
import { sleep } from '../shared/lifecycle.ts';
import { compareToLimit, seconds, tell, type Bench } from './bench.ts';
import { watchMemory } from './memory.ts';
import { openProduct } from './product.ts';
import { sendFile } from './send-file.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const ASK_EVERY_MS = 20;
const MAX_LIVEZ_MS = 100;
/** Of the api and its reader child; the aim is the worker's. */
const MAX_MEMORY_MB = 400;
const TIMEOUT_MS = 900_000;

/** A million new rows with neither Redis nor a worker: the api loads them itself, and goes on answering. */
export const inProcessBench: Bench = {
  name: 'in-process',
  about:
    'a million new Happy Workers rows loaded by the api itself, Redis and worker away: how long /livez takes meanwhile',
  async run(context) {
    const csv = join(await ensureMonth(context, Math.round(ORDERS * context.scale)), 'happy_workers.csv');
    const server = await openBenchServer(context);
    const product = await openProduct(context, server, { worker: false });
    product.redis.child.signal('SIGKILL');
    await product.redis.child.exited;

    const livezMs: number[] = [];
    let over = false;
    const ask = async (): Promise<void> => {
      while (!over) {
        const startedAt = performance.now();
        const response = await fetch(`${product.api.url}/livez`, { signal: AbortSignal.timeout(10_000) });
        await response.arrayBuffer();
        if (response.status !== 200) throw new Error(`/livez answered ${response.status}`);
        livezMs.push(performance.now() - startedAt);
        await sleep(ASK_EVERY_MS);
      }
    };
    const asking = ask();
    // Told where it is awaited; until then it must not end the process.
    asking.catch(() => undefined);
    const memory = watchMemory(product.api.child.pid);
    try {
      const startedAt = performance.now();
      const sent = await sendFile<{ session: { id: string } }>(`${product.api.url}/api/v1/files`, csv, {
        token: product.client.token,
      });
      const answeredMs = performance.now() - startedAt;
      const session = await product.client.waitForSession(sent.body.session.id, { timeoutMs: TIMEOUT_MS });
      const ms = performance.now() - startedAt;
      over = true;
      await asking;
      if (session.status !== 'completed' || session.mode !== 'in-process')
        throw new Error(`the session ended ${session.status} (${session.mode})`);
      livezMs.sort((a, b) => a - b);
      const at = (share: number) =>
        livezMs[Math.min(livezMs.length - 1, Math.floor(livezMs.length * share))] ?? Number.NaN;
      return [
        tell(
          'upload to completed, in the api',
          `${session.totals.new} rows in ${seconds(ms)}; answered ${sent.status} after ${seconds(answeredMs)}`,
        ),
        compareToLimit(`slowest /livez of ${livezMs.length}`, at(1), MAX_LIVEZ_MS, 'ms'),
        tell('/livez p50, p99', `${at(0.5).toFixed(1)} ms, ${at(0.99).toFixed(1)} ms`),
        compareToLimit('memory of api and reader, peak', memory.stop() / 1e6, MAX_MEMORY_MB, 'MB'),
      ];
    } finally {
      over = true;
      memory.stop();
    }
  },
};
