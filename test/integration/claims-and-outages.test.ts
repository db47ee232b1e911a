/**
 * Exports and re-runs whose process lives while its way to PostgreSQL is gone for longer than its lease, or while
 * answers are lost: they are written in the end, once, however often it happens. What counts towards `poison` is
 * processes that died.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import pg from 'pg';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { selectRow } from '../../shared/db/rows.ts';
import { runExport } from '../../shared/exports/run-export.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { createRun, runPeriod } from '../../shared/reconcile/run-period.ts';
import { createFileStore } from '../../shared/storage/create-file-store.ts';
import type { FileStore } from '../../shared/storage/file-store.ts';
import { createSpoolFolder, type SpoolFolder } from '../../shared/storage/spool-folder.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { DEFAULT_MATCHING } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { itLong } from '../support/long.ts';

const LEASE_MS = 1_000;
/** More often than an export or a re-run may be attempted. */
const TIMES = 12;
const WAIT = { timeoutMs: 60_000 };

interface Signal {
  tell(): void;
  told: Promise<void>;
}

/** Where an export is held: all its bytes are taken, or its claim was lost meanwhile. */
interface Gate {
  taken(): void;
  wasTaken: Promise<void>;
  lost(): void;
  wasLost: Promise<void>;
  open(): void;
  until: Promise<void>;
}

describe('an export or a re-run whose process lives through outages of PostgreSQL', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let proxy: FaultProxy;
  let direct: pg.Client;
  let db: Db;
  let calm: Db;
  let spool: SpoolFolder;
  let userId: string;
  const logger = createSilentLogger();
  const running = { signal: new AbortController().signal };

  before(async () => {
    database = await createTestDatabase();
    proxy = await openFaultProxy(Number(new URL(database.url).port));
    db = createDatabase({ url: proxy.urlFor(database.url), poolMax: 4, applicationName: 'test-cut-off', logger });
    calm = createDatabase({ url: database.url, poolMax: 4, applicationName: 'test-calm', logger });
    direct = new pg.Client({ connectionString: database.url });
    await direct.connect();
    const user = `insert into users (email, status, role) values ('outages@example.test', 'approved', 'operator')
      returning id`;
    userId = (await direct.query<{ id: string }>(user)).rows[0]!.id;
    spool = createSpoolFolder(tmpdir());
  });
  afterEach(async () => {
    proxy.intercept(null);
    await proxy.set('pass');
  });
  after(async () => {
    await db?.destroy();
    await calm?.destroy();
    await direct?.end();
    await spool?.close();
    await proxy?.close();
    await database?.drop();
  });

  async function newExport(): Promise<string> {
    const id = randomUUID();
    await direct.query(
      `insert into exports (id, kind, format, filter, created_by) values ($1, 'orders', 'csv', '{}', $2)`,
      [id, userId],
    );
    return id;
  }

  /**
   * Bytes go another way than the database's, so that only the claim meets the fault; `hold` keeps the export at its
   * last byte.
   */
  function storeOf(hold?: Gate): FileStore & { removed: string[] } {
    const real = createFileStore('postgres:', { db: calm, spool });
    const removed: string[] = [];
    return {
      ...real,
      removed,
      async put(key, content, signal) {
        const stored = await real.put(key, content, signal);
        hold?.taken();
        const aborted = new Promise<never>((_resolve, reject) =>
          signal.addEventListener(
            'abort',
            () => {
              hold?.lost();
              reject(signal.reason as Error);
            },
            { once: true },
          ),
        );
        await Promise.race([hold?.until, aborted]);
        return stored;
      },
      async remove(key) {
        removed.push(key);
      },
    };
  }

  const write = (way: Db, id: string, store: FileStore = storeOf()) =>
    runExport({ db: way, store, spool, logger, matching: DEFAULT_MATCHING, leaseMs: LEASE_MS }, id, running);
  let toldCount = 0;
  const onCommitted = () => void (toldCount += 1);
  const evaluate = (way: Db, id: string) =>
    runPeriod({ db: way, logger, matching: DEFAULT_MATCHING, leaseMs: LEASE_MS, onCommitted }, id, running);

  const rowOf = (table: string, id: string) =>
    selectRow<{ status: string; attempts: number; overdue: boolean }>(
      calm,
      `select status, attempts, coalesce(lease_until < clock_timestamp(), false) as overdue from ${table} where id = ?`,
      [id],
    );

  function gate(): Gate {
    const signals = [0, 1, 2].map(() => {
      let tell = () => {};
      const told = new Promise<void>((resolve) => (tell = resolve));
      return { tell: () => tell(), told };
    });
    const [taken, lost, open] = signals as [Signal, Signal, Signal];
    return {
      taken: taken.tell,
      wasTaken: taken.told,
      lost: lost.tell,
      wasLost: lost.told,
      open: open.tell,
      until: open.told,
    };
  }

  itLong(`is written though PostgreSQL was away for longer than its lease ${TIMES} times`, async () => {
    const id = await newExport();
    for (let outages = 0; outages < TIMES;) {
      const held = gate();
      const first = write(db, id, storeOf(held));
      // a busy machine may lose the claim by itself; that is no outage
      if (await Promise.race([held.wasTaken.then(() => true), first.then(() => false)])) {
        await proxy.set('refuse');
        await held.wasLost;
        await eventually(async () => assert.ok((await rowOf('exports', id))?.overdue), WAIT);
        await proxy.set('pass');
        outages += 1;
      }
      assert.ok(['not_mine', 'retry_later'].includes(await first));
      assert.deepEqual(
        await rowOf('exports', id),
        { status: 'queued', attempts: 0, overdue: false },
        `after ${outages} outages`,
      );
      await direct.query('update exports set next_attempt_at = clock_timestamp() where id = $1', [id]);
    }
    assert.equal(await write(db, id), 'done');
  });

  it('takes the outage out of the count of attempts when another has taken over', async () => {
    const id = await newExport();
    const [held, taking] = [gate(), gate()];
    const first = write(db, id, storeOf(held));
    await held.wasTaken;
    await proxy.set('refuse');
    await eventually(async () => assert.ok((await rowOf('exports', id))?.overdue), WAIT);
    const second = write(calm, id, storeOf(taking));
    await taking.wasTaken;
    assert.equal((await rowOf('exports', id))?.attempts, 1);
    await proxy.set('pass');
    assert.notEqual(await first, 'done');
    assert.equal((await rowOf('exports', id))?.attempts, 0);
    taking.open();
    assert.equal(await second, 'done');
    assert.equal((await rowOf('exports', id))?.status, 'completed');
  });

  it('keeps its bytes when the answer to its end is lost', async () => {
    const id = await newExport();
    const store = storeOf();
    let lost = 0;
    proxy.intercept(({ from, bytes }) => {
      if (from !== 'client' || lost > 0 || !bytes.includes('expires_at = clock_timestamp()')) return 'pass';
      lost += 1;
      return 'lose-answer';
    });
    assert.equal(await write(db, id, store), 'done');
    assert.equal(lost, 1);
    assert.deepEqual(store.removed, []);
    assert.equal((await rowOf('exports', id))?.status, 'completed');
  });

  for (const [what, table, make, run] of [
    ['an export', 'exports', () => newExport(), (id: string) => write(db, id)],
    [
      'a re-run',
      'reconciliation_runs',
      () => createRun(calm, { from: null, to: null, reason: 'manual', createdBy: userId }),
      (id: string) => evaluate(db, id),
    ],
  ] as const) {
    for (const verdict of ['cut', 'lose-answer'] as const) {
      it(`gives a claim of ${what} back of which it never heard (${verdict}), ${TIMES} times`, async () => {
        const id = await make();
        for (let time = 0; time < TIMES; time++) {
          let hit = false;
          proxy.intercept(({ from, bytes }) => {
            if (hit || from !== 'client' || !bytes.includes('with free as')) return 'pass';
            hit = true;
            return verdict;
          });
          await assert.rejects(run(id));
          assert.ok(hit);
          assert.deepEqual(await rowOf(table, id), { status: 'queued', attempts: 0, overdue: false });
        }
        proxy.intercept(null);
        assert.equal(await run(id), 'done');
        assert.equal((await rowOf(table, id))?.status, 'completed');
      });
    }
  }

  it(`drops what caches hold after a re-run whose commit was answered to nobody, ${TIMES} times`, async () => {
    for (let time = 0; time < TIMES; time++) {
      const id = await createRun(calm, { from: null, to: null, reason: 'manual', createdBy: userId });
      toldCount = 0;
      let working: number | null = null;
      let hit = false;
      proxy.intercept(({ from, bytes, connection }) => {
        if (from !== 'client' || hit) return 'pass';
        if (bytes.includes('pg_advisory_xact_lock')) working = connection;
        if (connection !== working || !bytes.includes('COMMIT')) return 'pass';
        hit = true;
        return 'lose-answer';
      });
      await evaluate(db, id);
      proxy.intercept(null);
      assert.ok(hit);
      assert.equal((await rowOf('reconciliation_runs', id))?.status, 'completed');
      assert.equal(toldCount, 1);
    }
  });

  it('leaves a re-run to whoever took it over while its own process was cut off', async () => {
    const id = await createRun(calm, { from: null, to: null, reason: 'manual', createdBy: userId });
    const waiters = async (count: number) => {
      const waiting = `select 1 from pg_locks l
        join pg_database d on d.oid = l.database and d.datname = current_database()
        where locktype = 'advisory' and objid = ${MERGE_LOCK_KEY} and not granted`;
      await eventually(async () => assert.equal((await direct.query(waiting)).rowCount, count), WAIT);
    };
    await direct.query(`select pg_advisory_lock(${MERGE_LOCK_KEY})`);
    const first = evaluate(db, id);
    await waiters(1);
    await proxy.set('refuse');
    await waiters(0);
    await eventually(async () => assert.ok((await rowOf('reconciliation_runs', id))?.overdue), WAIT);
    const second = evaluate(calm, id);
    await waiters(1);
    await proxy.set('pass');
    assert.equal(await first, 'retry_later');
    await direct.query(`select pg_advisory_unlock(${MERGE_LOCK_KEY})`);
    assert.equal(await second, 'done');
    assert.equal((await rowOf('reconciliation_runs', id))?.status, 'completed');
  });
});
