/** Lists that are short by nature are paged like all others: whoever walks all lists the same way gets through them. */
import assert from 'node:assert/strict';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface Page {
  items: { id?: string; code?: string; column?: string | null }[];
  nextCursor: string | null;
}

describe('lists that are read whole', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
  });
  after(async () => {
    await api.close();
    await database.drop();
  });

  const page = async (path: string, query: string) => {
    const { status, body } = await api.client.get<Page>(`${path}?${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };

  /** Item by item to the end. */
  async function walk(path: string): Promise<Page['items']> {
    const items: Page['items'] = [];
    let cursor: string | null = null;
    do {
      const {
        items: [item, ...more],
        nextCursor,
      } = await page(path, `limit=1${cursor === null ? '' : `&cursor=${cursor}`}`);
      assert.ok(item !== undefined && more.length === 0, `one at a time of ${path}`);
      items.push(item);
      cursor = nextCursor;
    } while (cursor !== null && items.length < 10);
    return items;
  }

  async function assertPaged(path: string, count: number): Promise<void> {
    const { items, nextCursor } = await page(path, 'limit=50');
    assert.deepEqual([items.length, nextCursor], [count, null]);
    assert.deepEqual(await walk(path), items);
    for (const query of ['limit=0', 'limit=1001', 'cursor=x', 'nothing=1'])
      assert.equal((await api.client.get(`${path}?${query}`)).status, 400, query);
  }

  it('takes limit and cursor for personal tokens, also when the last one shown is ended meanwhile', async () => {
    for (const name of ['one', 'two', 'three'])
      assert.equal((await api.client.post('/tokens', { name })).status, 201, name);
    await assertPaged('/tokens', 3);
    const {
      items: [shown],
      nextCursor,
    } = await page('/tokens', 'limit=1');
    assert.equal((await api.client.request('DELETE', `/tokens/${shown?.id ?? ''}`)).status, 204);
    const rest = await page('/tokens', `cursor=${nextCursor ?? ''}`);
    assert.equal(rest.items.length, 2);
    assert.equal(
      (await api.client.get(`/files?cursor=${nextCursor ?? ''}`)).status,
      400,
      'it is no cursor of another list',
    );
  });

  it('takes them for the groups of refused rows', async () => {
    const [header = [], ...rows] = rowsOfHappyWorkers([{ number: 'G-1' }, { number: 'G-2' }, { number: 'G-3' }]);
    const [first = [], second = []] = rows;
    first[header.indexOf('Номер заказа')] = '';
    second[header.indexOf('Время создания')] = 'yesterday';
    const { body } = await api.client.upload([
      { name: 'hw.csv', content: new Uint8Array(csvBytes([header, ...rows])) },
    ]);
    const { files } = await api.client.waitForSession(body.session.id);
    await assertPaged(`/files/${files[0]?.id ?? ''}/errors/groups`, 2);
  });
});
