/** `npm run load`: so many people at the product for so long, and what they and the machine saw of it. */
import { readFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createApiClient } from '../scripts/api-client.ts';
import { createRandom, type Random } from '../scripts/make-month/random.ts';
import { runTool, ToolUsageError } from '../scripts/run-tool.ts';
import { createPasswords } from '../shared/auth/passwords.ts';
import { insertUser } from '../shared/auth/users.ts';
import { createDatabase } from '../shared/db/client.ts';
import { createCloserStack, sleep } from '../shared/lifecycle.ts';
import { createSilentLogger } from '../shared/logger.ts';
import { isMainModule } from '../shared/main-module.ts';
import type { BenchContext } from './bench.ts';
import { percentile } from './bench.ts';
import { lookAtHeld, reportHeld, watchHeld, type Held } from './held.ts';
import { loadThroughProduct } from './load.ts';
import { beAtWork, type Measure, type Person } from './people-mix.ts';
import { openProduct, type Product } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const USAGE = `usage: npm run load -- [options]
  So many people look, upload, export and follow loads, a third of them first, then two thirds, then all; in the end
  p50, p95 and p99 of each route, refusals, and what the services held at the start and in each quarter. Exit code 1
  when a request failed (5xx or no answer).
  --users N     people at work in the end (default 50)
  --minutes M   how long, all steps together (default 10, may be a fraction)
  --steps K     in how many steps they come (default 3); 1: all from the start, to see what time alone makes grow
  --orders K    orders that are there before (default 20000)`;
const PASSWORD = 'seven wet umbrellas in May';
const REPORT_ROWS = 200;
const root = fileURLToPath(new URL('..', import.meta.url));

interface Seen {
  route: string;
  ms: number;
  status: number;
  step: number;
}

interface Asked {
  users: number;
  lengthMs: number;
  steps: number;
  orders: number;
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '50' },
      minutes: { type: 'string', default: '10' },
      steps: { type: 'string', default: '3' },
      orders: { type: 'string', default: '20000' },
    },
  });
  const [users, minutes] = [Number(values.users), Number(values.minutes)];
  const [steps, orders] = [Number(values.steps), Number(values.orders)];
  const isRead = [users, steps, orders].every(Number.isInteger) && minutes > 0;
  if (!isRead || steps < 1 || users < steps || orders < 1_000) {
    throw new ToolUsageError('a value is out of its bounds');
  }
  const cacheFolder = join(root, '.data/bench');
  mkdirSync(cacheFolder, { recursive: true });
  const opened = createCloserStack();
  const interrupted = () => void opened.close().then(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupted);
  try {
    return await run(
      { users, lengthMs: minutes * 60_000, steps, orders },
      {
        cacheFolder,
        scale: 1,
        together: false,
        years: 0,
        statements: 'no',
        say: (line) => console.log(`… ${line}`),
        onEnd: (name, close) => opened.push(name, close, 60_000),
      },
    );
  } finally {
    await opened.close();
  }
}

async function run(asked: Asked, context: BenchContext): Promise<number> {
  const month = await ensureMonth(context, asked.orders);
  const server = await openBenchServer(context);
  const product = await openProduct(context, server, { storage: 'postgres', env: { DATABASE_POOL_MAX: '16' } });
  for (const name of ['happy_workers', 'vendhub', 'payme'])
    await loadThroughProduct(product, join(month, `${name}.csv`));
  const people = await makePeople(product, asked.users, reportMaker(join(month, 'happy_workers.csv')));
  context.say(`${people.length} people, ${asked.orders} orders`);

  const seen: Seen[] = [];
  let step = 0;
  const measure: Measure = { note: (route, ms, status) => void seen.push({ route, ms, status, step }) };
  const client = new pg.Client({ connectionString: product.databaseUrl });
  await client.connect();
  const samples: Held[] = [await lookAtHeld(client, product)];
  const over = new AbortController();
  const watching = watchHeld(client, product, samples, over.signal);
  const working: Promise<void>[] = [];
  for (; step < asked.steps; step++) {
    const wanted = Math.round((people.length * (step + 1)) / asked.steps);
    working.push(...people.slice(working.length, wanted).map((person) => beAtWork(person, measure, over.signal)));
    await sleep(asked.lengthMs / asked.steps);
  }
  over.abort();
  await Promise.all([...working, watching]);
  await client.end();
  return report(seen, samples, asked);
}

async function makePeople(product: Product, count: number, makeReport: Person['makeReport']): Promise<Person[]> {
  const db = createDatabase({
    url: product.databaseUrl,
    poolMax: 2,
    applicationName: 'load-people',
    logger: createSilentLogger(),
  });
  try {
    const passwordHash = await createPasswords().hash(PASSWORD);
    const people: Person[] = [];
    for (let no = 0; no < count; no++) {
      const email = `person-${no}@vhm24r.local`;
      await insertUser(db, { email, passwordHash, role: 'operator', status: 'approved' });
      const client = createApiClient(product.api.url);
      const signIn = () => client.login(email, PASSWORD);
      await signIn();
      people.push({ client, signIn, random: createRandom(1_000 + no), makeReport });
    }
    return people;
  } finally {
    await db.destroy();
  }
}

/** Neighbouring rows of a report that was loaded already, as when a day is sent again. */
function reportMaker(path: string): Person['makeReport'] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').split(/\r?\n/);
  return (random: Random) => {
    const from = random.int(0, Math.max(0, lines.length - REPORT_ROWS));
    return {
      name: `${random.hex(8)}.csv`,
      content: [header, ...lines.slice(from, from + REPORT_ROWS), ''].join('\r\n'),
    };
  };
}

function report(seen: readonly Seen[], samples: readonly Held[], { users, lengthMs, steps }: Asked): number {
  const stepMs = lengthMs / steps;
  const isFailed = ({ status }: Seen) => status === 0 || status >= 500;
  console.log(
    '\n| route | requests | p50 ms | p95 ms | p99 ms | refused (4xx) | failed |\n|---|---|---|---|---|---|---|',
  );
  for (const route of [...new Set(seen.map((one) => one.route))].toSorted()) {
    const ones = seen.filter((one) => one.route === route);
    const ms = ones.map((one) => one.ms);
    const refused = ones.filter(({ status }) => status >= 400 && status < 500).length;
    const figures = [0.5, 0.95, 0.99].map((share) => percentile(ms, share).toFixed(0));
    console.log(
      `| ${route} | ${ones.length} | ${figures.join(' | ')} | ${refused} | ${ones.filter(isFailed).length} |`,
    );
  }
  console.log('\n| people | requests a second | p95 of page reads, ms |\n|---|---|---|');
  for (let no = 0; no < steps; no++) {
    const ones = seen.filter(({ step }) => step === no);
    const reads = ones.filter(({ route }) => route.startsWith('GET /')).map(({ ms }) => ms);
    const perSecond = (ones.length / stepMs) * 1000;
    console.log(
      `| ${Math.round((users * (no + 1)) / steps)} | ${perSecond.toFixed(1)} | ${percentile(reads, 0.95).toFixed(0)} |`,
    );
  }
  reportHeld(samples);
  const failed = seen.filter(isFailed);
  console.log(`\n${seen.length} requests, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

if (isMainModule(import.meta.url)) await runTool(USAGE, main);
