import { join } from 'node:path';
import { sleep } from '../shared/lifecycle.ts';
import { compareToLimit, seconds, tell, type Bench } from './bench.ts';
import { cutLastDays } from './last-days.ts';
import { loadThroughProduct } from './load.ts';
import { openProduct, type Product } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 500_000;
const ORDERS_A_DAY = 200;
const THROUGH_LIMIT_S = 5;
const READS_LIMIT_MS = 200;
const READ_EVERY_MS = 50;
const GIVE_UP_MS = 600_000;

/** What the one door of merges costs those who stand behind a large one. */
export const behindBench: Bench = {
  name: 'behind',
  about: 'a report of 200 rows and a decision that arrive while 500 000 VendHub rows are merged, and lists meanwhile',
  async run(context) {
    const month = await ensureMonth(context, Math.round(ORDERS * context.scale));
    const { before, days } = await cutLastDays(month, 1, ORDERS_A_DAY);
    const server = await openBenchServer(context);
    const product = await openProduct(context, server);
    const machine = await loadThroughProduct(product, join(before, 'happy_workers.csv'));
    context.say(`happy_workers: ${machine.rows.read} rows, ${seconds(machine.ms)}`);
    const orders = await product.client.get<{ items: { id: string }[] }>('/orders?limit=1');
    const orderId = orders.body.items[0]?.id ?? '';
    const large = loadThroughProduct(product, join(before, 'vendhub.csv'));
    let ended = false;
    const end = large.finally(() => (ended = true));
    await untilMerging(product);
    const [small, decisionMs, reads] = await Promise.all([
      loadThroughProduct(product, join(days[0] as string, 'happy_workers.csv')),
      decide(product, orderId),
      readUntil(product, () => ended),
      end,
    ]);
    const slowest = reads.toSorted((a, b) => a - b);
    return [
      tell('the large report', `${(await large).rows.read} rows, ${seconds((await large).ms)}`),
      compareToLimit(`${small.rows.read} rows behind it, upload to completed`, small.ms / 1000, THROUGH_LIMIT_S, 's'),
      compareToLimit('a decision behind it', decisionMs / 1000, THROUGH_LIMIT_S, 's'),
      compareToLimit(
        `/orders meanwhile, p99 of ${reads.length}`,
        slowest[Math.floor(slowest.length * 0.99)] ?? 0,
        READS_LIMIT_MS,
        'ms',
      ),
    ];
  },
};

async function untilMerging({ client }: Product): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  for (;;) {
    const { body } = await client.get<{ items: { phase: string }[] }>('/files?status=processing&limit=1');
    if (body.items[0]?.phase === 'merging') return;
    if (performance.now() > giveUpAt) throw new Error('the large report is not merged');
    await sleep(READ_EVERY_MS);
  }
}

/** As the page does: told that a merge is at work, it asks again. */
async function decide({ client }: Product, orderId: string): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { status } = await client.post(
      `/orders/${orderId}/decisions`,
      { kind: 'accept', resolution: 'valid', note: 'asked by the bench' },
      { timeoutMs: 30_000 },
    );
    if (status < 300) return performance.now() - startedAt;
    if (status !== 503 || performance.now() - startedAt > GIVE_UP_MS)
      throw new Error(`the decision was answered ${status}`);
  }
}

async function readUntil({ client }: Product, isOver: () => boolean): Promise<number[]> {
  const took: number[] = [];
  while (!isOver()) {
    const startedAt = performance.now();
    await client.get('/orders?limit=50');
    took.push(performance.now() - startedAt);
    await sleep(READ_EVERY_MS);
  }
  return took;
}
