import assert from 'node:assert/strict';
import pg from 'pg';
import type { ApiClient } from '../../scripts/api-client.ts';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

interface ExportBody {
  id: string;
  status: string;
  progress: number;
  rows: number;
}

/** Enough to be met in the middle of the writing. */
const ORDERS = 60_000;

describe('an export whose worker or queue dies', function () {
  this.timeout(300_000);
  let database: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let client: ApiClient;
  let observer: pg.Client;
  const workers: TestService[] = [];

  const env = () => ({ DATABASE_URL: database.url, REDIS_URL: redis.url, LEASE_MS: '1500' });
  const openWorker = async () => {
    const worker = await startWorker(env());
    workers.push(worker);
    return worker;
  };

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
    observer = new pg.Client({ connectionString: database.url });
    await observer.connect();
    await observer.query(`
      insert into orders (order_number, machine_code, goods_name, payment_type, price, time, has_hw, status)
      select 'made-' || n, 'aaaaaaaaaaaa', 'Капучино', 'cash', 10000,
        '2025-07-01T00:00:00+05:00'::timestamptz + n * interval '1 minute', true, 'hw_only'
      from generate_series(1, ${ORDERS}) n`);
    api = await startApi(env());
    client = await adminClient(api.url);
  });
  after(async () => {
    await api?.stop();
    for (const worker of workers) await worker.stop();
    await observer?.end();
    await redis?.stop();
    await database?.drop();
  });

  async function begin(): Promise<string> {
    const made = await client.post<ExportBody>('/exports', { kind: 'orders', format: 'csv', filter: {} });
    assert.equal(made.status, 202, JSON.stringify(made.body));
    return made.body.id;
  }

  const exportOf = async (id: string) => (await client.get<ExportBody>(`/exports/${id}`)).body;
  /** Met half way, as its reader sees it. */
  const underway = (id: string) =>
    eventually(
      async () => {
        const seen = await exportOf(id);
        assert.ok(seen.status === 'processing' && seen.rows > 0, JSON.stringify(seen));
        assert.ok(seen.progress > 0 && seen.progress < 1);
      },
      { intervalMs: 20 },
    );
  const fenceOf = async (id: string) => {
    const { rows } = await observer.query<{ fence: string }>('select fence from exports where id = $1', [id]);
    return Number(rows[0]?.fence);
  };

  async function assertWhole(id: string): Promise<void> {
    await eventually(async () => assert.equal((await exportOf(id)).status, 'completed'), { timeoutMs: 60_000 });
    const response = await fetch(`${api.url}/api/v1/exports/${id}/download`, {
      headers: { authorization: `Bearer ${client.token}` },
    });
    const lines = (await response.text()).split('\r\n').slice(1, -1);
    assert.equal(lines.length, ORDERS);
    assert.equal(new Set(lines.map((line) => line.split(/[,;]/)[0])).size, ORDERS);
  }

  it('a killed worker: another one writes the whole file', async () => {
    const first = await openWorker();
    const id = await begin();
    await underway(id);
    await first.kill('SIGKILL');
    await openWorker();
    await assertWhole(id);
    assert.ok((await fenceOf(id)) >= 2, 'it was claimed again');
  });

  it('Redis gone: the api writes it itself', async () => {
    await redis.kill();
    await eventually(async () => {
      const ready = await client.get<{ redis?: unknown }>('/readyz');
      assert.match(JSON.stringify(ready.body), /degraded/);
    });
    await assertWhole(await begin());
  });
});
