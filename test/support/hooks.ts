import { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Server, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { isBuilt } from '../../scripts/build.ts';
import { setReaderEntry } from '../../shared/ingest/child/isolation.ts';
import { closeSharedServer } from './postgres.ts';
import { endProcesses, findRunProcesses } from './leftovers.ts';

/**
 * Root hooks of every mocha run: end the shared PostgreSQL, then look for what tests left behind. A process that still
 * runs fails the run. A handle that keeps this process alive cannot fail it any more (the results are printed), so
 * after a while it is named and the process ends with an error of its own.
 */
// Longer than BullMQ's watchdog over a blocking command (11 s), which outlives a worker that was closed while Redis was
// away, and than a call to Telegram may take (15 s).
const HANDLE_GRACE_MS = 25_000;
const LEFT_OPEN_EXIT_CODE = 70;

/** All processes that descend from this run inherit it, whoever adopted them since. */
const runId = randomBytes(8).toString('hex');

const compiledReader = fileURLToPath(new URL('../../dist/shared/ingest/child/reader-child.js', import.meta.url));

export const mochaHooks = {
  beforeAll(): void {
    process.env.VHM24R_TEST_RUN = runId;
    // a suite starts hundreds of readers; each from the sources costs half a second of a core
    if (isBuilt('services')) setReaderEntry(compiledReader);
  },

  async afterAll(this: Mocha.Context): Promise<void> {
    this.timeout(60_000);
    await closeSharedServer();
    const left = await findRunProcesses(runId);
    await endProcesses(left);
    watchHandles();
    if (left.length > 0)
      throw new Error(
        `tests left processes behind:\n${left.map(({ pid, command }) => `  ${pid} ${command}`).join('\n')}`,
      );
  },
};

function watchHandles(): void {
  setTimeout(() => {
    console.error(`tests left something open, the process does not end: ${openHandles().join(', ') || 'unknown'}`);
    // mocha sets its own exit code when the process exits; a listener added now comes after it.
    process.once('exit', () => (process.exitCode = LEFT_OPEN_EXIT_CODE));
    process.exit();
  }, HANDLE_GRACE_MS).unref();
}

/** By kind, and sockets, servers and processes by what tells which test opened them. */
function openHandles(): string[] {
  const kinds = process.getActiveResourcesInfo().filter((name) => !['TTYWrap', 'PipeWrap'].includes(name));
  // not documented and here for long: nothing else says to whom a socket leads
  const { _getActiveHandles: handles } = process as typeof process & { _getActiveHandles?: () => unknown[] };
  return [...kinds, ...(handles?.call(process) ?? []).map(nameHandle).filter((name) => name !== '')];
}

function nameHandle(handle: unknown): string {
  if (handle instanceof ChildProcess) return `process ${handle.pid} ${handle.spawnargs.join(' ')}`;
  if (handle instanceof Server) return `server at ${JSON.stringify(handle.address())}`;
  if (!(handle instanceof Socket) || handle.remotePort === undefined) return '';
  const { localPort, remotePort, bytesRead, bytesWritten } = handle;
  return `socket ${localPort} to ${remotePort}, ${bytesRead} bytes read, ${bytesWritten} written`;
}
