import assert from 'node:assert/strict';
import { csvBytes, rowsOfVendhub } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const ROWS = 20_000;
const AT = Date.UTC(2025, 5, 10, 7) / 1000;

describe('a report of which every row is there already', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0' });
  });
  after(async () => {
    await api?.close();
    await database?.drop();
  });

  /** ms until it was loaded */
  async function loaded(name: string, goods: string): Promise<number> {
    const rows = rowsOfVendhub(Array.from({ length: ROWS }, (_, i) => ({ number: `N${i}`, at: AT + i * 60, goods })));
    const content = csvBytes(rows);
    const before = performance.now();
    const { body } = await api.client.upload([{ name, content }]);
    const { files } = await api.client.waitForSession(body.session.id, { timeoutMs: 200_000 });
    assert.deepEqual([files[0]?.status, files[0]?.rows.read], ['completed', ROWS], JSON.stringify(files[0]?.error));
    return performance.now() - before;
  }

  it('and changes is merged about as fast as when it came: every other merge waits for it', async () => {
    const first = await loaded('sales.csv', 'Латте ' + 'жё'.repeat(200));
    const again = await loaded('sales again.csv', 'Латте ' + 'еж'.repeat(200));
    assert.ok(again < 5 * first, `${Math.round(again)} ms after ${Math.round(first)} ms`);
  });
});
