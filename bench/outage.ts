import { join } from 'node:path';
import { createApiClient, type ApiClient, type SessionBody } from '../scripts/api-client.ts';
import { sleep } from '../shared/lifecycle.ts';
import { compareToLimit, tell, type Bench, type BenchResult } from './bench.ts';
import { openProduct, reopenRedis, waitUntilReady } from './product.ts';
import { openBenchServer } from './stage.ts';

const READERS = 8;
/** Each waits for its file to end before it sends the next, as people do: a backlog is not what is measured here. */
const SENDERS = 3;
/** Rows of each small file. */
const ROWS = 200;
/** With Redis, without it, and with it again. */
const PHASE_MS = [8_000, 15_000, 12_000] as const;
const MAX_OVER_MS = 1_000;
const END_LIMIT_MS = 120_000;
const READ_PATHS = ['/auth/me', '/files', '/sessions', '/orders?limit=20', '/orders/totals', '/limits'];

interface Asked {
  what: string;
  phase: number;
  ms: number;
  /** What of that was the processing of the request's own file in this process, as its session says. */
  ownMs: number;
  status: number;
}

/** Redis is killed while people read and upload, and started again. */
export const outageBench: Bench = {
  name: 'outage',
  about: 'reads and uploads go on while redis-server is killed and comes back: the slowest request, and what was lost',
  async run(context) {
    const server = await openBenchServer(context);
    const product = await openProduct(context, server);
    const asked: Asked[] = [];
    const accepted: string[] = [];
    let phase = 0;
    let over = false;
    const note = (what: string, startedAt: number, begunIn: number, status: number, ownMs = 0) =>
      asked.push({ what, phase: Math.max(begunIn, phase), ms: performance.now() - startedAt, ownMs, status });

    const read = async (client: ApiClient, turn: number): Promise<void> => {
      const path = READ_PATHS[turn % READ_PATHS.length] ?? '/limits';
      const [startedAt, begunIn] = [performance.now(), phase];
      const { status } = await client.get(path);
      note(path, startedAt, begunIn, status);
    };
    const send = async (client: ApiClient): Promise<void> => {
      const [startedAt, begunIn] = [performance.now(), phase];
      const { status, body } = await client.upload([smallReport()]);
      note('/files upload', startedAt, begunIn, status, ownWorkOf(body.session));
      if (status !== 200 && status !== 202) return;
      accepted.push(body.session.id);
      await client.waitForSession(body.session.id, { timeoutMs: END_LIMIT_MS });
    };
    const loop = async (work: (client: ApiClient, turn: number) => Promise<void>, pauseMs: number): Promise<void> => {
      const client = createApiClient(product.client.baseUrl);
      client.token = product.client.token;
      for (let turn = 0; !over; turn++) {
        await work(client, turn);
        await sleep(pauseMs);
      }
    };

    const load = Promise.all([
      ...Array.from({ length: READERS }, () => loop(read, 20)),
      ...Array.from({ length: SENDERS }, () => loop(send, 100)),
    ]);
    // Told where it is awaited; until then it must not end the process.
    load.catch(() => undefined);
    try {
      await sleep(PHASE_MS[0] * context.scale);
      product.redis.child.signal('SIGKILL');
      await product.redis.child.exited;
      phase = 1;
      context.say('redis-server killed');
      await sleep(PHASE_MS[1] * context.scale);
      const redis = await reopenRedis(product.redis, join(product.folder, 'redis'));
      context.onEnd('redis again', async () => void (await redis.child.stop(10_000)));
      await waitUntilReady(product.api);
      phase = 2;
      context.say('redis-server back and in use');
      await sleep(PHASE_MS[2] * context.scale);
    } finally {
      over = true;
    }
    await load;

    const ended = await Promise.all(
      accepted.map((id) => product.client.waitForSession(id, { timeoutMs: END_LIMIT_MS })),
    );
    const unfinished = ended.filter(({ status, totals }) => status !== 'completed' || totals.new !== ROWS);
    const refused = asked.filter(({ status }) => status >= 400);
    const overMs = asked.map(({ ms, ownMs }) => Math.max(0, ms - ownMs));
    return [
      tell(
        'requests',
        `${asked.length}, of them uploads ${accepted.length} (${inProcess(ended)} processed by the api)`,
      ),
      compareToLimit('slowest, beyond its own work in the api', Math.max(...overMs), MAX_OVER_MS, 'ms'),
      none('requests refused or failed', refused.length),
      none('uploads not completed exactly once', unfinished.length),
      ...['with Redis', 'without Redis', 'with Redis again'].map((name, at) =>
        tell(`${name}: p50, p99, slowest`, quantiles(asked, at)),
      ),
    ];
  },
};

function none(what: string, count: number): BenchResult {
  return { what, measured: String(count), ratio: null, reach: '0', reached: count === 0 };
}

function quantiles(asked: readonly Asked[], wanted: number): string {
  const times = asked
    .filter(({ phase }) => phase === wanted)
    .map(({ ms, ownMs }) => Math.max(0, ms - ownMs))
    .toSorted((a, b) => a - b);
  const at = (share: number) =>
    `${(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN).toFixed(0)} ms`;
  return `${at(0.5)}, ${at(0.99)}, ${at(1)} of ${times.length}`;
}

function inProcess(sessions: readonly SessionBody[]): number {
  return sessions.filter(({ mode }) => mode === 'in-process').length;
}

/**
 * From the beginning of its work to the end, where the file was processed by the api itself; waiting for a place is not
 * work.
 */
function ownWorkOf(session: SessionBody & { startedAt?: string | null; completedAt?: string | null }): number {
  if (session.mode !== 'in-process' || !session.startedAt || !session.completedAt) return 0;
  return Date.parse(session.completedAt) - Date.parse(session.startedAt);
}

const HEADER =
  'Order number,Goods name,Order resource,Order status,Machine Code,Order price,Brew status,Creation time,Paying time';
let made = 0;

/** A machine report that nobody has sent before. */
function smallReport(): { name: string; content: string } {
  const rows = Array.from({ length: ROWS }, () => {
    made += 1;
    return (
      `ff${made.toString(16).padStart(8, '0')}20250804070128a7ca181f0000,Latte,Cash payment,Paid,a7ca181f0000,` +
      '10000,Delivered,2025-08-04 04:01:30,2025-08-04 04:01:30'
    );
  });
  return { name: `report ${made}.csv`, content: `${HEADER}\n${rows.join('\n')}\n` };
}
