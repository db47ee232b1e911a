/** Taking back a session of several files that say something of the same rows. */
import assert from 'node:assert/strict';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { assertSamePicture, pictureOf } from '../support/world-picture.ts';

interface Undo {
  id: string;
  status: string;
  receipt: { files: { id: string }[] } | null;
}

describe('undoing a session', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let sql: Awaited<ReturnType<typeof openTestClient>>;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0' });
    sql = await openTestClient(database.url);
  });
  after(async () => {
    await sql.end();
    await api.close();
    await database.drop();
  });

  type Orders = Parameters<typeof rowsOfHappyWorkers>[0];

  async function send(...reports: Orders[]): Promise<string> {
    const files = reports.map((orders, at) => ({
      name: `report-${at}.csv`,
      content: new Uint8Array(csvBytes(rowsOfHappyWorkers(orders))),
    }));
    const { body } = await api.client.upload(files);
    assert.equal((await api.client.waitForSession(body.session.id)).status, 'completed');
    return body.session.id;
  }

  async function undo(sessionId: string, request: { dryRun?: boolean; reason?: string }): Promise<Undo> {
    const asked = await api.client.post<Undo>(`/sessions/${sessionId}/undo`, request);
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    return eventually(
      async () => {
        const { body } = await api.client.get<Undo>(`/undos/${asked.body.id}`);
        assert.equal(body.status, 'completed');
        return body;
      },
      { timeoutMs: 30_000 },
    );
  }

  it('tells before what comes, though several of its files share rows with one that stays', async () => {
    await send([{ number: 'S-1' }, { number: 'S-2' }, { number: 'S-3' }]);
    const before = await pictureOf(sql);
    const wrong = await send([{ number: 'S-1', price: 20_000 }], [{ number: 'S-2', price: 30_000 }]);
    const told = await undo(wrong, { dryRun: true });
    const done = await undo(wrong, { reason: 'prices of another month' });
    assert.equal(told.receipt?.files.length, 2);
    assert.deepEqual(told.receipt, done.receipt);
    assertSamePicture(await pictureOf(sql), before, 'as before');
  });

  it('begins once, however many ask at the same moment', async () => {
    const id = await send([{ number: 'T-1' }]);
    const asked = await Promise.all(
      Array.from({ length: 6 }, () => api.client.post(`/sessions/${id}/undo`, { reason: 'pressed several times' })),
    );
    assert.deepEqual(
      asked.map(({ status }) => status).toSorted((a, b) => a - b),
      [202, 409, 409, 409, 409, 409],
    );
  });
});
