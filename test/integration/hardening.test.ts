import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { documentRoutes } from '../../api/openapi.ts';
import type { Route } from '../../api/route.ts';
import { createRoutes } from '../../api/routes/index.ts';
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

  it('a crowd that holds every connection keeps nobody from being let in', async () => {
    const { db, config } = api.opened.resources;
    const { token: own } = (
      await ask(`${api.url}/api/v1/tokens`, { token: api.client.token ?? '', body: { name: 'a script' } })
    ).body as never as { token: string };
    const held = await Promise.all(Array.from({ length: config.database.poolMax }, () => db.transaction()));
    try {
      // longer than what was last read of PostgreSQL counts: from then on each request asks
      const untilMs = performance.now() + 2_500;
      while (performance.now() < untilMs) {
        for (const token of [api.client.token ?? '', own]) {
          const answer = await ask(`${api.url}/api/v1/limits`, { token });
          assert.equal(answer.status, 200, answer.text);
        }
      }
    } finally {
      await Promise.all(held.map((one) => one.rollback()));
    }
  });

  it('lists that may be long, and the description of all routes, are asked for in turn', () => {
    const { resources } = api.opened;
    const routes = [...createRoutes(resources), ...documentRoutes([], '/api/v1', 'test')];
    const long = routes.filter(
      ({ method, path, query }) =>
        method === 'get' && (path === '/openapi.json' || query?.safeParse({ limit: '1000' }).success === true),
    );
    const names = (some: readonly Route[]) => some.map(({ path }) => path).sort();
    assert.ok(names(long).includes('/files') && names(long).includes('/sessions'), names(long).join());
    assert.deepEqual(
      names(long.filter(({ expensive }) => expensive !== true)),
      ['/orders/:id/changes', '/tokens', '/users'],
      'of one order, fifty at most, and what an admin alone may ask',
    );
  });

  it('a body that comes drop by drop is given up after seconds, also where nobody reads it', async function () {
    this.timeout(60_000);
    const dropByDrop = async (head: string): Promise<string> => {
      const socket = connect(api.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`${head} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`);
      const drops = setInterval(() => socket.write(' '), 500);
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString('utf8')));
      // whoever writes on may be told by a reset; `once` would take that for a failure
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('close', resolve));
      clearInterval(drops);
      return text;
    };
    const [signIn = '', ...others] = await Promise.all(
      ['POST /api/v1/auth/login', 'GET /livez', 'POST /nothing', 'GET /api/v1/limits', 'DELETE /api/docs'].map(
        dropByDrop,
      ),
    );
    assert.match(signIn, /^HTTP\/1\.1 400 /);
    assert.match(signIn, /body_too_slow/);
    assert.deepEqual(
      others.map((text) => text.slice(9, 12)),
      ['200', '404', '401', '404'],
    );
  });

  /** What every answer says to a browser, and why. */
  const HEADERS: [name: string, holds: RegExp, why: string][] = [
    ['content-security-policy', /(^|; ?)default-src 'self'(;|$)/, 'nothing is fetched from elsewhere'],
    ['content-security-policy', /(^|; ?)script-src 'self'( 'sha256-[^']+')*(;|$)/, 'no script but ours, none inline'],
    ['content-security-policy', /(^|; ?)object-src 'none'(;|$)/, 'no plug-in runs'],
    ['content-security-policy', /(^|; ?)base-uri '(none|self)'(;|$)/, 'no injected tag turns addresses elsewhere'],
    ['content-security-policy', /(^|; ?)frame-ancestors 'none'(;|$)/, 'nobody lays his page over ours'],
    ['content-security-policy', /(^|; ?)form-action 'self'(;|$)/, 'no injected form sends a password away'],
    ['x-frame-options', /^DENY$/, 'the same for browsers without the policy'],
    ['x-content-type-options', /^nosniff$/, 'a report is never taken for a page'],
    ['referrer-policy', /^no-referrer$/, 'links tell no other site where somebody was'],
    ['cross-origin-opener-policy', /^same-origin$/, 'a page that opened ours holds no handle to it'],
    ['cross-origin-resource-policy', /^same-origin$/, 'no other site embeds what we answer'],
    [
      'permissions-policy',
      /^(?=.*camera=\(\))(?=.*microphone=\(\))(?=.*geolocation=\(\))(?=.*payment=\(\))(?=.*usb=\(\))/,
      'what the page never uses nothing in it may use',
    ],
  ];

  it('pages, answers and refusals carry the headers that browsers ask for', async () => {
    const token = api.client.token ?? '';
    const opened = await ask(`${api.url}/api/v1/auth/ops`, { method: 'POST', token });
    const cookie = Object.entries(opened.cookies).map(([name, value]) => `${name}=${value}`)[0] ?? '';
    const places: [path: string, how: Parameters<typeof ask>[1], status: number][] = [
      ['/', {}, 200],
      ['/nothing/here', {}, 200],
      ['/livez', {}, 200],
      ['/api/v1/limits', { token }, 200],
      ['/api/v1/limits', {}, 401],
      ['/api/v1/orders?limit=0', { token }, 400],
      ['/api/v1/nothing', { token }, 404],
      ['/api/v1/templates/click.csv', { token }, 200],
      ['/api/openapi.json', { token }, 200],
      ['/ops/queues', { cookie }, 503],
    ];
    for (const [path, how, status] of places) {
      const { headers, status: answered } = await ask(`${api.url}${path}`, how);
      if (path !== '/' && path !== '/nothing/here') assert.equal(answered, status, path);
      for (const [name, holds, why] of HEADERS) assert.match(headers.get(name) ?? '', holds, `${path}: ${why}`);
      assert.equal(headers.get('strict-transport-security'), null, 'plain http on this machine must go on working');
      for (const name of ['x-powered-by', 'server'])
        assert.equal(headers.get(name), null, 'nothing says what runs here');
    }
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
