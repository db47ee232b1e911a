/**
 * Connections to PostgreSQL that die without a word, while new ones work: what waits on them is freed, requests are
 * answered in time and files complete once. And rows that somebody else holds: nobody waits for them long. TEST_LONG=1
 * does each twenty times.
 */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { createDatabase } from '../../shared/db/client.ts';
import { cutDeadLines } from '../../shared/db/dead-lines.ts';
import { createLogger } from '../../shared/logger.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { isLong } from '../support/long.ts';
import { TEST_ADMIN } from '../support/processes.ts';

const TIMES = isLong ? 20 : 2;
/** A file that was hit waits for its lease to end. */
const HITS = isLong ? 20 : 1;
/**
 * One second beyond its own work (promise 4), and half a second in which the watch looks; the machine of a test is
 * slow.
 */
const ANSWER_LIMIT_MS = 3_000;
const FILE_LIMIT_MS = 30_000;
/** So many make a file for which staging tables are made (held-rows.ts). */
const STAGED_ORDERS = 600;

describe('a connection to PostgreSQL that dies without a word', function () {
  this.timeout(isLong ? 3_600_000 : 180_000);
  let database: TestDatabase;
  let proxy: FaultProxy;
  let api: InProcessApi;
  let direct: pg.Client;
  let made = 0;

  before(async () => {
    database = await createTestDatabase();
    proxy = await openFaultProxy(Number(new URL(database.url).port));
    api = await openTestApi(
      // each time asks for the same; what it may cost is not the question
      { DATABASE_URL: proxy.urlFor(database.url), STORAGE_URL: 'postgres:', SYNC_WAIT_MS: '0', RATE_LIMIT_FACTOR: '0' },
      { sweepIntervalMs: 300 },
    );
    direct = new pg.Client({ connectionString: database.url });
    await direct.connect();
  });
  after(async () => {
    proxy.intercept(null);
    await direct?.end();
    await api?.close();
    await proxy?.close();
    await database?.drop();
  });

  // twenty times each outlast a sign-in
  beforeEach(async () => {
    await eventually(() => api.client.login(TEST_ADMIN.email, TEST_ADMIN.password), { timeoutMs: 20_000 });
  });

  function report(size = 2): { name: string; content: Uint8Array<ArrayBuffer>; orders: string[] } {
    made += 1;
    const orders = Array.from({ length: size }, (_, n) => `dead-${made}-${n}`);
    return {
      name: `${made}.csv`,
      content: new Uint8Array(csvBytes(rowsOfHappyWorkers(orders.map((number) => ({ number }))))),
      orders,
    };
  }

  async function accepted(size?: number): Promise<{ id: string; orders: string[] }> {
    // The test before has just frozen everything: a refusal with Retry-After is tried again, as a client does, yet with
    // another report, since one whose commit went unheard may be stored and the second would be its duplicate.
    return eventually(
      async () => {
        const { orders, ...file } = report(size);
        const answer = await api.client.upload([file]);
        assert.ok(answer.status === 202 || answer.status === 200, JSON.stringify(answer.body));
        return { id: answer.body.session.files[0]!.id, orders };
      },
      { timeoutMs: 30_000 },
    );
  }

  const completesOnce = ({ id, orders }: { id: string; orders: string[] }) =>
    eventually(
      async () => {
        const { rows } = await direct.query(
          `select f.status, (select count(*)::int from happy_workers_orders where file_id = f.id) as records,
             (select count(*)::int from orders where order_number = any($2)) as orders
           from uploaded_files f where f.id = $1`,
          [id, orders],
        );
        assert.deepEqual(rows[0], { status: 'completed', records: orders.length, orders: orders.length });
      },
      { timeoutMs: FILE_LIMIT_MS },
    );

  /** Any 2xx, or 503 with Retry-After, in time. */
  async function answersInTime(
    ask: () => Promise<{ status: number; headers: Headers; body: unknown }>,
  ): Promise<number> {
    const startedAt = performance.now();
    const { status, headers, body } = await ask();
    const ms = performance.now() - startedAt;
    assert.ok((status >= 200 && status < 300) || status === 503, `${status} ${JSON.stringify(body)}`);
    if (status === 503) assert.ok(Number(headers.get('retry-after')) >= 1);
    assert.ok(ms < ANSWER_LIMIT_MS, `answered after ${ms} ms`);
    return ms;
  }

  const requests = () => [
    () => api.client.get('/files'),
    () => api.client.get('/orders'),
    () => api.client.get('/reconciliation/summary'),
    () => api.client.upload([report()]),
    () => api.client.post('/auth/login', { email: `someone-${made}@vhm24r.test`, password: 'whatever it is' }),
    () => api.client.post('/exports', { kind: 'orders', format: 'csv', filter: {} }),
  ];

  it('delays no request and no file, whatever they were at', async () => {
    let slowest = 0;
    for (let time = 0; time < TIMES; time++) {
      const file = await accepted();
      if (time % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 50 * time));
      proxy.freezeOpen();
      for (const ms of await Promise.all(
        requests().map((ask, at) => answersInTime(at === 4 ? async () => asRefused(await ask()) : ask)),
      ))
        slowest = Math.max(slowest, ms);
      await completesOnce(file);
      await eventually(async () => assert.equal((await api.client.get('/files')).status, 200));
    }
    if (isLong)
      console.log(`      ${TIMES} times, ${TIMES * 6} requests, the slowest answered after ${Math.round(slowest)} ms`);
  });

  /** A wrong password is an answer as good as another. */
  function asRefused<T extends { status: number }>(answer: T): T {
    return answer.status === 401 ? { ...answer, status: 200 } : answer;
  }

  for (const [where, text, size] of [
    ['the claim', 'claimed_by = $'],
    ['the merge', 'pg_advisory_xact_lock(724124)'],
    ['reconciling', 'as "hasVanished"'],
    ['the copy into the transaction', 'copy work_staged'],
    ['the copy into tables of its own', 'copy staging.f_', STAGED_ORDERS],
    ['the end of the file', 'delete from "file_progress"'],
    ['the commit of the merge', 'COMMIT'],
  ] as [string, string, number?][]) {
    it(`holds no file that was at ${where}`, async () => {
      const slowest = { ms: 0 };
      for (let time = 0; time < HITS; time++) {
        let hit = false;
        const file = await accepted(size);
        proxy.intercept(({ from, bytes }) => {
          if (hit || from !== 'client' || !bytes.includes(text)) return 'pass';
          hit = true;
          return 'swallow';
        });
        const startedAt = performance.now();
        await completesOnce(file);
        slowest.ms = Math.max(slowest.ms, performance.now() - startedAt);
        proxy.intercept(null);
      }
      if (isLong) console.log(`      ${HITS} times, the slowest file took ${Math.round(slowest.ms)} ms`);
    });
  }

  it('leaves a statement alone that takes long', async () => {
    const { db } = api.opened.resources;
    await db.raw('select pg_sleep(4)');
    await db.transaction(async (trx) => {
      await trx.raw('select pg_sleep(3)');
    });
  });

  it('lets nobody wait long for rows that another session holds', async () => {
    for (let time = 0; time < TIMES; time++) {
      await direct.query('begin');
      try {
        await direct.query(`select 1 from users for update`);
        await answersInTime(() => api.client.upload([report()]));
        await answersInTime(() => api.client.post('/exports', { kind: 'orders', format: 'csv', filter: {} }));
      } finally {
        await direct.query('rollback');
      }
      await eventually(async () => assert.ok((await api.client.upload([report()])).status < 300));
    }
  });
});

describe('a session of PostgreSQL that is given no core', () => {
  it('keeps its connection where the server is slow to answer anybody', async () => {
    const database = await createTestDatabase();
    const db = createDatabase({
      url: database.url,
      poolMax: 1,
      applicationName: 'starved',
      logger: createLogger({ service: 'test', level: 'error', format: 'text' }),
    });
    const answering = new pg.Client({ connectionString: database.url });
    await answering.connect();
    const query = answering.query.bind(answering) as (...given: unknown[]) => Promise<unknown>;
    // the shortest that a starved session is told from a dead line by
    const slow = { query: (...given: unknown[]) => delay(150).then(() => query(...given)) };
    const look = () => cutDeadLines(db, Object.assign(Object.create(answering) as pg.Client, slow));
    const { rows } = await db.raw<{ rows: { pid: number }[] }>('select pg_backend_pid() as pid');
    const { pid } = rows[0]!;
    try {
      process.kill(pid, 'SIGSTOP');
      const answer = db.raw<{ rows: unknown[] }>('select 1 as one').then(({ rows: got }) => got);
      const startedAt = performance.now();
      while (performance.now() - startedAt < 1_000) {
        assert.equal(await look(), 0);
        await delay(50);
      }
      process.kill(pid, 'SIGCONT');
      assert.deepEqual(await answer, [{ one: 1 }]);

      process.kill(pid, 'SIGSTOP');
      const never = assert.rejects(db.raw('select 1'), { name: 'ConnectionLostError' });
      await eventually(async () => assert.equal(await look(), 1), { timeoutMs: 20_000 });
      await never;
    } finally {
      process.kill(pid, 'SIGCONT');
      await answering.end();
      await db.destroy();
      await database.drop();
    }
  });
});

const ROWS = 5_000;
const HEARTBEAT = /update uploaded_files\s+set\s+lease_until = clock_timestamp\(\)/;

/** An api of its own, so that nobody else claims the file. */
describe('heartbeats that go unheard', function () {
  this.timeout(isLong ? 3_600_000 : 180_000);

  it('hold no file that is at work meanwhile: it takes effect once', async () => {
    const database = await createTestDatabase();
    const proxy = await openFaultProxy(Number(new URL(database.url).port));
    const api = await openTestApi(
      { DATABASE_URL: proxy.urlFor(database.url), STORAGE_URL: 'postgres:', SYNC_WAIT_MS: '0', LEASE_MS: '3000' },
      { sweepIntervalMs: 300 },
    );
    const direct = new pg.Client({ connectionString: database.url });
    await direct.connect();
    try {
      for (let time = 0; time < (isLong ? TIMES : 1); time++) {
        // so that it is read still when the first heartbeat comes, after a second; while it is merged its row is locked
        await direct.query('begin; lock table header_mappings in access exclusive mode');
        let unheard = 0;
        let tried = 0;
        proxy.intercept(({ from, bytes }) => {
          if (unheard === 2 || from !== 'client' || !HEARTBEAT.test(bytes.toString('latin1'))) return 'pass';
          unheard += 1;
          return 'swallow';
        });
        const answer = await eventually(
          async () => {
            tried += 1;
            const orders = Array.from({ length: ROWS }, (_, no) => `unheard-${time}-${tried}-${no}`);
            const content = new Uint8Array(csvBytes(rowsOfHappyWorkers(orders.map((number) => ({ number })))));
            const sent = await api.client.upload([{ name: `${time}.csv`, content }]);
            assert.ok([200, 202].includes(sent.status), JSON.stringify(sent.body));
            return sent;
          },
          { timeoutMs: 60_000 },
        );
        const fileId = answer.body.session.files[0]?.id;
        await eventually(
          async () => {
            const { rows } = await direct.query(
              `select status, phase, attempts, retry_reason, error_code from uploaded_files where id = $1`,
              [fileId],
            );
            assert.ok(unheard > 0, `no heartbeat: ${JSON.stringify(rows)}`);
          },
          { timeoutMs: 60_000 },
        );
        await direct.query('commit');
        await eventually(
          async () => {
            const { rows } = await direct.query(
              `select status, (select count(*)::int from happy_workers_orders o where o.file_id = f.id) as records
               from uploaded_files f where id = $1`,
              [fileId],
            );
            assert.deepEqual(rows, [{ status: 'completed', records: ROWS }]);
          },
          { timeoutMs: 120_000 },
        );
        proxy.intercept(null);
      }
    } finally {
      proxy.intercept(null);
      await direct.end();
      await api.close();
      await proxy.close();
      await database.drop();
    }
  });
});
