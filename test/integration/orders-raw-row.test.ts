import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRawRows } from '../../shared/orders/raw-row.ts';
import { parseRecordId } from '../../shared/orders/records.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { renderReport } from '../support/reference/render-reports.ts';
import { hw, START } from '../support/reference/world-builders.ts';
import type { HwRow } from '../support/reference/world.ts';

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
        assert.deepEqual(
          [raw.body.recordId, raw.body.row, raw.body.sheet, raw.body.fileName],
          [leg?.recordId, leg?.row, leg?.sheet, file],
        );
        assert.equal(raw.body.cells[raw.body.header.findIndex((name) => idHeader.test(name))], leg?.key);
      }
    });
  }

  it('is not found where the order has no such leg or record', async () => {
    const { body } = await api.client.get<{ items: OrderBody[] }>('/orders?limit=1&source=click');
    const id = body.items[0]?.id;
    for (const path of [
      `${id}/raw/payme`,
      `${id}/raw/bank`,
      `${id}/raw/click?recordId=click-999999`,
      '999999/raw/click',
    ]) {
      assert.equal((await api.client.get(`/orders/${path}`)).status, 404, path);
    }
    assert.equal((await api.client.get(`/orders/${id}/raw/click?row=5`)).status, 400);
  });

  it('comes although somebody else has many read again whose bytes do not come', async () => {
    const { db, store, logger } = api.opened.resources;
    let holds = true;
    let asked = 0;
    const slow: typeof store = {
      ...store,
      async openLocal(key, signal) {
        asked += 1;
        if (holds)
          await new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
        return store.openLocal(key, signal);
      },
    };
    const rows = createRawRows({ db, store: slow, logger });
    const { body } = await api.client.get<{ items: OrderBody[] }>('/orders?limit=1&source=click');
    const recordId = body.items[0]?.legs['click']?.recordId ?? '';
    const record = { recordId, ...parseRecordId(recordId)! };
    const gone = new AbortController();
    const many = Promise.allSettled(
      Array.from({ length: 5 }, () => rows.read(record, null, { userId: 'greedy', signal: gone.signal })),
    );
    await eventually(() => assert.ok(asked > 0));
    holds = false;
    const { signal } = new AbortController();
    assert.equal((await rows.read(record, null, { userId: 'other', signal }))?.recordId, recordId);
    gone.abort(new Error('gone'));
    await many;
  });

  describe('after a correction', function () {
    // three uploads, each read in a process of its own
    this.timeout(180_000);
    interface Detail {
      legs: {
        happy_workers: {
          fileId: string;
          row: number;
          orderPrice: string;
          origins: Record<string, { fileId: string; fileName: string; sheet: string | null; row: number }>;
        };
      };
    }
    let folder: string;
    const files: string[] = [];
    let id: string;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vhm24r-origins-'));
      const other = (n: number): HwRow =>
        hw({ orderNumber: `OTHER-${n}`, creationTime: START + n * 600, payingTime: null });
      const sold = { orderNumber: 'MENDED', deliveryTime: null };
      const versions: HwRow[][] = [
        [other(1), hw({ ...sold, price: 10_000 })],
        [other(2), other(3), hw({ ...sold, price: 12_000 })],
        [hw({ ...sold, price: 12_000, deliveryTime: START + 40 })],
      ];
      for (const [at, records] of versions.entries()) {
        const name = `version-${at + 1}.csv`;
        const path = join(folder, name);
        await writeFile(path, renderReport({ name, source: 'happy_workers', records }));
        const answer = await api.client.upload([{ path }]);
        const session = await api.client.waitForSession(answer.body.session.id);
        assert.equal(session.status, 'completed', JSON.stringify(session.files));
        files.push(answer.body.session.files[0]!.id);
      }
      const { body } = await api.client.get<{ items: OrderBody[] }>('/orders?q=MENDED');
      id = body.items[0]!.id;
    });
    after(() => rm(folder, { recursive: true, force: true }));

    it('each value of the order names the file and the row that gave it', async () => {
      const { body } = await api.client.get<Detail>(`/orders/${id}`);
      const leg = body.legs.happy_workers;
      assert.deepEqual([leg.fileId, leg.row, leg.orderPrice], [files[0], 3, '12000']);
      assert.deepEqual(leg.origins, {
        orderPrice: { fileId: files[1], fileName: 'version-2.csv', sheet: null, row: 4 },
        deliveryTime: { fileId: files[2], fileName: 'version-3.csv', sheet: null, row: 2 },
      });
    });

    it('the raw row of a field says what the order shows, and without a field it is the newest', async () => {
      const opened = async (query: string) => {
        const { status, body } = await api.client.get<RawBody>(`/orders/${id}/raw/happy_workers${query}`);
        assert.equal(status, 200, JSON.stringify(body));
        const cell = (header: string): string => String(body.cells[body.header.indexOf(header)] ?? '');
        return [body.fileName, body.row, cell('Номер заказа'), cell('Цена заказа'), cell('Срок поставки') !== ''];
      };
      assert.deepEqual(await opened('?field=orderPrice'), ['version-2.csv', 4, 'MENDED', '12000', false]);
      assert.deepEqual(await opened('?field=order_price'), ['version-2.csv', 4, 'MENDED', '12000', false]);
      assert.deepEqual(await opened('?field=goodsName'), ['version-1.csv', 3, 'MENDED', '10000', false]);
      assert.deepEqual(await opened('?field=deliveryTime'), ['version-3.csv', 2, 'MENDED', '12000', true]);
      assert.deepEqual(await opened(''), ['version-3.csv', 2, 'MENDED', '12000', true]);
    });

    it('a field that the source does not have is refused by name', async () => {
      const answer = await api.client.get<{ error: { code: string } }>(`/orders/${id}/raw/happy_workers?field=mood`);
      assert.deepEqual([answer.status, answer.body.error.code], [400, 'validation_failed']);
    });
  });
});
