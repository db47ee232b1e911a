/** Two files of the same bytes, both taken back: whoever counts when the other has gone goes whole. */
import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { inheritDuplicates, unfoldDuplicates } from '../../shared/undo/inherit-duplicates.ts';
import { csvBytes, rowsOfHappyWorkers, zipBytes } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { emptyDatabase } from '../support/load-report.ts';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { pictureOf } from '../support/world-picture.ts';

describe('undoing a file that came twice', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let db: Db;
  let sql: Awaited<ReturnType<typeof openTestClient>>;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '25000' });
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    sql = await openTestClient(database.url);
  });
  after(async () => {
    await sql.end();
    await db.destroy();
    await api.close();
    await database.drop();
  });

  beforeEach(() => emptyDatabase(sql));

  const csv = csvBytes(rowsOfHappyWorkers([{ number: 'D-1' }, { number: 'D-2' }]));

  async function upload(name: string, content: Uint8Array): Promise<{ id: string; status: string }> {
    const { body } = await api.client.upload([{ name, content: new Uint8Array(content) }]);
    const session = await api.client.waitForSession(body.session.id);
    return session.files[0] as { id: string; status: string };
  }

  const sees = (query: string, values: readonly unknown[]): Promise<void> =>
    eventually(async () => assert.ok(((await sql.query(query, [...values])).rowCount ?? 0) > 0), { timeoutMs: 30_000 });

  const undo = (id: string) => api.client.post<{ id: string }>(`/files/${id}/undo`, { reason: 'of another month' });

  /** Asks for the undo of one while the other's is about to commit. */
  async function undoWhile(id: string, other: (trx: Knex.Transaction) => Promise<void>): Promise<void> {
    const asked = await db.transaction(async (trx) => {
      await other(trx);
      const answer = undo(id);
      answer.catch(() => undefined);
      // it has seen a duplicate; now it waits for the row, or will come again
      await sees(
        `select 1 from pg_locks where locktype = 'transactionid' and not granted
         union all select 1 from undos where file_ids @> array[$1]::uuid[] and fence > 0 and status = 'queued'`,
        [id],
      );
      // as an object, or the transaction would wait for it
      return { answer };
    });
    const { status, body } = await asked.answer;
    assert.ok([200, 202].includes(status), JSON.stringify(body));
    await sees(`select 1 from undos where id = $1 and status = 'completed'`, [body.id]);
  }

  const assertNothingLeft = async (): Promise<void> => {
    for (const [table, rows] of Object.entries(await pictureOf(sql))) assert.deepEqual(rows, [], table);
  };

  it('takes back wholly the second that comes to count at the very moment when it is taken back', async () => {
    const first = await upload('first.csv', csv);
    const second = await upload('second.csv', csv);
    assert.equal(second.status, 'duplicate');
    await undoWhile(second.id, async (trx) => {
      assert.equal(await inheritDuplicates(trx, first.id), true);
      await trx('file_effects').where({ file_id: first.id }).delete();
      await trx('uploaded_files').where({ id: first.id }).update({ status: 'undone' });
    });
    await assertNothingLeft();
  });

  it('takes back with the second archive the members that it gets at the very moment', async () => {
    const zip = await zipBytes({ 'inside.csv': csv });
    const first = await upload('first.zip', zip);
    const second = await upload('second.zip', zip);
    assert.equal(second.status, 'duplicate');
    await undoWhile(second.id, (trx) => unfoldDuplicates(trx, first.id));
    const answer = await undo(first.id);
    await sees(`select 1 from undos where id = $1 and status = 'completed'`, [answer.body.id]);
    await assertNothingLeft();
  });

  it('lets nobody inherit who is taken back at this very moment', async () => {
    const first = await upload('first.csv', csv);
    const second = await upload('second.csv', csv);
    await sql.query('begin');
    await sql.query(`update uploaded_files set status = 'undone' where id = $1`, [second.id]);
    const inheriting = db.transaction((trx) => inheritDuplicates(trx, first.id));
    await eventually(async () => {
      const { rows } = await db.raw<{ rows: unknown[] }>(
        `select 1 from pg_locks where locktype = 'transactionid' and not granted`,
      );
      assert.equal(rows.length, 1);
    });
    await sql.query('commit');
    assert.equal(await inheriting, false);
  });
});
