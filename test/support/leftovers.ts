import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { liveChildren } from '../../scripts/processes/managed-child.ts';

export interface FoundProcess {
  pid: number;
  command: string;
}

const ENDING_GRACE_MS = 3_000;

/**
 * Processes that the tests of this run started and that have not ended: those that carry the run's mark in their
 * environment, and those that were opened as managed children (a server may overwrite its environment). One that is
 * just ending gets a moment.
 */
export async function findRunProcesses(runId: string): Promise<FoundProcess[]> {
  const deadline = Date.now() + ENDING_GRACE_MS;
  for (;;) {
    const found = await scan(runId);
    if (found.length === 0 || Date.now() > deadline) return found;
    await sleep(100);
  }
}

export async function endProcesses(processes: readonly FoundProcess[]): Promise<void> {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile, which is all that is wanted.
    }
  }
}

async function scan(runId: string): Promise<FoundProcess[]> {
  const found = new Map<number, string>();
  for (const child of liveChildren()) found.set(child.pid, child.name);
  if (!existsSync('/proc/self/environ')) return toList(found);
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const environment = await readText(`/proc/${pid}/environ`);
    if (!environment.includes(`VHM24R_TEST_RUN=${runId}`)) continue;
    const command = (await readText(`/proc/${pid}/cmdline`)).replaceAll('\0', ' ').trim();
    // The compiler service of tsx belongs to this process and ends with it.
    if (command !== '' && !/esbuild.* --service=/.test(command)) found.set(pid, command);
  }
  return toList(found);
}

function toList(found: Map<number, string>): FoundProcess[] {
  return [...found].map(([pid, command]) => ({ pid, command }));
}

/** Empty for a process that has just ended, or that is not ours to look at. */
async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1');
  } catch {
    return '';
  }
}
