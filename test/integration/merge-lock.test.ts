import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { connectionOf, createDatabase, type Db } from '../../shared/db/client.ts';
import { createLogger } from '../../shared/logger.ts';
import { inTurn, type Turn, takeMergeLock } from '../../shared/reconcile/merge-lock.ts';
import { eventually } from '../support/eventually.ts';
import { acceptFile } from '../support/load-report.ts';
import { openTestClient } from '../support/load-world.ts';
import { itLong } from '../support/long.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const WHOLE_S = 3;
const ITS_OWN_WAIT_MS = 10_000;

describe('the turns of merges', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let db: Db;
  const logger = createLogger({ level: 'error', format: 'json', service: 'test' });

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 8, applicationName: 'vhm24r-test', logger });
    await db.raw('create table done (turn bigserial, what text not null)');
  });
  beforeEach(async () => {
    await db.raw('truncate done');
  });
  after(async () => {
    await db?.destroy();
    await database?.drop();
  });

  /** Long work of so many seconds; resolves with the number of times that it began. */
  const long = async (
    work: {
      fileId?: string;
      lostAtMostMs?: number;
      onTaken?(): void;
      before?(turn: Turn, run: (sql: string) => Promise<unknown>): Promise<void>;
    } = {},
  ): Promise<number> => {
    let begun = 0;
    await inTurn(
      { db, logger },
      async (trx, turn) => {
        begun += 1;
        await trx.raw('set local statement_timeout = 0; set local lock_timeout = 0');
        await turn.take('long');
        work.onTaken?.();
        await trx.raw(`insert into done (what) values ('long')`);
        await work.before?.(turn, async (sql) => trx.raw(sql));
        await trx.raw('select pg_sleep(?)', [WHOLE_S]);
      },
      { fileId: work.fileId ?? null, lostAtMostMs: work.lostAtMostMs },
    );
    return begun;
  };
  const short = (): Promise<void> =>
    db.transaction(async (trx) => {
      await trx.raw('set local lock_timeout = 0');
      await takeMergeLock(await connectionOf(trx));
      await trx.raw(`insert into done (what) values ('short')`);
    });
  const taken = (start: (onTaken: () => void) => Promise<number>): Promise<{ ended: Promise<number> }> =>
    new Promise((resolve) => {
      const ended: Promise<number> = start(() => resolve({ ended }));
    });
  /** What came to its end, in the order of its turns: each writes while it holds the lock. */
  const done = async (): Promise<string[]> =>
    (await db('done').select('what').orderBy('turn')).map(({ what }) => String(what));

  it('takes long work back for short work, and it begins again and is done once', async () => {
    const client = await openTestClient(database.url);
    const { fileId } = await acceptFile(client, 'small bytes, many rows.xlsx');
    await client.query(`update uploaded_files set lease_until = clock_timestamp() + interval '1 hour'`);
    await client.end();
    const startedAt = performance.now();
    const { ended } = await taken((onTaken) => long({ fileId, onTaken }));
    await Promise.all([short(), short()]);
    assert.equal(await ended, 2);
    // it is such a small file at work as it waits for, and does not wait for itself
    assert.ok(performance.now() - startedAt < ITS_OWN_WAIT_MS);
    await db.raw(`update uploaded_files set lease_until = null`);
    assert.deepEqual(await done(), ['short', 'short', 'long']);
  });

  it('cancels nobody else’s statement when the work ends of itself as it is told to give way', async () => {
    const client = await openTestClient(database.url);
    let pid = 0;
    let waiting: Promise<void> = Promise.resolve();
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    let tell = (): void => undefined;
    const told = new Promise<void>((resolve) => (tell = resolve));
    const slow = {
      transaction: (work: (trx: Knex.Transaction) => Promise<unknown>) => db.transaction(work),
      async raw(statement: string, bindings: readonly never[] = []) {
        if (!statement.includes('pg_cancel_backend')) return db.raw(statement, bindings);
        // it is on its way
        tell();
        await opened;
        return client.query('select pg_cancel_backend($1)', [...bindings]);
      },
    } as unknown as Db;
    const ended = inTurn({ db: slow, logger }, async (trx, turn) => {
      await trx.raw('set local lock_timeout = 0');
      await turn.take('long');
      pid = ((await trx.raw('select pg_backend_pid() as pid')) as { rows: { pid: number }[] }).rows[0]?.pid ?? 0;
      waiting = short();
      await told;
      throw new Error('a fault of its own');
    });
    ended.catch(() => undefined);
    await told;
    const others = Promise.all(Array.from({ length: 8 }, () => db.raw('select pg_sleep(1)')));
    others.catch(() => undefined);
    // all connections that are free sleep, and perhaps that of the work too
    await eventually(
      async () => {
        const { rows } = await client.query<{ sleeping: number; isDecided: boolean }>(
          `select count(*) filter (where state = 'active' and query = 'select pg_sleep(1)')::int as sleeping,
             bool_or(pid = $1 and (state = 'idle in transaction' or query = 'select pg_sleep(1)')) as "isDecided"
           from pg_stat_activity where datname = current_database()`,
          [pid],
        );
        assert.ok((rows[0]?.sleeping ?? 0) >= 6 && rows[0]?.isDecided === true);
      },
      { intervalMs: 10 },
    );
    open();
    const [work, sleepers] = await Promise.allSettled([ended, others, waiting]);
    await client.end();
    assert.match(String(work.status === 'rejected' ? work.reason : work.status), /a fault of its own/);
    assert.equal(sleepers.status, 'fulfilled');
  });

  it('also where the work passed over the statement that was cancelled', async () => {
    const passingOver = async (_turn: Turn, run: (sql: string) => Promise<unknown>): Promise<void> => {
      await run(`select pg_sleep(${WHOLE_S})`).catch(() => undefined);
    };
    const { ended } = await taken((onTaken) => long({ onTaken, before: passingOver }));
    await short();
    assert.equal(await ended, 2);
    assert.deepEqual(await done(), ['short', 'long']);
  });

  it('lets long work end that says it is ending', async () => {
    const { ended } = await taken((onTaken) => long({ onTaken, before: (turn) => turn.keep() }));
    await short();
    assert.equal(await ended, 1);
    assert.deepEqual(await done(), ['long', 'short']);
  });

  it('is interrupted no more once it has lost its time', async () => {
    const again = { resolve: () => {} };
    const isAgain = new Promise<void>((resolve) => (again.resolve = resolve));
    let times = 0;
    const onTaken = (first: () => void): void => (++times === 1 ? first() : again.resolve());
    const { ended } = await taken((first) => long({ lostAtMostMs: 1, onTaken: () => onTaken(first) }));
    await short();
    await isAgain;
    // somebody short waits longer than it would be left alone for
    await short();
    assert.equal(await ended, 2);
    assert.deepEqual(await done(), ['short', 'long', 'short']);
  });

  itLong('comes to an end with all of them where several long ones wait', async () => {
    const first = await taken((onTaken) => long({ onTaken }));
    const second = long();
    await short();
    await Promise.all([first.ended, second]);
    assert.deepEqual(await done(), ['short', 'long', 'long']);
  });
});
