import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The major version that images and the deployment are pinned to, as the registry carries it. */
const PACKAGE = `node-${process.platform}-${process.arch}`;
const VERSION = '24.9.0';

/** Path of a Node 24, fetched once from the npm registry into the temporary folder of this machine. */
export function fetchNode24(): string {
  const folder = join(tmpdir(), `vhm24r-node-${VERSION}-${process.arch}`);
  const path = join(folder, 'node_modules', PACKAGE, 'bin', 'node');
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    `${PACKAGE}@${VERSION}`,
  ];
  const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8', timeout: 120_000 });
  if (status !== 0 || !existsSync(path)) throw new Error(`Node ${VERSION} could not be fetched: ${stderr}`);
  return path;
}
