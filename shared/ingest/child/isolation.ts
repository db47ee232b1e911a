/**
 * How the reader child is fenced in. A worker thread would be no fence: its limits let 3 GB of buffers through, and some files
 * abort the whole process. On Linux util-linux adds what Node lacks: a cap on memory outside the heap, on CPU time and output,
 * no core dumps, and death with the parent. Elsewhere heap limit and deadline remain. What it may touch is in confinement.ts.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { permissionArgs, permissionFlag, PRIVILEGE_ARGS, UNSHARE_ARGS, type ReaderAccess } from './confinement.ts';

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
  /** Starts a program in a network of its own, without any interface, and in a user namespace of its own; null where that is not allowed. */
  unshare: string | null;
  /** setpriv takes away what no reader needs: capabilities, and the way back to them. */
  dropsPrivileges: boolean;
  /** The switch of Node's permission model under its name here; null where there is none. It holds the compiled child only. */
  permission: string | null;
  /** Address space that the runtime sets aside at its start and never touches: 512 MB for code since Node 22, nothing before. It counts against --data. */
  reservedMb: number;
}

/** Writable memory of a bare process without any such reservation. */
const BARE_PROCESS_MB = 48;

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
let detected: Promise<Isolation> | null = null;

const DEATH_ARGS = ['--pdeathsig', 'KILL'];

/** Asked once a process; services log it at start. */
export function detectIsolation(): Promise<Isolation> {
  detected ??= probe();
  return detected;
}

async function probe(): Promise<Isolation> {
  const setpriv = findProgram('setpriv');
  const prlimit = findProgram('prlimit');
  const unshare = findProgram('unshare');
  const runtime = [process.execPath, '--version'];
  // Busybox has programs of the same names that know less, and many containers forbid namespaces, so each is tried.
  const [setprivWorks, dropsPrivileges, dropsInside, prlimitWorks, unshareWorks, bareMb] = await Promise.all([
    setpriv !== null && succeeds(setpriv, [...DEATH_ARGS, ...runtime]),
    setpriv !== null && succeeds(setpriv, [...DEATH_ARGS, ...PRIVILEGE_ARGS.alone, ...runtime]),
    setpriv !== null &&
      unshare !== null &&
      succeeds(unshare, [...UNSHARE_ARGS, setpriv, ...DEATH_ARGS, ...PRIVILEGE_ARGS.inNamespace, ...runtime]),
    prlimit !== null && succeeds(prlimit, ['--core=0', '--cpu=60:70', ...runtime]),
    unshare !== null && succeeds(unshare, [...UNSHARE_ARGS, ...runtime]),
    prlimit === null ? BARE_PROCESS_MB : bareProcessMb(),
  ]);
  // In its namespace a process is root of that namespace; without setpriv to take that away it would gain more than it loses.
  const inNamespace = unshareWorks && dropsInside;
  return {
    complete: setprivWorks && prlimitWorks,
    setpriv: setprivWorks ? setpriv : null,
    prlimit: prlimitWorks ? prlimit : null,
    unshare: inNamespace ? unshare : null,
    dropsPrivileges: inNamespace || dropsPrivileges,
    permission: permissionFlag(),
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

/** Has children of this process run another file than the one beside this, as the compiled one, which starts in a fifth of the time; answers which before. */
export function setReaderEntry(path: string): string {
  const before = readerEntry;
  readerEntry = path;
  return before;
}

/** The command of the child; it runs from dist as JavaScript and from the sources as TypeScript, there without the permission model. */
export function readerCommand(isolation: Isolation, caps: ReaderCaps, access: ReaderAccess): Command {
  const { setpriv, prlimit, unshare, permission, reservedMb } = isolation;
  const entry = readerEntry;
  const extension = extname(entry);
  const stripsTypes = 'typescript' in process.features && Boolean(process.features.typescript);
  const needsLoader = extension === '.ts' && !stripsTypes;
  const loader = needsLoader ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [];
  // The loader starts a program and threads of its own.
  const permissions = permission === null || extension === '.ts' ? [] : permissionArgs(permission, entry, access);
  const command = [process.execPath, `--max-old-space-size=${caps.heapMb}`, ...permissions, ...loader, entry];
  // Innermost, after the change of credentials: that change makes the kernel forget who is to be told of the parent's death.
  if (setpriv !== null) {
    const privileges = unshare !== null ? PRIVILEGE_ARGS.inNamespace : isolation.dropsPrivileges ? PRIVILEGE_ARGS.alone : [];
    command.unshift(setpriv, ...DEATH_ARGS, ...privileges);
    if (unshare !== null) command.unshift(unshare, ...UNSHARE_ARGS);
  }
  if (prlimit !== null) {
    const cpuSeconds = Math.ceil(caps.deadlineMs / 1000) * 2 + 5;
    const dataMb = caps.dataMb + reservedMb + (needsLoader ? SOURCES_EXTRA_MB : 0);
    // Soft limits end it with a signal that tells which one; the hard limit of CPU time ends it for certain.
    command.unshift(prlimit, `--data=${dataMb * MIB}`, `--cpu=${cpuSeconds}:${cpuSeconds + 5}`, `--fsize=${caps.maxFileBytes}`, '--core=0');
  }
  const [program, ...args] = command;
  return { program: program!, args };
}
