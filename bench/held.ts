import { readdirSync } from 'node:fs';
import type pg from 'pg';
import { sleep } from '../shared/lifecycle.ts';
import { megabytes, percentile } from './bench.ts';
import { memoryOf } from './memory.ts';
import type { Product } from './product.ts';

const QUARTERS = [1, 2, 3, 4] as const;
const SAMPLE_MS = 5_000;

/** What the services and the database hold at one moment. */
export interface Held {
  apiBytes: number;
  workerBytes: number;
  handles: number;
  connections: number;
  /** of all rows, how many in a hundred are dead */
  deadShare: number;
  databaseBytes: number;
}

/** Of api, worker and the product's database, as they are now. */
export async function lookAtHeld(client: pg.Client, { api, worker }: Product): Promise<Held> {
  const { rows } = await client.query<{ connections: number; dead: string; bytes: string }>(
    `select (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
            (
              select 100.0 * sum(n_dead_tup) / greatest(1, sum(n_live_tup + n_dead_tup))
              from pg_stat_user_tables
            ) as dead,
            pg_database_size(current_database()) as bytes`,
  );
  const pids = [api.child.pid, worker?.child.pid ?? api.child.pid];
  return {
    apiBytes: memoryOf(pids[0] ?? 0, 'VmRSS') ?? 0,
    workerBytes: memoryOf(pids[1] ?? 0, 'VmRSS') ?? 0,
    handles: pids.reduce((sum, pid) => sum + readdirSync(`/proc/${pid}/fd`).length, 0),
    connections: rows[0]?.connections ?? 0,
    deadShare: Number(rows[0]?.dead),
    databaseBytes: Number(rows[0]?.bytes),
  };
}

/** Looks every few seconds until the signal. */
export async function watchHeld(
  client: pg.Client,
  product: Product,
  samples: Held[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(SAMPLE_MS);
    samples.push(await lookAtHeld(client, product));
  }
}

/** The middle of each quarter: one look of many says where the garbage collector was, not what is held. */
export function reportHeld(samples: readonly Held[]): void {
  console.log('\n| held | start | first quarter | second | third | last |\n|---|---|---|---|---|---|');
  const quarterOf = (no: number) =>
    samples.slice(Math.floor((samples.length * (no - 1)) / 4), Math.ceil((samples.length * no) / 4));
  const line = (what: string, of: (one: Held) => number, tellOf: (value: number) => string = String) => {
    const values = [samples.slice(0, 1), ...QUARTERS.map(quarterOf)].map((ones) => percentile(ones.map(of), 0.5));
    console.log(`| ${what} | ${values.map(tellOf).join(' | ')} |`);
  };
  line('memory of the api', ({ apiBytes }) => apiBytes, megabytes);
  line('memory of the worker', ({ workerBytes }) => workerBytes, megabytes);
  line('handles of both', ({ handles }) => handles);
  line('connections to PostgreSQL', ({ connections }) => connections);
  line(
    'dead rows, %',
    ({ deadShare }) => deadShare,
    (share) => share.toFixed(1),
  );
  line('database', ({ databaseBytes }) => databaseBytes, megabytes);
}
