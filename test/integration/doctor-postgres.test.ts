import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import type { EmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { expectedSchema } from '../../shared/doctor/expected-schema.ts';
import { applyFixes } from '../../shared/doctor/fixes.ts';
import { assertFound, assertOnly, diagnose, problems } from '../support/diagnose.ts';
import { openFaultProxy } from '../support/faults.ts';
import {
  makeCertificate,
  openPostgresTls,
  openRewriter,
  type Certificate,
  type OddServer,
} from '../support/odd-servers.ts';
import { createTestDatabase, openTestServer, type TestDatabase } from '../support/postgres.ts';

/** Faults of a real PostgreSQL, each really made. */
describe('the doctor, on PostgreSQL', function () {
  this.timeout(60_000);
  const closers: (() => Promise<unknown>)[] = [];
  let database: TestDatabase;
  let url: URL;
  let certificate: Certificate;

  before(async () => {
    database = await createTestDatabase();
    url = new URL(database.url);
    certificate = makeCertificate();
  });
  after(() => database.drop());
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const look = (databaseUrl: string, more: Record<string, string> = {}) =>
    diagnose({ DATABASE_URL: databaseUrl, ...more }, ['postgres']);
  const changed = (change: (copy: URL) => void): string => {
    const copy = new URL(url.href);
    change(copy);
    return copy.href;
  };
  async function run(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }
  async function through(opening: Promise<OddServer>): Promise<string> {
    const server = await opening;
    closers.push(() => server.close());
    return changed((copy) => (copy.port = String(server.port)));
  }

  it('finds nothing wrong with a good one, and leaves nothing behind', async () => {
    const report = await look(url.href);
    assert.deepEqual(problems(report), []);
    assert.equal(report.exitCode, 0);
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    const { rows } = await client.query(
      `select (select count(*)::int from notices) as notices,
        (select count(*)::int from pg_stat_activity where application_name = 'vhm24r-doctor') as sessions`,
    );
    await client.end();
    assert.deepEqual(rows, [{ notices: 0, sessions: 0 }]);
  });

  it('knows the tables and indexes that the migrations really make', async () => {
    const expected = await expectedSchema();
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    const { rows } = await client.query<{ name: string; kind: string }>(
      `select c.relname as name, c.relkind as kind from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'i', 'I')`,
    );
    await client.end();
    const there = new Set(rows.map(({ name }) => name));
    assert.ok(
      expected.tables.length >= 16 && expected.indexes.size >= 20,
      `${expected.tables.length} tables, ${expected.indexes.size} indexes`,
    );
    assert.deepEqual(
      [...expected.tables, ...expected.indexes.keys()].filter((name) => !there.has(name)),
      [],
    );
    const known = new Set([...expected.tables, 'migrations', 'migrations_lock']);
    assert.deepEqual(
      rows.filter(({ name, kind }) => kind === 'r' && !known.has(name)),
      [],
    );
  });

  it('tells a wrong password: stale credentials', async () => {
    const finding = assertOnly(
      await look(changed((copy) => (copy.password = 'gone-since-yesterday'))),
      'postgres.wrong_password',
    );
    assert.match(finding.cause, /[Ss]tale/);
    assert.match(finding.fix.commands.join(), /DATABASE_URL/);
  });
  it('tells a missing password', async () => {
    assertOnly(await look(changed((copy) => (copy.password = ''))), 'postgres.password_missing');
  });
  it('tells an unknown database', async () => {
    assertOnly(await look(changed((copy) => (copy.pathname = '/no_such_database'))), 'postgres.no_database');
  });
  it('tells that TLS is required', async () => {
    const finding = assertOnly(
      await look(await through(openPostgresTls(certificate, Number(url.port), { requires: true }))),
      'postgres.tls_required',
    );
    assert.match(finding.fix.text, /sslmode/);
  });
  it('tells TLS asked of a server that has none', async () => {
    assertOnly(await look(`${url.href}?sslmode=require`), 'postgres.tls_not_offered');
  });
  it('tells a self-signed certificate, and is content when it need not be checked', async () => {
    const behind = await through(openPostgresTls(certificate, Number(url.port)));
    assertOnly(await look(`${behind}?sslmode=verify-full`), 'postgres.tls_self_signed');
    assert.deepEqual(problems(await look(`${behind}?sslmode=no-verify`)), []);
  });
  it('tells a server that is too old', async () => {
    const [{ version } = { version: '' }] = await versionOf(url.href);
    const old = `13${version.slice(2)}`;
    assertOnly(await look(await through(openRewriter(Number(url.port), version, old))), 'postgres.version_old');
  });
  it('tells a database that only reads', async () => {
    await run(`alter database ${database.name} set default_transaction_read_only = on`);
    try {
      assertOnly(await look(url.href), 'postgres.read_only');
    } finally {
      await run(
        `set default_transaction_read_only = off`,
        `set transaction_read_only = off`,
        `alter database ${database.name} reset default_transaction_read_only`,
      );
    }
  });
  it('tells missing, pending and ahead migrations apart', async () => {
    const empty = await createTestDatabase({ migrated: false });
    closers.push(() => empty.drop());
    assert.match(
      assertOnly(await look(empty.url), 'postgres.migrations_missing').fix.commands.join(),
      /npm run migrate/,
    );
    await run(
      `update migrations set name = 'hidden' where name = '20261122-06-operations'`,
      `create temp table t as select 1`,
    );
    assertOnly(await look(url.href), 'postgres.migrations_ahead');
    await run(`delete from migrations where name = 'hidden'`);
    assertOnly(await look(url.href), 'postgres.migrations_pending');
    await run(`insert into migrations (name, batch, migration_time) values ('20261122-06-operations', 1, now())`);
    assert.deepEqual(problems(await look(url.href)), []);
  });
  it('tells a dropped table', async () => {
    await run('alter table user_tokens rename to user_tokens_away');
    try {
      assert.match(assertOnly(await look(url.href), 'postgres.table_missing').evidence, /user_tokens/);
    } finally {
      await run('alter table user_tokens_away rename to user_tokens');
    }
  });
  it('tells a dropped index, says what --fix would do, and does it', async () => {
    await run('drop index uploaded_files_open_idx');
    const report = await look(url.href);
    assert.match(assertOnly(report, 'postgres.index_missing').evidence, /uploaded_files_open_idx/);
    const env = { DATABASE_URL: url.href };
    const [would] = await applyFixes(report.findings, env, true);
    assert.deepEqual([would?.done, would?.dryRun], [false, true]);
    assertFound(await look(url.href), 'postgres.index_missing');
    const [done] = await applyFixes(report.findings, env, false);
    assert.deepEqual(done, { code: 'postgres.index_missing', action: done?.action, done: true, dryRun: false });
    assert.deepEqual(problems(await look(url.href)), []);
  });
  it('tells a role without rights', async () => {
    const role = `reader_${database.name.slice(-6)}`;
    await run(
      `create role ${role} login password 'reader-password'`,
      `grant usage on schema public to ${role}`,
      `grant select on migrations to ${role}`,
    );
    closers.push(() => run(`drop owned by ${role}`, `drop role ${role}`));
    const report = await look(
      changed((copy) => {
        copy.username = role;
        copy.password = 'reader-password';
      }),
    );
    assertOnly(report, 'postgres.permission_denied');
  });
  it('tells the port of a pooler in transaction mode', async () => {
    const proxy = await openFaultProxyOn(6543, Number(url.port));
    closers.push(() => proxy.close());
    assertOnly(await look(changed((copy) => (copy.port = '6543'))), 'postgres.pooled_transaction_mode', 'warn');
  });
  it('tells a slow one, with the figures', async () => {
    const proxy = await openFaultProxy(Number(url.port));
    closers.push(() => proxy.close());
    await proxy.set('delay', { delayMs: 70 });
    const finding = assertOnly(await look(proxy.urlFor(url.href)), 'postgres.slow', 'warn');
    assert.match(finding.evidence, /min=\d+.*median=\d+.*p99=\d+/);
  });

  describe('with a server of its own', () => {
    let server: EmbeddedPostgres & { close(): Promise<void> };
    before(async () => {
      server = await openTestServer({
        settings: {
          fsync: 'off',
          max_connections: '6',
          superuser_reserved_connections: '1',
          wal_level: 'replica',
          hot_standby: 'on',
        },
      });
    });
    after(() => server.close());

    it('tells that no slot is left', async () => {
      const admin = new pg.Client({ connectionString: server.urlFor('postgres') });
      await admin.connect();
      await admin.query(`create role app login password 'app-password'`);
      await admin.end();
      const app = new URL(server.urlFor('postgres'));
      app.username = 'app';
      app.password = 'app-password';
      const held: pg.Client[] = [];
      try {
        for (let count = 0; count < 5; count++) {
          const client = new pg.Client({ connectionString: app.href });
          client.on('error', () => undefined);
          await client.connect();
          held.push(client);
        }
        assertOnly(await look(app.href), 'postgres.too_many_connections');
        await held.pop()?.end();
        assertFound(await look(app.href), 'postgres.connections_near_limit');
      } finally {
        await Promise.all(held.map((client) => client.end()));
      }
    });

    it('tells one that stopped in its tracks', async () => {
      const tree = await stopTree(server.pid, 'SIGSTOP');
      try {
        assertOnly(await look(server.urlFor('postgres')), 'postgres.frozen');
      } finally {
        for (const pid of tree) process.kill(pid, 'SIGCONT');
      }
    });
  });

  it('tells a standby', async () => {
    const primary = await openTestServer({
      settings: { fsync: 'off', wal_level: 'replica', hot_standby: 'on', max_wal_senders: '2' },
    });
    await primary.stop();
    // the data of a server that was shut down in order, told to follow a primary that is not there
    const { openEmbeddedPostgres } = await import('../../scripts/embedded-postgres.ts');
    writeFileSync(join(primary.home, await dataFolderIn(primary.home), 'standby.signal'), '');
    const standby = await openEmbeddedPostgres({
      folder: primary.folder,
      settings: { fsync: 'off', hot_standby: 'on', wal_level: 'replica', max_wal_senders: '2' },
    });
    try {
      assertOnly(await look(standby.urlFor('postgres')), 'postgres.standby');
    } finally {
      await standby.stop();
      await primary.close();
    }
  });
});

async function versionOf(url: string): Promise<{ version: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`);
  await client.end();
  return rows;
}

async function openFaultProxyOn(port: number, targetPort: number): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const target = createConnection({ host: '127.0.0.1', port: targetPort });
    for (const end of [socket, target]) {
      sockets.add(end);
      end.on('error', () => undefined);
    }
    socket.pipe(target).pipe(socket);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The server and its own processes. */
async function stopTree(pid: number, signal: NodeJS.Signals): Promise<number[]> {
  const children = await new Promise<string>((resolve) => {
    const child = spawn('ps', ['-o', 'pid=', '--ppid', String(pid)]);
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('close', () => resolve(text));
  });
  const all = [pid, ...children.split('\n').map(Number).filter(Boolean)];
  for (const one of all) process.kill(one, signal);
  return all;
}

async function dataFolderIn(home: string): Promise<string> {
  const { readdir } = await import('node:fs/promises');
  const names = await readdir(home);
  if (names.includes('PG_VERSION')) return '.';
  for (const name of names) {
    const inside = await readdir(join(home, name)).catch(() => [] as string[]);
    if (inside.includes('PG_VERSION')) return name;
  }
  throw new Error(`no data folder in ${home}: ${names.join()}`);
}
