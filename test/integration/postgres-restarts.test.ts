/**
 * PostgreSQL itself is stopped at once and started again, again and again while one file is under way: the file
 * completes once.
 */
import assert from 'node:assert/strict';
import pg from 'pg';
import { openEmbeddedPostgres, ensureDatabase } from '../../scripts/embedded-postgres.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi } from '../support/in-process-api.ts';
import { migrateTestDatabase, openTestServer } from '../support/postgres.ts';
import { isLong } from '../support/long.ts';

const RESTARTS = isLong ? 20 : 5;

describe('PostgreSQL restarted while a file is under way', function () {
  this.timeout(240_000);

  it('parks no file, however often', async () => {
    // full_page_writes: this one has to survive being killed
    const settings = { full_page_writes: 'on', synchronous_commit: 'on', max_connections: '50' };
    const first = await openTestServer({ settings });
    await ensureDatabase(first, 'restarted');
    const url = first.urlFor('restarted');
    await migrateTestDatabase(url);
    const api = await openTestApi({ DATABASE_URL: url, SYNC_WAIT_MS: '0', LEASE_MS: '3000' }, { sweepIntervalMs: 300 });
    let server: Awaited<ReturnType<typeof openEmbeddedPostgres>> = first;
    try {
      const orders = Array.from({ length: 3_000 }, (_, at) => ({ number: `restart-${at}` }));
      const content = new Uint8Array(csvBytes(rowsOfHappyWorkers(orders)));
      const answer = await api.client.upload([{ name: 'a.csv', content }]);
      assert.equal(answer.status, 202, JSON.stringify(answer.body));
      const { id } = answer.body.session.files[0]!;
      for (let time = 0; time < RESTARTS; time++) {
        // somewhere else on its way each time
        await new Promise((resolve) => setTimeout(resolve, 100 + (600 / RESTARTS) * time));
        await server.kill();
        server = await openEmbeddedPostgres({ folder: first.folder, port: first.port, settings });
      }
      await eventually(
        async () => {
          const client = new pg.Client({ connectionString: url });
          await client.connect();
          try {
            const { rows } = await client.query(
              `select f.status, f.error_code,
                (select count(*)::int from orders where order_number like 'restart-%') as orders
               from uploaded_files f where f.id = $1`,
              [id],
            );
            assert.deepEqual(rows[0], { status: 'completed', error_code: null, orders: 3_000 });
          } finally {
            await client.end();
          }
        },
        { timeoutMs: 90_000, intervalMs: 500 },
      );
    } finally {
      await api.close();
      await server.stop();
      await first.close();
    }
  });
});
