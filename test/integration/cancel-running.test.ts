import assert from 'node:assert/strict';
import { markRunning } from '../../shared/db/cancel-running.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createWorkGroup } from '../../shared/queue/work-group.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy } from '../support/faults.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { ownTimeMs } from '../support/own-time.ts';

describe('statements that a closing process leaves running', () => {
  let database: TestDatabase;
  let db: Db;
  const open = (url: string) =>
    createDatabase({ url, poolMax: 4, applicationName: 'test', logger: createSilentLogger() });

  before(async () => {
    database = await createTestDatabase();
    db = open(database.url);
  });
  after(async () => {
    await db.destroy();
    await database.drop();
  });

  const endOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );
  const sleeping = (count: number) =>
    eventually(async () => {
      const { rows } = await db.raw<{ rows: unknown[] }>(
        `select 1 from pg_stat_activity
          where query like 'select pg_sleep%' and state = 'active' and datname = current_database()`,
      );
      assert.equal(rows.length, count);
    });

  it('are stopped, those of a transaction too, but nothing that began later', async () => {
    const alone = endOf(Promise.resolve(db.raw('select pg_sleep(30)')));
    const within = endOf(db.transaction((trx) => trx.raw('select pg_sleep(30)')));
    await sleeping(2);
    const cancel = markRunning(db);
    const later = endOf(Promise.resolve(db.raw('select pg_sleep(1)')));
    await sleeping(3);
    assert.equal(await cancel(), 2);
    assert.deepEqual(await Promise.all([alone, within, later]), ['57014', '57014', 'done']);
    assert.equal(await cancel(), 0);
  });

  it('let work end that waits for one and does not hear that it is aborted', async () => {
    const group = createWorkGroup(() => markRunning(db));
    const ended = endOf(group.run(async () => db.raw('select pg_sleep(30)')));
    await sleeping(1);
    const startedAt = ownTimeMs();
    assert.equal(await group.drain(100, 4_000), true);
    assert.ok(ownTimeMs() - startedAt < 3_000);
    assert.equal(await ended, '57014');
  });

  it('cost no more than a second where PostgreSQL does not answer', async () => {
    const proxy = await openFaultProxy(Number(new URL(database.url).port));
    const frail = open(proxy.urlFor(database.url));
    try {
      const lost = endOf(Promise.resolve(frail.raw('select pg_sleep(30)')));
      await sleeping(1);
      const cancel = markRunning(frail);
      await proxy.set('black-hole');
      const startedAt = ownTimeMs();
      await assert.rejects(cancel());
      assert.ok(ownTimeMs() - startedAt < 1_500);
      await proxy.set('reset');
      await lost;
    } finally {
      await frail.destroy();
      await proxy.close();
    }
  });
});
