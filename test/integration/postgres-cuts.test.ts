/**
 * The connection to PostgreSQL is cut at each message on the way of a file, before it and after it took effect, once
 * and ten times in a row. The file completes, once, and is never parked. TEST_LONG=1 takes every message; otherwise
 * every few.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import pg from 'pg';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { claimingFile, FILES } from '../../shared/ingest/claimed-file.ts';
import type { ProcessDeps } from '../../shared/ingest/process-deps.ts';
import { processFile } from '../../shared/ingest/process-file.ts';
import { DeadlineError, withDeadline } from '../../shared/lifecycle.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createFileStore } from '../../shared/storage/create-file-store.ts';
import { createSpoolFolder, type SpoolFolder } from '../../shared/storage/spool-folder.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { acceptUpload } from '../../shared/uploads/accept-upload.ts';
import { claimRow, disownRow } from '../../shared/work/claim.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { openFaultProxy, type FaultProxy, type Verdict } from '../support/faults.ts';
import { DEFAULT_MATCHING } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { uncached } from '../support/uncached.ts';
import { isLong } from '../support/long.ts';

/** Orders of a file whose rows are held in memory, and of one for which staging tables are made (held-rows.ts). */
const SIZES = { held: 2, staged: 600 };
/** One way of a file takes about 100 messages, and each reading a second of a process of its own. */
const COMMITS = isLong ? 20 : 2;
const EVERY = { cut: isLong ? 1 : 13, 'lose-answer': isLong ? 1 : 29 };
const FIRST = { cut: isLong ? 1 : 2, 'lose-answer': isLong ? 1 : 7 };
const IN_A_ROW = 10;
/** In the short run: once within the reading. */
const IN_A_ROW_AT = { cut: [26], 'lose-answer': [40] };
/** An attempt that takes longer waits for something that never comes. */
const STALL_MS = 60_000;

describe('a connection to PostgreSQL cut on the way of a file', function () {
  this.timeout(isLong ? 7_200_000 : 240_000);
  let database: TestDatabase;
  let proxy: FaultProxy;
  let direct: pg.Client;
  let db: Db;
  let calm: Db;
  let spool: SpoolFolder;
  let deps: ProcessDeps;
  let userId: string;
  let made = 0;

  before(async () => {
    database = await createTestDatabase();
    proxy = await openFaultProxy(Number(new URL(database.url).port));
    const logger = createSilentLogger();
    db = createDatabase({ url: proxy.urlFor(database.url), poolMax: 4, applicationName: 'test-cuts', logger });
    calm = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test-calm', logger });
    direct = new pg.Client({ connectionString: database.url });
    await direct.connect();
    userId = (
      await direct.query<{ id: string }>(
        `insert into users (email, status, role) values ('cuts@example.test', 'approved', 'operator') returning id`,
      )
    ).rows[0]!.id;
    spool = createSpoolFolder(tmpdir());
    deps = {
      db,
      cache: uncached,
      store: createFileStore('postgres:', { db, spool }),
      spool,
      logger,
      matching: DEFAULT_MATCHING,
      leaseMs: 10_000,
      errorCeiling: {},
      filePlaces: { any: 1, small: 0 },
      // a busy machine is no part of what is asked here
      readerCaps: { deadlineMs: 120_000 },
      onCommitted: ({ fileId }) => void told.push(fileId ?? ''),
    };
  });
  after(async () => {
    proxy.intercept(null);
    await db.destroy();
    await calm.destroy();
    await direct.end();
    await spool.close();
    await proxy.close();
    await database.drop();
  });

  /** files of which the process has told that they were committed */
  const told: string[] = [];

  async function accept(size = SIZES.held): Promise<{ id: string; orders: string[] }> {
    made += 1;
    const orders = Array.from({ length: size }, (_, n) => `cut-${made}-${n}`);
    const content = csvBytes(rowsOfHappyWorkers(orders.map((number) => ({ number }))));
    const store = createFileStore('postgres:', { db: calm, spool });
    const storageKey = newStorageKey('files');
    await store.put(storageKey, Readable.from([content]), AbortSignal.timeout(10_000));
    const sha256 = randomUUID().replaceAll('-', '').padEnd(64, '0');
    const { files } = await acceptUpload(
      { db: calm, store },
      [{ storageKey, name: 'a.csv', sizeBytes: content.length, sha256 }],
      {
        by: { userId, requestId: 'test', address: '' },
        door: 'page',
        source: null,
        mode: 'queue',
      },
    );
    return { id: files[0]!.id, orders };
  }

  /** One delivery of the file; says how many messages the product sent and whether the aimed one was among them. */
  async function attempt(
    id: string,
    aim: { at: number; verdict: Verdict } | null,
  ): Promise<{ messages: number; hit: boolean }> {
    let messages = 0;
    let hit = false;
    proxy.intercept(({ from }) => {
      if (from !== 'client') return 'pass';
      messages += 1;
      if (aim === null || messages !== aim.at) return 'pass';
      hit = true;
      return aim.verdict;
    });
    // an attempt that fails before its claim rejects: the sweeper brings the file again
    const working = processFile(deps, id, {
      mode: 'queue',
      instanceId: randomUUID(),
      signal: new AbortController().signal,
    });
    await withDeadline(working, STALL_MS, `${aim?.verdict ?? 'an attempt'} at message ${aim?.at ?? '-'}`).catch(
      (error: unknown) => {
        if (aim === null || error instanceof DeadlineError) throw error;
      },
    );
    proxy.intercept(null);
    // a connection that is not given back would be missed at the fourth time
    await eventually(() => assert.equal(pool().numUsed(), 0, 'connections in use after an attempt'));
    await direct.query(`update uploaded_files set next_attempt_at = now() where id = $1 and status = 'queued'`, [id]);
    return { messages, hit };
  }

  const pool = () => (db.client as { pool: { numUsed(): number } }).pool;

  async function endsWell(id: string, orders: string[], where: string): Promise<void> {
    for (let tries = 0; tries < 3; tries++) {
      const { rows } = await direct.query<{ status: string }>('select status from uploaded_files where id = $1', [id]);
      if (rows[0]?.status === 'completed') break;
      await attempt(id, null);
    }
    const { rows } = await direct.query(
      `select f.status, f.error_code, f.rows_new, f.claims_lost,
         (select count(*)::int from happy_workers_orders where file_id = f.id) as records,
         (select count(*)::int from orders where order_number = any($2)) as orders
       from uploaded_files f where f.id = $1`,
      [id, orders],
    );
    const all = orders.length;
    const counts = { records: all, orders: all, rows_new: String(all) };
    const expected = { status: 'completed', error_code: null, claims_lost: 0, ...counts };
    assert.deepEqual(
      { ...(rows[0] as object), rows_new: String((rows[0] as { rows_new: unknown }).rows_new) },
      expected,
      where,
    );
  }

  for (const verdict of ['cut', 'lose-answer'] as const) {
    const what = verdict === 'cut' ? 'before it' : 'after it, its answer lost';
    it(`completes once wherever the connection is cut, ${what}`, async () => {
      let cuts = 0;
      for (const size of Object.values(SIZES)) {
        for (let at = FIRST[verdict]; ; at += EVERY[verdict]) {
          const { id, orders } = await accept(size);
          const { hit } = await attempt(id, { at, verdict });
          await endsWell(id, orders, `${verdict} at message ${at} of ${size} orders`);
          if (!hit) break;
          cuts += 1;
        }
      }
      assert.ok(cuts > (isLong ? 60 : 1), `only ${cuts} cuts`);
      if (isLong) console.log(`      ${cuts} cuts (${verdict}), each file completed once`);
    });

    it(`completes once though it is cut at the same place ten times in a row, ${what}`, async () => {
      let cuts = 0;
      for (const at of isLong ? allOf() : IN_A_ROW_AT[verdict]) {
        const { id, orders } = await accept(SIZES.staged);
        let hits = 0;
        for (let time = 0; time < IN_A_ROW; time++) if ((await attempt(id, { at, verdict })).hit) hits += 1;
        await endsWell(id, orders, `${verdict} ten times at message ${at}`);
        if (hits === 0) break;
        cuts += hits;
      }
      assert.ok(cuts >= (isLong ? 600 : IN_A_ROW), `only ${cuts} cuts`);
      if (isLong) console.log(`      ${cuts} cuts (${verdict}), ten in a row at each message`);
    });
  }

  it(`tells the caches and the queue of a file whose commit was answered to nobody, ${COMMITS} times`, async () => {
    for (let time = 0; time < COMMITS; time++) {
      const { id, orders } = await accept();
      let merging: number | null = null;
      let hit = false;
      proxy.intercept(({ from, bytes, connection }) => {
        if (from !== 'client' || hit) return 'pass';
        if (bytes.includes('pg_advisory_xact_lock')) merging = connection;
        if (connection !== merging || !bytes.includes('COMMIT')) return 'pass';
        hit = true;
        return 'lose-answer';
      });
      const outcome = await processFile(deps, id, {
        mode: 'queue',
        instanceId: randomUUID(),
        signal: new AbortController().signal,
      });
      proxy.intercept(null);
      assert.ok(hit);
      assert.notEqual(outcome, 'retry_later');
      assert.deepEqual(
        told.filter((one) => one === id),
        [id],
      );
      await endsWell(id, orders, 'the commit of the merge');
    }
  });

  it('leaves a file to the process that got it, when another that tried the same claim never heard what became of its own', async () => {
    const { id } = await accept();
    const winner = await claimRow({ outbox: FILES, claiming: claimingFile }, calm, id, {
      instanceId: 'winner',
      mode: 'queue',
      leaseMs: 10_000,
      signal: new AbortController().signal,
    });
    assert.ok(winner !== null);
    await disownRow(FILES, calm, { ...winner, claimedBy: 'loser' });
    const { rows } = await direct.query('select status, claimed_by from uploaded_files where id = $1', [id]);
    assert.deepEqual(rows, [{ status: 'processing', claimed_by: 'winner' }]);
    await disownRow(FILES, calm, winner);
    const released = await direct.query('select status, claimed_by from uploaded_files where id = $1', [id]);
    assert.deepEqual(released.rows, [{ status: 'queued', claimed_by: null }]);
  });

  /** Until one is beyond the end of the way. */
  function* allOf(): Generator<number> {
    for (let at = 1; ; at += 1) yield at;
  }
});
