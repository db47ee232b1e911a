import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { isLong } from '../support/long.ts';

/**
 * Ten minutes away may not cost more (both services together). The connection is tried anew every quarter of a second,
 * and on a silent one every five seconds: each half of the short run sees each of these.
 */
const MOST_LINES = 20;
const AWAY_MS = isLong ? 600_000 : 12_000;

type Line = Record<string, unknown>;

describe('the log while Redis is away', function () {
  this.timeout(AWAY_MS + 90_000);
  let database: TestDatabase;

  before(async () => {
    database = await createTestDatabase();
  });
  after(() => database.drop());

  /** What api and worker write from the moment Redis goes, at half the time and at the end, and once it is back. */
  async function linesAround(
    fault: 'gone' | 'frozen',
  ): Promise<{ half: Line[]; end: Line[]; back: Line[]; asked: number }> {
    const redis: TestRedis = await startRedis();
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    const services: TestService[] = [];
    try {
      services.push(...(await Promise.all([startApi(env), startWorker(env)])));
      const [api] = services as [TestService, TestService];
      const client = await adminClient(api.url);
      await eventually(
        async () => {
          for (const { url } of services)
            assert.equal(((await (await fetch(`${url}/readyz`)).json()) as { status: string }).status, 'ready');
        },
        { timeoutMs: 20_000 },
      );
      // the monitor looks for the first time some seconds after the start, and again half a minute after that
      await eventually(
        async () => {
          const { body } = await client.get<{ targets: { samples: unknown[] }[] }>('/system/monitor');
          assert.ok(body.targets.every(({ samples }) => samples.length > 0));
        },
        { timeoutMs: 20_000 },
      );
      const before = services.map((service) => service.logs().length);
      // the lines about a request, a file or a schedule are about them, not about the connection
      const lines = (): Line[] =>
        services
          .flatMap((service, index) => service.logs().slice(before[index]))
          .filter(
            (line) => line['msg'] !== 'request' && line['fileId'] === undefined && line['schedule'] === undefined,
          );
      if (fault === 'gone') await redis.kill();
      else redis.freeze();
      const startedAt = Date.now();
      let half: Line[] | null = null;
      let asked = 0;
      for (; Date.now() - startedAt < AWAY_MS; asked++) {
        assert.equal((await client.get(asked % 2 === 0 ? '/files' : '/system/cache')).status, 200);
        if (half === null && Date.now() - startedAt >= AWAY_MS / 2) half = lines();
        await sleep(100);
      }
      const end = lines();
      if (fault === 'gone') await redis.restart();
      else redis.thaw();
      await eventually(
        () =>
          assert.equal(
            lines().filter((line) => line['event'] === 'redis_up').length,
            services.length,
            JSON.stringify(lines().at(-1)),
          ),
        { timeoutMs: 20_000 },
      );
      return { half: half ?? [], end, back: lines(), asked };
    } finally {
      await Promise.allSettled(services.map((service) => service.stop()));
      await redis.stop();
    }
  }

  it(`has one line per change, not per attempt, however long it lasts (${AWAY_MS / 1000} s)`, async () => {
    const [gone, frozen] = await Promise.all([linesAround('gone'), linesAround('frozen')]);
    for (const [fault, { half, end, back, asked }] of Object.entries({ gone, frozen })) {
      const shown = back.map((line) =>
        JSON.stringify({ service: line['service'], msg: line['msg'], reason: line['reason'] }),
      );
      assert.ok(asked > 20, `${asked}`);
      assert.equal(end.length, half.length, `${fault}: it went on writing\n${shown.join('\n')}`);
      assert.ok(back.length < MOST_LINES, `${fault}: ${back.length} lines\n${shown.join('\n')}`);
      assert.equal(
        end.filter((line) => line['msg'] === 'redis is down, going on without it').length,
        2,
        shown.join('\n'),
      );
      if (isLong) console.log(`      ${fault}: ${back.length} lines in ${AWAY_MS / 1000} s\n${shown.join('\n')}`);
    }
  });
});
