import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrations } from '../../migrations/index.ts';
import { applyMigrations } from '../../scripts/migrate/apply.ts';
import { createDatabase } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { assertOnly, diagnose, problems } from '../support/diagnose.ts';
import { startPgbouncer, type TestPgbouncer } from '../support/pgbouncer.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

/** What its manual says to put there when clients are refused. */
const IGNORED = 'options,extra_float_digits,statement_timeout';

/** The real one, in front of a real database. */
describe('behind PgBouncer', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let pooler: TestPgbouncer | null = null;

  before(async () => {
    database = await createTestDatabase();
  });
  after(() => database.drop());
  afterEach(async () => {
    await pooler?.stop();
    pooler = null;
  });

  async function look(settings: Readonly<Record<string, string>>) {
    pooler = await startPgbouncer(database.url, settings);
    return diagnose({ DATABASE_URL: pooler.url }, ['postgres']);
  }

  it('as it is installed: the doctor says that it refuses how a session begins', async () => {
    const found = assertOnly(await look({ pool_mode: 'transaction' }), 'postgres.startup_refused');
    assert.match(found.fix.text, /pool/i);
  });

  it('told to drop what it does not know: the doctor says which settings are lost, and that transactions share sessions', async () => {
    const report = await look({ pool_mode: 'transaction', ignore_startup_parameters: IGNORED });
    const [lost, pooled, ...others] = problems(report);
    assert.deepEqual([lost?.code, lost?.severity], ['postgres.session_settings_lost', 'warn']);
    assert.match(lost?.evidence ?? '', /lock_timeout=0 statement_timeout=0 timezone=UTC$/);
    assert.deepEqual([pooled?.code, pooled?.severity], ['postgres.pooled_transaction_mode', 'warn']);
    assert.deepEqual([others, report.exitCode], [[], 0]);
  });

  it('in session mode: nothing is wrong once the role has the settings that the doctor names', async () => {
    const settings = { pool_mode: 'session', ignore_startup_parameters: IGNORED };
    const { commands } = assertOnly(await look(settings), 'postgres.session_settings_lost', 'warn').fix;
    const role = new URL(database.url).username;
    const given = { ...process.env, DATABASE_URL: database.url };
    try {
      await promisify(execFile)('bash', ['-c', commands.find((command) => command.startsWith('psql')) ?? ''], {
        env: given,
      });
      await pooler?.stop();
      assert.deepEqual(problems(await look(settings)), []);
      await pooler?.stop();
      const shared = { ...settings, pool_mode: 'transaction' };
      assertOnly(await look(shared), 'postgres.pooled_transaction_mode', 'warn');
    } finally {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query(`alter role ${role} reset all`);
      await client.end();
    }
  });

  it('in transaction mode: of two migrations at once one does all of it, and no lock is left that keeps out the next', async () => {
    const empty = await createTestDatabase({ migrated: false });
    pooler = await startPgbouncer(empty.url, { pool_mode: 'transaction', ignore_startup_parameters: IGNORED });
    try {
      const [one, other] = await Promise.all([migrate(pooler.url), migrate(pooler.url)]);
      assert.deepEqual(
        [one.length, other.length].toSorted((a, b) => a - b),
        [0, migrations.length],
      );
      assert.deepEqual(await migrate(empty.url, 0), [], 'one that comes directly finds the lock free');
    } finally {
      await pooler.stop();
      pooler = null;
      await empty.drop();
    }
  });
});

async function migrate(databaseUrl: string, lockWaitMs = 50_000): Promise<string[]> {
  const db = createDatabase({
    url: databaseUrl,
    poolMax: 2,
    applicationName: 'test-migrate',
    logger: createSilentLogger(),
    statementTimeoutMs: 0,
  });
  try {
    return (await applyMigrations(db, { databaseUrl, direction: 'up', lockWaitMs })).ran;
  } finally {
    await db.destroy();
  }
}
