import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { ApiClient } from '../scripts/api-client.ts';
import { openCephS3 } from '../test/support/ceph/s3-server.ts';
import { seconds, tell, type Bench, type BenchContext, type BenchResult } from './bench.ts';
import { cutLastDays } from './last-days.ts';
import { openProduct } from './product.ts';
import { ensureMonth, openBenchServer, type BenchServer } from './stage.ts';

/** files and rows of each */
const LOADS = [
  { files: 300, rows: 200 },
  { files: 12, rows: 50_000 },
] as const;
const WORKERS = [1, 2, 4, 8] as const;
const ASKED: Partial<Record<number, number>> = { 2: 1.6 };
const APIS = 2;
const FILES_AT_ONCE = 10;
const POOL = '8';
const LOOK_EVERY_MS = 200;

/** Whether more workers get more done: two apis, one PostgreSQL, Redis and S3 for all. */
export const workersBench: Bench = {
  name: 'workers',
  about: '300 files of 200 rows and 12 of 50 000 Happy Workers rows by two apis and S3 (Ceph), with 1, 2, 4, 8 workers',
  async run(context) {
    const ceph = await openCephS3();
    context.onEnd('ceph', () => ceph.close());
    const results: BenchResult[] = [];
    for (const { files, rows } of LOADS) {
      const fileCount = Math.max(2, Math.round(files * context.scale));
      const month = await ensureMonth(context, Math.max(fileCount * rows + rows, 1_000));
      const { days } = await cutLastDays(month, fileCount, rows);
      const paths = days.map((day) => join(day, 'happy_workers.csv'));
      let aloneMs = 0;
      for (const workers of WORKERS) {
        const server = await openBenchServer(context);
        const { ms, held } = await loadAll(context, server, {
          workers,
          paths,
          env: { DATABASE_POOL_MAX: POOL, STORAGE_URL: ceph.storageUrl(), ...ceph.env },
        });
        await server.close();
        aloneMs ||= ms;
        const ratio = aloneMs / ms;
        const asked = ASKED[workers];
        const label = `${fileCount} files of ${rows} rows, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
        const filesPerSecond = fileCount / (ms / 1_000);
        const rate = `${filesPerSecond.toFixed(1)} files/s, ${Math.round(filesPerSecond * rows)} rows/s`;
        const value = `${seconds(ms)}, ${rate}; ${held}`;
        context.say(`${label}: ${value}`);
        results.push({
          ...tell(label, value),
          ratio,
          reach: asked === undefined ? null : `>= ${asked} x one worker`,
          reached: asked === undefined ? null : ratio >= asked,
        });
      }
    }
    return results;
  },
};

async function loadAll(
  context: BenchContext,
  server: BenchServer,
  { workers, paths, env }: { workers: number; paths: readonly string[]; env: Readonly<Record<string, string>> },
): Promise<{ ms: number; held: string }> {
  const product = await openProduct(context, server, { apis: APIS, workers, env });
  const watch = await watchServer(product.databaseUrl);
  try {
    const startedAt = performance.now();
    const sessions: string[] = [];
    for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
      const some = paths.slice(at, at + FILES_AT_ONCE);
      const client = product.clients[(at / FILES_AT_ONCE) % APIS] as ApiClient;
      const sent = await client.upload(some.map((path, index) => ({ path, name: `report-${at + index}.csv` })));
      sessions.push(sent.body.session.id);
    }
    for (const id of sessions) {
      const session = await product.client.waitForSession(id, { timeoutMs: 900_000 });
      if (!session.status.startsWith('completed')) throw new Error(`a session ended ${session.status}`);
    }
    return { ms: performance.now() - startedAt, held: watch.told() };
  } finally {
    await watch.close();
    await product.close();
  }
}

/** What holds the workers up: cores of the machine, and each other at the one lock of merges. */
async function watchServer(url: string): Promise<{ told(): string; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url, application_name: 'vhm24r-bench' });
  await client.connect();
  const before = cpuTimes();
  let [looks, active, waiting] = [0, 0, 0];
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const { rows } = await client.query<{ active: number; waiting: number }>(
      `select count(*) filter (where state = 'active' and wait_event_type is distinct from 'Lock')::int as active,
              count(*) filter (where wait_event_type = 'Lock' and wait_event = 'advisory')::int as waiting
       from pg_stat_activity where application_name like 'vhm24r%' and pid <> pg_backend_pid()`,
    );
    looks += 1;
    active += rows[0]?.active ?? 0;
    waiting += rows[0]?.waiting ?? 0;
  };
  const timer = setInterval(() => (looking = looking.then(look)), LOOK_EVERY_MS);
  return {
    told() {
      const now = cpuTimes();
      const busy = ((now.busy - before.busy) / (now.all - before.all)) * cpus().length;
      const mean = (sum: number) => (sum / Math.max(1, looks)).toFixed(1);
      return (
        `${busy.toFixed(1)} of ${cpus().length} cores busy, load ${(loadavg()[0] ?? 0).toFixed(1)}, ` +
        `${mean(active)} statements at work, ${mean(waiting)} merges waiting for their turn`
      );
    },
    async close() {
      clearInterval(timer);
      await looking;
      await client.end();
    },
  };
}

function cpuTimes(): { busy: number; all: number } {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.idle + times.irq;
    all += sum;
    busy += sum - times.idle;
  }
  return { busy, all };
}
