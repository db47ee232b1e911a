/**
 * What the reader child may touch: its own code, the paths of its task, and nothing else. Two fences that know nothing
 * of each other: Node's permission model refuses files, programs, threads and addons within the process; namespaces,
 * refused system calls and dropped privileges hold also where a fault of V8 or of a library lets a file run code of its
 * own.
 */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Isolation } from './detect-isolation.ts';

export interface ReaderAccess {
  /** files that it reads */
  read: readonly string[];
  /** folders that it fills, and reads from */
  write: readonly string[];
  /** its library makes functions out of texts of its own, as the binding of unrar does */
  makesCode: boolean;
}

/**
 * A network without interfaces, and a user namespace, in which the kernel lets it see into no process outside. Its file
 * system and therefore the sockets in folders stay those of its user.
 */
export const UNSHARE_ARGS = ['--net', '--map-root-user'] as const;

/**
 * Nobody may drop capabilities from the bounding set without one: root may, and in a namespace of its own everybody.
 * Without any capability not even root looks into a process that has some.
 */
export const PRIVILEGE_ARGS = {
  all: ['--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'],
  some: ['--no-new-privs', '--inh-caps=-all'],
} as const;

/**
 * Of util-linux 2.40: no socket of any kind, those in folders included, and no other way to one, nor into another
 * process; and no signal to one, which Node's model does not refuse. Needs no namespace. (tgkill stays: a process that
 * runs out of memory ends itself by it.)
 */
export const ENOSYS_ARGS = [
  'socket',
  'connect',
  'io_uring_setup',
  'ptrace',
  'process_vm_readv',
  'process_vm_writev',
  'kill',
  'tkill',
  'rt_sigqueueinfo',
  'rt_tgsigqueueinfo',
  'pidfd_send_signal',
].flatMap((name) => ['--syscall', name]);

/**
 * Texts of a file become no code: neither eval nor Function, whatever a library thinks it needs them for; but for the
 * unpacking of archives.
 */
export const NO_CODE_FLAG = '--disallow-code-generation-from-strings';

/** Programs of this platform that take from another what it does not need; null where there is none that works. */
export interface Fences {
  /** a network of its own, without any interface, and a user namespace of its own */
  unshare: string | null;
  /** death with the parent, and fewer privileges */
  setpriv: string | null;
  /** what setpriv can take away here; null = nothing but the parent's death */
  privileges: readonly string[] | null;
  /** system calls that are not there */
  enosys: string | null;
}

/** The command behind these fences. */
export function fenced({ unshare, setpriv, privileges, enosys }: Fences, command: readonly string[]): string[] {
  return [
    ...(unshare === null ? [] : [unshare, ...UNSHARE_ARGS]),
    // after the change of credentials: that change makes the kernel forget who is to be told of the parent's death
    ...(setpriv === null ? [] : [setpriv, '--pdeathsig', 'KILL', ...(privileges ?? [])]),
    ...(enosys === null ? [] : [enosys, ...ENOSYS_ARGS]),
    ...command,
  ];
}

/** Node 23.5 took the model out of its trial and renamed the switch. */
export function permissionFlag(flags: ReadonlySet<string> = process.allowedNodeEnvironmentFlags): string | null {
  return ['--permission', '--experimental-permission'].find((flag) => flags.has(flag)) ?? null;
}

/**
 * Arguments of Node under which `entry` reads its code and the paths of its task, and writes its folders. Neither
 * programs nor threads nor addons.
 */
export function permissionArgs(flag: string, entry: string, { read, write }: ReaderAccess): string[] {
  const folders = write.flatMap(bothNames).map((folder) => join(folder, '*'));
  return [
    flag,
    // Node 20 says at each start that the model is on trial; stderr is for what goes wrong
    '--disable-warning=ExperimentalWarning',
    ...[...codeOf(entry), ...read.flatMap(bothNames), ...folders].map((path) => `--allow-fs-read=${path}`),
    ...folders.map((path) => `--allow-fs-write=${path}`),
  ];
}

/**
 * The compiled tree that holds `shared/ingest/child/`, the packages beside or above it, and what says that they are
 * modules.
 */
function codeOf(entry: string): string[] {
  const compiled = dirname(dirname(dirname(dirname(entry))));
  const found = bothNames(compiled).map((path) => join(path, '*'));
  for (let folder = dirname(compiled); ; folder = dirname(folder)) {
    const [packages, manifest] = [join(folder, 'node_modules'), join(folder, 'package.json')];
    if (existsSync(packages)) found.push(...bothNames(packages).map((path) => join(path, '*')));
    if (existsSync(manifest)) found.push(manifest);
    // beyond the package that the code belongs to nothing is looked up
    if (existsSync(manifest) || folder === dirname(folder)) return [...new Set(found)];
  }
}

/** A path as it is named and as it is when every link is followed: Node asks for either. */
function bothNames(path: string): string[] {
  try {
    return [...new Set([path, realpathSync(path)])];
  } catch {
    // it does not exist; the reader will say so
    return [path];
  }
}

/**
 * What this platform cannot refuse to a reader, in the words of the doctor's evidence; empty where every fence stands.
 */
export function missingFences({
  unshare,
  enosys,
  privileges,
  seesProcesses,
  permission,
  complete,
}: Isolation): string[] {
  const fences = {
    limits: complete,
    network: unshare !== null || enosys !== null,
    sockets: enosys !== null,
    signals: enosys !== null,
    privileges: privileges !== null,
    processes: !seesProcesses,
    files: permission !== null,
  };
  return Object.entries(fences).flatMap(([name, stands]) => (stands ? [] : [name]));
}
