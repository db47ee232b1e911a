/** Taking imports back, and looking before they land, while the workers that do it are killed and stand still. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { ApiClient } from '../../scripts/api-client.ts';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { emptyDatabase } from '../support/load-report.ts';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type Chance, createChance } from '../support/reference/random.ts';
import {
  assertAsIfNeverSent,
  assertEmptyAfterAll,
  playWorld,
  sendingsOf,
  untilUndone,
} from '../support/undo-worlds.ts';
import { assertSamePicture, pictureOf } from '../support/world-picture.ts';
import { isLong, itLong } from '../support/long.ts';

const WORLD_COUNT = Number(process.env['TEST_WORLDS'] ?? 400);
const FIRST_SEED = Number(process.env['TEST_SEED'] ?? 1);
/** Of so many worlds one is taken back altogether in the end. */
const EMPTIED_EVERY = 4;
const TOLD_EVERY = 10;
/** Short, so that a lost claim is taken over within seconds. */
const LEASE_MS = 1500;
const WORKERS = 2;
/** In one world. */
const MOST_STRIKES = 4;

/** Where a worker can be held up and met: a lock of the test's, and who waits for it. */
interface Phase {
  where: string;
  hold: string;
  isThere: string;
  /** the faults that the short run makes there */
  inShort: readonly ('kill' | 'freeze')[];
}

const heldUpAt = (where: string, table: string, mode: string, inShort: Phase['inShort'] = []): Phase => ({
  where,
  hold: `begin; lock table ${table} in ${mode} mode`,
  isThere: `select 1 from pg_locks where relation = '${table}'::regclass and not granted`,
  inShort,
});

const WAITING: Phase = {
  where: 'waiting for other merges',
  hold: `select pg_advisory_lock(${MERGE_LOCK_KEY})`,
  isThere: `select 1 from pg_locks where locktype = 'advisory' and objid = ${MERGE_LOCK_KEY} and not granted`,
  inShort: [],
};

const UNDO_PHASES: readonly Phase[] = [
  heldUpAt('reading the other files again', 'row_errors', 'access exclusive'),
  WAITING,
  heldUpAt('putting records right', 'happy_workers_orders', 'share'),
  heldUpAt('reconciling', 'orders', 'share', ['kill']),
  heldUpAt('ending', 'file_effects', 'share'),
];
const PREVIEW_PHASES: readonly Phase[] = [
  WAITING,
  heldUpAt('merging', 'happy_workers_orders', 'share', ['freeze']),
  heldUpAt('reconciling', 'orders', 'share'),
  heldUpAt('writing what it saw', 'file_progress', 'share'),
];

describe('undo and preview, by workers that die and stand still', function () {
  this.timeout(300_000 + (isLong ? WORLD_COUNT : 0) * 300_000);
  let database: TestDatabase;
  let reference: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let client: ApiClient;
  let real: pg.Client;
  let plain: pg.Client;
  let workers: TestService[] = [];

  const env = () => ({
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    LEASE_MS: String(LEASE_MS),
    WORKER_CONCURRENCY: '2',
  });

  before(async () => {
    [database, reference, redis] = await Promise.all([createTestDatabase(), createTestDatabase(), startRedis()]);
    real = await openTestClient(database.url);
    plain = await openTestClient(reference.url);
    api = await startApi(env());
    client = await adminClient(api.url);
    workers = await Promise.all(Array.from({ length: WORKERS }, () => startWorker(env())));
  });
  after(async () => {
    await Promise.allSettled([...workers, api].map((service) => service?.stop()));
    await Promise.allSettled([real?.end(), plain?.end()]);
    await redis?.stop();
    await Promise.allSettled([database?.drop(), reference?.drop()]);
  });

  /** Another takes its place at once, as with any platform that runs it. */
  async function killWorker(index: number): Promise<void> {
    await workers[index]?.kill('SIGKILL');
    await workers[index]?.stop();
    workers[index] = await startWorker(env());
  }

  async function emptied(): Promise<void> {
    // rows of the doors that are about to end
    await eventually(() => emptyDatabase(real), { timeoutMs: 30_000 });
    // thousands of temporary tables leave their names behind
    await real.query('vacuum pg_catalog.pg_class, pg_catalog.pg_attribute, pg_catalog.pg_depend, pg_catalog.pg_type');
  }

  const hw = (name: string, rows: Parameters<typeof rowsOfHappyWorkers>[0]) => ({
    name,
    content: new Uint8Array(csvBytes(rowsOfHappyWorkers(rows))),
  });

  async function load(...files: ReturnType<typeof hw>[]): Promise<string[]> {
    const { body } = await client.upload(files);
    const session = await client.waitForSession(body.session.id);
    assert.equal(session.status, 'completed');
    return session.files.map(({ id }) => id);
  }

  /** Holds up whoever comes by, does what it does to all workers that wait there, and lets the others go on. */
  async function meet({ hold, isThere }: Phase, fault: 'kill' | 'freeze', begin: () => Promise<void>): Promise<void> {
    const holder = await openTestClient(database.url);
    try {
      await holder.query(hold);
      await begin();
      await eventually(async () => assert.ok(((await real.query(isThere)).rowCount ?? 0) > 0), {
        timeoutMs: 60_000,
        intervalMs: 10,
      });
      // which of the two it is nobody needs to know
      if (fault === 'kill') await Promise.all(workers.map((_, index) => killWorker(index)));
      else for (const worker of workers) worker.freeze();
    } finally {
      await holder.end();
    }
    if (fault === 'kill') return;
    const rescuer = await startWorker(env());
    await sleep(2 * LEASE_MS);
    for (const worker of workers) worker.thaw();
    await rescuer.stop();
  }

  for (const fault of ['kill', 'freeze'] as const) {
    const isMet = ({ inShort }: Phase): boolean => isLong || inShort.includes(fault);
    const how = fault === 'kill' ? 'are killed' : 'stand still beyond their lease';

    for (const phase of UNDO_PHASES.filter(isMet))
      it(`an import is undone once and whole though the workers ${how} while ${phase.where}`, async () => {
        await emptied();
        await load(hw('kept.csv', [{ number: 'K-1' }, { number: 'K-2' }]));
        const before = await pictureOf(real);
        const [wrong] = await load(hw('wrong.csv', [{ number: 'K-2', price: 20_000 }, { number: 'K-3' }]));
        let undoId = '';
        await meet(phase, fault, async () => {
          const asked = await client.post<{ id: string }>(`/files/${wrong}/undo`, { reason: 'of another month' });
          assert.equal(asked.status, 202, JSON.stringify(asked.body));
          undoId = asked.body.id;
        });
        await untilUndone(client, undoId);
        assertSamePicture(await pictureOf(real), before, phase.where);
        const { rows } = await real.query(
          `select 1 from audit_log where action = 'files.undone' and subject = 'file:' || $1`,
          [wrong],
        );
        assert.equal(rows.length, 1, 'undone once');
      });

    for (const phase of PREVIEW_PHASES.filter(isMet))
      it(`a look changes nothing and is told though the workers ${how} while ${phase.where}`, async () => {
        await emptied();
        await load(hw('kept.csv', [{ number: 'L-1' }, { number: 'L-2' }]));
        const before = await pictureOf(real);
        let sessionId = '';
        await meet(phase, fault, async () => {
          const files = [
            hw('seen-1.csv', [{ number: 'L-2', price: 20_000 }, { number: 'L-3' }]),
            hw('seen-2.csv', [{ number: 'L-3', price: 9_000 }]),
          ];
          sessionId = (await client.upload(files, { preview: true })).body.session.id;
        });
        const seen = await client.waitForSession(sessionId);
        assert.deepEqual(
          seen.files.map(({ status, rows }) => [status, rows.new, rows.updated]),
          [
            ['previewed', 1, 1],
            ['previewed', 0, 1],
          ],
        );
        assertSamePicture(await pictureOf(real), before, phase.where);
        await client.post(`/sessions/${sessionId}/apply`);
        await client.waitForSession(sessionId);
        for (const { id } of seen.files) {
          const { body } = await client.get<{ status: string; preview: { differs: boolean } }>(`/files/${id}`);
          assert.deepEqual([body.status, body.preview.differs], ['completed', false]);
        }
      });
  }

  /** Kills one or pauses one, a few times or until told to stop: a machine that is busy must get somewhere. */
  function strike(chance: Chance): { stop(): Promise<{ kills: number; pauses: number }> } {
    let isOver = false;
    const done = { kills: 0, pauses: 0 };
    const striking = (async () => {
      for (let left = chance.int(1, MOST_STRIKES); left > 0; left--) {
        await sleep(chance.int(100, 4_000));
        if (isOver) break;
        const index = chance.int(0, WORKERS - 1);
        if (chance.happens(0.5)) {
          await killWorker(index);
          done.kills += 1;
        } else {
          const worker = workers[index];
          worker?.freeze();
          await sleep(chance.int(200, 2 * LEASE_MS));
          worker?.thaw();
          done.pauses += 1;
        }
      }
    })();
    // told where it is awaited
    striking.catch(() => undefined);
    return {
      async stop() {
        isOver = true;
        await striking;
        return done;
      },
    };
  }

  /** For whoever has to find out why a world does not end. */
  async function whatStands(): Promise<string> {
    const { rows: runs } = await real.query(
      `select id, status, fence, attempts, file_ids, lease_until - clock_timestamp() as lease,
         next_attempt_at - clock_timestamp() as due from undos where status in ('queued', 'processing')`,
    );
    const { rows: files } = await real.query(
      'select id, seq, name, status, duplicate_of from uploaded_files order by seq',
    );
    const { rows: sessions } = await real.query(
      `select pid, pg_blocking_pids(pid) as behind, state, wait_event_type, wait_event,
         clock_timestamp() - xact_start as open, left(query, 300) as query
       from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    const logs = [api, ...workers].map((service) => service.output().split('\n').slice(-40).join('\n'));
    return [...[runs, files, sessions].map((rows) => rows.map((row) => JSON.stringify(row)).join('\n')), ...logs].join(
      '\n\n',
    );
  }

  itLong(`worlds end as if what was undone had never been sent (${WORLD_COUNT} worlds)`, async () => {
    const figures = { files: 0, undone: 0, kills: 0, pauses: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + WORLD_COUNT; seed++) {
      await emptied();
      // hundreds of worlds outlast a sign-in
      await client.login(TEST_ADMIN.email, TEST_ADMIN.password);
      const sendings = sendingsOf(seed);
      const strikes = strike(createChance(seed + 6_000_000));
      try {
        await playWorld(client, seed, sendings);
      } catch (error) {
        console.log(await whatStands());
        throw error;
      } finally {
        const { kills, pauses } = await strikes.stop();
        figures.kills += kills;
        figures.pauses += pauses;
      }
      figures.files += sendings.reduce((sum, { files }) => sum + files.length, 0);
      figures.undone += await assertAsIfNeverSent(real, plain, seed, sendings);
      if (seed % EMPTIED_EVERY === 0) await assertEmptyAfterAll(client, real, seed);
      const done = seed - FIRST_SEED + 1;
      if (done % TOLD_EVERY === 0 || done === WORLD_COUNT)
        console.log(
          `      ${done} worlds from ${FIRST_SEED}: ${figures.files} files, ${figures.undone} undone, ` +
            `${figures.kills} workers killed, ${figures.pauses} paused`,
        );
    }
  });
});
