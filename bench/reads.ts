import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../scripts/build.ts';
import { createApiClient } from '../scripts/api-client.ts';
import { runUserCommand } from '../scripts/user.ts';
import { createDatabase } from '../shared/db/client.ts';
import { sleep } from '../shared/lifecycle.ts';
import { createSilentLogger } from '../shared/logger.ts';
import { compareToLimit, percentile, tell, type Bench, type BenchContext, type BenchResult } from './bench.ts';
import { hostileReads, makeTargets } from './hostile-reads.ts';
import { makeOrders } from './page-world.ts';
import type { ScriptOrder } from './hostile-script.ts';
import { openProduct } from './product.ts';
import { openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const P99_LIMIT_MS = 500;
const PER_ROUTE_MS = 8_000;
const SEED = 20_261_127;
const VICTIM_PAUSE_MS = 60;
const PASSWORD = 'seven wet umbrellas in May';

/**
 * One person's script over each read in turn, while another works: the slowest of what that other one does is what
 * counts.
 */
export const readsBench: Bench = {
  name: 'reads',
  about: "another person's p99 while one script asks every read with ever other parameters, over a million orders",
  async run(context) {
    ensureBuilt({ only: ['services'], onStart: (part) => context.say(`building ${part}`) });
    const orderCount = Math.round(ORDERS * context.scale);
    const server = await openBenchServer(context);
    const product = await openProduct(context, server);
    context.say(`making ${orderCount} orders`);
    await makeOrders(product.databaseUrl, orderCount);
    const targets = await makeTargets(product);
    const attacker = await person(product.databaseUrl, product.api.url, 'attacker@vhm24r.local');
    const victim = await person(product.databaseUrl, product.api.url, 'victim@vhm24r.local');
    const script = openScript(context, attacker);
    const quiet = await watched(victim, async () => sleep(PER_ROUTE_MS));
    const results: BenchResult[] = [
      tell('orders', String(orderCount)),
      tell('with nobody else: p50, p99', shown(quiet.ms)),
    ];
    const all: number[] = [];
    let refused = 0;
    for (const [at, name] of Object.keys(hostileReads(targets)).entries()) {
      let counts: [number, number][] = [];
      const { ms, bad } = await watched(victim, async () => {
        counts = await script.run({ targets, name, seed: SEED + at, ms: PER_ROUTE_MS });
      });
      all.push(...ms);
      refused += bad;
      const answers = counts.map(([status, count]) => `${count} x ${status}`).join(', ');
      context.say(`${name}: ${shown(ms)}; the script got ${answers}`);
      const { exit } = product.api.child;
      if (exit !== null)
        throw new Error(`the api ended (${JSON.stringify(exit)})\n${product.api.child.output().slice(-4_000)}`);
      results.push(tell(`during ${name}: p50, p99`, shown(ms)));
    }
    return [
      ...results,
      compareToLimit(
        `p99 of all ${all.length} requests of the other person`,
        percentile(all, 0.99),
        P99_LIMIT_MS,
        'ms',
      ),
      { ...tell('of them refused or failed', String(refused)), reach: '0', reached: refused === 0 },
    ];
  },
};

/** No answer: the connection was refused, or ended. */
const FAILED = { status: 0 };

type Client = ReturnType<typeof createApiClient>;

async function person(databaseUrl: string, url: string, email: string): Promise<Client> {
  const db = createDatabase({
    url: databaseUrl,
    poolMax: 2,
    applicationName: 'bench-people',
    logger: createSilentLogger(),
  });
  try {
    await runUserCommand(db, ['add', email, '--role', 'admin', '--password', PASSWORD]);
  } finally {
    await db.destroy();
  }
  const client = createApiClient(url);
  await client.login(email, PASSWORD);
  return client;
}

interface Script {
  run(order: Omit<ScriptOrder, 'url' | 'token'>): Promise<[status: number, count: number][]>;
}

function openScript(context: BenchContext, { baseUrl, token }: Client): Script {
  const child = fork(fileURLToPath(new URL('hostile-script.ts', import.meta.url)));
  context.onEnd('script', async () => void child.kill());
  return {
    run: (order) =>
      new Promise((resolve, reject) => {
        const onExit = (code: number | null) => reject(new Error(`the script ended with ${code}`));
        child.once('exit', onExit);
        child.once('message', (counts: [number, number][]) => {
          child.off('exit', onExit);
          resolve(counts);
        });
        child.send({ url: baseUrl, token: token ?? '', ...order } satisfies ScriptOrder);
      }),
  };
}

/**
 * What a person does meanwhile: looks at orders, at one of them, at herself; and the platform asks whether the service
 * is ready.
 */
async function watched(victim: Client, work: () => Promise<unknown>): Promise<{ ms: number[]; bad: number }> {
  const ms: number[] = [];
  let bad = 0;
  let isOver = false;
  const paths = ['/orders?limit=50', '/auth/me', '/readyz', '/orders/7', '/files?limit=20', '/limits'];
  const watching = (async () => {
    for (let n = 0; !isOver; n++) {
      const startedMs = performance.now();
      const { status } = await victim.get(paths[n % paths.length]!).catch(() => FAILED);
      ms.push(performance.now() - startedMs);
      if (status !== 200) bad += 1;
      await sleep(VICTIM_PAUSE_MS);
    }
  })();
  try {
    await Promise.race([work(), watching]);
  } finally {
    isOver = true;
    await watching;
  }
  return { ms, bad };
}

const shown = (ms: readonly number[]): string =>
  `${percentile(ms, 0.5).toFixed(0)} ms, ${percentile(ms, 0.99).toFixed(0)} ms`;
