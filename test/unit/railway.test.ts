import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

describe('the deployment as code', function () {
  this.timeout(60_000);

  it('.railway/railway.ts agrees with the types of its published package', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.railway/tsconfig.json'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    assert.equal(status, 0, stdout);
  });

  it('starts with node, drains longer than the longest shutdown, always restarts, and keeps the signing keys from the worker', () => {
    const source = read('.railway/railway.ts');
    const limitMs = Number(
      /SHUTDOWN_LIMIT_MS = ([\d_]+)/.exec(read('shared/run-service.ts'))?.[1]?.replaceAll('_', ''),
    );
    const drainingS = Number(/DRAINING_S = (\d+)/.exec(source)?.[1]);
    assert.ok(drainingS * 1000 > limitMs, `${drainingS} s against ${limitMs} ms`);
    assert.deepEqual(
      [...source.matchAll(/start: '([^']+)'/g)].map(([, start]) => start),
      ['node dist/api/server.js', 'node dist/worker/worker.js'],
    );
    assert.match(source, /restartPolicyType: 'ALWAYS'/);
    assert.equal(source.slice(source.indexOf("service('worker'")).includes('JWT_SECRETS: preserve'), false);
    const older = JSON.parse(read('railway.json')) as {
      deploy: { startCommand: string; drainingSeconds: number; restartPolicyType: string };
    };
    assert.deepEqual(
      [older.deploy.startCommand, older.deploy.drainingSeconds, older.deploy.restartPolicyType],
      ['node dist/api/server.js', drainingS, 'ALWAYS'],
    );
  });
});
