import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface OrderBody {
  id: string;
  legs: Record<string, { recordId: string; key: string; row: number; sheet: string | null }>;
}
interface RawBody {
  recordId: string;
  row: number;
  sheet: string | null;
  fileName: string;
  header: string[];
  cells: string[];
}

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

describe('the raw row of an order', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
    const answer = await api.client.upload([{ path: `${examples}payme.xlsx` }, { path: `${examples}click.csv` }]);
    const session = await api.client.waitForSession(answer.body.session.id);
    assert.equal(session.status, 'completed', JSON.stringify(session.files));
  });
  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const cases = [
    { source: 'payme', file: 'payme.xlsx', idHeader: /^ИДЕНТИФИКАТОР ПЛАТЕЖА \(ПЛАТЕЖНАЯ/ },
    { source: 'click', file: 'click.csv', idHeader: /^Click ID$/ },
  ];
  for (const { source, file, idHeader } of cases) {
    it(`is read again from ${file}, header and cells as they stand there`, async () => {
      const { body } = await api.client.get<{ items: OrderBody[] }>(`/orders?limit=3&source=${source}`);
      assert.equal(body.items.length, 3);
      for (const { id, legs } of body.items) {
        const leg = legs[source];
        const raw = await api.client.get<RawBody>(`/orders/${id}/raw/${source}`);
        assert.equal(raw.status, 200, JSON.stringify(raw.body));
        assert.deepEqual([raw.body.recordId, raw.body.row, raw.body.sheet, raw.body.fileName], [leg?.recordId, leg?.row, leg?.sheet, file]);
        assert.equal(raw.body.cells[raw.body.header.findIndex((name) => idHeader.test(name))], leg?.key);
      }
    });
  }

  it('is not found where the order has no such leg or record', async () => {
    const { body } = await api.client.get<{ items: OrderBody[] }>('/orders?limit=1&source=click');
    const id = body.items[0]?.id;
    for (const path of [`${id}/raw/payme`, `${id}/raw/bank`, `${id}/raw/click?recordId=click-999999`, '999999/raw/click']) {
      assert.equal((await api.client.get(`/orders/${path}`)).status, 404, path);
    }
    assert.equal((await api.client.get(`/orders/${id}/raw/click?row=5`)).status, 400);
  });
});
