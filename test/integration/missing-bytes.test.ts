import assert from 'node:assert/strict';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { csvBytes, rowsOfPayments } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('a file whose stored bytes are gone', function () {
  this.timeout(90_000);
  let database: TestDatabase;
  let db: Db;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0' });
  });
  after(async () => {
    await api.close();
    await db.destroy();
    await database.drop();
  });

  const fileOf = async (id: string) =>
    (await db('uploaded_files')
      .where({ id })
      .first('status', 'error_code', 'bytes_missing_since', 'attempts')) as Record<string, unknown>;

  /** A queued file that no process may take before its bytes are gone. */
  async function uploadAndLose(name: string, content: string): Promise<string> {
    await db.raw(`create or replace function hold() returns trigger language plpgsql as
      $$ begin new.next_attempt_at := 'infinity'; return new; end $$`);
    await db.raw('create trigger hold before insert on uploaded_files for each row execute function hold()');
    const { session } = (await api.client.upload([{ name, content }])).body;
    await db.raw('drop trigger hold on uploaded_files');
    const id = session.files[0]?.id ?? '';
    await db.raw('delete from file_chunks where storage_key = (select storage_key from uploaded_files where id = ?)', [
      id,
    ]);
    await db.raw('update uploaded_files set next_attempt_at = clock_timestamp() where id = ?', [id]);
    return id;
  }

  it('does not stop the same file sent again, ends after ten minutes by name, and tells the administrators', async () => {
    const rows = rowsOfPayments('click', [{}, {}]);
    const content = csvBytes(rows).toString();
    const lost = await uploadAndLose('click.csv', content);
    await eventually(async () => assert.ok((await fileOf(lost))['bytes_missing_since']), { timeoutMs: 20_000 });
    assert.ok(['queued', 'processing'].includes(String((await fileOf(lost))['status'])), 'bytes may come back');

    const { session } = (await api.client.upload([{ name: 'click.csv', content }])).body;
    const again = session.files[0]?.id ?? '';
    await eventually(
      async () => assert.match(JSON.stringify(await fileOf(again)), /"status":"(completed|needs_mapping)/),
      {
        timeoutMs: 20_000,
      },
    );

    // a third, of other bytes, so that no completed duplicate answers for it
    const alone = await uploadAndLose('other.csv', `${content}\n`);
    await eventually(async () => assert.ok((await fileOf(alone))['bytes_missing_since']), { timeoutMs: 20_000 });
    assert.match(await api.opened.resources.metrics.scrape(), /^vhm24r_files_bytes_missing\{[^}]*\} [12]$/m);
    await db.raw(
      `update uploaded_files set bytes_missing_since = bytes_missing_since - interval '11 minutes' where id = ?`,
      [alone],
    );
    await eventually(
      async () => {
        const { status, error_code: code } = await fileOf(alone);
        assert.deepEqual([status, code], ['failed', 'stored_file_missing']);
      },
      { timeoutMs: 30_000 },
    );
    const notices = await db('notices').where({ kind: 'stored_file_missing' });
    assert.equal(notices.length, 1);
    await eventually(
      async () => assert.ok(!['queued', 'processing'].includes(String((await fileOf(lost))['status']))),
      {
        timeoutMs: 70_000,
      },
    );
  });
});
