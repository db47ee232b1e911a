/**
 * How the reader child is fenced in. A worker thread would be no fence: its limits let 3 GB of buffers through, and
 * some files abort the whole process. On Linux util-linux adds what Node lacks: a cap on memory outside the heap, on
 * CPU time and output, no core dumps, and death with the parent. Elsewhere heap limit and deadline remain. What it may
 * touch is in confinement.ts.
 */
import { extname } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fenced, NO_CODE_FLAG, permissionArgs, type ReaderAccess } from './confinement.ts';
import type { Isolation } from './detect-isolation.ts';

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
 * Old Office files and PDF are read by libraries that hold the file in memory (65 000 rows of .xls take 600 MB); unrar
 * needs its dictionary beside the heap.
 */
function memoryCaps(start: FileStart | undefined): Pick<ReaderCaps, 'heapMb' | 'dataMb'> {
  if (start?.subarray(0, 8).equals(OLE2_START) === true) return { heapMb: 768, dataMb: 1_024 };
  if (start?.subarray(0, 6).equals(RAR_START) === true) return { heapMb: 160, dataMb: 420 };
  if (start?.includes('%PDF-') === true) return { heapMb: 256, dataMb: 480 };
  return COMMON_MEMORY;
}

const COMMON_MEMORY = { heapMb: 160, dataMb: 290 };

/** Whether the caps of a file that begins so hang on nothing but its size. */
export function isOfCommonKind(start: FileStart): boolean {
  return memoryCaps(start) === COMMON_MEMORY;
}

export interface Command {
  program: string;
  args: string[];
}

/** tsx and esbuild live in the process too when it runs from sources. */
const SOURCES_EXTRA_MB = 120;

let readerEntry = fileURLToPath(new URL(`./reader-child${extname(fileURLToPath(import.meta.url))}`, import.meta.url));

/**
 * Has children of this process run another file than the one beside this, as the compiled one, which starts in a fifth
 * of the time; answers which before.
 */
export function setReaderEntry(path: string): string {
  const before = readerEntry;
  readerEntry = path;
  return before;
}

/**
 * The command of the child; it runs from dist as JavaScript and from the sources as TypeScript, there without the
 * permission model.
 */
export function readerCommand(isolation: Isolation, caps: ReaderCaps, access: ReaderAccess): Command {
  const { prlimit, permission, reservedMb } = isolation;
  const entry = readerEntry;
  const extension = extname(entry);
  const stripsTypes = 'typescript' in process.features && Boolean(process.features.typescript);
  const needsLoader = extension === '.ts' && !stripsTypes;
  const loader = needsLoader ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [];
  // The loader makes code, and starts a program and threads of its own.
  const withinNode =
    extension === '.ts'
      ? []
      : [
          ...(access.makesCode ? [] : [NO_CODE_FLAG]),
          ...(permission === null ? [] : permissionArgs(permission, entry, access)),
        ];
  const command = fenced(isolation, [
    process.execPath,
    `--max-old-space-size=${caps.heapMb}`,
    ...withinNode,
    ...loader,
    entry,
  ]);
  if (prlimit !== null) {
    const cpuSeconds = Math.ceil(caps.deadlineMs / 1000) * 2 + 5;
    const dataMb = caps.dataMb + reservedMb + (needsLoader ? SOURCES_EXTRA_MB : 0);
    // Soft limits end it with a signal that tells which one; the hard limit of CPU time ends it for certain.
    command.unshift(
      prlimit,
      `--data=${dataMb * MIB}`,
      `--cpu=${cpuSeconds}:${cpuSeconds + 5}`,
      `--fsize=${caps.maxFileBytes}`,
      '--core=0',
    );
  }
  const [program, ...args] = command;
  return { program: program!, args };
}
