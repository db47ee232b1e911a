/**
 * Which fences this platform has for the reader child: each is tried, since programs of these names may know less and
 * containers may forbid it.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ENOSYS_ARGS, fenced, permissionFlag, PRIVILEGE_ARGS, type Fences } from './confinement.ts';

export interface Isolation extends Fences {
  /** `setpriv` and `prlimit` work here: memory, CPU and output are capped and no child outlives its parent. */
  complete: boolean;
  prlimit: string | null;
  /** Behind all fences but Node's own it still reads the environment of the process that started it. */
  seesProcesses: boolean;
  /**
   * The switch of Node's permission model under its name here; null where there is none. It holds the compiled child
   * only.
   */
  permission: string | null;
  /**
   * Address space that the runtime sets aside at its start and never touches: 512 MB for code since Node 22, nothing
   * before. It counts against --data.
   */
  reservedMb: number;
}

/** Writable memory of a bare process without any such reservation. */
const BARE_PROCESS_MB = 48;
const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
const RUNTIME = [process.execPath, '--version'];
const NO_FENCES: Fences = { unshare: null, setpriv: null, privileges: null, enosys: null };

let detected: Promise<Isolation> | null = null;

/** Asked once a process. */
export function detectIsolation(): Promise<Isolation> {
  detected ??= probe();
  return detected;
}

async function probe(): Promise<Isolation> {
  const prlimit = findProgram('prlimit');
  const [fences, prlimitWorks, bareMb] = await Promise.all([
    findFences(),
    prlimit !== null && succeeds([prlimit, '--core=0', '--cpu=60:70', ...RUNTIME]),
    prlimit === null ? BARE_PROCESS_MB : bareProcessMb(),
  ]);
  const looks = `require('node:fs').readFileSync('/proc/' + process.ppid + '/environ')`;
  return {
    ...fences,
    complete: fences.setpriv !== null && prlimitWorks,
    prlimit: prlimitWorks ? prlimit : null,
    seesProcesses: await succeeds(fenced(fences, [process.execPath, '-e', looks])),
    permission: permissionFlag(),
    reservedMb: Math.max(0, bareMb - BARE_PROCESS_MB),
  };
}

/** The strongest that stand together. */
async function findFences(): Promise<Fences> {
  const [setpriv, unshare, enosys] = [findProgram('setpriv'), findProgram('unshare'), findProgram('enosys')];
  if (setpriv === null) return NO_FENCES;
  const { all, some } = PRIVILEGE_ARGS;
  // In its namespace a process is root of that namespace; without setpriv to take that away it would gain more than it
  // loses.
  const candidates: Fences[] = [
    ...(unshare === null ? [] : [{ ...NO_FENCES, setpriv, unshare, privileges: all }]),
    ...[all, some, null].map((privileges) => ({ ...NO_FENCES, setpriv, privileges })),
  ];
  const [stands, enosysWorks] = await Promise.all([
    Promise.all(candidates.map((candidate) => succeeds(fenced(candidate, RUNTIME)))),
    enosys !== null && succeeds([enosys, ...ENOSYS_ARGS, ...RUNTIME]),
  ]);
  const found = candidates.find((_, index) => stands[index] === true) ?? NO_FENCES;
  const more = { ...found, enosys };
  return enosysWorks && found.setpriv !== null && (await succeeds(fenced(more, RUNTIME))) ? more : found;
}

/** VmData of this runtime when it has done nothing yet. */
function bareProcessMb(): Promise<number> {
  const script =
    `process.stdout.write(/VmData:\\s+(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', ` +
    `'utf8'))[1])`;
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

function succeeds([program = '', ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 5_000, env: {} }, (error) => resolve(error === null));
  });
}
