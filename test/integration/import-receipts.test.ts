/**
 * What an import comes to is told before it lands, exactly as it then is; several files each on top of those before
 * them.
 */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import type pg from 'pg';
import { connectionOf, createDatabase, type Db } from '../../shared/db/client.ts';
import { type ClaimedFile, claimingFile, FILES } from '../../shared/ingest/claimed-file.ts';
import { type LoadResult, loadStaged, type StagedFile } from '../../shared/ingest/load-staged.ts';
import type { Merged } from '../../shared/ingest/merge-and-reconcile.ts';
import type { ProcessDeps } from '../../shared/ingest/process-deps.ts';
import { createProgress } from '../../shared/ingest/progress.ts';
import { readFile } from '../../shared/ingest/read-file.ts';
import { dropStaging, stagingOf } from '../../shared/ingest/staging.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { takeMergeLock } from '../../shared/reconcile/merge-lock.ts';
import { createFileStore } from '../../shared/storage/create-file-store.ts';
import { createSpoolFolder, type SpoolFolder } from '../../shared/storage/spool-folder.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { acceptUpload } from '../../shared/uploads/accept-upload.ts';
import { claimRow } from '../../shared/work/claim.ts';
import { csvBytes, rowsOfHappyWorkers, rowsOfPayments, rowsOfVendhub } from '../support/files.ts';
import { acceptFile, emptyDatabase, loadReport, mergeStagedReport, stageReport } from '../support/load-report.ts';
import { DEFAULT_MATCHING, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { randomWorld } from '../support/reference/random-world.ts';
import { renderReport } from '../support/reference/render-reports.ts';
import { uncached } from '../support/uncached.ts';
import { pictureOf } from '../support/world-picture.ts';
import { isLong } from '../support/long.ts';

const WORLD_COUNT = isLong ? 200 : Number(process.env['TEST_WORLDS'] ?? 2);
const FIRST_SEED = Number(process.env['TEST_SEED'] ?? 1);

interface Seen {
  status: string;
  issues: string[];
  pending: boolean;
  price: number;
}

describe('what an import comes to', function () {
  this.timeout(60_000 + WORLD_COUNT * 20_000);
  let database: TestDatabase;
  let client: pg.Client;
  let db: Db;
  let spool: SpoolFolder;
  let deps: ProcessDeps;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    const logger = createSilentLogger();
    db = createDatabase({ url: database.url, poolMax: 4, applicationName: 'test', logger });
    spool = createSpoolFolder(tmpdir());
    deps = {
      db,
      cache: uncached,
      store: createFileStore('postgres:', { db, spool }),
      spool,
      logger,
      matching: DEFAULT_MATCHING,
      leaseMs: 60_000,
      errorCeiling: {},
      filePlaces: { any: 1, small: 0 },
      readerCaps: { deadlineMs: 120_000 },
      onCommitted: () => undefined,
    };
  });
  after(async () => {
    await client.end();
    await db.destroy();
    await spool.close();
    await database.drop();
  });
  beforeEach(() => emptyDatabase(client));

  async function seen(): Promise<Map<string, Seen>> {
    const { rows } = await client.query<Seen & { id: string }>(
      'select id, status, issues, pending, price::float8 as price from orders',
    );
    return new Map(rows.map(({ id, ...order }) => [id, order]));
  }

  /** The same figures from all orders before and after. */
  function compared(
    before: Map<string, Seen>,
    after: Map<string, Seen>,
  ): Omit<NonNullable<Merged['receipt']>, 'coverage' | 'samples'> {
    const statuses = new Map<string, { from: string | null; to: string | null; count: number; sum: string }>();
    const issues = new Map<string, { code: string; raised: number; cleared: number }>();
    const orders = { new: 0, changed: 0, removed: 0 };
    const count = (code: string, what: 'raised' | 'cleared'): void => {
      const one = issues.get(code) ?? { code, raised: 0, cleared: 0 };
      issues.set(code, { ...one, [what]: one[what] + 1 });
    };
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(id), after.get(id)];
      if (was === undefined) orders.new++;
      else if (is === undefined) orders.removed++;
      else if (
        JSON.stringify([was.status, was.issues, was.pending]) !== JSON.stringify([is.status, is.issues, is.pending])
      )
        orders.changed++;
      for (const code of is?.issues ?? []) if (was?.issues.includes(code) !== true) count(code, 'raised');
      for (const code of was?.issues ?? []) if (is?.issues.includes(code) !== true) count(code, 'cleared');
      const [from, to] = [was?.status ?? null, is?.status ?? null];
      if (from === to) continue;
      const one = statuses.get(`${from} ${to}`) ?? { from, to, count: 0, sum: '0' };
      statuses.set(`${from} ${to}`, {
        from,
        to,
        count: one.count + 1,
        sum: String(Number(one.sum) + (is ?? was!).price),
      });
    }
    return { orders, statuses: [...statuses.values()], issues: [...issues.values()] };
  }

  const sorted = <T>(items: readonly T[]): string[] => items.map((item) => JSON.stringify(item)).toSorted();

  it(`is told as all orders before and after it say, and before it lands as when it does (${WORLD_COUNT} worlds)`, async () => {
    let changes = 0;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + WORLD_COUNT; seed++) {
      await emptyDatabase(client);
      const world = randomWorld(seed);
      const matching = { ...world.config, amountTolerance: String(world.config.amountTolerance) };
      const accepted = [];
      for (const file of world.files)
        accepted.push({ ...(await acceptFile(client, file.name)), text: renderReport(file) });
      const looked = [];
      for (const one of accepted) looked.push({ one, staged: await stageReport(client, one.fileId, one.text, 'p') });
      const untouched = await pictureOf(client);
      const told: Merged[] = [];
      await client.query('begin');
      await takeMergeLock(client);
      for (const { one, staged } of looked) {
        if (told.length > 0) await client.query('discard temp');
        told.push(await mergeStagedReport(client, matching, one, { ...staged, identities: null, receipt: true }));
      }
      await client.query('rollback');
      for (const { staged } of looked) await dropStaging(client, staged.staging);
      assert.deepEqual(await pictureOf(client), untouched, `looking at world ${seed} leaves nothing`);
      for (const [at, one] of accepted.entries()) {
        const before = await seen();
        const { fileId: _fileId, ...done } = await loadReport(client, matching, one, one.text, null, { receipt: true });
        const about = `world ${seed}, ${world.files[at]?.name}`;
        assert.deepEqual(done, told[at], about);
        const wanted = compared(before, await seen());
        const { statuses, issues, orders } = done.receipt!;
        assert.deepEqual(
          { orders, statuses: sorted(statuses), issues: sorted(issues) },
          { orders: wanted.orders, statuses: sorted(wanted.statuses), issues: sorted(wanted.issues) },
          about,
        );
        assert.equal(done.ordersChanged, orders.new + orders.changed, about);
        changes += orders.changed + orders.removed;
      }
    }
    assert.ok(changes > 0, 'no world changed an order that was there');
  });

  it('names changed values, and what is covered now and was not before', async () => {
    const text = (times: string[], price: number): string =>
      csvBytes(rowsOfHappyWorkers(times.map((_, n) => ({ number: `C-${n}`, price })))).toString();
    const load = async (price: number) =>
      loadReport(client, DEFAULT_MATCHING, await acceptFile(client, 'a.csv'), text(['1', '2'], price), null, {
        receipt: true,
      });
    const first = await load(15_000);
    assert.deepEqual(
      first.receipt?.coverage.map(({ source, alone }) => [source, alone]),
      [['happy_workers', true]],
    );
    assert.deepEqual(first.receipt?.samples, []);
    const second = await load(16_000);
    assert.deepEqual(
      second.receipt?.coverage.map(({ alone }) => alone),
      [false],
    );
    assert.deepEqual(
      second.receipt?.samples
        .filter(({ changeType }) => changeType === 'changed')
        .map(({ orderNumber, field, oldValue, newValue }) => [orderNumber, field, oldValue, newValue]),
      [
        ['C-0', 'order_price', '15000', '16000'],
        ['C-1', 'order_price', '15000', '16000'],
      ],
    );
  });

  async function accept(contents: readonly Buffer[]): Promise<ClaimedFile[]> {
    const { rows } = await client.query<{ id: string }>(
      `insert into users (email, status, role) values ('receipts@example.test', 'approved', 'operator') returning id`,
    );
    const uploads = [];
    for (const [at, content] of contents.entries()) {
      const storageKey = newStorageKey('files');
      await deps.store.put(storageKey, Readable.from([content]), AbortSignal.timeout(10_000));
      const sha256 = createHash('sha256').update(content).digest('hex');
      uploads.push({ storageKey, name: `${at}.csv`, sizeBytes: content.length, sha256 });
    }
    const { files } = await acceptUpload({ db, store: deps.store }, uploads, {
      by: { userId: rows[0]!.id, requestId: 'test', address: '' },
      door: 'page',
      source: null,
      mode: 'queue',
    });
    const run = {
      mode: 'queue' as const,
      instanceId: randomUUID(),
      leaseMs: 60_000,
      signal: new AbortController().signal,
    };
    const claimed = [];
    for (const { id } of files)
      claimed.push((await claimRow({ outbox: FILES, claiming: claimingFile }, db, id, run)) as ClaimedFile);
    return claimed;
  }

  it('is told for files of a session that is read, merged and ended in one transaction: duplicates, questions and all', async () => {
    const month = (n: number): Buffer =>
      csvBytes(
        rowsOfVendhub(
          Array.from({ length: 30 }, (_, at) => ({ number: `M${n}-${at}`, at: Date.UTC(2025, n, 10, 5, at) / 1000 })),
        ),
      );
    const payments = csvBytes(rowsOfPayments('click', [{}, {}, {}]));
    const files = await accept([
      payments,
      payments,
      month(5),
      month(6),
      csvBytes(rowsOfHappyWorkers([{ number: 'H-1' }])),
    ]);
    const staged: StagedFile[] = [];
    for (const file of files) {
      const local = await deps.store.openLocal(file.storageKey, AbortSignal.timeout(10_000));
      const reading = {
        path: local.path,
        staging: stagingOf(file.id, file.fence),
        signal: AbortSignal.timeout(120_000),
        progress: createProgress(db, file.id, deps.logger),
      };
      const read = await readFile(deps, file, reading);
      await reading.progress.stop();
      await local.release();
      assert.equal(read.kind, 'staged');
      if (read.kind === 'staged') staged.push({ file, staged: read });
    }
    const loaded: LoadResult[] = [];
    const look = db.transaction(async (trx) => {
      await takeMergeLock(await connectionOf(trx));
      loaded.push(
        ...(await loadStaged(trx, staged, { matching: DEFAULT_MATCHING, logger: deps.logger, receipts: true })),
      );
      const { rows } = await trx.raw<{ rows: { status: string }[] }>('select status from uploaded_files order by seq');
      assert.deepEqual(
        rows.map(({ status }) => status),
        loaded.map(({ status }) => status),
      );
      throw new Error('only looked');
    });
    await assert.rejects(look, /only looked/);
    assert.deepEqual(
      loaded.map(({ status, receipt }) => [status, receipt?.orders.new ?? null]),
      [
        ['completed', 3],
        ['duplicate', null],
        ['completed', 30],
        ['needs_mapping', null],
        ['completed', 1],
      ],
    );
    assert.deepEqual((await pictureOf(client))['orders'], []);
    for (const { staged: one } of staged) await dropStaging(client, one.staging);
  });
});
