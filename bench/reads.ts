import { ensureBuilt } from '../scripts/build.ts';
import { createApiClient } from '../scripts/api-client.ts';
import { runUserCommand } from '../scripts/user.ts';
import { createRandom, type Random } from '../scripts/make-month/random.ts';
import { createDatabase } from '../shared/db/client.ts';
import { sleep } from '../shared/lifecycle.ts';
import { createSilentLogger } from '../shared/logger.ts';
import { compareToLimit, percentile, tell, type Bench, type BenchResult } from './bench.ts';
import { makeOrders } from './page-world.ts';
import { openProduct } from './product.ts';
import { openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const P99_LIMIT_MS = 500;
const PER_ROUTE_MS = 8_000;
/** What one script asks for at once; the api lets two of them through. */
const IN_FLIGHT = 8;
const VICTIM_PAUSE_MS = 60;
const PASSWORD = 'seven wet umbrellas in May';

const day = (random: Random): string =>
  `2025-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
/** Never the same twice, so that no answer is kept. */
const instant = (random: Random): string =>
  `${day(random)}T${String(random.int(10, 23))}:${random.int(10, 59)}:${random.int(10, 59)}.${random.int(100, 999)}Z`;
const sorts = [
  'time',
  'order',
  'place',
  'goods',
  'price',
  'payment',
  'legs',
  'status',
  'issues',
  'difference',
  'why',
] as const;
const statuses = ['fully_matched', 'price_mismatch', 'hw_only', 'vendhub_only', 'time_out_of_range'] as const;

const filter = (random: Random): string =>
  random.pick([
    `from=${instant(random)}`,
    `from=${instant(random)}&status=${random.pick(statuses)}`,
    `amountFrom=${random.int(5, 20)}000&amountTo=${random.int(21, 44)}000.${random.int(10, 99)}`,
    `q=${random.hex(4)}`,
    `q=${random.int(1, 28)}.0${random.int(1, 9)} ${random.int(10, 23)}:${random.int(10, 59)}`,
    `machine=machine000${random.int(10, 39)}&q=${random.int(1, 24)}`,
    `reason=no_receipt&to=${instant(random)}`,
    `paymentType=cash,payme&from=${day(random)}&to=${day(random)}`,
    `q=Напиток ${random.int(1, 24)}`,
  ]);

/** Every read whose cost hangs on how much there is, as somebody asks who means no good. */
const ROUTES: Record<string, (random: Random) => string> = {
  '/orders': (random) => `/orders?limit=1000&sort=${random.pick(['', '-'])}${random.pick(sorts)}&${filter(random)}`,
  '/orders/totals': (random) => `/orders/totals?${filter(random)}`,
  '/orders/machines': (random) => `/orders/machines?${filter(random)}`,
  '/orders/:id/changes': (random) => `/orders/${random.int(1, 10_000)}/changes?limit=${random.int(1, 1_000)}`,
  '/orders/:id': (random) => `/orders/${random.int(1, 10_000)}`,
  '/reconciliation/summary': (random) => `/reconciliation/summary?from=${instant(random)}`,
  ...Object.fromEntries(
    ['summary', 'payment-types', 'machines', 'products', 'time-series', 'hour-weekday', 'gateway-totals'].map(
      (name) => [
        `/analytics/${name}`,
        (random: Random) =>
          `/analytics/${name}?from=${instant(random)}&group=${random.pick(['hour', 'day', 'week', 'month'])}`,
      ],
    ),
  ),
  '/files': (random) => `/files?limit=${random.int(1, 1_000)}`,
  '/sessions': (random) => `/sessions?limit=${random.int(1, 1_000)}`,
  '/audit': (random) => `/audit?limit=1000&subject=${random.hex(8)}&to=${instant(random)}`,
};

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
    for (const [name, make] of Object.entries(ROUTES)) {
      const counts = new Map<number, number>();
      const { ms, bad } = await watched(victim, () => hammer(attacker, () => make(random), counts));
      all.push(...ms);
      refused += bad;
      const answers = [...counts].map(([status, count]) => `${count} x ${status}`).join(', ');
      context.say(`${name}: ${shown(ms)}; the script got ${answers}`);
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
      const { status } = await attacker.get(next());
      counts.set(status, (counts.get(status) ?? 0) + 1);
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
      const { status } = await victim.get(paths[n % paths.length]!);
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
