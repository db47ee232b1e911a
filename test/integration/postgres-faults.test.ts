/**
 * What the driver, the pool and knex throw when the connection fails is known for what it is, however it is wrapped.
 */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { createDatabase, openConnection, withConnection, type Db } from '../../shared/db/client.ts';
import { isDatabaseUnavailable, isSchemaMissing } from '../../shared/db/faults.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('an error of the way to PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let proxy: FaultProxy;
  let db: Db;

  before(async () => {
    database = await createTestDatabase();
    proxy = await openFaultProxy(Number(new URL(database.url).port));
    db = createDatabase({
      url: proxy.urlFor(database.url),
      poolMax: 2,
      applicationName: 'test',
      logger: createSilentLogger(),
    });
  });
  afterEach(async () => {
    proxy.intercept(null);
    await proxy.set('pass');
  });
  after(async () => {
    await db.destroy();
    await proxy.close();
    await database.drop();
  });

  const thrownBy = (work: () => PromiseLike<unknown>): Promise<unknown> =>
    Promise.resolve(work()).then(
      () => assert.fail('it did not fail'),
      (error: unknown) => error,
    );
  const cutAt = (text: string) =>
    proxy.intercept(({ from, bytes }) => (from === 'client' && bytes.includes(text) ? 'cut' : 'pass'));

  async function isKnown(work: () => PromiseLike<unknown>): Promise<void> {
    const error = await thrownBy(work);
    assert.ok(isDatabaseUnavailable(error), String(error));
    assert.ok(isDatabaseUnavailable(new Error('wrapped', { cause: error })));
    assert.ok(isDatabaseUnavailable(new AggregateError([new Error('another'), error])));
  }

  it('is known when knex puts the statement before its text', async () => {
    cutAt('select 4711');
    await isKnown(() => db.raw('select 4711'));
  });

  it('is known when the server has ended the session between two statements and its line still stands', async () => {
    const trx = await db.transaction();
    const { rows } = await trx.raw<{ rows: { pid: number }[] }>('select pg_backend_pid() as pid');
    const client = (await db.client.acquireRawConnection()) as Client;
    try {
      const connection = (trx as unknown as { client: { acquireConnection(): Promise<Client> } }).client;
      const held = await connection.acquireConnection();
      // at this moment the driver takes no more statements, and nobody has closed anything
      const rolledBack = new Promise<unknown>((resolve) =>
        held.once('error', () => resolve(thrownBy(() => held.query('ROLLBACK')))),
      );
      await client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      const error = await rolledBack;
      assert.ok(isDatabaseUnavailable(error), String(error));
    } finally {
      await db.client.destroyRawConnection(client);
      await trx.rollback().catch(() => undefined);
    }
  });

  it('is known in a transaction, at its begin, its commit and its rollback', async () => {
    for (const text of ['BEGIN', 'COMMIT', 'select 4712']) {
      cutAt(text);
      await isKnown(() => db.transaction((trx) => trx.raw('select 4712')));
    }
    cutAt('ROLLBACK');
    await isKnown(() => db.transaction(() => Promise.reject(new Error('for another reason'))));
  });

  it('is known on a raw connection: the statement that was cut, and the next one', async () => {
    cutAt('select 4713');
    const held = await openConnection(db);
    await isKnown(() => held.client.query('select 4713'));
    await isKnown(() => held.client.query('select 1'));
    await held.release(new Error('lost'));
  });

  it('is known in the middle of a COPY', async () => {
    cutAt('a row that is cut');
    await isKnown(() =>
      withConnection(db, async (client) => {
        await client.query('create temporary table copied (line text)');
        await pipeline(Readable.from(['a row that is cut\n']), client.query(copyFrom('copy copied from stdin')));
      }),
    );
  });

  it('is known when no connection is to be had: refused, silent, or all taken', async () => {
    const taken = await Promise.all([openConnection(db), openConnection(db)]);
    await isKnown(() => db.raw('select 1'));
    for (const one of taken) await one.release(new Error('closed'));
    for (const mode of ['refuse', 'reset', 'black-hole'] as const) {
      await proxy.set(mode);
      await isKnown(() => db.raw('select 1'));
    }
  });

  it('is not what the statement itself did wrong', async () => {
    for (const wrong of ['select 1/0', "select 'x'::int", 'selekt']) {
      const error = await thrownBy(() => db.raw(wrong));
      assert.ok(!isDatabaseUnavailable(error), wrong);
      assert.ok(!isSchemaMissing(error), wrong);
    }
    assert.ok(isSchemaMissing(await thrownBy(() => db.raw('select * from no_such_table'))));
    // words prove nothing
    assert.ok(!isDatabaseUnavailable(new Error('Connection terminated unexpectedly')));
    assert.ok(!isDatabaseUnavailable(new AggregateError([new Error('one')])));
  });

  it('ends a short transaction that stands still, and a wait for a row that somebody holds', async () => {
    const { rows } = await db.raw<{ rows: Record<string, string>[] }>(
      `select current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle,
         current_setting('statement_timeout') as statement`,
    );
    assert.deepEqual(rows[0], { lock: '1s', idle: '5s', statement: '30s' });
  });
});
