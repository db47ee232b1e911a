import { statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { REPORT_NAMES } from '../scripts/make-month/layouts.ts';
import { createRandom, type Random } from '../scripts/make-month/random.ts';
import { makeBackup } from '../shared/backup/make-backup.ts';
import { createBackupPlace } from '../shared/backup/place.ts';
import { checkBackup } from '../shared/backup/restore-backup.ts';
import { readVersion } from '../shared/project.ts';
import { compareToLimit, megabytes, middle, percentile, seconds, tell, type Bench, type BenchResult } from './bench.ts';
import { loadAtOnce, passNight } from './day.ts';
import { cutLastDays } from './last-days.ts';
import { loadThroughProduct } from './load.ts';
import { openProduct, type Product } from './product.ts';
import { measureRoom } from './sizes.ts';
import { ensureYear, openBenchServer } from './stage.ts';

const ORDERS_A_YEAR = 1_000_000;
const FIRST_YEAR = 2021;
const YEARS = 5;
const DAYS = 5;
const ORDERS_A_DAY = 200;
const DAY_LIMIT_S = 3;
const ASKED_EACH = 25;

type Ask = (random: Random) => string;

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const day = (random: Random): string =>
  [random.int(FIRST_YEAR, FIRST_YEAR + YEARS - 1), twoDigits(random.int(1, 12)), twoDigits(random.int(1, 28))].join(
    '-',
  );

/** What people look at, ever another day of it. */
const READS: readonly (readonly [string, Ask])[] = [
  ['/orders?from=', (random) => `/orders?limit=50&from=${day(random)}`],
  ['/orders?to=', (random) => `/orders?limit=50&to=${day(random)}`],
  ['/orders?status=', (random) => `/orders?limit=50&status=hw_only&to=${day(random)}`],
  ['/orders?pending=', (random) => `/orders?limit=50&pending=true&to=${day(random)}`],
  ['/orders?q=', (random) => `/orders?limit=50&q=${random.hex(6)}`],
  ['/orders/totals?from=', (random) => `/orders/totals?from=${day(random)}`],
  ['/reconciliation/summary', () => '/reconciliation/summary'],
  ['/reconciliation/summary?from=', (random) => `/reconciliation/summary?from=${day(random)}`],
  ['/analytics/summary?from=', (random) => `/analytics/summary?from=${day(random)}`],
  ['/analytics/machines?from=', (random) => `/analytics/machines?from=${day(random)}`],
  ['/analytics/time-series?from=', (random) => `/analytics/time-series?from=${day(random)}`],
  ['/coverage/missing', () => '/coverage/missing'],
  ['/files', () => '/files?limit=50'],
];

/** What years of data make of everything that a person waits for. */
export const yearsBench: Bench = {
  name: 'years',
  about: `${YEARS} years of a million orders each, one after the other; then lists, a day's reports, backup, room`,
  async run(context) {
    const orders = Math.round(ORDERS_A_YEAR * context.scale);
    const server = await openBenchServer(context);
    const product = await openProduct(context, server);
    const results: BenchResult[] = [];
    let [fileBytes, days]: [number, string[]] = [0, []];
    for (let year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
      let folder = await ensureYear(context, orders, year);
      if (year === FIRST_YEAR + YEARS - 1) ({ before: folder, days } = await cutLastDays(folder, DAYS, ORDERS_A_DAY));
      let ms = 0;
      for (const name of REPORT_NAMES) {
        const path = join(folder, `${name}.csv`);
        fileBytes += statSync(path).size;
        ms += (await loadThroughProduct(product, path)).ms;
      }
      context.say(`${year}: ${seconds(ms)}`);
      results.push(tell(`the six reports of ${year}`, seconds(ms)));
    }
    await passNight(product);
    results.push(...(await readAll(product)), ...(await loadDays(product, days)));
    results.push(...(await backUp(product)));
    const client = new pg.Client({ connectionString: product.databaseUrl });
    await client.connect();
    try {
      results.push(...(await measureRoom(client, fileBytes)));
    } finally {
      await client.end();
    }
    return results;
  },
};

async function readAll({ client }: Product): Promise<BenchResult[]> {
  const random = createRandom(5);
  const results: BenchResult[] = [];
  for (const [route, path] of READS) {
    const took: number[] = [];
    for (let asked = 0; asked < ASKED_EACH; asked++) {
      const startedAt = performance.now();
      const { status } = await client.get(path(random), { timeoutMs: 60_000 });
      if (status !== 200) throw new Error(`${route} was answered ${status}`);
      took.push(performance.now() - startedAt);
    }
    const [first] = took;
    const at = (share: number) => `${percentile(took, share).toFixed(0)} ms`;
    results.push(tell(route, `p50 ${at(0.5)}, p95 ${at(0.95)}, the first ${first?.toFixed(0)} ms`));
  }
  return results;
}

async function loadDays(product: Product, days: readonly string[]): Promise<BenchResult[]> {
  const runs: { ms: number }[] = [];
  for (const folder of days) runs.push({ ms: await loadAtOnce(product, folder) });
  const what = `the next day's six reports at once, all final, middle of ${days.length}`;
  return [compareToLimit(what, middle(runs).ms / 1_000, DAY_LIMIT_S, 's')];
}

/** A dump, and the same taken into a database beside it and compared row by row count. */
async function backUp({ databaseUrl, folder }: Product): Promise<BenchResult[]> {
  const place = createBackupPlace(`file:${join(folder, 'backups')}`, {});
  const startedAt = performance.now();
  const { manifest } = await makeBackup({
    databaseUrl,
    storageUrl: `file:${join(folder, 'files')}`,
    place,
    version: readVersion(),
    keepDays: 30,
    path: process.env.PATH,
  });
  const ms = performance.now() - startedAt;
  const checked = await checkBackup({ databaseUrl, place, name: manifest.name, path: process.env.PATH });
  if (checked.differences.length > 0) throw new Error(`the backup differs: ${checked.differences.join(', ')}`);
  return [
    tell('backup', `${seconds(ms)}; dump ${megabytes(manifest.dump.sizeBytes)}`),
    tell('restored beside it and compared', seconds(checked.ms)),
  ];
}
