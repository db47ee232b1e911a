import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { REPORT_NAMES } from '../scripts/make-month/layouts.ts';
import { createRandom, type Random } from '../scripts/make-month/random.ts';
import { makeBackup } from '../shared/backup/make-backup.ts';
import { createBackupPlace } from '../shared/backup/place.ts';
import { checkBackup } from '../shared/backup/restore-backup.ts';
import { readVersion } from '../shared/project.ts';
import {
  compareToLimit,
  megabytes,
  middle,
  percentile,
  seconds,
  tell,
  type Bench,
  type BenchContext,
  type BenchResult,
} from './bench.ts';
import { loadAtOnce, passNight } from './day.ts';
import { cutLastDays } from './last-days.ts';
import { loadThroughProduct } from './load.ts';
import { BENCH_ADMIN, openProduct, type Product } from './product.ts';
import { measureRoom } from './sizes.ts';
import { makeYear, openBenchServer } from './stage.ts';

const ORDERS_A_YEAR = 1_000_000;
const LAST_YEAR = 2025;
const DAYS = 5;
const ORDERS_A_DAY = 200;
const DAY_LIMIT_S = 3;
const ASKED_EACH = 25;

type Ask = (day: string, random: Random) => string;

/** What people look at, ever another day of it. */
const READS: readonly (readonly [string, Ask])[] = [
  ['/orders?from=', (day) => `/orders?limit=50&from=${day}`],
  ['/orders?to=', (day) => `/orders?limit=50&to=${day}`],
  ['/orders?status=', (day) => `/orders?limit=50&status=hw_only&to=${day}`],
  ['/orders?pending=', (day) => `/orders?limit=50&pending=true&to=${day}`],
  ['/orders?q=', (_day, random) => `/orders?limit=50&q=${random.hex(6)}`],
  ['/orders/totals?from=', (day) => `/orders/totals?from=${day}`],
  ['/reconciliation/summary', () => '/reconciliation/summary'],
  ['/reconciliation/summary?from=', (day) => `/reconciliation/summary?from=${day}`],
  ['/analytics/summary?from=', (day) => `/analytics/summary?from=${day}`],
  ['/analytics/machines?from=', (day) => `/analytics/machines?from=${day}`],
  ['/analytics/time-series?from=', (day) => `/analytics/time-series?from=${day}`],
  ['/coverage/missing', () => '/coverage/missing'],
  ['/files', () => '/files?limit=50'],
];

/** What is read and loaded after some of the years. */
interface Look {
  years: number;
  /** the next day's six reports at once, ms, middle of several */
  dayMs: number;
  /** of each route, ms */
  reads: Map<string, number[]>;
}

/** What years of data make of everything that a person waits for. */
export const yearsBench: Bench = {
  name: 'years',
  about: 'years of a million orders each, one after the other; then lists, a day of reports, room, backup, restore',
  async run(context) {
    const server = await openBenchServer(context);
    const product = await openProduct(context, server, { storage: 'postgres' });
    const loads: number[] = [];
    const looks: Look[] = [];
    let fileBytes = 0;
    const firstYear = LAST_YEAR - context.years + 1;
    let making = makeReports(context, firstYear, context.years);
    for (let count = 1; count <= context.years; count++) {
      const { folder, days, made } = await making;
      if (count < context.years) making = makeReports(context, firstYear + count, context.years);
      // it is awaited after the loads below, and says there what went wrong
      making.catch(() => undefined);
      await product.client.login(BENCH_ADMIN.email, BENCH_ADMIN.password);
      let ms = 0;
      for (const path of REPORT_NAMES.map((name) => join(folder, `${name}.csv`))) {
        fileBytes += statSync(path).size;
        ms += (await loadThroughProduct(product, path)).ms;
      }
      loads.push(ms);
      context.say(`${count} years: ${seconds(ms)}`);
      if (days.length > 0) {
        await passNight(product);
        looks.push(await look(product, { years: count, firstYear, days }));
        for (const line of [...tellReads(looks.slice(-1)), ...tellDays(looks.slice(-1))])
          context.say(`${line.what}: ${line.measured}`);
      }
      await rm(made, { recursive: true, force: true });
    }
    const room = await measure(product.databaseUrl, (client) => measureRoom(client, fileBytes));
    await product.close();
    const asked = tell('`--years`', String(context.years));
    return [
      asked,
      ...tellLoads(loads),
      ...tellReads(looks),
      ...tellDays(looks),
      ...room,
      ...(await backUp(context, product)),
    ];
  },
};

/** A year's reports, and its last days apart where it is followed by a look. */
async function makeReports(context: BenchContext, year: number, years: number) {
  const folder = await makeYear(context, Math.round(ORDERS_A_YEAR * context.scale), year);
  const count = year - LAST_YEAR + years;
  if (!isLookedAt(count, years)) return { folder, days: [], made: folder };
  const { before, days } = await cutLastDays(folder, DAYS, ORDERS_A_DAY);
  await rm(folder, { recursive: true, force: true });
  return { folder: before, days, made: join(before, '..') };
}

const isLookedAt = (count: number, years: number): boolean =>
  count === years || count === 1 || count === 5 || count % 10 === 0;

async function look(
  product: Product,
  { years, firstYear, days }: { years: number; firstYear: number; days: readonly string[] },
): Promise<Look> {
  const random = createRandom(years);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  const anyDay = (): string =>
    [random.int(firstYear, firstYear + years - 1), twoDigits(random.int(1, 12)), twoDigits(random.int(1, 28))].join(
      '-',
    );
  const reads = new Map<string, number[]>();
  for (const [route, path] of READS) {
    const took: number[] = [];
    for (let asked = 0; asked < ASKED_EACH; asked++) {
      const startedAt = performance.now();
      const { status } = await product.client.get(path(anyDay(), random), { timeoutMs: 60_000 });
      if (status !== 200) throw new Error(`${route} was answered ${status}`);
      took.push(performance.now() - startedAt);
    }
    reads.set(route, took);
  }
  const runs: { ms: number }[] = [];
  for (const folder of days) runs.push({ ms: await loadAtOnce(product, folder) });
  return { years, reads, dayMs: middle(runs).ms };
}

/** One figure of each look, first look first: `12, 14, 20`. */
const each = (looks: readonly Look[], of: (look: Look) => string): string => looks.map(of).join(', ');

function tellLoads(loads: readonly number[]): BenchResult[] {
  return loads.map((ms, index) => tell(`the six reports of year ${index + 1}`, seconds(ms)));
}

function tellReads(looks: readonly Look[]): BenchResult[] {
  const of = (route: string, { reads }: Look): number[] => reads.get(route) ?? [];
  const years = each(looks, (at) => String(at.years));
  return READS.map(([route]) => {
    const p95 = each(looks, (at) => percentile(of(route, at), 0.95).toFixed(0));
    const first = each(looks, (at) => (of(route, at)[0] ?? Number.NaN).toFixed(0));
    return tell(route, `after ${years} years: p95 ${p95} ms, the first ${first} ms`);
  });
}

function tellDays(looks: readonly Look[]): BenchResult[] {
  return looks.map(({ years, dayMs }) =>
    compareToLimit(
      `the next day's six reports at once after ${years} years, all final, middle of ${DAYS}`,
      dayMs / 1_000,
      DAY_LIMIT_S,
      's',
    ),
  );
}

async function measure<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A dump; then the database is dropped, since no disk need hold it twice, and the dump restored and compared. */
async function backUp(context: BenchContext, { databaseUrl }: Product): Promise<BenchResult[]> {
  const place = createBackupPlace(`file:${join(context.cacheFolder, `run-${process.pid}`, 'backups')}`, {});
  const startedAt = performance.now();
  const { manifest } = await makeBackup({
    databaseUrl,
    storageUrl: 'postgres:',
    place,
    version: readVersion(),
    keepDays: 30,
    path: process.env.PATH,
  });
  const made = tell('backup', `${seconds(performance.now() - startedAt)}; dump ${megabytes(manifest.dump.sizeBytes)}`);
  context.say(`${made.what}: ${made.measured}`);
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  await measure(url.href, (client) => client.query(`drop database ${client.escapeIdentifier(name)} with (force)`));
  const checked = await checkBackup({ databaseUrl, place, name: manifest.name, path: process.env.PATH });
  if (checked.differences.length > 0) throw new Error(`the backup differs: ${checked.differences.join(', ')}`);
  return [made, tell('restored and compared', seconds(checked.ms))];
}
