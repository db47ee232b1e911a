/**
 * How the reader child is fenced in. A worker thread would be no fence: its limits let 3 GB of buffers through, and some files
 * abort the whole process. On Linux util-linux adds what Node lacks: a cap on memory outside the heap, on CPU time and output,
 * no core dumps, and death with the parent. Elsewhere heap limit and deadline remain.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface ReaderCaps {
  /** V8's old space. */
  heapMb: number;
  /** All writable memory of the process; its RSS stays a little below. */
  dataMb: number;
  /** Wall clock, counting neither the time the parent lets the child wait nor that in which no core was free for it. */
  deadlineMs: number;
  /** COPY text that one file may turn into. */
  maxOutputBytes: number;
  /** The largest file that the child may write (members of archives). */
  maxFileBytes: number;
}

const MIB = 1024 * 1024;
/** What any file has, however small: a hostile one is answered within ten seconds. */
const BASE_DEADLINE_MS = 8_500;
/** And so much more for each MB: 100 MB of the slowest format take a quarter of that. */
const DEADLINE_MS_PER_MIB = 9_000;

/** First bytes of a file, for caps that depend on its format. */
export type FileStart = Buffer;

const OLE2_START = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const RAR_START = Buffer.from('526172211a07', 'hex');

export function defaultCaps(fileBytes: number, start?: FileStart): ReaderCaps {
  return {
    ...memoryCaps(start),
    deadlineMs: BASE_DEADLINE_MS + Math.round((DEADLINE_MS_PER_MIB * fileBytes) / MIB),
    maxOutputBytes: 8_192 * MIB,
    maxFileBytes: 128 * MIB,
  };
}

/**
 * Old Office files and PDF are read by libraries that hold the file in memory (65 000 rows of .xls take 600 MB); unrar needs its
 * dictionary beside the heap.
 */
function memoryCaps(start: FileStart | undefined): Pick<ReaderCaps, 'heapMb' | 'dataMb'> {
  if (start?.subarray(0, 8).equals(OLE2_START) === true) return { heapMb: 768, dataMb: 1_024 };
  if (start?.subarray(0, 6).equals(RAR_START) === true) return { heapMb: 160, dataMb: 420 };
  if (start?.includes('%PDF-') === true) return { heapMb: 256, dataMb: 480 };
  return { heapMb: 160, dataMb: 290 };
}

export interface Isolation {
  /** `setpriv` and `prlimit` work here: memory, CPU and output are capped and no child outlives its parent. */
  complete: boolean;
  setpriv: string | null;
  prlimit: string | null;
  /** Address space that the runtime sets aside at its start and never touches: 512 MB for code since Node 22, nothing before. It counts against --data. */
  reservedMb: number;
}

/** Writable memory of a bare process without any such reservation. */
const BARE_PROCESS_MB = 48;

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
let detected: Promise<Isolation> | null = null;

/** Asked once a process; services log it at start. */
export function detectIsolation(): Promise<Isolation> {
  detected ??= probe();
  return detected;
}

async function probe(): Promise<Isolation> {
  const setpriv = findProgram('setpriv');
  const prlimit = findProgram('prlimit');
  // Busybox has programs of the same names that know less, so both are tried.
  const [setprivWorks, prlimitWorks, bareMb] = await Promise.all([
    setpriv !== null && succeeds(setpriv, ['--pdeathsig', 'KILL', process.execPath, '--version']),
    prlimit !== null && succeeds(prlimit, ['--core=0', '--cpu=60:70', process.execPath, '--version']),
    prlimit === null ? BARE_PROCESS_MB : bareProcessMb(),
  ]);
  return {
    complete: setprivWorks && prlimitWorks,
    setpriv: setprivWorks ? setpriv : null,
    prlimit: prlimitWorks ? prlimit : null,
    reservedMb: Math.max(0, bareMb - BARE_PROCESS_MB),
  };
}

/** VmData of this runtime when it has done nothing yet. */
function bareProcessMb(): Promise<number> {
  const script = `process.stdout.write(/VmData:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1])`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', script], { timeout: 5_000, env: {} }, (error, stdout) => {
      resolve(error === null ? Math.ceil(Number(stdout) / 1024) : BARE_PROCESS_MB);
    });
  });
}

function findProgram(name: string): string | null {
  if (process.platform !== 'linux') return null;
  return FOLDERS.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? null;
}

function succeeds(program: string, args: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 5_000, env: {} }, (error) => resolve(error === null));
  });
}

export interface Command {
  program: string;
  args: string[];
}

/** tsx and esbuild live in the process too when it runs from sources. */
const SOURCES_EXTRA_MB = 120;

let readerEntry = fileURLToPath(new URL(`./reader-child${extname(fileURLToPath(import.meta.url))}`, import.meta.url));

/** Has children of this process run another file than the one beside this: the compiled one starts in a fifth of the time. */
export function setReaderEntry(path: string): void {
  readerEntry = path;
}

/** The command of the child; it runs from dist as JavaScript and from the sources as TypeScript. */
export function readerCommand({ setpriv, prlimit, reservedMb }: Isolation, caps: ReaderCaps): Command {
  const entry = readerEntry;
  const extension = extname(entry);
  const stripsTypes = 'typescript' in process.features && Boolean(process.features.typescript);
  const needsLoader = extension === '.ts' && !stripsTypes;
  const loader = needsLoader ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [];
  const command = [process.execPath, `--max-old-space-size=${caps.heapMb}`, ...loader, entry];
  if (prlimit !== null) {
    const cpuSeconds = Math.ceil(caps.deadlineMs / 1000) * 2 + 5;
    const dataMb = caps.dataMb + reservedMb + (needsLoader ? SOURCES_EXTRA_MB : 0);
    // Soft limits end it with a signal that tells which one; the hard limit of CPU time ends it for certain.
    command.unshift(prlimit, `--data=${dataMb * MIB}`, `--cpu=${cpuSeconds}:${cpuSeconds + 5}`, `--fsize=${caps.maxFileBytes}`, '--core=0');
  }
  if (setpriv !== null) command.unshift(setpriv, '--pdeathsig', 'KILL');
  const [program, ...args] = command;
  return { program: program!, args };
}
