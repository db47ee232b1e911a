import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { standInJobs } from '../support/stand-in-job.ts';
import { ownTimeMs } from '../support/own-time.ts';

/** No request takes longer because PostgreSQL is away. */
const ANSWER_LIMIT_MS = 2_000;

describe('with PostgreSQL away', function () {
  this.timeout(40_000);
  let database: TestDatabase;
  let proxy: FaultProxy;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    proxy = await openFaultProxy(Number(new URL(database.url).port));
    api = await openTestApi({ DATABASE_URL: proxy.urlFor(database.url) }, { jobs: standInJobs().jobs });
  });
  after(async () => {
    await proxy.set('pass');
    await api.close();
    await proxy.close();
    await database.drop();
  });

  async function answers(): Promise<void> {
    for (const request of [
      () => api.client.get('/files'),
      () => api.client.get('/sessions'),
      () => api.client.upload([{ name: 'a.csv', content: `a ${Math.random()}` }]),
      () => api.client.post('/auth/login', { email: 'someone@vhm24r.test', password: 'whatever it is' }),
    ]) {
      const startedAt = ownTimeMs();
      const answer = await request();
      const ms = ownTimeMs() - startedAt;
      assert.equal(answer.status, 503, JSON.stringify(answer.body));
      assert.ok(Number(answer.headers.get('retry-after')) >= 1);
      assert.equal((answer.body as { error: { code: string } }).error.code, 'service_unavailable');
      assert.ok(ms < ANSWER_LIMIT_MS, `${ms} ms`);
    }
    const startedAt = ownTimeMs();
    assert.equal((await fetch(`${api.url}/readyz`)).status, 503);
    assert.ok(ownTimeMs() - startedAt < ANSWER_LIMIT_MS);
    assert.equal((await fetch(`${api.url}/livez`)).status, 200);
  }

  const recovers = () =>
    eventually(
      async () =>
        assert.equal((await api.client.upload([{ name: 'a.csv', content: `b ${Math.random()}` }])).status, 200),
      {
        timeoutMs: 15_000,
      },
    );

  it('answers 503 in time when it refuses, and goes on when it is back', async () => {
    await proxy.set('refuse');
    await answers();
    await proxy.set('pass');
    await recovers();
  });

  it('answers 503 in time when it freezes with connections open, and goes on when it thaws', async () => {
    await proxy.set('black-hole');
    await answers();
    await answers();
    await proxy.set('pass');
    await recovers();
  });

  it('answers an upload as accepted that it takes in when it goes away', async () => {
    const slow = standInJobs({ workMs: 60_000 });
    const other = await openTestApi({ DATABASE_URL: proxy.urlFor(database.url) }, { jobs: slow.jobs });
    try {
      const sent = other.client.upload([{ name: 'a.csv', content: `c ${Math.random()}` }]);
      await eventually(() => assert.equal(slow.active(), 1));
      await proxy.set('refuse');
      const { status, body } = await sent;
      assert.equal(status, 202, JSON.stringify(body));
      assert.deepEqual(
        body.session.files.map(({ name }) => name),
        ['a.csv'],
      );
      await proxy.set('pass');
      const found = await eventually(
        async () => {
          const answer = await other.client.get<{ id: string }>(`/sessions/${body.session.id}`);
          assert.equal(answer.status, 200, JSON.stringify(answer.body));
          return answer;
        },
        { timeoutMs: 15_000 },
      );
      assert.equal(found.body.id, body.session.id);
    } finally {
      await proxy.set('pass');
      await other.close();
    }
  });
});
