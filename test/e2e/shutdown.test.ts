import assert from 'node:assert/strict';
import { createConnection } from 'node:net';
import pg from 'pg';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultMode, type FaultProxy } from '../support/faults.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { itLong } from '../support/long.ts';

/** Longer than any platform should wait; Railway is told 40 s. */
const LIMIT_MS = 28_000;

describe('SIGTERM', function () {
  this.timeout(90_000);
  let database: TestDatabase;
  let redis: TestRedis;

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
  });
  after(async () => {
    await redis.stop();
    await database.drop();
  });

  interface Stack {
    services: TestService[];
    postgres: FaultProxy;
    redis: FaultProxy;
    close(): Promise<void>;
  }
  async function openStack(): Promise<Stack> {
    const [toPostgres, toRedis] = await Promise.all([
      openFaultProxy(Number(new URL(database.url).port)),
      openFaultProxy(redis.port),
    ]);
    const env = { DATABASE_URL: toPostgres.urlFor(database.url), REDIS_URL: toRedis.urlFor(redis.url) };
    const services = await Promise.all([startApi(env), startWorker(env)]);
    await eventually(
      async () => {
        for (const { url } of services)
          assert.equal(((await (await fetch(`${url}/readyz`)).json()) as { status: string }).status, 'ready');
      },
      { timeoutMs: 20_000 },
    );
    return {
      services,
      postgres: toPostgres,
      redis: toRedis,
      async close() {
        await Promise.all(services.map((service) => service.stop()));
        await Promise.all([toPostgres.close(), toRedis.close()]);
      },
    };
  }

  async function end(service: TestService): Promise<{ code: number | null; ms: number }> {
    const startedAt = performance.now();
    const { code } = await service.kill('SIGTERM');
    return { code, ms: performance.now() - startedAt };
  }

  for (const [what, target, mode] of [
    ['everything is well', 'redis', 'pass'],
    ['Redis is frozen', 'redis', 'black-hole'],
    ['Redis is away', 'redis', 'refuse'],
    ['PostgreSQL is frozen', 'postgres', 'black-hole'],
    ['PostgreSQL is away', 'postgres', 'refuse'],
  ] as [string, 'redis' | 'postgres', FaultMode][]) {
    // what is refused at once is the lesser of the two
    const test = mode === 'refuse' ? itLong : it;
    test(`ends api and worker with 0 and in time when ${what}`, async () => {
      const stack = await openStack();
      try {
        await stack[target].set(mode);
        const ended = await Promise.all(stack.services.map(end));
        for (const { code, ms } of ended)
          assert.deepEqual([code, ms < LIMIT_MS], [0, true], `${code} after ${Math.round(ms)} ms`);
      } finally {
        await stack.close();
      }
    });
  }

  it('finishes a request that was accepted, and takes no further one', async () => {
    const stack = await openStack();
    const [api] = stack.services;
    assert.ok(api);
    try {
      await adminClient(api.url);
      const body = JSON.stringify({ email: 'admin@vhm24r.test', password: 'correct horse battery' });
      const socket = createConnection({ host: '127.0.0.1', port: api.port });
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(
        'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ' +
          `${body.length}\r\nConnection: close\r\n\r\n${body.slice(0, 10)}`,
      );
      // the request is at hand once its headers are read: a second one on another connection proves that the server got
      // there
      assert.equal((await fetch(`${api.url}/livez`)).status, 200);
      const ending = end(api);
      await eventually(async () =>
        assert.equal(
          await fetch(`${api.url}/livez`).then(
            () => 'answered',
            () => 'refused',
          ),
          'refused',
        ),
      );
      socket.write(body.slice(10));
      await closed;
      assert.match(answer, /^HTTP\/1\.1 200/);
      assert.equal((await ending).code, 0);
    } finally {
      await stack.close();
    }
  });

  it('leaves no claim behind and no service in the list', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('delete from service_instances');
    const stack = await openStack();
    await Promise.all(stack.services.map(end));
    await stack.close();
    const { rows } = await client.query(
      `select (select count(*)::int from service_instances) as services,
        (select count(*)::int from uploaded_files where status = 'processing') as claims`,
    );
    await client.end();
    assert.deepEqual(rows, [{ services: 0, claims: 0 }]);
  });
});
