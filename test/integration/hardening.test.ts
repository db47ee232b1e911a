import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { ask } from '../support/ask.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { TEST_ADMIN } from '../support/processes.ts';

/** Doors that attacks found ajar. */
describe('small doors', () => {
  let database: TestDatabase;
  let api: InProcessApi;

  before(async function () {
    this.timeout(60_000);
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, TRUST_PROXY: '1' });
  });

  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const signIn = (headers: Record<string, string> = {}) =>
    ask(`${api.url}/api/v1/auth/login`, { body: { email: TEST_ADMIN.email, password: TEST_ADMIN.password }, headers });

  it('behind https the refresh cookie is Secure and bound to it, though the proxy asks by a loopback name', async () => {
    const plain = (await signIn()).setCookies.join();
    assert.match(plain, /^vhm24r_refresh=/);
    assert.doesNotMatch(plain, /Secure/);
    const behindProxy = await signIn({ 'x-forwarded-proto': 'https' });
    const line = behindProxy.setCookies.join();
    assert.match(line, /^__Secure-vhm24r_refresh=.*; Secure/);
    const value = behindProxy.cookies['__Secure-vhm24r_refresh'] ?? '';
    const refresh = (cookie: string) =>
      ask(`${api.url}/api/v1/auth/refresh`, { method: 'POST', cookie, headers: { 'x-forwarded-proto': 'https' } });
    assert.equal(
      (await refresh(`vhm24r_refresh=${value}`)).status,
      401,
      'a cookie that a neighbour could have planted',
    );
    assert.equal((await refresh(`__Secure-vhm24r_refresh=${value}`)).status, 200);
  });

  it('a port behind an address in X-Forwarded-For makes nobody somebody else', async () => {
    const wrong = (address: string) =>
      ask(`${api.url}/api/v1/auth/login`, {
        body: { email: 'nobody@vhm24r.test', password: 'not the password' },
        headers: { 'x-forwarded-for': address },
      });
    const codes: number[] = [];
    for (let port = 1; port <= 6; port++) codes.push((await wrong(`203.0.113.9:${40_000 + port}`)).status);
    assert.deepEqual(codes, [401, 401, 401, 401, 401, 429]);
  });

  it('text that no database keeps is refused by name, wherever it stands', async () => {
    const token = api.client.token ?? '';
    for (const path of [
      '/audit?subject=%00',
      '/orders?q=%00',
      '/orders?machine=a%00b',
      '/files?sha256=%00',
      '/audit?address=x%00',
    ]) {
      const answer = await ask(`${api.url}/api/v1${path}`, { token });
      assert.deepEqual([answer.status, answer.code], [400, 'validation_failed'], path);
    }
    for (const name of ['a\0b', 'half \ud800 a pair']) {
      const answer = await ask(`${api.url}/api/v1/tokens`, { token, body: JSON.stringify({ name, scopes: ['read'] }) });
      assert.deepEqual([answer.status, answer.code], [400, 'validation_failed']);
    }
    assert.equal((await ask(`${api.url}/api/v1/users/1%00/block`, { token, method: 'POST' })).status, 404);
  });

  it('a body that comes drop by drop is given up after ten seconds, not half an hour', async function () {
    this.timeout(30_000);
    const socket = connect(api.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      'POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{',
    );
    const drops = setInterval(() => socket.write(' '), 500);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('utf8')));
    socket.on('error', () => undefined);
    await once(socket, 'close');
    clearInterval(drops);
    assert.match(text, /^HTTP\/1\.1 400 /);
    assert.match(text, /body_too_slow/);
  });

  it('pages and answers carry the headers that browsers ask for', async () => {
    const { headers } = await ask(`${api.url}/`);
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
      "default-src 'self'",
    ])
      assert.ok(policy.includes(part), part);
    assert.match(headers.get('permissions-policy') ?? '', /camera=\(\), microphone=\(\), geolocation=\(\)/);
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('strict-transport-security'), null, 'plain http on this machine must go on working');
  });

  it('in production a browser that came by https comes by nothing else, below the same name too', async () => {
    const strict = await openTestApi({ DATABASE_URL: database.url, NODE_ENV: 'production', TRUST_PROXY: '1' });
    try {
      for (const path of ['/', '/api/v1/limits', '/nothing', '/livez']) {
        const { headers } = await ask(`${strict.url}${path}`);
        assert.equal(headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains', path);
      }
    } finally {
      await strict.close();
    }
  });
});
