import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PostgreSQL refuses to run as root, so root gives it to another account. Null = run as who we are. */
export interface ServerAccount {
  name: string;
  uid: number;
  gid: number;
}

/** `postgres` where the system has it, else `nobody`; null when this process is not root. */
export function chooseServerAccount(): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const found = accounts.find(([name]) => name === wanted);
    if (found) return { name: wanted, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error(
    'PostgreSQL does not run as root and this system has neither an account "postgres" nor "nobody": start as an ' +
      'ordinary user',
  );
}

/** Asked of the system itself, as that account: modes alone say nothing of access lists and mounts. */
export function canReach(account: ServerAccount | null, path: string, access: 'execute' | 'write'): boolean {
  if (account === null) return true;
  const test = access === 'execute' ? '[ -r "$0" ] && [ -x "$0" ]' : '[ -w "$0" ] && [ -x "$0" ]';
  return (
    spawnSync('/bin/sh', ['-c', test, path], { cwd: '/', uid: account.uid, gid: account.gid, stdio: 'ignore' })
      .status === 0
  );
}

/**
 * A folder outside the project, the same at every start for the same project folder, that the account can walk into:
 * /var/lib/vhm24r-<hash>, or below the system's temporary folder where that cannot be written. It must be ours: in a
 * shared folder somebody else could have put a link there first.
 */
export function openReachableFolder(projectPath: string, account: ServerAccount | null): string {
  const name = `vhm24r-${createHash('sha256').update(projectPath).digest('hex').slice(0, 12)}`;
  const faults: string[] = [];
  for (const parent of ['/var/lib', tmpdir(), '/tmp']) {
    const folder = join(parent, name);
    try {
      if (!existsSync(folder)) mkdirSync(folder);
      const found = lstatSync(folder);
      if (!found.isDirectory() || found.uid !== process.getuid?.()) {
        faults.push(`${folder} belongs to somebody else`);
        continue;
      }
      chmodSync(folder, 0o755);
      if (canReach(account, folder, 'execute')) return folder;
      faults.push(`${folder} is closed to the account ${account?.name}`);
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(`no folder that PostgreSQL's account could use: ${faults.join('; ')}`);
}
