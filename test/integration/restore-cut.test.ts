import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ensureTools } from '../../scripts/ensure-tools.ts';
import { reasonOf } from '../../scripts/run-command.ts';
import { makeBackup } from '../../shared/backup/make-backup.ts';
import type { Manifest } from '../../shared/backup/manifest.ts';
import { createBackupPlace, type BackupPlace } from '../../shared/backup/place.ts';
import { restoreOverLive } from '../../shared/backup/restore-backup.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { itLong } from '../support/long.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('a restore that is stopped while the databases change names', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let proxy: FaultProxy;
  let folder: string;
  let place: BackupPlace;
  let manifest: Manifest;

  before(async () => {
    ensureTools();
    database = await createTestDatabase();
    proxy = await openFaultProxy(Number(new URL(database.url).port));
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-restore-cut-'));
    place = createBackupPlace(folder, {});
    await run(`insert into orders (order_number, machine_code, payment_type, price, time, status)
      values ('ff1', 'a7ca181f0000', 'cash', 10000, now(), 'hw_only')`);
    const made = { databaseUrl: database.url, storageUrl: 'postgres:', place, version: '1.0.0', keepDays: 7 };
    ({ manifest } = await makeBackup({ ...made, path: process.env.PATH }));
    // what only the live one holds
    await run(`insert into orders (order_number, machine_code, payment_type, price, time, status)
      values ('ff2', 'a7ca181f0000', 'cash', 10000, now(), 'hw_only')`);
  });
  afterEach(() => proxy.intercept(null));
  after(async () => {
    await proxy?.close();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function run<Row extends object>(sql: string, name = database.name): Promise<Row[]> {
    const url = new URL(database.url);
    url.pathname = `/${name}`;
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }
  const restore = () =>
    restoreOverLive({
      databaseUrl: proxy.urlFor(database.url),
      place,
      name: manifest.name,
      path: process.env.PATH,
      storageUrl: 'postgres:',
    });
  const failed = async (): Promise<unknown> =>
    restore().then(
      () => assert.fail('it went through'),
      (error: unknown) => error,
    );
  const orders = async () => (await run<{ n: number }>('select count(*)::int as n from orders'))[0]?.n;
  const databases = async () =>
    (
      await run<{ datname: string }>(
        `select datname from pg_database where datname like '${database.name}%'`,
        'postgres',
      )
    )
      .map(({ datname }) => datname)
      .toSorted();
  /** The live database is the one that it was, open, and nothing stands beside it. */
  const asItWas = async () => {
    assert.equal(await orders(), 2);
    assert.deepEqual(await databases(), [database.name]);
  };

  it('leaves the live database open and as it was when a session does not end', async () => {
    const wakeAndEnd = await standingSession();
    const isOpen = async () => {
      const [row] = await run<{ open: boolean }>(
        `select datallowconn as open from pg_database where datname = '${database.name}'`,
        'postgres',
      );
      return row?.open;
    };
    try {
      const failure = failed();
      await eventually(async () => assert.equal(await isOpen(), false), { timeoutMs: 60_000 });
      await eventually(async () => assert.equal(await isOpen(), true), { timeoutMs: 60_000 });
      // the server drops no database while one of its sessions stands still
      await wakeAndEnd();
      assert.equal(((await failure) as { code?: string }).code, 'in_use');
      await asItWas();
    } finally {
      await wakeAndEnd();
    }
  });

  itLong('ends although a session stands still for good, and names the database that is left', async () => {
    const wakeAndEnd = await standingSession();
    try {
      const told = reasonOf(await failed(), 'en');
      assert.match(told, /still in use by others.*; database \S+, which this restore had made, could not be dropped/);
      assert.equal(await orders(), 2);
    } finally {
      await wakeAndEnd();
    }
    for (const name of (await databases()).filter((one) => one !== database.name))
      await run(`drop database ${name} with (force)`, 'postgres');
  });

  /** @returns what lets it go on and ends it; twice does no harm */
  async function standingSession(): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    const pid = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
    process.kill(pid, 'SIGSTOP');
    let stands = true;
    return async () => {
      if (stands) process.kill(pid, 'SIGCONT');
      stands = false;
      await client.end().catch(() => undefined);
    };
  }

  for (const [where, words] of [
    ['the door is shut', 'pg_terminate_backend(pid) from pg_stat_activity'],
    ['the first name has changed', 'rename to'],
    ['the names are committed', 'commit\0'],
  ] as const)
    it(`leaves it open and as it was when the line is cut before ${where}`, async () => {
      let renames = 0;
      let isCut = false;
      proxy.intercept(({ from, bytes }) => {
        if (from === 'target' || isCut) return 'pass';
        if (bytes.includes('rename to')) renames += 1;
        if (!bytes.includes(words) || (words === 'commit\0' && renames === 0)) return 'pass';
        isCut = true;
        return 'cut';
      });
      await failed();
      assert.ok(isCut);
      await asItWas();
    });

  it('opens it although the server could not be reached at first', async () => {
    let refused = 0;
    proxy.intercept(({ from, bytes }) => {
      if (from === 'target') return 'pass';
      if (bytes.includes('rename to')) return 'cut';
      return bytes.includes('allow_connections true') && (refused += 1) <= 3 ? 'cut' : 'pass';
    });
    await failed();
    assert.equal(refused, 4);
    await asItWas();
  });

  it('tells both, and what to do, when the door cannot be opened again', async () => {
    proxy.intercept(({ from, bytes }) =>
      from === 'client' && (bytes.includes('rename to') || bytes.includes('allow_connections true')) ? 'cut' : 'pass',
    );
    const error = await failed();
    assert.ok(error instanceof AggregateError);
    const told = reasonOf(error, 'en');
    assert.match(
      told,
      /^Connection terminated unexpectedly; database \S+ could not be opened again either: Connection/,
    );
    const command = `alter database "${database.name}" allow_connections true`;
    assert.ok(told.endsWith(command), told);
    await run(command, 'postgres');
    await asItWas();
  });

  it('says that it went through when only the answer to its last word was lost', async () => {
    let renames = 0;
    let isLost = false;
    proxy.intercept(({ from, bytes }) => {
      if (from === 'client' && bytes.includes('rename to')) renames += 1;
      if (from === 'target' || isLost || renames === 0 || !bytes.includes('commit\0')) return 'pass';
      isLost = true;
      return 'lose-answer';
    });
    const { keptAs } = await restore();
    assert.ok(isLost);
    assert.equal(await orders(), 1);
    assert.deepEqual(await databases(), [database.name, keptAs]);
    assert.equal((await run<{ n: number }>('select count(*)::int as n from orders', keptAs))[0]?.n, 2);
    await run(`drop database ${keptAs} with (force)`, 'postgres');
  });
});
