/** An earlier commit of this repository, built in a clone of its own: the version that a deploy replaces. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrations } from '../../migrations/index.ts';

export interface Predecessor {
  commit: string;
  /** of its commit, YYYY-MM-DD HH:MM */
  date: string;
  /** its checkout, with `dist/` */
  folder: string;
  /** migrations of this version that it does not know */
  lacks: string[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Ignored by git, and beside node_modules, which can be linked from here. */
const CACHE = join(root, '.data');
const MIGRATIONS_AGO = 3;

const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** The last commit that lacks the newest three migrations; needs a clone with its history. */
export async function buildPredecessor(): Promise<Predecessor> {
  const lacks = migrations.slice(-MIGRATIONS_AGO).map(({ name }) => name);
  const added = lacks.map((name) => git('log', '--diff-filter=A', '--format=%H', '--', `migrations/${name}.ts`));
  // the oldest of them: each of the others has it among its ancestors
  const first = added.find((one) => added.every((other) => git('merge-base', one, other) === one));
  if (first === undefined)
    throw new Error(`git does not know where ${lacks.join(', ')} came from: is it a full clone?`);
  const commit = git('rev-parse', `${first}^`);
  const folder = join(CACHE, `predecessor-${commit.slice(0, 12)}`);
  if (!existsSync(join(folder, 'dist/api/server.js'))) await build(commit, folder);
  return { commit, date: git('log', '-1', '--format=%cd', '--date=format:%F %H:%M', commit), folder, lacks };
}

async function build(commit: string, folder: string): Promise<void> {
  const unfinished = `${folder}.part-${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await rm(unfinished, { recursive: true, force: true });
  git('clone', '--quiet', '--no-checkout', '--shared', root, unfinished);
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: unfinished, stdio: ['ignore', 'ignore', 'inherit'] });
  run('git', 'checkout', '--quiet', commit);
  const lockOf = (place: string) => readFileSync(join(place, 'package-lock.json'), 'utf8');
  // links to files: readers of uploads may open their own folder alone
  if (lockOf(unfinished) === lockOf(root)) run('cp', '-al', join(root, 'node_modules'), 'node_modules');
  else run('npm', 'ci', '--no-audit', '--no-fund');
  const ownBuild = `import { ensureBuilt } from './scripts/build.ts'; ensureBuilt({ only: ['services'] });`;
  run(process.execPath, '--import', 'tsx', '--input-type=module', '-e', ownBuild);
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
}
