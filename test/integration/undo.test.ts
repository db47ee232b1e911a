/** Taking imports back through the routes: what goes, what comes back, what stands against it. */
import assert from 'node:assert/strict';
import { csvBytes, rowsOfHappyWorkers, rowsOfVendhub } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { pictureOf } from '../support/world-picture.ts';

interface Undo {
  id: string;
  status: string;
  blockedBy: { code: string } | null;
  receipt: {
    rows: Record<string, number>;
    orders: Record<string, number>;
    decisions: { stale: number };
    files: unknown[];
  } | null;
}

describe('undoing an import', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let sql: Awaited<ReturnType<typeof openTestClient>>;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '25000' });
    sql = await openTestClient(database.url);
  });
  after(async () => {
    await sql.end();
    await api.close();
    await database.drop();
  });

  async function upload(
    name: string,
    content: Uint8Array | string,
  ): Promise<{ id: string; sessionId: string; status: string }> {
    const answer = await api.client.upload([{ name, content: content as string }]);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const { id } = answer.body.session.files[0]!;
    return (await api.client.get<{ id: string; sessionId: string; status: string }>(`/files/${id}`)).body;
  }

  async function undo(path: string, body: { dryRun?: boolean; reason?: string }): Promise<Undo> {
    const asked = await api.client.post<Undo>(`${path}/undo`, body);
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    return eventually(
      async () => {
        const { body: found } = await api.client.get<Undo>(`/undos/${asked.body.id}`);
        assert.ok(found.status !== 'queued' && found.status !== 'processing', found.status);
        return found;
      },
      { timeoutMs: 60_000 },
    );
  }

  it('gives back what another file says, tells it before, and takes the file again afterwards', async () => {
    const first = await upload('hw.csv', csvBytes(rowsOfHappyWorkers([1, 2, 3].map((n) => ({ number: `A-${n}` })))));
    const before = await pictureOf(sql);
    const second = rowsOfHappyWorkers(
      [1, 2, 3, 4].map((n) => ({ number: `A-${n}`, ...(n === 2 ? { price: 20_000 } : {}) })),
    );
    const wrong = await upload('hw-wrong.csv', csvBytes(second));
    const loaded = await pictureOf(sql);
    const orderId = (await sql.query<{ id: string }>(`select id from orders where order_number = 'A-4'`)).rows[0]!.id;
    const told = await undo(`/files/${wrong.id}`, { dryRun: true });
    assert.deepEqual(told.receipt?.rows, { removed: 1, restored: 1, kept: 2 });
    assert.deepEqual(await pictureOf(sql), loaded);
    const refused = await api.client.post(`/files/${wrong.id}/undo`, { reason: 'short' });
    assert.equal(refused.status, 400);
    const done = await undo(`/files/${wrong.id}`, { reason: 'the prices of another month' });
    assert.equal(done.status, 'completed');
    assert.deepEqual(done.receipt, told.receipt);
    assert.deepEqual(await pictureOf(sql), before);
    const { body: file } = await api.client.get<Record<string, unknown>>(`/files/${wrong.id}`);
    assert.deepEqual([file['status'], file['undoReason']], ['undone', 'the prices of another month']);
    assert.equal((await api.client.get<{ id: string }>(`/files/${wrong.id}/undo`)).body.id, done.id);
    const gone = await api.client.get<{ error: { code: string } }>(`/orders/${orderId}`);
    assert.deepEqual([gone.status, gone.body.error.code], [410, 'order_undone']);
    const { body: history } = await api.client.get<{ items: { cause: string }[] }>(`/orders/${orderId}/changes`);
    assert.ok(history.items.some((change) => change.cause === 'undo'));
    const again = await upload('hw-wrong.csv', csvBytes(second));
    assert.equal(again.status, 'completed');
    assert.deepEqual(await pictureOf(sql), loaded);
    await undo(`/sessions/${again.sessionId}`, { reason: 'once more, for the test' });
    const retried = await api.client.post(`/files/${wrong.id}/retry`, {});
    assert.equal(retried.status, 200, JSON.stringify(retried.body));
    await eventually(async () => {
      assert.equal((await api.client.get<{ status: string }>(`/files/${wrong.id}`)).body.status, 'completed');
    });
    assert.deepEqual(await pictureOf(sql), loaded);
    for (const id of [first.id, wrong.id])
      assert.equal((await undo(`/files/${id}`, { reason: 'everything goes now' })).status, 'completed');
    for (const [table, rows] of Object.entries(await pictureOf(sql))) assert.deepEqual(rows, [], table);
  });

  it('lets a file that came twice count where the first is taken back', async () => {
    const content = csvBytes(rowsOfVendhub([{ number: 'D-1' }, { number: 'D-2' }]));
    const first = await upload('vh.csv', content);
    const loaded = await pictureOf(sql);
    const twin = await upload('vh.csv', content);
    assert.equal(twin.status, 'duplicate');
    assert.deepEqual((await undo(`/files/${first.id}`, { reason: 'the first of the two' })).receipt?.rows, {
      removed: 0,
      restored: 0,
      kept: 2,
    });
    assert.deepEqual(await pictureOf(sql), loaded);
    assert.equal((await api.client.get<{ status: string }>(`/files/${twin.id}`)).body.status, 'completed');
    await undo(`/files/${twin.id}`, { reason: 'and then the second' });
    assert.deepEqual((await pictureOf(sql))['orders'], []);
  });

  it('looks a file through that was loaded before keys were noted', async () => {
    const file = await upload('old.csv', csvBytes(rowsOfHappyWorkers([{ number: 'O-1' }, { number: 'O-2' }])));
    await sql.query('delete from file_effects where file_id = $1', [file.id]);
    assert.deepEqual((await undo(`/files/${file.id}`, { reason: 'an old file goes' })).receipt?.rows, {
      removed: 2,
      restored: 0,
      kept: 0,
    });
    assert.deepEqual((await pictureOf(sql))['orders'], []);
  });

  it('stops, and changes nothing, where a file that must be read again is not in the store', async () => {
    const rows = rowsOfHappyWorkers([{ number: 'M-1' }]);
    const kept = await upload('kept.csv', csvBytes(rows));
    const other = await upload('other.csv', `${Buffer.from(csvBytes(rows)).toString()}\n`);
    assert.equal(other.status, 'completed');
    await sql.query(
      `update uploaded_files set storage_key = left(storage_key, -1) || case right(storage_key, 1) when '0' then '1' else '0' end where id = $1`,
      [kept.id],
    );
    const blocked = await undo(`/files/${other.id}`, { reason: 'its bytes are away' });
    assert.deepEqual([blocked.status, blocked.blockedBy?.code], ['blocked', 'bytes_missing']);
    assert.equal((await api.client.get<{ status: string }>(`/files/${other.id}`)).body.status, 'completed');
  });
});
