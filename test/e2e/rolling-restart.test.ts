import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { adminClient } from '../support/client.ts';
import { openBalancer, type Balancer } from '../support/balancer.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, type TestService } from '../support/processes.ts';
import { isLong } from '../support/long.ts';

const DRAIN_MS = 3_000;
const CALLERS = 4;
const PATHS = ['/api/v1/auth/me', '/api/v1/files', '/livez'];
const ROUNDS = isLong ? 2 : 1;
/** Between two requests of a caller: enough of them come, and the apis that start keep a core. */
const PAUSE_MS = 10;

describe('a rolling restart of two apis behind a balancer', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let balancer: Balancer;
  const apis: TestService[] = [];

  const start = async (): Promise<TestService> => {
    const api = await startApi({ DATABASE_URL: database.url, DRAIN_MS: String(DRAIN_MS), TRUST_PROXY: '1' });
    apis.push(api);
    await balancer.add(api.url);
    return api;
  };

  before(async () => {
    database = await createTestDatabase();
    balancer = await openBalancer();
  });
  after(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await balancer.close();
    await database.drop();
  });

  it('fails no request: the api that goes says so at once, serves until the balancer has seen it, and ends with 0', async () => {
    let serving: TestService[] = await Promise.all([start(), start()]);
    const admin = await adminClient(balancer.url);
    const answers = new Map<string, number>();
    let isOver = false;
    const call = async (path: string): Promise<void> => {
      const answer = await fetch(`${balancer.url}${path}`, {
        headers: { authorization: `Bearer ${admin.token ?? ''}` },
      }).then(
        async (got) => {
          await got.arrayBuffer();
          return String(got.status);
        },
        (error: unknown) => String((error as Error).cause ?? error),
      );
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    };
    const callers = Array.from({ length: CALLERS }, async (_, first) => {
      for (let turn = first; !isOver; turn++) {
        await call(PATHS[turn % PATHS.length] as string);
        await sleep(PAUSE_MS);
      }
    });

    const facts: { atOnceMs: number; served: number; connection: string | null; code: number | null }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const old of serving) {
        const toldAt = performance.now();
        const ending = old.kill('SIGTERM');
        await eventually(async () => assert.equal((await fetch(`${old.url}/readyz`)).status, 503), {
          timeoutMs: DRAIN_MS,
          intervalMs: 10,
        });
        const atOnceMs = Math.round(performance.now() - toldAt);
        // who has not looked yet still comes: served, and told to go elsewhere next time
        const late = await fetch(`${old.url}/api/v1/auth/me`, {
          headers: { authorization: `Bearer ${admin.token ?? ''}` },
        });
        await eventually(() => assert.equal(balancer.isServing(old.url), false));
        const { code } = await ending;
        facts.push({ atOnceMs, served: late.status, connection: late.headers.get('connection'), code });
        await start();
      }
      serving = apis.slice(-2);
    }
    isOver = true;
    await Promise.all(callers);
    process.stdout.write(
      `      ${balancer.passedCount()} requests, ${JSON.stringify(Object.fromEntries(answers))}, ` +
        `${JSON.stringify(facts)}\n`,
    );

    assert.deepEqual(balancer.failures(), []);
    assert.deepEqual([...answers.keys()], ['200']);
    for (const { served, connection, code, atOnceMs } of facts) {
      assert.deepEqual({ served, connection, code }, { served: 200, connection: 'close', code: 0 });
      assert.ok(atOnceMs < DRAIN_MS / 2, `${atOnceMs} ms until /readyz said it`);
    }
    assert.ok(balancer.passedCount() >= 300, `${balancer.passedCount()} requests`);
  });
});
