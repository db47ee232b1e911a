import { existsSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDatabase, openEmbeddedPostgres, type EmbeddedPostgres } from '../scripts/embedded-postgres.ts';
import { planInventedSales } from '../scripts/make-month/sales.ts';
import { parseWallTime } from '../scripts/make-month/wall-clock.ts';
import { writeMonth } from '../scripts/make-month/write-month.ts';
import { isAlive } from '../scripts/processes/find-process.ts';
import { openChild } from '../scripts/processes/managed-child.ts';
import type { BenchContext } from './bench.ts';
import { LOG_SETTINGS, reportStatements } from './statements.ts';

/**
 * Close to what a host gives: data is synced to the disk, and a load of a million rows is not one checkpoint after the
 * other.
 */
const SETTINGS = {
  shared_buffers: '512MB',
  max_wal_size: '8GB',
  maintenance_work_mem: '256MB',
  // two apis and eight workers of 13 and 9 connections each
  max_connections: '200',
};

const root = fileURLToPath(new URL('..', import.meta.url));
const MAKE_MONTH = join(root, 'scripts/make-month.ts');

export interface BenchServer extends EmbeddedPostgres {
  /** Of the database `bench`, empty. */
  databaseUrl: string;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/** A server for one benchmark, empty at the start and gone at the end. */
export async function openBenchServer(context: BenchContext): Promise<BenchServer> {
  await removeLeftovers(context.cacheFolder);
  const folder = join(context.cacheFolder, `postgres-${process.pid}`);
  const settings = { ...SETTINGS, ...LOG_SETTINGS[context.statements] };
  const server = await openEmbeddedPostgres({ folder, settings, onNotice: context.say });
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= stopAndRemove());
  const stopAndRemove = async () => {
    await server.stop();
    if (context.statements !== 'no') await reportStatements(context, join(folder, 'server.log'));
    for (const path of new Set([folder, server.home])) await rm(path, { recursive: true, force: true });
  };
  context.onEnd('postgres', close);
  await ensureDatabase(server, 'bench');
  return { ...server, databaseUrl: server.urlFor('bench'), close };
}

/** A run that was killed leaves its data behind. */
async function removeLeftovers(cacheFolder: string): Promise<void> {
  for (const name of readdirSync(cacheFolder)) {
    const pid = Number(/^(?:postgres|run)-(\d+)$/.exec(name)?.[1]);
    if (Number.isInteger(pid) && pid !== process.pid && !isAlive(pid))
      await rm(join(cacheFolder, name), { recursive: true, force: true });
  }
}

/**
 * The six reports of a year with numbers of its own, made in a process of its own while others are loaded; not kept.
 */
export async function makeYear(context: BenchContext, orderCount: number, year: number): Promise<string> {
  const folder = join(context.cacheFolder, `run-${process.pid}`, `year-${year}`);
  const options = { orders: orderCount, seed: year, from: `${year}-01-01`, 'first-report-id': year * 2 * orderCount };
  const child = await openChild({
    name: 'make-month',
    command: process.execPath,
    args: ['--import', 'tsx', MAKE_MONTH, '--out', folder, ...Object.entries(options).flatMap(asOption)],
    cwd: root,
    logPath: `${folder}.log`,
    stopSignal: 'SIGTERM',
  });
  context.onEnd(`reports of ${year}`, async () => void (await child.stop()));
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`the reports of ${year} were not made\n${child.output()}`);
  return folder;
}

const asOption = ([name, value]: [string, string | number]): string[] => [`--${name}`, String(value)];

/** The six reports of `orderCount` orders, made once. @returns their folder */
export async function ensureMonth(
  context: BenchContext,
  orderCount: number,
  format: 'csv' | 'xlsx' = 'csv',
): Promise<string> {
  const name = format === 'csv' ? `month-${orderCount}` : `month-${orderCount}-${format}`;
  const folder = join(context.cacheFolder, name);
  if (existsSync(folder)) return folder;
  context.say(`making a month of ${orderCount} orders`);
  const unfinished = `${folder}.part-${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await writeMonth({
    outFolder: unfinished,
    plan: planInventedSales({ seed: 1, count: orderCount, days: 350, from: parseWallTime('2025-01-01') }),
    seed: 1,
    machineCount: 12,
    anomalyShare: 0.08,
    formats: [format],
  });
  await rename(unfinished, folder);
  return folder;
}
