/**
 * Every route of the table while PostgreSQL ends its sessions, or has no tables: never 500, and each 503 says when to
 * come again.
 */
import assert from 'node:assert/strict';
import pg from 'pg';
import { createRoutes } from '../../api/routes/index.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { TEST_ADMIN } from '../support/processes.ts';
import { isLong } from '../support/long.ts';

const ROUNDS = isLong ? 20 : 2;
const CUTS = isLong ? 12 : 4;
const IDS = ['1', '7f0d6f4e-3f0a-4c56-9a55-0f3c9f6a2b11'];
/** They end the session that asks, wait for events, or climb the doctor's whole ladder: walked by themselves. */
const APART = new Set([
  '/auth/logout',
  '/auth/logout-all',
  '/auth/password',
  '/sessions/:id/events',
  '/system/diagnostics',
]);
const BODIES: Record<string, unknown> = {
  // not the administrator's: wrong passwords in a row lock an account
  '/auth/login': { email: 'nobody@vhm24r.test', password: 'wrong password here' },
  '/exports': { kind: 'orders', format: 'csv', filter: {} },
  '/reconciliation/runs': { from: '2025-07-01', to: '2025-07-02' },
  '/downloads': { path: '/api/v1/files/7f0d6f4e-3f0a-4c56-9a55-0f3c9f6a2b11/content' },
  '/tokens': { name: 'a token', scopes: ['viewer'] },
  '/orders/:id/decisions': { kind: 'accept', resolution: 'valid', note: 'looked at it by hand' },
};

interface Call {
  name: string;
  send(): Promise<Response>;
}

describe('every route while PostgreSQL is in trouble', function () {
  this.timeout(isLong ? 3_600_000 : 180_000);
  let database: TestDatabase;
  let proxy: FaultProxy;
  let api: InProcessApi;
  let direct: pg.Client;
  let token: string;

  before(async () => {
    database = await createTestDatabase();
    proxy = await openFaultProxy(Number(new URL(database.url).port));
    api = await openTestApi({
      DATABASE_URL: proxy.urlFor(database.url),
      STORAGE_URL: 'postgres:',
      SYNC_WAIT_MS: '0',
      // what is asked is what PostgreSQL's trouble does, thousands of times
      RATE_LIMIT_FACTOR: '0',
    });
    direct = new pg.Client({ connectionString: database.url });
    await direct.connect();
    token = await signIn();
  });
  after(async () => {
    proxy?.intercept(null);
    await direct?.end();
    await api?.close();
    await proxy?.close();
    await database?.drop();
  });

  async function signIn(): Promise<string> {
    return eventually(async () => {
      const answer = await fetch(`${api.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(TEST_ADMIN),
      });
      const body = (await answer.json()) as { accessToken?: string };
      assert.ok(body.accessToken !== undefined, JSON.stringify(body));
      return body.accessToken;
    });
  }

  function calls(): Call[] {
    const headers = { authorization: `Bearer ${token}` };
    return createRoutes(api.opened.resources)
      .filter((route) => !APART.has(route.path))
      .flatMap((route) =>
        (route.path.includes(':') ? IDS : ['']).map((id) => {
          const path = route.path.replaceAll(/:[A-Za-z]+/g, id);
          const url = `${api.url}/api/v1${path}`;
          const method = route.method.toUpperCase();
          return {
            name: `${method} ${route.path} ${id}`,
            send() {
              if (route.multipart === true) return fetch(url, { method, headers, body: form() });
              if (method === 'GET' || method === 'DELETE') return fetch(url, { method, headers, redirect: 'manual' });
              const body = JSON.stringify(BODIES[route.path] ?? {});
              return fetch(url, { method, headers: { ...headers, 'content-type': 'application/json' }, body });
            },
          };
        }),
      );
  }

  function form(): FormData {
    const made = new FormData();
    const content = csvBytes(rowsOfHappyWorkers([{ number: `routes-${Math.random()}` }]));
    made.append('files', new Blob([new Uint8Array(content)]), 'a.csv');
    return made;
  }

  async function check(call: Call, counts: Map<number, number>): Promise<number> {
    const answer = await call.send();
    const body = await answer.text();
    counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
    assert.notEqual(answer.status, 500, `${call.name}: ${body}`);
    if (answer.status >= 500) {
      assert.equal(answer.status, 503, `${call.name}: ${body}`);
      assert.ok(Number(answer.headers.get('retry-after')) >= 1, call.name);
      assert.equal((JSON.parse(body) as { error: { code: string } }).error.code, 'service_unavailable', call.name);
    }
    return answer.status;
  }

  const told = (counts: Map<number, number>) => {
    if (isLong)
      console.log(`      answers: ${[...counts].map(([status, count]) => `${count} x ${status}`).join(', ')}`);
  };

  it('answers 503 with Retry-After, never 500, wherever its connection is cut', async () => {
    const counts = new Map<number, number>();
    for (const call of calls()) {
      for (let at = 1; at <= CUTS; at++) {
        let messages = 0;
        proxy.intercept(({ from }) => (from === 'client' && (messages += 1) === at ? 'cut' : 'pass'));
        await check(call, counts);
      }
      proxy.intercept(null);
    }
    assert.ok((counts.get(503) ?? 0) > 50, `${counts.get(503)} answers of 503`);
    told(counts);
  });

  it('answers 503 with Retry-After, never 500, also where it signs out, changes the password, streams events or looks for trouble', async () => {
    const counts = new Map<number, number>();
    // the connection that was cut last is found out by whoever meets it first
    const session = await eventually(async () => {
      const uploaded = await api.client.upload([{ name: 'a.csv', content: 'a,b' }]);
      assert.ok(uploaded.status < 300, `${uploaded.status}`);
      return uploaded.body.session.id;
    });
    const wrong = { currentPassword: 'not the password', newPassword: 'Xq7-long enough to be taken' };
    for (const [method, path, body, cuts] of [
      ['POST', '/auth/logout', {}, CUTS],
      ['POST', '/auth/logout-all', {}, CUTS],
      // more wrong passwords in a row lock the account
      ['POST', '/auth/password', wrong, 4],
      ['GET', `/sessions/${session}/events`, null, CUTS],
      // beyond its admission each of its checks answers for itself
      ['GET', '/system/diagnostics', null, 1],
    ] as const) {
      let own = await signIn();
      for (let at = 1; at <= cuts; at++) {
        let messages = 0;
        proxy.intercept(({ from }) => (from === 'client' && (messages += 1) === at ? 'cut' : 'pass'));
        const reading = new AbortController();
        const status = await check(
          {
            name: `${method} ${path}, cut at ${at}`,
            async send() {
              const answer = await fetch(`${api.url}/api/v1${path}`, {
                method,
                headers: { authorization: `Bearer ${own}`, 'content-type': 'application/json' },
                ...(body === null ? {} : { body: JSON.stringify(body) }),
                signal: reading.signal,
              });
              // a stream that was opened goes on until its reader leaves
              if (answer.headers.get('content-type')?.includes('event-stream') !== true) return answer;
              await answer.body?.cancel();
              return new Response(null, { status: answer.status });
            },
          },
          counts,
        );
        reading.abort();
        proxy.intercept(null);
        if (status < 300 && path.startsWith('/auth/')) own = await signIn();
      }
    }
    assert.ok((counts.get(503) ?? 0) > 5, `${counts.get(503)} answers of 503`);
    told(counts);
    token = await signIn();
  });

  it('answers 503 with Retry-After, never 500, while all sessions are ended again and again', async () => {
    const counts = new Map<number, number>();
    let isOver = false;
    const ending = (async () => {
      while (!isOver) {
        await direct.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()`,
        );
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    })();
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const waiting = calls();
        await Promise.all(
          Array.from({ length: 8 }, async () => {
            for (let call = waiting.pop(); call !== undefined; call = waiting.pop()) await check(call, counts);
          }),
        );
      }
    } finally {
      isOver = true;
      await ending;
    }
    told(counts);
    // the client's own sign-in may have ended with all others of its person, in the walk before
    await eventually(
      async () => {
        await api.client.login(TEST_ADMIN.email, TEST_ADMIN.password);
        assert.equal((await api.client.get('/files')).status, 200);
      },
      { timeoutMs: 20_000 },
    );
  });

  it('answers 503 with Retry-After, never 500, where the tables are not there; signing in too', async () => {
    const counts = new Map<number, number>();
    await direct.query('drop schema public cascade; create schema public');
    for (const call of calls()) await check(call, counts);
    const login = await fetch(`${api.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(TEST_ADMIN),
    });
    assert.equal(login.status, 503, await login.text());
    assert.ok(Number(login.headers.get('retry-after')) >= 1);
    assert.ok((counts.get(503) ?? 0) > 30);
    told(counts);
  });
});
