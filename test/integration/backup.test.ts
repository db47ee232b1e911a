import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { ensureTools } from '../../scripts/ensure-tools.ts';
import { makeBackup } from '../../shared/backup/make-backup.ts';
import type { BackupError, Manifest } from '../../shared/backup/manifest.ts';
import { createBackupPlace, listBackups, type BackupPlace } from '../../shared/backup/place.ts';
import { checkBackup, restoreOverLive } from '../../shared/backup/restore-backup.ts';
import { createDiskStore } from '../../shared/storage/disk-store.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { assertOnly, diagnose, problems } from '../support/diagnose.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openS3StandIn, type S3StandIn } from '../support/s3-stand-in.ts';
import { isLong } from '../support/long.ts';

const ORDER_COUNT = isLong ? 1_000_000 : 20_000;

describe('backups', function () {
  this.timeout(isLong ? 900_000 : 60_000);
  let database: TestDatabase;
  let folder: string;
  let place: BackupPlace;
  let first: Manifest;

  before(async () => {
    ensureTools();
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-backup-'));
    place = createBackupPlace(join(folder, 'backups'), {});
    await mkdir(join(folder, 'files/files/20261122'), { recursive: true });
    await writeFile(join(folder, 'files/files/20261122/a'), 'bytes of a report');
    await run(
      `insert into orders (order_number, machine_code, payment_type, price, time, status) select 'ff' || n,
        'a7ca181f0000', 'cash', 10000, now(), 'hw_only' from generate_series(1, ${ORDER_COUNT}) n`,
    );
  });
  after(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function run<Row extends object>(sql: string, url = database.url): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }
  const backUp = (to = place, keepDays = 7) =>
    makeBackup({
      databaseUrl: database.url,
      storageUrl: `file:${join(folder, 'files')}`,
      place: to,
      version: '1.0.0',
      keepDays,
      path: process.env.PATH,
    });
  const options = (name: string | null, from = place) => ({
    databaseUrl: database.url,
    place: from,
    name,
    path: process.env.PATH,
  });
  const doctor = () => diagnose({ BACKUP_URL: join(folder, 'backups') }, ['backup']);
  const scratchDatabases = () => run(`select datname from pg_database where datname like 'vhm24r_check_%'`);

  it('the doctor misses a backup where there is none', async () => {
    assertOnly(await doctor(), 'backup.none', 'warn');
  });

  it('holds every table, says which migration it has, and keeps the stored files', async () => {
    ({ manifest: first } = await backUp());
    assert.equal(first.tables['orders']?.rows, ORDER_COUNT);
    assert.ok(first.migrations.includes('20261122-06-operations'));
    assert.equal(first.files?.count, 1);
    assert.deepEqual((await readdir(join(folder, 'backups'))).toSorted(), [
      `${first.name}.dump`,
      `${first.name}.files.tar.gz`,
      `${first.name}.manifest.json`,
    ]);
    assertOnly(await doctor(), 'backup.unverified', 'warn');
  });

  it('restores into a scratch database with equal counts and checksums, which then is gone', async () => {
    const checked = await checkBackup(options(null));
    assert.deepEqual(checked.differences, []);
    assert.deepEqual(await scratchDatabases(), []);
    assert.deepEqual(problems(await doctor()), []);
  });

  it('is consistent although rows come and go while it is taken', async () => {
    let stop = false;
    const writer = (async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      for (let round = 0; !stop; round++) {
        await client.query(
          `insert into notices (notice_key, kind) select 'w' || ${round} || '-' || n, 'test'
            from generate_series(1, 50) n`,
        );
        await client.query(`delete from notices where kind = 'test' and notice_key like 'w${round - 1}-%'`);
      }
      await client.end();
    })();
    const { manifest } = await backUp();
    stop = true;
    await writer;
    assert.deepEqual((await checkBackup(options(manifest.name))).differences, []);
  });

  it('holds every stored file that it knows while others come and go', async () => {
    const store = createDiskStore(join(folder, 'files'));
    const never = new AbortController().signal;
    const bytes = randomBytes(3_000_000);
    for (let n = 0; n < 20; n++) await store.put(newStorageKey('files'), Readable.from([bytes]), never);
    const busy = createBackupPlace(join(folder, 'busy'), {});
    let stop = false;
    const services = Array.from({ length: 4 }, async () => {
      // an upload that was broken off, and the look whether the storage can be written to
      const kept: string[] = [];
      while (!stop) {
        const key = newStorageKey('files');
        await store.put(key, Readable.from([bytes.subarray(0, 200_000)]), never);
        await store.probe();
        kept.push(key);
        if (kept.length > 20) await store.remove(kept.shift() ?? '');
      }
      for (const key of kept) await store.remove(key);
    });
    const { manifest } = await backUp(busy).finally(() => (stop = true));
    await Promise.all(services);
    assert.ok((manifest.files?.count ?? 0) >= 21);
    const listed = execFileSync('tar', [
      '--list',
      '--gzip',
      '--file',
      join(folder, 'busy', manifest.files?.file ?? ''),
    ]);
    for (const name of await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true }))
      if (name.isFile()) assert.ok(listed.includes(name.name), name.name);
  });

  it('refuses a damaged dump by name, before anything is made', async () => {
    const damaged = createBackupPlace(join(folder, 'damaged'), {});
    const { manifest } = await backUp(damaged);
    const path = join(folder, 'damaged', manifest.dump.file);
    await truncate(path, manifest.dump.sizeBytes - 100);
    await assert.rejects(
      checkBackup(options(null, damaged)),
      (error: BackupError) => error.code === 'damaged' && error.message.includes(manifest.name),
    );
    assert.deepEqual(await scratchDatabases(), []);
  });

  it('notices a content that differs', async () => {
    const other = createBackupPlace(join(folder, 'other'), {});
    const { manifest } = await backUp(other);
    const path = join(folder, 'other', `${manifest.name}.manifest.json`);
    const told = JSON.parse(await readFile(path, 'utf8')) as Manifest;
    told.tables['orders'] = { rows: ORDER_COUNT, checksum: '1' };
    await writeFile(path, JSON.stringify(told));
    const { differences } = await checkBackup(options(null, other));
    assert.match(differences.join(), /^orders/);
  });

  it('refuses a backup that is newer than the code', async () => {
    const newer = createBackupPlace(join(folder, 'newer'), {});
    const { manifest } = await backUp(newer);
    const path = join(folder, 'newer', `${manifest.name}.manifest.json`);
    await writeFile(
      path,
      JSON.stringify({ ...manifest, migrations: [...manifest.migrations, '20301231-01-tomorrow'] }),
    );
    await assert.rejects(checkBackup(options(null, newer)), { code: 'newer' });
    await assert.rejects(restoreOverLive({ ...options(null, newer), storageUrl: 'postgres:' }), { code: 'newer' });
  });

  it('takes old ones away, never the newest', async () => {
    const many = createBackupPlace(join(folder, 'many'), {});
    const { manifest } = await backUp(many);
    const path = join(folder, 'many', `${manifest.name}.manifest.json`);
    await writeFile(
      path,
      JSON.stringify({ ...manifest, createdAt: new Date(Date.now() - 8 * 86_400_000).toISOString() }),
    );
    const aged = await diagnose({ BACKUP_URL: join(folder, 'many') }, ['backup']);
    assert.ok(problems(aged).some(({ code }) => code === 'backup.stale'));
    const { pruned, manifest: kept } = await backUp(many);
    assert.deepEqual(pruned, [manifest.name]);
    assert.deepEqual(
      (await listBackups(many)).map(({ name }) => name),
      [kept.name],
    );
  });

  it('is whole where two are taken in the same second', async () => {
    const shared = createBackupPlace(join(folder, 'shared'), {});
    const taken = await Promise.all([backUp(shared), backUp(shared)]);
    for (const { manifest } of taken)
      assert.deepEqual((await checkBackup(options(manifest.name, shared))).differences, []);
    assert.equal((await listBackups(shared)).length, 2);
  });

  it('takes away what a killed one left, and nothing that is younger or somebody else’s', async () => {
    const left = createBackupPlace(join(folder, 'left'), {});
    await backUp(left);
    const stamp = (ms: number) => new Date(Date.now() - ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const old = `vhm24r-${stamp(3 * 86_400_000)}`;
    const killed = [`${old}-0a1b2c.dump.unfinished`, `${old}-0a1b2d.dump`, `${old}.files.tar.gz`];
    const others = [`vhm24r-${stamp(3_600_000)}-0a1b2c.dump.unfinished`, 'notes.txt', 'vhm24r-notes.dump'];
    for (const name of [...killed, ...others]) await writeFile(join(folder, 'left', name), 'half');
    const { pruned } = await backUp(left);
    assert.deepEqual(pruned.toSorted(), killed.toSorted());
    const names = await readdir(join(folder, 'left'));
    for (const name of others) assert.ok(names.includes(name), name);
    assert.equal((await listBackups(left)).length, 2);
  });

  it('takes the place of the live database and keeps the old one beside it', async () => {
    await run(`delete from orders where order_number = 'ff1'`);
    await rm(join(folder, 'files'), { recursive: true });
    const { keptAs } = await restoreOverLive({ ...options(first.name), storageUrl: `file:${join(folder, 'files')}` });
    const [{ count } = { count: 0 }] = await run<{ count: number }>('select count(*)::int as count from orders');
    assert.equal(count, ORDER_COUNT);
    assert.equal(await readFile(join(folder, 'files/files/20261122/a'), 'utf8'), 'bytes of a report');
    const url = new URL(database.url);
    url.pathname = `/${keptAs}`;
    const [{ old } = { old: 0 }] = await run<{ old: number }>('select count(*)::int as old from orders', url.href);
    assert.equal(old, ORDER_COUNT - 1);
    await run(`drop database ${keptAs} with (force)`);
  });

  it('goes through beside services that come back at once, and whoever they blocked last stays blocked', async () => {
    await run(`insert into users (id, email, status, role) overriding system value
      select n, 'p' || n || '@vhm24r.test', 'approved', 'viewer' from generate_series(10001, 15000) n`);
    const { manifest } = await backUp();
    let isOver = false;
    let next = 10_001;
    const service = async () => {
      while (!isOver) {
        const client = new pg.Client({ connectionString: database.url });
        client.on('error', () => undefined);
        try {
          await client.connect();
          while (!isOver) await client.query(`update users set status = 'blocked' where id = $1`, [next++]);
        } catch {
          // the server has ended the session; the next one is asked for at once
        } finally {
          await client.end().catch(() => undefined);
        }
      }
    };
    const services = Array.from({ length: 4 }, service);
    const { keptAs } = await restoreOverLive({ ...options(manifest.name), storageUrl: 'postgres:' });
    isOver = true;
    await Promise.all(services);
    const url = new URL(database.url);
    url.pathname = `/${keptAs}`;
    const blocked = await run<{ id: string }>(`select id from users where status = 'blocked' and id > 10000`, url.href);
    assert.ok(blocked.length > 0);
    const ids = blocked.map(({ id }) => id).join();
    assert.deepEqual(await run(`select id from users where id in (${ids}) and status <> 'blocked'`), []);
    await run(`drop database ${keptAs} with (force)`);
    await run('delete from users where id > 10000');
  });

  it('lets nobody in by what was handed out before, whatever happened between backup and restore', async () => {
    await run(`insert into users (id, email, status, role, token_version) overriding system value
      values (901, 'left@vhm24r.test', 'approved', 'operator', 3),
        (902, 'stays@vhm24r.test', 'approved', 'viewer', 0)`);
    await run(`insert into refresh_tokens (user_id, family, token_hash, expires_at, token_version, access_jti,
      access_expires_at)
      select id, gen_random_uuid(), decode(md5(id::text), 'hex'), now() + interval '30 days', token_version,
        'jti-' || id, now() + interval '1 hour'
      from users where id in (901, 902)`);
    await run(`insert into user_tokens (user_id, name, token_hash, hint, scopes, token_version)
      select id, 'script', decode(md5('t' || id), 'hex'), 'vhm_aaaa', '{read}', token_version from users
      where id in (901, 902)`);
    // used, or ended, after the backup: whoever kept them must not come in by them
    await run(
      `insert into invitations (user_id, token_hash, expires_at) values (902, '\\x01', now() + interval '1 day')`,
    );
    await run(`insert into telegram_bindings (user_id, token_hash, expires_at)
      values (902, '\\x02', now() + interval '1 hour')`);
    await run(`insert into telegram_sessions (user_id, telegram_id, kind, auth_hash, auth_date, expires_at)
      values (902, 7, 'bot', 'link', now(), now() + interval '5 minutes')`);
    await run(`insert into download_links (token_hash, user_id, path, token_version, expires_at)
      values ('\\x03', 902, '/x', 0, now() + interval '1 minute')`);
    await run('update users set telegram_id = id + 77000 where id in (901, 902)');
    const { manifest } = await backUp();
    for (const table of ['invitations', 'telegram_bindings', 'telegram_sessions', 'download_links'])
      await run(`delete from ${table}`);
    // after the backup: one is blocked, the other signs out everywhere, twice
    await run(`update users set status = 'blocked', token_version = token_version + 1 where id = 901`);
    await run(`update users set token_version = token_version + 2 where id = 902`);
    // and has lost the telephone, so its chat was unbound
    await run('update users set telegram_id = null where id = 902');
    const versions: number[] = [];
    for (let round = 0; round < 2; round++) {
      const { keptAs, ended } = await restoreOverLive({ ...options(manifest.name), storageUrl: 'postgres:' });
      const people = await run<{ id: string; status: string; token_version: number; telegram_id: string | null }>(
        'select id, status, token_version, telegram_id from users where id in (901, 902) order by id',
      );
      assert.deepEqual(
        people.map(({ status }) => status),
        ['blocked', 'approved'],
      );
      assert.deepEqual(
        people.map(({ telegram_id }) => telegram_id),
        ['77901', null],
      );
      versions.push(people[1]?.token_version ?? 0);
      assert.equal(ended.suspendedTokens, 2);
      const open = await run(`select 'refresh' as what from refresh_tokens where revoked_at is null
        union all select 'token' from user_tokens t
          join users u on u.id = t.user_id and u.token_version = t.token_version
        union all select 'invitation' from invitations union all select 'binding' from telegram_bindings
        union all select 'link of the bot' from telegram_sessions union all select 'download' from download_links`);
      assert.deepEqual(open, []);
      await run(`drop database ${keptAs} with (force)`);
    }
    assert.ok(
      (versions[0] ?? 0) > 5 && (versions[1] ?? 0) > (versions[0] ?? 0),
      `each restore is above all before it: ${versions.join(', ')}`,
    );
    assert.deepEqual((await checkBackup(options(manifest.name))).differences, []);
  });

  describe('in a bucket', () => {
    let s3: S3StandIn;
    before(async () => {
      s3 = await openS3StandIn('backups');
    });
    after(() => s3.close());

    it('is streamed there in parts, and comes back whole', async () => {
      const bucket = createBackupPlace(
        `s3://backups/nightly?endpoint=${encodeURIComponent(s3.url)}&region=auto`,
        s3.env,
      );
      const { manifest } = await backUp(bucket);
      assert.deepEqual((await checkBackup(options(null, bucket))).differences, []);
      assert.deepEqual((await bucket.names()).toSorted(), [
        `${manifest.name}.dump`,
        `${manifest.name}.files.tar.gz`,
        `${manifest.name}.manifest.json`,
      ]);
    });

    it('the doctor says so when the keys are wrong', async () => {
      const url = `s3://backups/nightly?endpoint=${encodeURIComponent(s3.url)}&region=auto`;
      assertOnly(
        await diagnose({ BACKUP_URL: url, ...s3.env, AWS_SECRET_ACCESS_KEY: 'another-secret-key' }, ['backup']),
        'backup.unreachable',
      );
    });
  });
});
