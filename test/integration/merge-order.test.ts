import assert from 'node:assert/strict';
import pg from 'pg';
import { csvBytes, rowsOfHappyWorkers, rowsOfPayments, rowsOfVendhub } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const MANY_ROWS = 21_000;
const AT = Date.UTC(2025, 5, 10, 7) / 1000;

describe('large reports that are dropped together', function () {
  this.timeout(120_000);
  let reports: { name: string; content: string }[];

  // made before there is an api: one that is kept from its event loop for long says that it is unavailable
  before(() => {
    const each = Array.from({ length: MANY_ROWS }, (_, i) => ({ number: `N${i}`, at: AT + i * 600 }));
    reports = [
      {
        name: 'click.csv',
        rows: rowsOfPayments(
          'click',
          each.map(({ at }) => ({ at })),
        ),
      },
      { name: 'vendhub.csv', rows: rowsOfVendhub(each) },
      { name: 'machines.csv', rows: rowsOfHappyWorkers(each.map(({ number, at }) => ({ number, createdAt: at }))) },
    ].map(({ name, rows }) => ({ name, content: csvBytes(rows).toString() }));
  });
  for (const places of [1, 3]) {
    describe(`with ${places === 1 ? 'one place' : `${places} places`}`, () => {
      let database: TestDatabase;
      let api: InProcessApi;
      let db: pg.Client;

      before(async () => {
        database = await createTestDatabase();
        api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0', WORKER_CONCURRENCY: String(places) });
        db = new pg.Client({ connectionString: database.url });
        await db.connect();
      });
      after(async () => {
        await db?.end();
        await api?.close();
        await database?.drop();
      });

      it('are merged sales first, so that no payment stands alone before its sale comes', async () => {
        const { status, body } = await api.client.upload(reports);
        assert.equal(status, 202, JSON.stringify(body));
        const session = await api.client.waitForSession(body.session.id, { timeoutMs: 100_000 });
        assert.equal(session.status, 'completed', JSON.stringify(session));
        const { rows } = await db.query(`select name from uploaded_files order by completed_at`);
        assert.deepEqual(
          rows.map(({ name }) => name),
          ['machines.csv', 'vendhub.csv', 'click.csv'],
        );
        const left = await db.query(`select 1 from file_progress`);
        assert.equal(left.rowCount, 0);
      });
    });
  }
});
