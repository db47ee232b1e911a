import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { HEADERS, type ReportName } from '../scripts/make-month/layouts.ts';
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
  creation_time timestamp, paying_time timestamp, brewing_time timestamp,
  delivery_time timestamp, refund_time timestamp,
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

/** Of each report: lines down to the header, and the columns (from 1) that name a row. */
const REPORTS: Record<ReportName, { lines: number; separator: string; key: readonly number[] }> = {
  happy_workers: { lines: 1, separator: ',', key: [1, 9] },
  vendhub: { lines: 1, separator: ';', key: [1] },
  fiscal_bills: { lines: 3, separator: ';', key: [7, 4] },
  payme: { lines: 8, separator: ';', key: [17] },
  click: { lines: 1, separator: ';', key: [8] },
  uzum: { lines: 1, separator: ';', key: [8] },
};

/**
 * The floor of a whole set: `\copy` of each report into an unlogged table of texts, then `insert … select` into one
 * with its natural key.
 * @returns ms
 */
export async function measureSetFloor(databaseUrl: string, month: string): Promise<number> {
  let ms = 0;
  for (const [name, { lines, separator, key }] of Object.entries(REPORTS)) {
    const path = join(month, `${name}.csv`).replaceAll("'", "''");
    const columns = HEADERS[name as ReportName].map((_, at) => `c${at + 1} text`).join(', ');
    await psql(databaseUrl, [
      'drop table if exists floor_copy, floor_records',
      `create unlogged table floor_copy (${columns})`,
      `create table floor_records (like floor_copy, unique (${key.map((at) => `c${at}`).join(', ')}))`,
    ]);
    ms += await psql(databaseUrl, [
      `\\copy floor_copy from program 'tail -n +${lines + 1} "${path}"' with (format csv, delimiter '${separator}')`,
      'insert into floor_records select * from floor_copy on conflict do nothing',
    ]);
  }
  await psql(databaseUrl, ['drop table if exists floor_copy, floor_records']);
  return ms;
}

/** @returns how long it took, its start included, ms */
export async function psql(databaseUrl: string, commands: readonly string[]): Promise<number> {
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
