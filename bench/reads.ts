import { ensureBuilt } from '../scripts/build.ts';
import { createApiClient } from '../scripts/api-client.ts';
import { runUserCommand } from '../scripts/user.ts';
import { createRandom } from '../scripts/make-month/random.ts';
import { createDatabase } from '../shared/db/client.ts';
import { sleep } from '../shared/lifecycle.ts';
import { createSilentLogger } from '../shared/logger.ts';
import { compareToLimit, percentile, tell, type Bench, type BenchResult } from './bench.ts';
import { hostileReads, makeTargets } from './hostile-reads.ts';
import { makeOrders } from './page-world.ts';
import { openProduct } from './product.ts';
import { openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const P99_LIMIT_MS = 500;
const PER_ROUTE_MS = 8_000;
/** What one script asks for at once; the api lets two of the expensive ones through. */
const IN_FLIGHT = 40;
const VICTIM_PAUSE_MS = 60;
/** Being refused costs little; what is measured is not how much of that a core bears. */
const REFUSED_PAUSE_MS = 200;
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
    const random = createRandom(20_261_127);
    const quiet = await watched(victim, async () => sleep(PER_ROUTE_MS));
    const results: BenchResult[] = [
      tell('orders', String(orderCount)),
      tell('with nobody else: p50, p99', shown(quiet.ms)),
    ];
    const all: number[] = [];
    let refused = 0;
    for (const [name, make] of Object.entries(hostileReads(targets))) {
      const counts = new Map<number, number>();
      const { ms, bad } = await watched(victim, () => hammer(attacker, () => make(random), counts));
      all.push(...ms);
      refused += bad;
      const answers = [...counts].map(([status, count]) => `${count} x ${status}`).join(', ');
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

async function hammer(attacker: Client, next: () => string, counts: Map<number, number>): Promise<void> {
  const endMs = performance.now() + PER_ROUTE_MS;
  const ask = async (): Promise<void> => {
    while (performance.now() < endMs) {
      const { status } = await attacker.get(next()).catch(() => FAILED);
      counts.set(status, (counts.get(status) ?? 0) + 1);
      if (status === 429) await sleep(REFUSED_PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask));
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
