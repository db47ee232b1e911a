import assert from 'node:assert/strict';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfPayments } from '../support/files.ts';
import { openFaultProxy } from '../support/faults.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { openS3StandIn } from '../support/s3-stand-in.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { isLong } from '../support/long.ts';

/** More than the ten that once ended a file, and as many as ten minutes of pauses hold. */
const ATTEMPTS = 11;

describe('a file whose storage is away for long', function () {
  this.timeout(isLong ? 1_200_000 : 300_000);
  let database: TestDatabase;
  let db: Db;

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    await db.raw(`create function hold() returns trigger language plpgsql as
      $$ begin new.next_attempt_at := 'infinity'; return new; end $$`);
  });
  after(async () => {
    await db.destroy();
    await database.drop();
  });

  let uploadNo = 0;
  /** A queued file that no process takes before the storage is away. */
  async function uploadHeld(api: InProcessApi): Promise<string> {
    uploadNo += 1;
    await db.raw('create trigger hold before insert on uploaded_files for each row execute function hold()');
    const content = `${csvBytes(rowsOfPayments('click', [{}, {}])).toString()}${'\n'.repeat(uploadNo)}`;
    const { session } = (await api.client.upload([{ name: 'click.csv', content }])).body;
    await db.raw('drop trigger hold on uploaded_files');
    return session.files[0]?.id ?? '';
  }

  /** The pauses between attempts are left out: due again as soon as it waits. */
  const due = (id: string) =>
    db.raw(`update uploaded_files set next_attempt_at = clock_timestamp() where id = ? and status = 'queued'`, [id]);

  async function waitsAndCompletes(
    api: InProcessApi,
    away: () => Promise<void>,
    back: () => Promise<void>,
    attempts: number,
  ) {
    const id = await uploadHeld(api);
    await away();
    await due(id);
    let wasTold = false;
    await eventually(
      async () => {
        const { body } = await api.client.get<{ status: string; retry: { reason: string; attempts: number } | null }>(
          `/files/${id}`,
        );
        assert.ok(['queued', 'processing'].includes(body.status), body.status);
        const row = await db('uploaded_files').where({ id }).first('attempts', 'retry_reason');
        if (body.retry?.reason === 'storage') wasTold = true;
        await due(id);
        assert.ok(row.attempts >= attempts, `${row.attempts} attempts`);
        assert.ok(wasTold, 'told as retry.reason');
      },
      { timeoutMs: isLong ? 240_000 : 60_000, intervalMs: 150 },
    );
    await back();
    await eventually(
      async () => {
        await due(id);
        assert.match((await db('uploaded_files').where({ id }).first('status')).status, /^(completed|needs_mapping)/);
      },
      { timeoutMs: 60_000, intervalMs: 200 },
    );
  }

  it('waits and completes when the disk that was unmounted is mounted again', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'vhm24r-unmounted-'));
    const folder = join(parent, 'disk');
    const api = await openTestApi(
      { DATABASE_URL: database.url, STORAGE_URL: `file:${folder}`, SYNC_WAIT_MS: '0' },
      { sweepIntervalMs: 200 },
    );
    try {
      await waitsAndCompletes(
        api,
        () => rename(folder, join(parent, 'away')),
        () => rename(join(parent, 'away'), folder),
        ATTEMPTS,
      );
    } finally {
      await api.close();
      await rm(parent, { recursive: true });
    }
  });

  it('waits and completes whatever an S3 server has: 5xx, silence, cut lines, closed ports, no room', async () => {
    const bucket = await openS3StandIn('reports');
    const proxy = await openFaultProxy(Number(new URL(bucket.url).port));
    const endpoint = encodeURIComponent(proxy.urlFor(bucket.url).replace(/\/$/, ''));
    const api = await openTestApi(
      {
        DATABASE_URL: database.url,
        STORAGE_URL: `s3://reports?endpoint=${endpoint}`,
        SYNC_WAIT_MS: '0',
        ...bucket.env,
      },
      { sweepIntervalMs: 200 },
    );
    const answers = (status: number, code: string) => ({
      away: async () => bucket.failWith({ status, code }),
      attempts: ATTEMPTS,
    });
    const lines = (mode: 'black-hole' | 'reset' | 'refuse', attempts: number) => ({
      away: () => proxy.set(mode),
      attempts,
    });
    // each attempt at a silent server takes the seconds of its deadline
    const faults = [
      answers(503, 'SlowDown'),
      answers(507, 'InsufficientStorage'),
      lines('black-hole', isLong ? ATTEMPTS : 2),
    ];
    faults.push(lines('reset', isLong ? ATTEMPTS : 3), lines('refuse', isLong ? ATTEMPTS : 3));
    try {
      for (const { away, attempts } of faults) {
        const back = async () => {
          bucket.failWith(null);
          await proxy.set('pass');
        };
        await waitsAndCompletes(api, away, back, attempts);
      }
    } finally {
      await proxy.set('pass');
      await api.close();
      await proxy.close();
      await bucket.close();
    }
  });
});
