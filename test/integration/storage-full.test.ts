import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FullDiskReport } from '../support/full-disk-child.ts';
import { createDatabase } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { openTestApi } from '../support/in-process-api.ts';
import { mayMount, run, runWithMounts } from '../support/own-mounts.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const child = fileURLToPath(new URL('../support/full-disk-child.ts', import.meta.url));
const ROOM_MIB = 4;

describe('a storage without room', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let folder: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-full-'));
  });
  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('file: answers every upload that finds no room 503 with Retry-After, keeps nothing of it, and goes on', async () => {
    const command = [process.execPath, '--import', 'tsx', child, database.url, folder, String(ROOM_MIB)];
    const mounted = mayMount();
    // where mounting is not allowed: a limit on the size of a file, which a write meets as really
    const { stdout, stderr } = mounted
      ? await runWithMounts(`mount -t tmpfs -o size=${ROOM_MIB}m,nr_inodes=60 tmpfs '${folder}'`, command, {})
      : await run(['prlimit', `--fsize=${ROOM_MIB * 1024 * 1024}`, ...command], {});
    assert.notEqual(stdout, '', stderr);
    const { answers, left, alive } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as FullDiskReport;
    for (const { how, status, code, retryAfter } of answers) {
      if (how === 'room for it' || (!mounted && how.startsWith('no '))) assert.equal(status, 202, how);
      else assert.deepEqual([status, code, Number(retryAfter) > 0], [503, 'service_unavailable', true], how);
    }
    assert.equal(answers.length, 7);
    assert.deepEqual(left, []);
    assert.equal(alive, 200);
  });

  it('postgres: says so by its code 53100: the upload is answered 503 with Retry-After and leaves nothing', async () => {
    const db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    const api = await openTestApi({ DATABASE_URL: database.url, STORAGE_URL: 'postgres:' });
    try {
      // the server's own answer when its disk is full, at the second batch of chunks
      await db.raw(`create function full_disk() returns trigger language plpgsql as $$ begin
        if new.chunk_no >= 5 then raise exception 'could not extend file'
          using errcode = '53100'; end if; return new; end $$`);
      await db.raw('create trigger full_disk before insert on file_chunks for each row execute function full_disk()');
      const body = new FormData();
      body.append('files', new Blob(['small']), 'small.csv');
      body.append('files', new Blob([Buffer.alloc(9 * 1024 * 1024, 'x')]), 'large.csv');
      const headers = { Authorization: `Bearer ${api.client.token ?? ''}` };
      const response = await fetch(`${api.url}/api/v1/files`, { method: 'POST', headers, body });
      const answer = (await response.json()) as { error: { code: string } };
      assert.deepEqual([response.status, answer.error.code], [503, 'service_unavailable']);
      assert.ok(Number(response.headers.get('retry-after')) > 0);
      for (const table of ['file_chunks', 'uploaded_files', 'processing_sessions']) {
        assert.equal((await db(table).count('* as n').first())?.['n'], '0', table);
      }
    } finally {
      await api.close();
      await db.destroy();
    }
  });
});
