import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../shared/doctor/finding.ts';
import { adminClient } from '../support/client.ts';
import { assertOnly, GOOD_JWT } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { serviceEnvironment } from '../support/processes.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const HOURS = 3;

describe(`an api whose clock is ${HOURS} hours ahead`, function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let right: InProcessApi;
  let shifted: ChildProcess;
  let url = '';
  let memory = '';

  before(async () => {
    memory = await mkdtemp(join(tmpdir(), 'vhm24r-test-clock-'));
    database = await createTestDatabase();
    right = await openTestApi({ DATABASE_URL: database.url });
    const env = { ...serviceEnvironment('api', { DATABASE_URL: database.url }), ...shiftedClock(HOURS) };
    shifted = spawn(process.execPath, ['--import', 'tsx', 'api/server.ts'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    shifted.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await eventually(
      () => {
        const port = /"port":(\d+)/.exec(output)?.[1];
        assert.ok(port, 'it does not listen yet');
        url = `http://127.0.0.1:${port}`;
      },
      { timeoutMs: 90_000 },
    );
  });
  after(async () => {
    const exited = once(shifted, 'exit');
    shifted.kill('SIGTERM');
    await exited;
    await right.close();
    await database.drop();
    await rm(memory, { recursive: true });
  });

  it('is degraded at /readyz, which says by how much', async () => {
    const { httpStatus, status, clock } = await eventually(async () => {
      const answer = await fetch(`${url}/readyz`);
      const body = (await answer.json()) as { status: string; checks: { clock: { status: string; aheadS: number } } };
      assert.notEqual(body.checks.clock.status, 'unknown', 'a busy database may be asked again');
      return { httpStatus: answer.status, status: body.status, clock: body.checks.clock };
    });
    assert.deepEqual([httpStatus, status, clock.status], [200, 'degraded', 'off']);
    assert.ok(Math.abs(clock.aheadS - HOURS * 3_600) < 60, String(clock.aheadS));
    const inTime = await eventually(async () => {
      const body = (await (await fetch(`${right.url}/readyz`)).json()) as { checks: { clock: { status: string } } };
      assert.notEqual(body.checks.clock.status, 'unknown', 'a busy database may be asked again');
      return body.checks.clock.status;
    });
    assert.equal(inTime, 'ok');
  });

  it("shares its sign-ins with the others, both ways: tokens go by the database's clock, and end when they are signed out", async () => {
    const here = await adminClient(url);
    const there = await adminClient(right.url);
    const seenBy = async (base: string, token: string | null) =>
      (await fetch(`${base}/api/v1/auth/me`, { headers: { authorization: `Bearer ${token ?? ''}` } })).status;
    assert.deepEqual(
      [
        await seenBy(url, here.token),
        await seenBy(right.url, here.token),
        await seenBy(url, there.token),
        await seenBy(right.url, there.token),
      ],
      [200, 200, 200, 200],
    );
    const { exp = 0 } = JSON.parse(Buffer.from((here.token ?? '').split('.')[1] ?? '', 'base64url').toString()) as {
      exp?: number;
    };
    assert.ok(exp <= Date.now() / 1000 + 3_600 + 60, 'it ends within its life by the true clock');
    assert.equal((await here.post('/auth/logout')).status, 204);
    assert.deepEqual([await seenBy(url, here.token), await seenBy(right.url, here.token)], [401, 401]);
  });

  it('is told by the doctor, whose own clock is as far off', async () => {
    const args = [
      '--import',
      'tsx',
      'scripts/doctor.ts',
      '--json',
      '--lang',
      'en',
      '--only',
      'clock',
      '--memory',
      join(memory, 'memory.json'),
    ];
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATABASE_URL: database.url,
        JWT_SECRETS: GOOD_JWT,
        ...shiftedClock(HOURS),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    const { evidence } = assertOnly(JSON.parse(output) as Report, 'clock.off');
    assert.equal(code, 1);
    assert.match(evidence, /10[78]\d\d/, 'three hours in seconds');
  });

  it('judges the life of a personal token by the same clock', async () => {
    const here = await adminClient(url);
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    assert.equal((await here.post('/tokens', { name: 'for an hour', expiresAt: inAnHour })).status, 201);
  });
});
