import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { ApiClient } from '../../scripts/api-client.ts';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { differencesFrom, type Truth } from '../support/truth.ts';
import { isLong, itLong } from '../support/long.ts';

/** Short, so that a lost claim is taken over within seconds. */
const LEASE_MS = '1500';
/** Enough to be met in the middle of its reading. */
const MANY_ROWS = isLong ? 25_000 : 12_000;
/** Where a lock holds the worker up, however little there is to do. */
const FEW_ROWS = isLong ? 25_000 : 500;

function report(seed: number, count: number): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: count }, (_, index) => ({
    number: `ff${(seed * 1_000_000 + index).toString(16).padStart(8, '0')}20250701120000a7ca181f0000`,
    price: 10_000 + (index % 40) * 500,
  }));
  return csvBytes(rowsOfHappyWorkers(rows));
}

/**
 * Places of the final transaction where a worker can be held up and met, and the faults that the short run makes there.
 */
const FINAL_STEPS: { where: string; hold: string; isThere: string; inShort: ('kill' | 'freeze')[] }[] = [
  {
    where: 'waiting for the merge lock',
    hold: `select pg_advisory_lock(${MERGE_LOCK_KEY})`,
    isThere: `select 1 from pg_locks where locktype = 'advisory' and objid = ${MERGE_LOCK_KEY} and not granted`,
    inShort: ['freeze'],
  },
  {
    where: 'merging',
    hold: `begin; lock table happy_workers_orders in share mode`,
    isThere: `select 1 from pg_locks where relation = 'happy_workers_orders'::regclass and not granted`,
    inShort: ['kill'],
  },
  {
    where: 'reconciling',
    hold: `begin; lock table orders in share mode`,
    isThere: `select 1 from pg_locks where relation = 'orders'::regclass and not granted`,
    inShort: [],
  },
];

/**
 * What a worker logs when a file went on without it: by the heartbeat, by the statement it came back to, or at the end.
 */
const LOST_EVENTS = ['file_claim_lost', 'file_retried', 'file_end_unwritten'];

const knowsItIsLost = (worker: TestService): boolean =>
  worker.logs().some(({ event }) => LOST_EVENTS.includes(String(event)));

interface Outcome {
  status: string;
  rows: { read: number; new: number; rejected: number };
  error: unknown;
}

describe('a worker that dies or stands still', function () {
  this.timeout(300_000);
  let database: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let client: ApiClient;
  let observer: pg.Client;
  const workers: TestService[] = [];
  let seed = 0;

  const env = (): { DATABASE_URL: string; REDIS_URL: string; LEASE_MS: string; WORKER_CONCURRENCY: string } => ({
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    LEASE_MS,
    WORKER_CONCURRENCY: '1',
  });

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
    observer = new pg.Client({ connectionString: database.url });
    await observer.connect();
    api = await startApi(env());
    client = await adminClient(api.url);
  });
  after(async () => {
    await api?.stop();
    await observer?.end();
    await redis?.stop();
    await database?.drop();
  });

  // also after a failure: a worker left over would take the next test's file
  afterEach(async () => {
    await Promise.allSettled(workers.splice(0).map((worker) => worker.stop()));
  });

  const statusOf = async (fileId: string): Promise<string | undefined> => {
    const { rows } = await observer.query<{ status: string }>(`select status from uploaded_files where id = $1`, [
      fileId,
    ]);
    return rows[0]?.status;
  };

  /**
   * True while rows go into staging: progress is written every half second only, and a quick machine has read the file
   * by then.
   */
  const rowsAreCopied = async (): Promise<boolean> => {
    const { rows } = await observer.query<{ copied: boolean }>(
      `select exists (select 1 from pg_stat_progress_copy
        where datname = current_database() and tuples_processed > 0) as copied`,
    );
    return rows[0]?.copied === true;
  };

  const upload = async (rows: number): Promise<string> => {
    seed += 1;
    const answer = await client.upload([{ name: `machine-${seed}.csv`, content: report(seed, rows) }]);
    assert.equal(answer.status, 202);
    return answer.body.session.files[0]?.id as string;
  };

  const assertLoadedOnce = async (fileId: string, count: number): Promise<void> => {
    await eventually(
      async () => {
        const { body } = await client.get<Outcome>(`/files/${fileId}`);
        assert.equal(body.status, 'completed', JSON.stringify(body.error));
      },
      { timeoutMs: 30_000 },
    );
    const { body } = await client.get<Outcome>(`/files/${fileId}`);
    assert.deepEqual([body.rows.read, body.rows.new, body.rows.rejected], [count, count, 0]);
    const { rows } = await observer.query<{ records: string; orders: string }>(
      `select count(*) as records, count(distinct order_id) as orders from happy_workers_orders where file_id = $1`,
      [fileId],
    );
    assert.deepEqual([Number(rows[0]?.records), Number(rows[0]?.orders)], [count, count]);
    const doubled = await observer.query(
      `select 1 from happy_workers_orders group by natural_key having count(*) > 1 limit 1`,
    );
    assert.equal(doubled.rowCount, 0);
  };

  for (const [name, fault] of [
    ['killed', 'kill'],
    ['paused beyond its lease', 'freeze'],
  ] as const) {
    for (const phase of ['detecting', 'reading'] as const) {
      if (!isLong && (phase === 'detecting' || fault === 'freeze')) continue;
      it(`is ${name} while ${phase}: another finishes the file, nothing is doubled`, async () => {
        const count = phase === 'reading' ? MANY_ROWS : FEW_ROWS;
        const victim = await startWorker(env());
        workers.push(victim);
        const fileId = await upload(count);
        await eventually(
          async () => {
            if (phase === 'reading') assert.ok(await rowsAreCopied());
            else assert.notEqual(await statusOf(fileId), 'queued');
          },
          { timeoutMs: 20_000, intervalMs: 2 },
        );
        if (fault === 'kill') await victim.kill('SIGKILL');
        else victim.freeze();
        const rescuer = await startWorker(env());
        workers.push(rescuer);
        await assertLoadedOnce(fileId, count);
        if (fault === 'freeze') {
          victim.thaw();
          // whatever it still does must change nothing
          await eventually(() => assert.ok(knowsItIsLost(victim)), { timeoutMs: 20_000 });
          await assertLoadedOnce(fileId, count);
        }
      });
    }

    for (const { where, hold, isThere, inShort } of FINAL_STEPS) {
      if (!isLong && !inShort.includes(fault)) continue;
      it(`is ${name} ${where}: the database ends it and another finishes`, async () => {
        const victim = await startWorker(env());
        workers.push(victim);
        const holder = new pg.Client({ connectionString: database.url });
        await holder.connect();
        await holder.query(hold);
        const fileId = await upload(FEW_ROWS);
        await eventually(async () => assert.equal((await observer.query(isThere)).rowCount, 1), {
          timeoutMs: 30_000,
          intervalMs: 10,
        });
        if (fault === 'kill') await victim.kill('SIGKILL');
        else victim.freeze();
        const rescuer = await startWorker(env());
        workers.push(rescuer);
        await holder.end();
        await assertLoadedOnce(fileId, FEW_ROWS);
        if (fault === 'freeze') {
          victim.thaw();
          await eventually(() => assert.ok(knowsItIsLost(victim)), { timeoutMs: 20_000 });
          await assertLoadedOnce(fileId, FEW_ROWS);
        }
      });
    }
  }

  it('parks a file that kills its worker again and again as poison, with the reason', async () => {
    const fileId = await upload(FEW_ROWS);
    await observer.query(
      `update uploaded_files set status = 'processing', claims_lost = 9,
        lease_until = clock_timestamp() - interval '1 second' where id = $1 and status = 'queued'`,
      [fileId],
    );
    const worker = await startWorker(env());
    workers.push(worker);
    await eventually(async () => {
      const { body } = await client.get<{ status: string; error: { code: string; message: string } | null }>(
        `/files/${fileId}`,
      );
      assert.deepEqual([body.status, body.error?.code], ['failed', 'poison']);
      assert.match(body.error?.message ?? '', /[а-я]/);
    });
    await client.post(`/files/${fileId}/retry`, {});
    await assertLoadedOnce(fileId, FEW_ROWS);
  });
});

describe('six reports as six sessions over two workers', function () {
  this.timeout(900_000);
  const rounds = 30;
  const reports = ['happy_workers.csv', 'vendhub.xlsx', 'fiscal_bills.csv', 'payme.xlsx', 'click.csv', 'uzum.xlsx'];

  itLong(`always gives the truth (${rounds}×)`, async () => {
    const { readFile } = await import('node:fs/promises');
    const truth = JSON.parse(await readFile(new URL('../../examples/truth.json', import.meta.url), 'utf8')) as Truth;
    const redis = await startRedis();
    try {
      for (let round = 1; round <= rounds; round++) {
        const database = await createTestDatabase();
        const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
        const services: TestService[] = [];
        try {
          services.push(...(await Promise.all([startApi(env), startWorker(env), startWorker(env)])));
          const client = await adminClient((services[0] as TestService).url);
          const answers = await Promise.all(
            reports.map((name) =>
              client.upload([{ path: fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)) }]),
            ),
          );
          for (const answer of answers) {
            const session = await client.waitForSession(answer.body.session.id);
            assert.equal(session.status, 'completed');
          }
          assert.deepEqual(await differencesFrom(truth, database.url), [], `round ${round}`);
        } finally {
          await Promise.allSettled(services.map((service) => service.stop()));
          await redis.cli('FLUSHALL');
          await database.drop();
        }
      }
    } finally {
      await redis.stop();
    }
  });
});
