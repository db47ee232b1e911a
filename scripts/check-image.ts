import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainModule } from '../shared/main-module.ts';
import { ensureDatabase, openEmbeddedPostgres } from './embedded-postgres.ts';
import { openService } from './processes/service.ts';

/**
 * Proves the Dockerfile without Docker: its build stage's commands run in a clean folder with what Docker would copy,
 * its last stage is put together in another, and from there migrate, api (with its health check) and worker run in
 * production.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

interface Stage {
  runs: string[];
  copies: { from: string | null; sources: string[]; target: string }[];
  command: string[];
  health: string[];
}

/** The last two stages' instructions, as far as they can be followed outside a container. */
function readDockerfile(): Stage[] {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8').replaceAll(/\\\n/g, ' ');
  const stages: Stage[] = [];
  for (const line of text.split('\n')) {
    const instruction = line.slice(0, line.indexOf(' '));
    const rest = line.slice(line.indexOf(' ') + 1);
    if (instruction === 'FROM') stages.push({ runs: [], copies: [], command: [], health: [] });
    const stage = stages.at(-1);
    if (stage === undefined) continue;
    if (instruction === 'RUN') stage.runs.push(rest.trim());
    if (instruction === 'CMD') stage.command = JSON.parse(rest) as string[];
    if (instruction === 'HEALTHCHECK') stage.health = JSON.parse(rest.slice(rest.indexOf('['))) as string[];
    if (instruction === 'COPY') {
      const words = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
      stage.copies.push({
        from: /--from=(\S+)/.exec(rest)?.[1] ?? null,
        sources: words.slice(0, -1),
        target: words.at(-1) ?? '.',
      });
    }
  }
  return stages;
}

async function main(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'vhm24r-image-'));
  chmodSync(work, 0o755);
  try {
    const [build, image] = readDockerfile();
    if (build === undefined || image === undefined) throw new Error('the Dockerfile has two stages');
    const app = join(work, 'build');
    const final = join(work, 'app');
    mkdirSync(app);
    mkdirSync(final);
    console.log('copying what git tracks');
    for (const file of execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
      .split('\0')
      .filter(Boolean)) {
      mkdirSync(dirname(join(app, file)), { recursive: true });
      cpSync(join(root, file), join(app, file));
    }
    for (const command of build.runs) {
      console.log(`RUN ${command}`);
      const { status } = spawnSync('sh', ['-c', command], { cwd: app, stdio: ['ignore', 'ignore', 'inherit'] });
      if (status !== 0) throw new Error(`ended with ${status}: ${command}`);
    }
    for (const { sources, target } of image.copies) {
      for (const source of sources) {
        const into = target.endsWith('/') ? join(final, target, source.split('/').at(-1) ?? '') : join(final, target);
        cpSync(join(app, source.replace(/^\/app\//, '')), into, { recursive: true });
      }
    }
    await runImage(final, image);
    console.log('the steps of the Dockerfile work');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function runImage(folder: string, image: Stage): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'vhm24r-image-postgres-'));
  chmodSync(data, 0o755);
  const server = await openEmbeddedPostgres({ folder: data });
  try {
    await ensureDatabase(server, 'vhm24r');
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      LOG_FORMAT: 'json',
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: server.urlFor('vhm24r'),
      JWT_SECRETS: 'k1:kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6',
      AUDIT_KEY: 'kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6-audit',
    };
    execFileSync(process.execPath, ['dist/scripts/migrate.js'], { cwd: folder, env, stdio: 'inherit' });
    for (const script of [image.command[1] ?? '', 'dist/worker/worker.js']) {
      console.log(`node ${script}`);
      const service = await openService({
        name: script,
        script: join(folder, script),
        env,
        logPath: join(folder, 'service.log'),
      });
      const [program = '', ...args] = image.health;
      const health = spawnSync(program === 'node' ? process.execPath : program, args, {
        env: { ...env, PORT: String(service.port) },
      });
      const ready = await fetch(`${service.url}/readyz`);
      const { code } = await service.child.stop(30_000);
      if (health.status !== 0 || ready.status !== 200 || code !== 0) {
        throw new Error(`${script}: health check ${health.status}, readyz ${ready.status}, exit ${code}`);
      }
    }
    const doctor = spawnSync(process.execPath, ['scripts/run.mjs', 'doctor', '--json', '--only', 'postgres'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if ((JSON.parse(doctor.stdout) as { exitCode: number }).exitCode !== 0)
      throw new Error(`the doctor says ${doctor.stdout}`);
  } finally {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
    if (server.home !== data) rmSync(server.home, { recursive: true, force: true });
  }
}

if (isMainModule(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
