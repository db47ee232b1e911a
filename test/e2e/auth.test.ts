import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SignJWT, UnsecuredJWT } from 'jose';
import pg from 'pg';
import { rotate, writeSecrets } from '../../scripts/keys.ts';
import { readJwtSecrets } from '../../shared/config.ts';
import { ask, signIn } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { compiledScript, startApi, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { isLong } from '../support/long.ts';

const SECRETS = 'test:kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6';
const run = promisify(execFile);

describe('signing in, over processes', function () {
  this.timeout(isLong ? 400_000 : 120_000);
  let database: TestDatabase;
  const services: TestService[] = [];

  async function start(env: Record<string, string> = {}): Promise<TestService> {
    const service = await startApi({ DATABASE_URL: database.url, JWT_SECRETS: SECRETS, ...env });
    services.push(service);
    return service;
  }

  beforeEach(async () => {
    database = await createTestDatabase();
  });

  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.stop()));
    await database.drop();
  });

  async function rows<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: database.url, ssl: false });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it('two apis that start at once make one first admin', async () => {
    const started = await Promise.all([start(), start()]);
    for (const { url } of started) await eventually(() => signIn(url, TEST_ADMIN.email, TEST_ADMIN.password));
    assert.deepEqual(await rows('select role, status from users'), [{ role: 'admin', status: 'approved' }]);
  });

  it('every forged token is 401 and one line in the log, without a stack', async () => {
    const api = await start();
    const admin = await eventually(() => signIn(api.url, TEST_ADMIN.email, TEST_ADMIN.password));
    const good = JSON.parse(Buffer.from(admin.token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const key = new TextEncoder().encode(SECRETS.split(':')[1]);
    const by = (claims: Record<string, unknown>, header: Record<string, unknown> = {}, secret = key) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'test', ...header }).sign(secret);
    const part = (value: unknown) =>
      Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
    const byHand = (payload: string, header: unknown = { alg: 'HS256', kid: 'test' }) => {
      const signed = `${part(header)}.${part(payload)}`;
      return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
    };
    const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([claim]) => claim !== name));
    const nowS = Math.floor(Date.now() / 1000);
    const forged: [string, string][] = [
      ['alg none', `${new UnsecuredJWT(good).encode()}x`],
      ['alg none by hand', byHand(JSON.stringify(good), { alg: 'none', kid: 'test' })],
      ['other alg', await by(good, { alg: 'HS512' }, new TextEncoder().encode('x'.repeat(64)))],
      ['other key', await by(good, {}, new TextEncoder().encode('y'.repeat(40)))],
      ['unknown kid', await by(good, { kid: 'k9' })],
      ['path-like kid', await by(good, { kid: '../../../dev/null' })],
      ['missing kid', await by(good, { kid: undefined })],
      ['crit', byHand(JSON.stringify(good), { alg: 'HS256', kid: 'test', crit: ['b64'] })],
      ['no exp', await by(without('exp'))],
      ['far exp', await by({ ...good, exp: nowS + 7_200 })],
      ['past exp', await by({ ...good, exp: nowS - 1 })],
      ['far iat', await by({ ...good, iat: nowS + 120 })],
      ['wrong iss', await by({ ...good, iss: 'somebody' })],
      ['wrong aud', await by({ ...good, aud: 'OTHER' })],
      ['wrong typ', await by({ ...good, typ: 'ops' })],
      ['no typ', await by(without('typ'))],
      ['sub as a number', await by({ ...good, sub: 1 as never })],
      ['jti as a number', await by({ ...good, jti: 1 as never })],
      ['refresh as access', admin.cookie.split('=')[1] ?? ''],
      ['truncated', admin.token.slice(0, -10)],
      ['two parts', admin.token.split('.').slice(0, 2).join('.')],
      ['oversized', await by({ ...good, pad: 'x'.repeat(5_000) })],
      ['duplicate claims', byHand(JSON.stringify(good).replace('"role"', '"role":"viewer","role"'))],
    ];
    assert.equal(
      (await ask(`${api.url}/api/v1/auth/me`, { token: await by(good) })).status,
      200,
      'made by the other library with good claims',
    );
    for (const [index, [name, token]] of forged.entries()) {
      const requestId = `forged-token-${index}`;
      const answer = await ask(`${api.url}/api/v1/auth/me`, { token, headers: { 'x-request-id': requestId } });
      assert.deepEqual([answer.status, answer.code], [401, 'unauthenticated'], name);
      assert.doesNotMatch(answer.text, /jwt|signature|malformed|kid/i, `${name}: no internals`);
      await eventually(() => {
        const lines = api.logs().filter((line) => line['requestId'] === requestId && line['event'] === 'token_refused');
        assert.equal(lines.length, 1, name);
        assert.equal(typeof lines[0]?.['reason'], 'string');
      });
    }
    assert.doesNotMatch(api.output(), /"stack"|\n\s+at /);
    assert.ok(!api.output().includes(admin.token), 'no token in the log');
  });

  it('a client that works while keys are rotated never sees a 401', async () => {
    const lastsMs = isLong ? 120_000 : 10_000;
    const env = { ACCESS_TOKEN_TTL_S: '30' };
    let secrets = SECRETS;
    let running = [await start({ ...env, JWT_SECRETS: secrets }), await start({ ...env, JWT_SECRETS: secrets })];
    await eventually(() => signIn(running[0]?.url ?? '', TEST_ADMIN.email, TEST_ADMIN.password));
    const clients = await Promise.all(
      [0, 1, 2].map((n) => signIn(running[n % 2]?.url ?? '', TEST_ADMIN.email, TEST_ADMIN.password)),
    );
    const seen = new Map<number, number>();
    let working = true;
    const work = clients.map(async (client, index) => {
      for (let n = index; working; n++) {
        const service = running[n % running.length];
        if (service === undefined) continue;
        try {
          const refreshes = n % 40 === 39;
          const answer = refreshes
            ? await ask(`${service.url}/api/v1/auth/refresh`, { method: 'POST', cookie: client.cookie })
            : await ask(`${service.url}/api/v1/auth/me`, { token: client.token });
          seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
          if (refreshes && answer.status === 200) {
            client.token = (answer.body as unknown as { accessToken: string }).accessToken;
            client.cookie = `vhm24r_refresh=${answer.cookies['vhm24r_refresh']}`;
          }
        } catch (error) {
          // this api is being restarted: the other one is asked next
          if (!(error instanceof TypeError)) throw error;
        }
        await sleep(20);
      }
    });
    const startedMs = performance.now();
    for (const step of isLong ? (['add', 'promote', 'retire'] as const) : (['add'] as const)) {
      // no token of the old key lives any longer by then
      if (step === 'retire') await sleep(Math.max(0, lastsMs * 0.6));
      secrets = writeSecrets(rotate(step, readJwtSecrets(secrets)));
      for (let index = 0; index < 2; index++) {
        const old = running[index];
        const fresh = await start({ ...env, JWT_SECRETS: secrets });
        running = running.map((service, at) => (at === index ? fresh : service));
        await old?.stop();
      }
    }
    await sleep(Math.max(0, lastsMs - (performance.now() - startedMs)));
    working = false;
    await Promise.all(work);
    assert.equal(seen.get(401) ?? 0, 0, JSON.stringify([...seen]));
    assert.ok((seen.get(200) ?? 0) > 100, JSON.stringify([...seen]));
    const noted = await rows<{ kids: string[] }>(
      `select details -> 'kids' as kids from audit_log where action = 'keys.in_use' order by id`,
    );
    assert.ok(noted.length >= (isLong ? 3 : 2), 'the audit log tells which keys were in use when');
  });

  it('people are managed from the shell, and what is done there holds in the running api', async () => {
    const api = await start();
    const user = async (...args: string[]) =>
      run(process.execPath, [compiledScript('user'), ...args], {
        env: { PATH: process.env.PATH, DATABASE_URL: database.url },
      }).then(
        ({ stdout }) => ({ code: 0, text: stdout }),
        (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, text: error.stderr }),
      );
    const added = await user('add', 'Olim@VHM24R.test', '--role', 'operator');
    assert.equal(added.code, 0, added.text);
    const password = /password: (\S+)/.exec(added.text)?.[1] ?? '';
    const olim = await signIn(api.url, 'olim@vhm24r.test', password);
    assert.equal((await user('add', 'olim@vhm24r.test')).code, 1);
    assert.match((await user('list')).text, /approved {2}operator {2}olim@vhm24r\.test/);
    assert.equal((await user('role', 'olim@vhm24r.test', 'viewer')).code, 0);
    await eventually(
      async () => assert.equal((await ask(`${api.url}/api/v1/auth/me`, { token: olim.token })).code, 'token_revoked'),
      {
        timeoutMs: 1_000,
      },
    );
    const reset = await user('reset', olim.userId);
    const fresh = await signIn(api.url, 'olim@vhm24r.test', /password: (\S+)/.exec(reset.text)?.[1] ?? '');
    assert.equal((await user('block', 'olim@vhm24r.test')).code, 0);
    await eventually(
      async () => assert.equal((await ask(`${api.url}/api/v1/auth/me`, { token: fresh.token })).code, 'token_revoked'),
      {
        timeoutMs: 1_000,
      },
    );
    assert.equal((await user('approve', olim.userId)).code, 0);
    assert.match((await user('block', TEST_ADMIN.email)).text, /last admin/);
    const wrong = [
      ['role', olim.userId, 'king'],
      ['block', 'nobody@vhm24r.test'],
      [],
      ['fly'],
      ['block'],
      ['add', 'x@y.test', '--password', 'short'],
    ];
    for (const args of isLong ? wrong : wrong.slice(0, 2)) {
      assert.equal((await user(...args)).code, 3, args.join(' '));
    }
    const actions = await rows<{ action: string }>(
      `select action from audit_log where actor_id is null and subject = 'user:${olim.userId}' order by id`,
    );
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['users.created', 'users.role_changed', 'users.password_reset', 'users.blocked', 'users.approved'],
    );
  });

  it('an api with a weak, default or short secret does not start, and says how to make a good one', async () => {
    const weak = ['changeme-changeme-changeme-changeme', 'short', 'secret'.repeat(8), 'a'.repeat(40)];
    for (const secret of isLong ? weak : weak.slice(0, 1)) {
      await assert.rejects(
        startApi({ DATABASE_URL: database.url, JWT_SECRETS: `k1:${secret}` }),
        /JWT_SECRETS[\s\S]*randomBytes/,
      );
    }
  });
});
