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
  let reports: { first: ReturnType<typeof report>; again: ReturnType<typeof report> };

  before(async () => {
    // before there is an api in this process: one that is kept from its work for seconds takes its database for gone
    reports = { first: report('Латте ' + 'жё'.repeat(200)), again: report('Латте ' + 'еж'.repeat(200)) };
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0' });
  });
  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const report = (goods: string) =>
    csvBytes(rowsOfVendhub(Array.from({ length: ROWS }, (_, i) => ({ number: `N${i}`, at: AT + i * 60, goods }))));
  /** ms until it was loaded */
  async function loaded(name: string, content: ReturnType<typeof report>): Promise<number> {
    const before = performance.now();
    const { status, body } = await api.client.upload([{ name, content }]);
    assert.equal(status, 202, JSON.stringify(body));
    const { files } = await api.client.waitForSession(body.session.id, { timeoutMs: 200_000 });
    assert.deepEqual([files[0]?.status, files[0]?.rows.read], ['completed', ROWS], JSON.stringify(files[0]?.error));
    return performance.now() - before;
  }

  it('and changes is merged about as fast as when it came: every other merge waits for it', async () => {
    const first = await loaded('sales.csv', reports.first);
    const again = await loaded('sales again.csv', reports.again);
    assert.ok(again < 5 * first, `${Math.round(again)} ms after ${Math.round(first)} ms`);
  });
});
