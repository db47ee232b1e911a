import { existsSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDatabase, openEmbeddedPostgres, type EmbeddedPostgres } from '../scripts/embedded-postgres.ts';
import { planInventedSales } from '../scripts/make-month/sales.ts';
import { parseWallTime } from '../scripts/make-month/wall-clock.ts';
import { writeMonth } from '../scripts/make-month/write-month.ts';
import { isAlive } from '../scripts/processes/find-process.ts';
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
  max_connections: '100',
};

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

/** The six reports of `orderCount` orders, made once. @returns their folder */
export function ensureMonth(
  context: BenchContext,
  orderCount: number,
  format: 'csv' | 'xlsx' = 'csv',
): Promise<string> {
  const name = format === 'csv' ? `month-${orderCount}` : `month-${orderCount}-${format}`;
  return ensureReports(context, { name, orderCount, format, seed: 1, year: 2025 });
}

/** The same for a year of its own, with numbers of its own. */
export function ensureYear(context: BenchContext, orderCount: number, year: number): Promise<string> {
  return ensureReports(context, { name: `year-${year}-${orderCount}`, orderCount, format: 'csv', seed: year, year });
}

async function ensureReports(
  context: BenchContext,
  {
    name,
    orderCount,
    format,
    seed,
    year,
  }: { name: string; orderCount: number; format: 'csv' | 'xlsx'; seed: number; year: number },
): Promise<string> {
  const folder = join(context.cacheFolder, name);
  if (existsSync(folder)) return folder;
  context.say(`making a month of ${orderCount} orders`);
  const unfinished = `${folder}.part-${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await writeMonth({
    outFolder: unfinished,
    plan: planInventedSales({ seed, count: orderCount, days: 350, from: parseWallTime(`${year}-01-01`) }),
    seed,
    machineCount: 12,
    anomalyShare: 0.08,
    formats: [format],
  });
  await rename(unfinished, folder);
  return folder;
}
