import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, isAlive } from '../processes/find-process.ts';

const FAST_SHUTDOWN_MS = 20_000;

/**
 * Deals with the postmaster.pid that a killed program left: a server that still runs on this data is shut down, a
 * process id that meanwhile belongs to somebody else is forgotten. (PostgreSQL itself only sees that the id is alive
 * and refuses to start, which after a reboot is often the case.)
 */
export async function endLeftover(dataFolder: string): Promise<void> {
  const path = join(dataFolder, 'postmaster.pid');
  if (!existsSync(path)) return;
  const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
  if (!Number.isInteger(pid) || !isAlive(pid)) return;
  if (!commandOf(pid).includes(dataFolder)) {
    rmSync(path, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  const impatientAt = Date.now() + FAST_SHUTDOWN_MS;
  while (isAlive(pid)) {
    if (Date.now() > impatientAt) process.kill(pid, 'SIGQUIT');
    await sleep(50);
  }
}
