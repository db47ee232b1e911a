import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tail } from '../scripts/processes/managed-child.ts';

/**
 * The floor F of api.md section 8: what the database alone needs for a Happy Workers csv. `psql \copy` into an
 * unlogged typed table, then `insert … select` into a table with the natural unique key.
 */
export interface Floor {
  copyMs: number;
  insertMs: number;
  totalMs: number;
}

const COLUMNS = `
  order_number text, operator_code text, goods_name text, taste_name text, order_resource text, order_type text,
  payment_status text, cup_type int, machine_code text, address text, order_price numeric(14, 2), brew_status text,
  creation_time timestamp, paying_time timestamp, brewing_time timestamp, delivery_time timestamp, refund_time timestamp,
  pay_card text, reason text, remark text`;

/** Measures on the server that the benchmark itself uses; makes and drops the tables floor_copy and floor_records. */
export async function measureFloor(databaseUrl: string, csvPath: string): Promise<Floor> {
  await psql(databaseUrl, [
    'drop table if exists floor_copy, floor_records',
    `create unlogged table floor_copy (${COLUMNS})`,
    `create table floor_records (${COLUMNS}, unique (order_number, machine_code))`,
  ]);
  try {
    const copyMs = await psql(databaseUrl, [
      `\\copy floor_copy from '${csvPath.replaceAll("'", "''")}' with (format csv, header, null '')`,
    ]);
    const insertMs = await psql(databaseUrl, ['insert into floor_records select * from floor_copy']);
    return { copyMs, insertMs, totalMs: copyMs + insertMs };
  } finally {
    await psql(databaseUrl, ['drop table if exists floor_copy, floor_records']);
  }
}

/** @returns how long it took, its start included, ms */
async function psql(databaseUrl: string, commands: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  // The address goes through the environment: on the command line everybody could read the password.
  const url = new URL(databaseUrl);
  const child = spawn(
    'psql',
    ['--no-psqlrc', '--quiet', '-v', 'ON_ERROR_STOP=1', ...commands.flatMap((command) => ['-c', command])],
    {
      env: {
        PATH: process.env.PATH,
        PGHOST: url.hostname,
        PGPORT: url.port,
        PGUSER: decodeURIComponent(url.username),
        PGPASSWORD: decodeURIComponent(url.password),
        PGDATABASE: url.pathname.slice(1),
        PGCLIENTENCODING: 'UTF8',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let faults = '';
  child.stderr.on('data', (chunk: Buffer) => (faults += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`psql ended with ${code}: ${tail(faults)}`);
  return performance.now() - startedAt;
}
