import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDatabase, openEmbeddedPostgres, type EmbeddedPostgres } from '../scripts/embedded-postgres.ts';
import { planInventedSales } from '../scripts/make-month/sales.ts';
import { parseWallTime } from '../scripts/make-month/wall-clock.ts';
import { writeMonth } from '../scripts/make-month/write-month.ts';
import type { BenchContext } from './bench.ts';

/** Close to what a host gives: data is synced to the disk, and a load of a million rows is not one checkpoint after the other. */
const SETTINGS = { shared_buffers: '512MB', max_wal_size: '4GB', maintenance_work_mem: '256MB', max_connections: '100' };

/** A server for one benchmark, empty at the start and gone at the end. */
export async function openBenchServer(context: BenchContext): Promise<EmbeddedPostgres & { databaseUrl: string; close(): Promise<void> }> {
  const folder = join(context.cacheFolder, `postgres-${process.pid}`);
  const server = await openEmbeddedPostgres({ folder, settings: SETTINGS, onNotice: context.say });
  await ensureDatabase(server, 'bench');
  const close = async () => {
    await server.stop();
    for (const path of new Set([folder, server.home])) await rm(path, { recursive: true, force: true });
  };
  return { ...server, databaseUrl: server.urlFor('bench'), close };
}

/** The six reports of `orderCount` orders as csv, made once. @returns their folder */
export async function ensureMonth(context: BenchContext, orderCount: number): Promise<string> {
  const folder = join(context.cacheFolder, `month-${orderCount}`);
  if (existsSync(folder)) return folder;
  context.say(`making a month of ${orderCount} orders`);
  const unfinished = `${folder}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await writeMonth({
    outFolder: unfinished,
    plan: planInventedSales({ seed: 1, count: orderCount, days: 350, from: parseWallTime('2025-01-01') }),
    seed: 1,
    machineCount: 12,
    anomalyShare: 0.08,
    formats: ['csv'],
  });
  await rename(unfinished, folder);
  return folder;
}
