/**
 * The doctor ends whatever a check does: it works in a process of its own, and this one ends that when its time is
 * over. A thread that is stuck in a system call cannot be ended from inside, nor does its process end before it.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** All areas end within 13 s by themselves; repairs run the checks twice. */
const LIMIT_MS = 40_000;
/** From the reported exit code to the end of the process. */
const FAREWELL_MS = 1_500;
const INSIDE = 'VHM24R_DOCTOR_INSIDE';

/** Whether this process is the one that works. */
export function isInside(): boolean {
  return process.env[INSIDE] === '1' && process.send !== undefined;
}

/** Tells the guard how it ended, before the end of this process, which may never come. */
export function tellExitCode(exitCode: number): void {
  process.send?.({ exitCode }, () => process.disconnect());
}

/** Runs the same program inside; returns its exit code, or null when it had to be ended before it said one. */
export async function runGuarded(args: readonly string[], limitMs: number = LIMIT_MS): Promise<number | null> {
  const child = fork(process.argv[1] ?? '', args, { env: { ...process.env, [INSIDE]: '1' } });
  let reported: number | null = null;
  let timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  child.once('message', (message) => {
    reported = (message as { exitCode: number }).exitCode;
    clearTimeout(timer);
    timer = setTimeout(() => child.kill('SIGKILL'), FAREWELL_MS);
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => child.kill(signal));
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return reported ?? code;
  } finally {
    clearTimeout(timer);
  }
}
