import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './build/fingerprint.ts';
import { removeOrphans } from './build/orphans.ts';
import { isMainModule } from '../shared/main-module.ts';

/**
 * The production build: services, migrations and commands by plain tsc into dist/, the page by Vite into dist/web.
 * Each part is skipped when its inputs are those of the build that is there.
 */
interface Part {
  name: 'services' | 'page';
  inputs: readonly string[];
  /** Present when the build of this part is whole. */
  result: string;
  run(): void;
}

interface Stamp {
  services?: string;
  page?: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const stampPath = join(dist, '.build.json');
const buildInfo = join(dist, '.tsbuildinfo');

const parts: readonly Part[] = [
  {
    name: 'services',
    inputs: [
      'api',
      'cli',
      'client',
      'worker',
      'shared',
      'migrations',
      'scripts',
      'knexfile.ts',
      'tsconfig.json',
      'tsconfig.build.json',
      'package.json',
    ],
    result: join(dist, 'shared'),
    run: () => {
      // Without a stamp dist is not to be trusted, and tsc would take its own notes for what is on the disk.
      if (readStamp().services === undefined) rmSync(buildInfo, { force: true });
      runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json', '--tsBuildInfoFile', buildInfo]);
      removeOrphans(dist, root, ['web']);
      for (const folder of ['api', 'worker', 'shared']) copyAssets(join(root, folder), join(dist, folder));
      // a program that is started by its name
      chmodSync(join(dist, 'cli/vhm24r.js'), 0o755);
    },
  },
  {
    name: 'page',
    inputs: ['web', 'client', 'package.json', 'package-lock.json'],
    result: join(dist, 'web'),
    run: () => {
      if (existsSync(join(root, 'web/vite.config.ts')))
        runTool('vite/bin/vite.js', ['build', '-c', 'web/vite.config.ts', '--logLevel', 'error']);
    },
  },
];

export interface BuildOptions {
  /** Default: all. */
  only?: readonly Part['name'][];
  onStart?: (name: Part['name']) => void;
}

/** Builds what is missing or out of date. @returns the names of the parts that were built */
export function ensureBuilt({ only = ['services', 'page'], onStart = () => {} }: BuildOptions = {}): string[] {
  mkdirSync(dist, { recursive: true });
  const built: string[] = [];
  for (const part of parts.filter(({ name }) => only.includes(name))) {
    const inputs = fingerprint(root, part.inputs);
    if (readStamp()[part.name] === inputs && existsSync(part.result)) continue;
    onStart(part.name);
    part.run();
    built.push(part.name);
    // Taken before the run: what is saved meanwhile makes the next build run again.
    writeFileSync(stampPath, JSON.stringify({ ...readStamp(), [part.name]: inputs }));
  }
  return built;
}

/** Whether a part stands built from the sources as they are now. */
export function isBuilt(name: Part['name']): boolean {
  const part = parts.find((one) => one.name === name);
  return part !== undefined && existsSync(part.result) && readStamp()[name] === fingerprint(root, part.inputs);
}

function readStamp(): Stamp {
  return existsSync(stampPath) ? (JSON.parse(readFileSync(stampPath, 'utf8')) as Stamp) : {};
}

/** What a service reads at run time beside code, such as fonts. */
function copyAssets(from: string, to: string): void {
  if (!existsSync(from)) return;
  cpSync(from, to, { recursive: true, filter: (path) => statSync(path).isDirectory() || !/\.(ts|md)$/.test(path) });
}

function runTool(script: string, args: readonly string[]): void {
  const result = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) throw new Error(`the build failed: ${script} ended with ${result.signal ?? result.status}`);
}

if (isMainModule(import.meta.url)) {
  try {
    const startedAt = Date.now();
    const built = ensureBuilt();
    console.log(
      built.length > 0 ? `built ${built.join(' and ')} in ${Date.now() - startedAt} ms` : 'dist/ is up to date',
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
