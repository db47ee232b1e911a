/**
 * One running reader child as its parent sees it: messages, two streams, a deadline, and an end that has one reason.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { badFile } from '../readers/file-faults.ts';
import { FileFault } from '../readers/reader.ts';
import { watchMemory, type MemoryWatch } from './memory-watch.ts';
import type { ReaderAccess } from './confinement.ts';
import { detectIsolation } from './detect-isolation.ts';
import { readerCommand, type ReaderCaps } from './isolation.ts';
import type { ChildMessage, ParentMessage } from './protocol.ts';

const STDERR_TAIL_CHARS = 4_000;
/** A child that is not up after this will not be. */
const START_LIMIT_MS = 10_000;

export interface ReaderProcess {
  readonly pid: number;
  readonly rows: Readable;
  readonly rejects: Readable;
  send(message: ParentMessage): void;
  /**
   * Work of the parent during which the clock of the deadline stands: what the parent keeps waiting is no fault of the
   * file. Rejects at once when the child fails meanwhile.
   */
  whilePaused<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Rejects with why the run failed: the child's death, the deadline, the signal, or what `fail` was given. Never
   * resolves.
   */
  readonly failed: Promise<never>;
  /** Kills the child with this reason; the first reason stays. */
  fail(reason: unknown): void;
  /** Ends the child if it has not ended, and resolves when the process is gone. Nothing fails from here on. */
  finish(): Promise<void>;
  /** The end of what it wrote to stderr, for the log. */
  stderrTail(): string;
}

/** Who a child reads for. */
export interface ReaderUse {
  deadlineMs: number;
  signal: AbortSignal;
  onMessage(message: ChildMessage): void;
  /** for tests and logs */
  onPid?(pid: number): void;
}

export interface ReaderProcessOptions extends Omit<ReaderUse, 'deadlineMs'> {
  caps: ReaderCaps;
  /** all that it can reach on the disk, where the platform can refuse the rest */
  access: ReaderAccess;
}

/** A child that has no task yet. */
export interface StartedReader {
  /** Has it load what reading takes before it is known what. */
  warm(): void;
  /** Asks it, and waits until it answers, has ended, or is overdue: whether it is up. */
  isUp(): Promise<boolean>;
  /** Once; the clock of the deadline starts. */
  use(use: ReaderUse): ReaderProcess;
  /** For a child that nobody used. */
  kill(): Promise<void>;
}

/** After these (and after `stop`) the child exits by itself. */
const LAST_WORDS: ReadonlySet<string> = new Set<ChildMessage['type']>([
  'end',
  'restart',
  'extracted',
  'row',
  'rows_end',
]);

/** Starts a child. Rejects when it cannot be started (a fault of the machine) or the signal is aborted already. */
export async function openReaderProcess({ caps, access, ...use }: ReaderProcessOptions): Promise<ReaderProcess> {
  use.signal.throwIfAborted();
  const started = await startReader({ caps, access });
  return started.use({ ...use, deadlineMs: caps.deadlineMs });
}

/** Starts a child for a task to come. Rejects when it cannot be started. */
export async function startReader({
  caps,
  access,
}: Pick<ReaderProcessOptions, 'caps' | 'access'>): Promise<StartedReader> {
  const { program, args } = readerCommand(await detectIsolation(), caps, access);
  // An empty environment: every program is named by its whole path, and nothing of ours is the reader's to know.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'], env: {} });
  const memory = watchMemory(child);
  const life: Life = { child, memory, ready: false, stderr: '', ended: processEnd(child) };
  child
    .stderr!.setEncoding('utf8')
    .on('data', (text: string) => (life.stderr = (life.stderr + text).slice(-STDERR_TAIL_CHARS)));
  // It says that it is ready when it is up, and again after each time that it was told to warm up.
  const answers = new EventEmitter<{ ready: [] }>();
  let owed = 1;
  child.on('message', (message: ChildMessage) => {
    if (message.type !== 'ready') return;
    life.ready = true;
    if (--owed === 0) answers.emit('ready');
  });
  function warm(): void {
    owed++;
    child.send({ type: 'warm' } satisfies ParentMessage, () => {});
  }
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  return {
    warm,
    async isUp() {
      const answered = new Promise<void>((resolve) => answers.once('ready', resolve));
      warm();
      const late = sleep(START_LIMIT_MS, undefined, { ref: false });
      await Promise.race([answered, life.ended, late]);
      return owed === 0 && child.exitCode === null && child.signalCode === null;
    },
    use: (use) => useReader(life, use),
    async kill() {
      child.kill('SIGKILL');
      await life.ended;
      destroyStreams(child);
    },
  };
}

interface Life {
  child: ChildProcess;
  memory: MemoryWatch;
  ready: boolean;
  stderr: string;
  ended: Promise<ProcessEnd | Error>;
}

function destroyStreams(child: ChildProcess): void {
  for (const stream of [child.stdout, child.stderr, child.stdio[4]]) (stream as Readable | null)?.destroy();
}

function useReader(life: Life, { deadlineMs, signal, onMessage, onPid }: ReaderUse): ReaderProcess {
  const { child } = life;
  let finished = false;
  let mayExit = false;
  let reject!: (reason: unknown) => void;
  const failed = new Promise<never>((_resolve, rejectFailed) => (reject = rejectFailed));
  // Whoever waits gets the reason; that nobody waits at the moment is no unhandled rejection.
  failed.catch(() => {});

  function fail(reason: unknown): void {
    if (finished) return;
    reject(reason);
    child.kill('SIGKILL');
  }

  // what it waited for before it had a task was no waiting of this file
  const waitedBeforeMs = child.pid === undefined ? 0 : waitedForCoreMs(child.pid);
  const deadline = createDeadline(deadlineMs, {
    waitedForCoreMs: () => (child.pid === undefined ? 0 : waitedForCoreMs(child.pid) - waitedBeforeMs),
    expire: () => fail(new FileFault('parser_timeout', { seconds: Math.round(deadlineMs / 1000) })),
  });
  const onAbort = (): void => fail(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  child.on('message', (message: ChildMessage) => {
    if (message.type === 'ready') return;
    if (message.type === 'fault') fail(new FileFault(message.code, message.params));
    else if (message.type === 'error') fail(new Error(`reader child: ${message.message}`));
    else {
      mayExit ||= LAST_WORDS.has(message.type);
      onMessage(message);
    }
  });
  const gone = life.ended.then((end) => {
    deadline.stop();
    signal.removeEventListener('abort', onAbort);
    if (!mayExit) fail(end instanceof Error ? end : deathReason(end, life));
  });
  onPid?.(child.pid!);

  return {
    pid: child.pid!,
    rows: child.stdout!,
    rejects: child.stdio[4] as Readable,
    send(message) {
      mayExit ||= message.type === 'stop';
      // A child that has just died says so by its end; the refused message adds nothing.
      if (child.connected) child.send(message, () => {});
    },
    async whilePaused(work) {
      deadline.pause();
      try {
        return await Promise.race([work(), failed]);
      } finally {
        deadline.resume();
      }
    },
    failed,
    fail,
    async finish() {
      finished = true;
      child.kill('SIGKILL');
      await gone;
      destroyStreams(child);
    },
    stderrTail: () => life.stderr,
  };
}

interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A grandchild (esbuild under tsx) may hold stderr a moment longer than the child lives. */
const STDERR_WAIT_MS = 1_000;

/** The process is gone and all it said has arrived, messages and stderr, which `exit` alone does not promise. */
async function processEnd(child: ChildProcess): Promise<ProcessEnd | Error> {
  const exited = new Promise<ProcessEnd | Error>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', resolve);
  });
  const disconnected = new Promise<void>((resolve) => child.once('disconnect', resolve));
  const silent = new Promise<void>((resolve) => child.stderr!.once('close', resolve));
  const end = await exited;
  if (end instanceof Error) return end;
  if (child.connected) await disconnected;
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([silent, new Promise((resolve) => (timer = setTimeout(resolve, STDERR_WAIT_MS)))]);
  clearTimeout(timer);
  return end;
}

/** V8, malloc and libc++ in their own words: how a process ends for want of memory has no code. */
const OUT_OF_MEMORY = /out of memory|heap limit|allocation failed|bad_alloc|cannot allocate memory/i;

/** How V8 and the C library end a process at once. */
const ABORTS: ReadonlySet<NodeJS.Signals | null> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL'] as const);

function deathReason({ code, signal }: ProcessEnd, { ready, stderr, memory }: Life): Error {
  if (!ready) return new Error(`reader child did not start (code ${code}, signal ${signal}): ${stderr.slice(-500)}`);
  if (signal === 'SIGXCPU') return new FileFault('parser_timeout', {});
  // Nobody here sent it: the kernel was out of memory. An abort without a word had no memory for one.
  const isSpeechless = stderr.trim() === '' && ABORTS.has(signal);
  // Where it runs out is chance, and so are the words: a failed check of V8, a null in a library.
  const isMemory = signal === 'SIGKILL' || isSpeechless || OUT_OF_MEMORY.test(stderr) || memory.wasNearLimit();
  if (isMemory) return new FileFault('parser_memory', {});
  return badFile('reader_crashed');
}

/** What is left of a credit below this is no reason to wait on. */
const SMALLEST_CREDIT_MS = 50;

interface DeadlineDeps {
  /** how long, since its start, the process was ready to run and no core was free */
  waitedForCoreMs(): number;
  expire(): void;
}

/**
 * A clock that runs only while nobody holds it, and gives back at its end the time in which the machine had no core for
 * the child: that a machine is busy is no fault of the file.
 */
export function createDeadline(
  ms: number,
  { waitedForCoreMs, expire }: DeadlineDeps,
): { pause(): void; resume(): void; stop(): void } {
  let leftMs = ms;
  let creditedMs = 0;
  let startedAt = performance.now();
  let timer: NodeJS.Timeout | null = setTimeout(onEnd, leftMs);
  let holders = 0;
  function onEnd(): void {
    const creditMs = waitedForCoreMs() - creditedMs;
    if (creditMs < SMALLEST_CREDIT_MS) return expire();
    creditedMs += creditMs;
    leftMs = creditMs;
    startedAt = performance.now();
    timer = setTimeout(onEnd, leftMs);
  }
  return {
    pause() {
      if (holders++ > 0 || timer === null) return;
      clearTimeout(timer);
      leftMs -= performance.now() - startedAt;
    },
    resume() {
      if (--holders > 0 || timer === null) return;
      startedAt = performance.now();
      timer = setTimeout(onEnd, Math.max(0, leftMs));
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

/**
 * Linux keeps the figure of each process, in ns; where it does not say (elsewhere, or the process is just gone) nothing
 * is given back.
 */
function waitedForCoreMs(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[1]) / 1e6 || 0;
  } catch {
    return 0;
  }
}
