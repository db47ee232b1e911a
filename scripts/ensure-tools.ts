import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isMainModule } from '../shared/main-module.ts';

/**
 * Programs that the tests use and npm does not bring. As root on Debian they are installed, without starting any
 * service; anybody else is told what to install.
 */
interface Tool {
  program: string;
  packages: readonly string[];
  purpose: string;
  /** wanted by the full counts alone (test:long): too large for everybody */
  long?: true;
}

const tools: readonly Tool[] = [
  { program: 'redis-server', packages: ['redis-server'], purpose: 'queue tests' },
  { program: 'redis-cli', packages: ['redis-tools'], purpose: 'queue tests' },
  { program: 'pgbouncer', packages: ['pgbouncer'], purpose: 'tests behind a pooler' },
  { program: 'psql', packages: ['postgresql-client'], purpose: 'backup tests and benchmarks' },
  { program: 'dovecot', packages: ['dovecot-imapd'], purpose: 'tests of the mail intake' },
  { program: 'promtool', packages: ['prometheus'], purpose: 'metrics tests' },
  { program: 'setpriv', packages: ['util-linux'], purpose: 'readers that end with their parent' },
  { program: 'prlimit', packages: ['util-linux'], purpose: 'readers with a cap on memory' },
  { program: 'soffice', packages: ['libreoffice-calc-nogui'], purpose: 'workbooks as an office program opens them' },
  { program: 'radosgw', packages: ['radosgw'], purpose: 'a real S3 server', long: true },
  { program: 'ceph-mon', packages: ['ceph-mon'], purpose: 'a real S3 server', long: true },
  { program: 'ceph-osd', packages: ['ceph-osd'], purpose: 'a real S3 server', long: true },
  // Its own recommended packages are left out; without a font with Cyrillic letters pictures of the page show boxes.
  { program: 'chromium', packages: ['chromium', 'fonts-dejavu-core'], purpose: 'browser tests' },
];

const POLICY_PATH = '/usr/sbin/policy-rc.d';

/**
 * Installs what is missing, or throws with the command that would.
 * @param long also what only the full counts use
 */
export function ensureTools({ long = false } = {}): void {
  const missing = tools.filter((tool) => (long || tool.long !== true) && !isOnPath(tool.program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((tool) => tool.packages))];
  const needs = missing.map((tool) => `${tool.program} (${tool.purpose})`).join(', ');
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    throw new Error(
      `the tests need ${needs}\ninstall them, on Debian with: sudo apt-get install ${packages.join(' ')}`,
    );
  }
  console.log(`installing ${packages.join(', ')} for ${needs}`);
  withServicesHeldBack(() => {
    // The list of packages may be missing or older than the archive.
    if (!install(packages)) {
      apt(['update']);
      if (!install(packages)) throw new Error(`apt-get could not install ${packages.join(' ')}`);
    }
  });
  const still = missing.filter((tool) => !isOnPath(tool.program)).map((tool) => tool.program);
  if (still.length > 0) throw new Error(`still missing after the installation: ${still.join(', ')}`);
}

function install(packages: readonly string[]): boolean {
  return apt(['install', '--yes', '--no-install-recommends', ...packages]);
}

function apt(args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    spawnSync('apt-get', ['-q', '-o', 'Dpkg::Use-Pty=0', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
      .status === 0
  );
}

/** Debian starts a service as soon as it is installed, unless this program says that it is not allowed. */
function withServicesHeldBack(work: () => void): void {
  const ours = !existsSync(POLICY_PATH);
  if (ours) writeFileSync(POLICY_PATH, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    work();
  } finally {
    if (ours) rmSync(POLICY_PATH, { force: true });
  }
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

if (isMainModule(import.meta.url)) {
  try {
    ensureTools({ long: process.argv.includes('--long') });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
