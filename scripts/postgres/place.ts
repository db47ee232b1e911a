import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lang } from '../../shared/texts/languages.ts';
import { operationText } from '../../shared/texts/operations.ts';
import { canReach, chooseServerAccount, openReachableFolder, type ServerAccount } from './account.ts';
import {
  copyBinaries,
  findBinaries,
  makeExecutable,
  programPath,
  type PostgresBinaries,
  type PostgresMajor,
} from './binaries.ts';

/** Where a server's programs and data are, and who runs it. */
export interface ServerPlace {
  binaries: PostgresBinaries;
  account: ServerAccount | null;
  /** The folder asked for; holds what only we read (the password). */
  folder: string;
  /** Holds the data folder: the folder asked for, or one that the server's account can reach. */
  home: string;
  dataFolder: string;
}

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Decides where a server lives. Run by root out of a folder that is closed to others (mode 0700, /root), the server's
 * account could reach neither its programs nor its data: what it cannot reach goes outside, and `onNotice` says where.
 */
export function choosePlace(
  wantedFolder: string,
  major: PostgresMajor,
  { onNotice, lang }: { onNotice: (text: string) => void; lang: Lang },
): ServerPlace {
  const tell: Tell = (what, params) => onNotice(operationText(lang, 'demo', what, params));
  const folder = resolve(wantedFolder);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const installed = findBinaries(major);
  makeExecutable(installed);
  const account = chooseServerAccount();
  if (account === null) return { binaries: installed, account, folder, home: folder, dataFolder: join(folder, 'data') };

  let binaries = installed;
  if (!canReach(account, programPath(installed, 'postgres'), 'execute')) {
    binaries = copyBinaries(installed, openReachableFolder(projectRoot, account));
    tell('programsCopied', { account: account.name, folder: binaries.home });
  }
  const home = chooseHome(folder, account, tell);
  const dataFolder = join(home, 'data');
  return { binaries, account: ownerOf(dataFolder) ?? account, folder, home, dataFolder };
}

type Tell = (
  what: 'programsCopied' | 'dataSetAside' | 'dataElsewhere',
  params: Readonly<Record<string, string>>,
) => void;

function chooseHome(folder: string, account: ServerAccount, tell: Tell): string {
  const inside = join(folder, 'data');
  if (existsSync(inside) || canReach(account, folder, 'execute')) return folder;
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  const home = join(openReachableFolder(projectRoot, account), `${basename(folder)}-${mark}`);
  const marker = join(folder, 'location');
  if (existsSync(home) && (!existsSync(marker) || readFileSync(marker, 'utf8').trim() !== home)) {
    // Whoever removed the folder in the project wants to start afresh, but data is not ours to throw away.
    const aside = `${home}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    renameSync(home, aside);
    tell('dataSetAside', { folder: aside });
  }
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755);
  writeFileSync(marker, `${home}\n`);
  tell('dataElsewhere', { folder: home });
  return home;
}

/** Data keeps its owner: an account that was added to the system later must not take over. */
function ownerOf(dataFolder: string): ServerAccount | null {
  if (!existsSync(dataFolder)) return null;
  const { uid, gid } = statSync(dataFolder);
  return uid === 0 ? null : { name: `uid ${uid}`, uid, gid };
}

/** Makes a folder that only the server's account may enter. */
export function makePrivateFolder(path: string, account: ServerAccount | null): void {
  mkdirSync(path, { recursive: true });
  if (account) chownSync(path, account.uid, account.gid);
  chmodSync(path, 0o700);
}
