import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A service that this process starts, watches and stops.
 *
 * Each child leads a process group of its own, so that a Ctrl-C in the terminal reaches the parent alone and the
 * parent can stop its children in order. Where util-linux has `setpriv` (every Debian), the kernel ends the child when
 * the parent dies without a word; elsewhere only an orderly exit of the parent does.
 */
export interface ChildOptions {
  /** How messages name it: `api`, `postgres`. */
  name: string;
  command: string;
  args: readonly string[];
  /** The whole environment of the child; default: this process's. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Run as this account; only root may ask for it. */
  account?: { uid: number; gid: number } | null;
  /** Output (both streams) is appended here; the folder is made. */
  logPath: string;
  /** Sent by the kernel when the parent dies, and by `stop`: what the program takes as "finish properly". */
  stopSignal: NodeJS.Signals;
}

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ManagedChild {
  name: string;
  pid: number;
  logPath: string;
  /** Null while it runs. */
  exit: ChildExit | null;
  /** Resolves when the child has ended, however it ended; never rejects. */
  exited: Promise<ChildExit>;
  /** What it has written since it was started. */
  output(): string;
  /** False when it has already ended. */
  signal(signal: NodeJS.Signals): boolean;
  /** Sends its stop signal, then SIGKILL after graceMs; resolves when it has ended. Harmless when repeated. */
  stop(graceMs?: number): Promise<ChildExit>;
}

const LOG_READ_MAX_BYTES = 4 * 1024 * 1024;
const DEFAULT_GRACE_MS = 30_000;

const live = new Map<ManagedChild, NodeJS.Signals>();
let exitHookSet = false;
let setprivWorks: boolean | undefined;

/** Children that have been opened and have not ended yet. */
export function liveChildren(): ManagedChild[] {
  return [...live.keys()];
}

/** Starts a program. Rejects when it cannot be started at all; what it does afterwards is told by `exited`. */
export async function openChild(options: ChildOptions): Promise<ManagedChild> {
  mkdirSync(dirname(options.logPath), { recursive: true });
  const log = openSync(options.logPath, 'a');
  const startBytes = statSync(options.logPath).size;
  const wrapped = canTieToParent();
  const command = wrapped ? 'setpriv' : options.command;
  const args = wrapped
    ? ['--pdeathsig', options.stopSignal.slice(3), options.command, ...options.args]
    : [...options.args];
  try {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...options.account,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    const managed: ManagedChild = {
      name: options.name,
      pid: child.pid ?? -1,
      logPath: options.logPath,
      exit: null,
      exited: new Promise((resolve) => {
        child.once('exit', (code, signal) => {
          managed.exit = { code, signal };
          live.delete(managed);
          resolve(managed.exit);
        });
      }),
      output: () => readFrom(options.logPath, startBytes),
      signal: (signal) => managed.exit === null && child.kill(signal),
      stop: (graceMs = DEFAULT_GRACE_MS) => stopChild(managed, options.stopSignal, graceMs),
    };
    live.set(managed, options.stopSignal);
    setExitHook();
    return managed;
  } finally {
    closeSync(log);
  }
}

/**
 * Waits until the child's output satisfies `find` (anything but undefined). Rejects when the child ends first or the
 * time is over, with the end of its output.
 */
export async function waitForOutput<T>(
  child: ManagedChild,
  find: (output: string) => T | undefined,
  timeoutMs: number,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const ended = child.exit;
    const found = find(child.output());
    if (found !== undefined) return found;
    if (ended)
      throw new Error(`${child.name} ended (${describeExit(ended)}) before it was ready\n${tail(child.output())}`);
    if (Date.now() > deadline)
      throw new Error(`${child.name} was not ready within ${timeoutMs} ms\n${tail(child.output())}`);
    await sleep(30);
  }
}

/** `exit code 1` or `SIGKILL`. */
export function describeExit(exit: ChildExit): string {
  return exit.signal ?? `exit code ${exit.code}`;
}

/** The last lines of a text, for messages. */
export function tail(text: string, lineCount = 25): string {
  return text.trimEnd().split('\n').slice(-lineCount).join('\n');
}

async function stopChild(child: ManagedChild, stopSignal: NodeJS.Signals, graceMs: number): Promise<ChildExit> {
  if (child.exit) return child.exit;
  child.signal(stopSignal);
  const timer = setTimeout(() => child.signal('SIGKILL'), graceMs);
  try {
    return await child.exited;
  } finally {
    clearTimeout(timer);
  }
}

/** Without `setpriv` a plain exit of this process is all that can be caught. */
function setExitHook(): void {
  if (exitHookSet) return;
  exitHookSet = true;
  process.once('exit', () => {
    for (const [child, stopSignal] of live) child.signal(stopSignal);
  });
}

function canTieToParent(): boolean {
  setprivWorks ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true'], { stdio: 'ignore' }).status === 0;
  return setprivWorks;
}

function readFrom(path: string, startBytes: number): string {
  if (!existsSync(path)) return '';
  const size = statSync(path).size;
  const from = Math.max(startBytes, size - LOG_READ_MAX_BYTES);
  if (size <= from) return '';
  const buffer = Buffer.alloc(size - from);
  const file = openSync(path, 'r');
  try {
    const read = readSync(file, buffer, 0, buffer.length, from);
    return buffer.toString('utf8', 0, read);
  } finally {
    closeSync(file);
  }
}
