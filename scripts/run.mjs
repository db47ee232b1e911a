/**
 * `node scripts/run.mjs COMMAND …`: the command from source where there is a compiler for it, else from dist. The
 * doctor must work in a checkout that was never built, and in an image that has no source.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [command = '', ...args] = process.argv.slice(2);
const source = join(root, 'scripts', `${command}.ts`);
const fromSource = existsSync(source) && existsSync(join(root, 'node_modules', 'tsx'));
const program = fromSource ? ['--import', 'tsx', source] : [join(root, 'dist', 'scripts', `${command}.js`)];
const { status, signal } = spawnSync(process.execPath, [...program, ...args], { stdio: 'inherit', cwd: root });
process.exitCode = signal === null ? (status ?? 4) : 4;
