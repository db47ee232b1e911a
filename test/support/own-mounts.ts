import { spawn, spawnSync } from 'node:child_process';

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

const OWN_MOUNTS = ['unshare', '--map-root-user', '--mount'] as const;

/** Whether commands may run with mounts of their own, which nobody else on this machine sees. */
export function mayMount(): boolean {
  const [unshare, ...options] = OWN_MOUNTS;
  return spawnSync(unshare, [...options, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
}

/** Runs a command after `mounts`, a shell script, in a mount namespace that ends with it. */
export function runWithMounts(mounts: string, command: readonly string[], env: Record<string, string>): Promise<Ran> {
  return run([...OWN_MOUNTS, 'sh', '-ec', `${mounts}\nexec "$@"`, 'sh', ...command], env);
}

/** Runs a command to its end. */
export function run([file = '', ...args]: readonly string[], env: Record<string, string>): Promise<Ran> {
  const child = spawn(file, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, VHM24R_TEST_RUN: process.env.VHM24R_TEST_RUN, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
