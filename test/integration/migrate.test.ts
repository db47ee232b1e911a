import assert from 'node:assert/strict';
import pg from 'pg';
import { applyMigrations } from '../../scripts/migrate/apply.ts';
import { migrations } from '../../migrations/index.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { eventually } from '../support/eventually.ts';
import { loadWorld, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { randomWorld } from '../support/reference/random-world.ts';

/** The one that builds an index of orders while they are in use. */
const INDEX_OF_ORDERS = '20261128-06-orders-out-of-sale';

describe('migrating', function () {
  this.timeout(90_000);
  let database: TestDatabase;
  let db: Db;
  let holder: pg.Client;

  beforeEach(async () => {
    database = await createTestDatabase();
    db = createDatabase({
      url: database.url,
      poolMax: 2,
      applicationName: 'test',
      logger: createSilentLogger(),
      statementTimeoutMs: 0,
    });
    holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
  });
  afterEach(async () => {
    await holder.end();
    await db.destroy();
    await database.drop();
  });

  const migrate = (direction: 'up' | 'down', lockWaitMs = 30_000) =>
    applyMigrations(db, { databaseUrl: database.url, direction, lockWaitMs });

  it('says that the schema is ahead, and does nothing, when a newer version has migrated (a rollback)', async () => {
    await holder.query(
      `insert into migrations (name, batch, migration_time) values ('29991231-01-of-the-future', 99, now())`,
    );
    assert.deepEqual(await migrate('up'), { ran: [], ahead: ['29991231-01-of-the-future'] });
    await assert.rejects(migrate('down'), { name: 'SchemaDivergedError' });
    const last = migrations.at(-1)?.name ?? '';
    await holder.query('delete from migrations where name = $1', [last]);
    await assert.rejects(migrate('up'), { name: 'SchemaDivergedError' });
  });

  it('keeps nobody waiting behind a lock it cannot have, and goes on once it can', async () => {
    assert.equal((await migrate('down')).ran.length, 1);
    await holder.query('begin');
    await holder.query('lock table uploaded_files in access share mode');
    const migrating = migrate('up');
    // while the migration waits for its turn, somebody else's plain read gets through in little more than the lock's
    // limit
    const reader = new pg.Client({ connectionString: database.url });
    await reader.connect();
    try {
      const startedAt = performance.now();
      for (let read = 0; read < 20; read++) await reader.query('select count(*) from uploaded_files');
      assert.ok(performance.now() - startedAt < 15_000);
      await holder.query('commit');
      assert.equal((await migrating).ran.length, 1);
    } finally {
      await reader.end();
    }
  });

  it('goes on after a deadlock with a merge that refreshes its statistics while an index is built', async () => {
    const back = migrations.length - migrations.findIndex(({ name }) => name === INDEX_OF_ORDERS);
    for (let time = 0; time < back; time++) await migrate('down');
    // whoever looks for a deadlock first is the one that ends
    await holder.query(`set deadlock_timeout = '60s'; begin; lock table orders in row exclusive mode`);
    const migrating = migrate('up');
    const watcher = new pg.Client({ connectionString: database.url });
    await watcher.connect();
    try {
      await eventually(
        async () => {
          const { rows } = await watcher.query(
            `select 1 from pg_stat_activity where query like 'create index concurrently%' and wait_event_type = 'Lock'
               and datname = current_database()`,
          );
          assert.equal(rows.length, 1);
        },
        { intervalMs: 10 },
      );
      await holder.query('analyze orders (price)');
      await holder.query('commit');
      assert.equal((await migrating).ran.length, back);
      const { rows } = await watcher.query('select indexrelid::regclass as name from pg_index where not indisvalid');
      assert.deepEqual(rows, []);
    } finally {
      await watcher.end();
    }
  });

  it('goes down, up and down again over a database full of orders, keeping them as long as their tables are there', async () => {
    const client = await openTestClient(database.url);
    try {
      const world = randomWorld(7);
      await loadWorld(client, world);
      const orders = async () =>
        Number((await client.query<{ n: string }>('select count(*) as n from orders')).rows[0]?.n);
      const loaded = await orders();
      assert.ok(loaded > 5, String(loaded));
      const made = migrations.findIndex(({ name }) => name.endsWith('-orders'));
      for (const down of [1, 2, migrations.length - 1 - made, migrations.length]) {
        for (let time = 0; time < down; time++) await migrate('down');
        assert.equal((await migrate('up')).ran.length, down);
        assert.equal(await orders(), down < migrations.length - made ? loaded : 0, `${down} down`);
      }
    } finally {
      await client.end();
    }
  });
});
