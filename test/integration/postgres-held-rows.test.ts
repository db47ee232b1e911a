/**
 * Another session holds rows and does nothing ("idle in transaction"): whoever asks for the same ones is answered in
 * time.
 */
import assert from 'node:assert/strict';
import pg from 'pg';
import { createApiClient } from '../../scripts/api-client.ts';
import { standInJobs } from '../support/stand-in-job.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { TEST_ADMIN } from '../support/processes.ts';
import { isLong } from '../support/long.ts';

const TIMES = isLong ? 20 : 1;
/** One second beyond its own work (promise 4); the machine of a test is slow. */
const ANSWER_LIMIT_MS = 4_000;

describe('rows of PostgreSQL that another session holds', function () {
  this.timeout(TIMES * 120_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let holder: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi(
      { DATABASE_URL: database.url, STORAGE_URL: 'postgres:', SYNC_WAIT_MS: '0' },
      { jobs: standInJobs().jobs },
    );
    holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
  });
  after(async () => {
    await holder?.end();
    await api?.close();
    await database?.drop();
  });

  it('keep no cancel, mapping, retry, decision and sign-out waiting', async () => {
    const inserted = await holder.query<{ id: string }>(
      `insert into orders (order_number, machine_code, payment_type, price, time, has_hw, status, issues, pending)
       values ('held-1', 'aaaaaaaaaaaa', 'cash', 10000, '2025-07-01T00:00:00+05:00', true, 'hw_only', '{}', false)
         returning id`,
    );
    const order = inserted.rows[0]!.id;
    const failed = (await api.client.upload([{ name: 'a.csv', content: 'a,b' }])).body.session.files[0]!.id;
    let slowest = 0;
    for (let time = 0; time < TIMES; time++) {
      // the round before ended with both signed out everywhere
      await api.client.login(TEST_ADMIN.email, TEST_ADMIN.password);
      const leaving = createApiClient(api.url);
      await leaving.login(TEST_ADMIN.email, TEST_ADMIN.password);
      for (const [locked, ask] of [
        ['uploaded_files', () => api.client.post(`/files/${failed}/cancel`, {})],
        ['uploaded_files', () => api.client.post(`/files/${failed}/mapping`, { source: 'payme' })],
        ['uploaded_files', () => api.client.post(`/files/${failed}/retry`, {})],
        ['processing_sessions', () => api.client.post(`/files/${failed}/retry`, {})],
        [
          'orders',
          () =>
            api.client.post(`/orders/${order}/decisions`, {
              kind: 'accept',
              resolution: 'valid',
              note: 'looked at it by hand',
            }),
        ],
        [
          'users',
          () =>
            api.client.post(`/orders/${order}/decisions`, {
              kind: 'accept',
              resolution: 'valid',
              note: 'looked at it by hand',
            }),
        ],
        ['refresh_tokens', () => leaving.post('/auth/logout', {})],
        ['users', () => leaving.post('/auth/logout', {})],
        ['users', () => leaving.post('/auth/logout-all', {})],
      ] as const) {
        let refused = false;
        await holder.query('begin');
        try {
          await holder.query(`select 1 from ${locked} for update`);
          const startedAt = performance.now();
          const { status, headers, body } = await ask();
          const ms = performance.now() - startedAt;
          slowest = Math.max(slowest, ms);
          const isTold =
            (status >= 200 && status < 300) ||
            status === 409 ||
            (status === 503 && Number(headers.get('retry-after')) >= 1);
          // signed out by the line before
          assert.ok(isTold || (status === 401 && locked === 'users'), `${locked}: ${status} ${JSON.stringify(body)}`);
          assert.ok(ms < ANSWER_LIMIT_MS, `${locked}: answered after ${ms} ms`);
          refused = status === 503;
        } finally {
          await holder.query('rollback');
        }
        // nor does what was refused happen once the rows are free
        if (refused) assert.equal((await leaving.get('/auth/me')).status, 200, `${locked}: signed out afterwards`);
      }
    }
    if (TIMES > 1)
      console.log(`      ${TIMES} times, ${TIMES * 9} requests, the slowest answered after ${Math.round(slowest)} ms`);
  });
});
