import assert from 'node:assert/strict';
import { ask } from '../support/ask.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const PARTNER = 'https://partner.test';

describe('headers and foreign pages', () => {
  let database: TestDatabase;
  let closed: InProcessApi;
  let opened: InProcessApi;

  before(async function () {
    this.timeout(60_000);
    database = await createTestDatabase();
    closed = await openTestApi({ DATABASE_URL: database.url });
    opened = await openTestApi({ DATABASE_URL: database.url, CORS_ORIGINS: PARTNER });
  });

  after(async () => {
    await closed?.close();
    await opened?.close();
    await database?.drop();
  });

  const preflight = (api: InProcessApi, origin: string) =>
    ask(`${api.url}/api/v1/limits`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });
  const corsHeaders = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

  it('without CORS_ORIGINS no other page is told anything', async () => {
    assert.deepEqual(corsHeaders((await preflight(closed, PARTNER)).headers), []);
    const answer = await ask(`${closed.url}/api/v1/limits`, {
      token: closed.client.token ?? '',
      headers: { origin: PARTNER },
    });
    assert.deepEqual([answer.status, corsHeaders(answer.headers)], [200, []]);
  });

  it('with it the named pages may call with a bearer, never with cookies', async () => {
    const allowed = await preflight(opened, PARTNER);
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get('access-control-allow-origin'), PARTNER);
    assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /Authorization/);
    assert.equal(allowed.headers.get('access-control-allow-credentials'), null);
    assert.match(allowed.headers.get('vary') ?? '', /Origin/);
    const answer = await ask(`${opened.url}/api/v1/limits`, {
      token: opened.client.token ?? '',
      headers: { origin: PARTNER },
    });
    assert.equal(answer.headers.get('access-control-allow-origin'), PARTNER);
    for (const origin of ['https://evil.test', `${PARTNER}.evil.test`, 'null']) {
      assert.deepEqual(corsHeaders((await preflight(opened, origin)).headers), [], origin);
    }
  });

  it('pages, api and dashboard come with a policy that allows no foreign script', async () => {
    const token = closed.client.token ?? '';
    const ops = await ask(`${closed.url}/api/v1/auth/ops`, { method: 'POST', token });
    for (const [path, cookie] of [
      ['/', undefined],
      ['/api/v1/limits', undefined],
      ['/ops/queues', `vhm24r_ops=${ops.cookies['vhm24r_ops']}`],
    ] as const) {
      const { headers } = await ask(`${closed.url}${path}`, { token, cookie });
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'self'/, path);
      assert.doesNotMatch(/script-src[^;]*/.exec(policy)?.[0] ?? '', /unsafe|\*|https?:/, path);
      assert.match(policy, /frame-ancestors 'none'/, path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('x-powered-by'), null, path);
    }
  });

  it('a link to choose a password is one of http, whatever scheme a proxy hands on unseen', async () => {
    const behind = await openTestApi({ DATABASE_URL: database.url, TRUST_PROXY: '1' });
    try {
      for (const [sent, scheme] of [
        ['javascript', 'http'],
        ['https', 'https'],
      ] as const) {
        const answer = await ask(`${behind.url}/api/v1/users`, {
          token: behind.client.token ?? '',
          body: { email: `${scheme}@example.test`, role: 'viewer' },
          headers: { 'x-forwarded-proto': sent },
        });
        const { url } = (answer.body as unknown as { invitation: { url: string } }).invitation;
        assert.equal(new URL(url).protocol, `${scheme}:`);
      }
    } finally {
      await behind.close();
    }
  });

  it('no error tells internals', async () => {
    for (const [path, options] of [
      ['/auth/login', { body: '{"email":' }],
      ['/auth/login', { body: { email: { $ne: null }, password: [] } }],
      ['/auth/me', { token: 'x'.repeat(6_000) }],
      ['/users/1;drop', { token: closed.client.token ?? '' }],
      ['/audit?cursor=%00', { token: closed.client.token ?? '' }],
      ['/files/%E0%A4%A', { token: closed.client.token ?? '' }],
    ] as const) {
      const answer = await ask(`${closed.url}/api/v1${path}`, options);
      assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
      assert.doesNotMatch(answer.text, / at |node_modules|select |syntax error|\.ts:/i, path);
    }
  });
});
