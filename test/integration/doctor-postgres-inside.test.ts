import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { expectedSchema } from '../../shared/doctor/expected-schema.ts';
import { createSecretFilter } from '../../shared/doctor/secrets.ts';
import { assertOnly, diagnose, problems } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { openRewriter } from '../support/odd-servers.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { itLong } from '../support/long.ts';

/** What only shows inside a PostgreSQL that lets us in. */
describe('the doctor, inside PostgreSQL', function () {
  this.timeout(60_000);
  const closers: (() => Promise<unknown>)[] = [];
  let database: TestDatabase;

  before(async () => {
    database = await createTestDatabase();
  });
  after(() => database.drop());
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const look = (url = database.url) => diagnose({ DATABASE_URL: url }, ['postgres']);
  async function run(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: database.url, options: '-c default_transaction_read_only=off' });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  it('knows the columns that the migrations really make', async () => {
    const { columns } = await expectedSchema();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
    );
    await client.end();
    const expected = [...columns].flatMap(([table, names]) => [...names].map((name) => `${table}.${name}`));
    assert.deepEqual(
      expected.toSorted(),
      rows
        .map(({ name }) => name)
        .filter((name) => !/^migrations(_lock)?\./.test(name))
        .toSorted(),
    );
  });
  it('tells a column that somebody dropped', async () => {
    await run('alter table orders rename column machine_code to machine_code_old');
    closers.push(() => run('alter table orders rename column machine_code_old to machine_code'));
    assert.match(assertOnly(await look(), 'postgres.column_missing').evidence, /orders\.machine_code/);
  });
  it('tells autovacuum that is off for a table', async () => {
    await run('alter table orders set (autovacuum_enabled = false)');
    closers.push(() => run('alter table orders reset (autovacuum_enabled)'));
    assertOnly(await look(), 'postgres.autovacuum_off', 'warn');
  });
  it('tells a pooler that drops the settings of a session, by what it does and not by its name', async () => {
    const server = await openRewriter(Number(new URL(database.url).port), 'Asia/Tashkent', 'Asia/Dushanbe');
    closers.push(() => server.close());
    const url = new URL(database.url);
    url.port = String(server.port);
    assert.match(assertOnly(await look(url.href), 'postgres.session_settings_lost', 'warn').evidence, /timezone/);
  });
  it('gives commands for a read-only database that work on it', async () => {
    const url = new URL(database.url);
    await run(`alter database "${url.pathname.slice(1)}" set default_transaction_read_only = on`);
    const command = assertOnly(await look(), 'postgres.read_only').fix.commands[0] ?? '';
    execFileSync('bash', ['-c', command], { env: { ...process.env, DATABASE_URL: database.url }, stdio: 'pipe' });
    assert.deepEqual(problems(await look()), []);
  });
  it('takes a Unix socket for an address, and names a root certificate that is not there', async () => {
    const found = await look('postgres:///vhm24r?host=/run/nowhere');
    assert.equal(problems(found).length, 1);
    assert.match(problems(found)[0]?.code ?? '', /postgres\.(unreachable|login_failed|socket_missing)/);
    assertOnly(await look(`${database.url}?sslrootcert=/run/nowhere/ca.pem`), 'postgres.root_certificate_missing');
  });
  it('keeps the scheme when the password is the word postgres', () => {
    const url = new URL('postgresql://postgres@db/x');
    url.password = url.username;
    const filter = createSecretFilter({ DATABASE_URL: url.href });
    assert.equal(filter('url=postgresql://db/x password=postgres'), 'url=postgresql://db/x password=***');
    assert.equal(createSecretFilter({ DATABASE_URL: 'postgresql://postgres@db/x' })('user=postgres'), 'user=postgres');
  });
  itLong('tells a session that holds a transaction and does nothing', async () => {
    const holder = new pg.Client({ connectionString: database.url, idle_in_transaction_session_timeout: 0 });
    await holder.connect();
    closers.push(() => holder.end());
    await holder.query('begin');
    const report = await eventually(
      async () => {
        const looked = await look();
        assertOnly(looked, 'postgres.idle_in_transaction', 'warn');
        return looked;
      },
      { timeoutMs: 20_000, intervalMs: 1_000 },
    );
    assert.match(assertOnly(report, 'postgres.idle_in_transaction', 'warn').evidence, /pid=\d+ user=\S+ idle=\d+s/);
  });
});
