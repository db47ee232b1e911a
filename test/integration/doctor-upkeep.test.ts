import assert from 'node:assert/strict';
import pg from 'pg';
import { createDatabase } from '../../shared/db/client.ts';
import { checkUpkeep, UPKEEP_LIMITS } from '../../shared/doctor/checks/postgres-upkeep.ts';
import { createLadder } from '../../shared/doctor/ladder.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { sampleSizes } from '../../shared/retention/size-samples.ts';
import { diagnose, problems } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { migrateTestDatabase, openTestServer } from '../support/postgres.ts';

/** Real faults in a small database: only the figures from which each is said are smaller here. */
describe('what makes a database slow over months', function () {
  this.timeout(90_000);
  let url: string;
  let client: pg.Client;
  let close: () => Promise<void>;

  before(async () => {
    const server = await openTestServer({
      settings: { fsync: 'off', max_prepared_transactions: '2', autovacuum_naptime: '1s', max_connections: '40' },
    });
    close = () => server.close();
    url = server.urlFor('postgres');
    await migrateTestDatabase(url);
    client = await connect();
  });
  after(async () => {
    await client.end();
    await close();
  });

  async function connect(): Promise<pg.Client> {
    const made = new pg.Client({ connectionString: url });
    await made.connect();
    return made;
  }
  async function notes(limits: Partial<typeof UPKEEP_LIMITS>): Promise<Record<string, string>> {
    const ladder = createLadder();
    await checkUpkeep(client, ladder, { ...UPKEEP_LIMITS, ...limits });
    return Object.fromEntries(ladder.outcomes().map(({ code, evidence }) => [code, evidence]));
  }
  const only = (found: Record<string, string>, code: string): string => {
    assert.deepEqual(Object.keys(found), [code]);
    return found[code] ?? '';
  };

  it('is not said of a database in order, which tells its size', async () => {
    const report = await diagnose({ DATABASE_URL: url }, ['postgres']);
    assert.deepEqual(problems(report), []);
    const found = report.findings.find(({ code }) => code === 'postgres.upkeep');
    assert.match(found?.evidence ?? '', /transaction_age=\d+ size_mb=\d+/);
  });

  it('a transaction that somebody left open, and one that was prepared and forgotten', async () => {
    const [holder, preparer] = [await connect(), await connect()];
    try {
      await holder.query('begin');
      await holder.query('select 1');
      await preparer.query('begin');
      await preparer.query(`insert into goods values ('forgotten')`);
      await preparer.query(`prepare transaction 'forgotten'`);
      await eventually(async () => {
        const evidence = only(await notes({ oldTransactionS: 1 }), 'postgres.old_transaction');
        assert.match(evidence, /pid=\d+ user=\S+ .*state=idle in transaction/);
        assert.match(evidence, /prepared=forgotten/);
      });
      assert.deepEqual(await notes({}), {}, 'an hour is not over');
    } finally {
      await preparer.query(`rollback prepared 'forgotten'`);
      await Promise.all([holder.end(), preparer.end()]);
    }
  });

  it('dead rows that an old snapshot keeps from being vacuumed, and by which table', async () => {
    const holder = await connect();
    try {
      await client.query(`insert into goods select 'dead ' || n from generate_series(1, 6000) n`);
      await holder.query('begin isolation level repeatable read');
      await holder.query('select count(*) from goods');
      await client.query('delete from goods');
      await eventually(async () =>
        assert.match(only(await notes({ deadRows: 5_000 }), 'postgres.dead_rows'), /goods: 6\d{3} dead of/),
      );
    } finally {
      await holder.end();
    }
  });

  it('numbers of transactions that run out', async () => {
    await client.query('select pg_current_xact_id()');
    assert.match(only(await notes({ wraparoundAge: 1 }), 'postgres.wraparound_near'), /transaction_age=\d+/);
  });

  it('a large index that nobody uses; a unique one keeps its rule and is not named', async () => {
    await client.query('create index by_hand on order_issues (since)');
    try {
      const evidence = only(await notes({ unusedIndexBytes: 1, unusedTableReads: 0 }), 'postgres.index_never_used');
      assert.match(evidence, / on /);
      assert.doesNotMatch(evidence, /pkey|natural_key/);
      assert.deepEqual(await notes({}), {}, 'a small one is none of it');
    } finally {
      await client.query('drop index by_hand');
    }
  });

  it('a database that grew by half within a week, and which table did', async () => {
    const db = createDatabase({ url, poolMax: 1, applicationName: 'test', logger: createSilentLogger() });
    try {
      await sampleSizes(db);
      await client.query(`update size_samples set at = at - interval '7 days'`);
      await client.query(`insert into goods select 'grown ' || n || repeat('x', 200) from generate_series(1, 20000) n`);
      const evidence = only(await notes({ growthBytes: 1_000_000, growthShare: 0.05 }), 'postgres.growing_fast');
      assert.match(evidence, /growth_mb_a_day=\d\.\d most=goods \+\d+ MB/);
      assert.deepEqual(await notes({}), {}, 'a gibibyte is the least');
    } finally {
      await db.destroy();
      await client.query('delete from goods; delete from size_samples');
    }
  });

  it('is taken care of: a table is vacuumed by itself after a tenth of it was rewritten', async () => {
    await client.query(
      `insert into orders (order_number, payment_type, price, time)
       select 'n' || n, 'cash', 1, now() from generate_series(1, 40000) n`,
    );
    await client.query(`analyze orders`);
    const vacuumed = async () =>
      Number(
        (
          await client.query<{ n: string }>(
            `select autovacuum_count as n from pg_stat_user_tables where relname = 'orders'`,
          )
        ).rows[0]?.n,
      );
    await client.query(`vacuum orders`);
    const before = await vacuumed();
    await client.query(`update orders set price = 2 where id % 10 = 0`);
    await eventually(async () => assert.ok((await vacuumed()) > before), { timeoutMs: 60_000 });
  });
});
