import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureTools } from '../../scripts/ensure-tools.ts';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { ownTimeMs } from '../support/own-time.ts';

const ops = fileURLToPath(new URL('../../ops', import.meta.url));
const TOKEN = 'a-metrics-token-of-the-test';

describe('metrics', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let worker: TestService;

  before(async function () {
    this.timeout(180_000);
    ensureTools();
    database = await createTestDatabase();
    redis = await startRedis();
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, METRICS_TOKEN: TOKEN };
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    const admin = await adminClient(api.url);
    assert.ok(admin);
    await eventually(async () => assert.match(await scrape(worker), /vhm24r_redis_up\{service="worker"\} 1/));
  });
  after(async () => {
    redis.thaw();
    await Promise.all([api.stop(), worker.stop()]);
    await redis.stop();
    await database.drop();
  });

  async function scrape(service: TestService): Promise<string> {
    const response = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    assert.equal(response.status, 200);
    return response.text();
  }
  /** The value of one series; NaN where it is not shown. */
  function figure(text: string, name: string, label: string): number {
    const line = text.split('\n').find((one) => one.startsWith(`${name}{`) && one.includes(label));
    return Number(line?.split(' ').at(-1));
  }
  function promtool(args: readonly string[], input?: string) {
    const { status, stdout, stderr } = spawnSync('promtool', args, {
      cwd: ops,
      encoding: 'utf8',
      ...(input === undefined ? {} : { input }),
    });
    return { status, said: `${stdout}${stderr}` };
  }

  it('are read with the token alone', async () => {
    for (const service of [api, worker]) {
      assert.equal((await fetch(`${service.url}/metrics`)).status, 401);
      assert.equal(
        (await fetch(`${service.url}/metrics`, { headers: { authorization: 'Bearer another' } })).status,
        401,
      );
    }
  });

  it('pass promtool check metrics on both services', async () => {
    for (const service of [api, worker]) {
      const { status, said } = promtool(['check', 'metrics'], await scrape(service));
      assert.deepEqual([status, said.trim()], [0, '']);
    }
  });

  it('have the rules that are tested, and a dashboard whose figures all exist', async () => {
    const { status, said } = promtool(['test', 'rules', 'alerts.test.yml']);
    assert.equal(status, 0, said);
    const there = (await scrape(api)) + (await scrape(worker));
    const asked =
      `${readFileSync(`${ops}/grafana-dashboard.json`, 'utf8')}${readFileSync(`${ops}/alerts.yml`, 'utf8')}`.match(
        /vhm24r_[a-z_]+/g,
      ) ?? [];
    for (const name of new Set(asked))
      assert.ok(there.includes(name.replace(/_(bucket|count|sum)$/, '')), `${name} is shown nowhere`);
  });

  it('count requests by the pattern of their route, never by their path', async () => {
    const admin = await adminClient(api.url);
    assert.ok(admin);
    await fetch(`${api.url}/api/v1/files/00000000-0000-4000-8000-000000000000`);
    await fetch(`${api.url}/no/such/path/4711`);
    const text = await scrape(api);
    assert.match(text, /route="\/api\/v1\/files\/:id"/);
    assert.doesNotMatch(text, /4711|00000000-0000/);
  });

  it('tell how long each phase of a file took, where it was processed', async () => {
    const phases = ['detecting', 'reading', 'merging', 'reconciling'];
    for (const phase of phases)
      assert.equal(figure(await scrape(worker), 'vhm24r_phase_duration_seconds_count', `phase="${phase}"`), 0, phase);
    const admin = await adminClient(api.url);
    const sent = await admin.upload([{ name: 'a.csv', content: csvBytes(rowsOfHappyWorkers([{}, {}])) }]);
    assert.equal((await admin.waitForSession(sent.body.session.id)).status, 'completed');
    await eventually(async () => {
      for (const phase of phases) {
        const labels = `phase="${phase}"`;
        assert.equal(figure(await scrape(worker), 'vhm24r_phase_duration_seconds_count', labels), 1, phase);
        assert.ok(figure(await scrape(worker), 'vhm24r_phase_duration_seconds_sum', labels) > 0, phase);
        assert.equal(figure(await scrape(api), 'vhm24r_phase_duration_seconds_count', labels), 0, phase);
      }
    });
  });

  it('answer within a second while Redis is frozen, and say so', async () => {
    redis.freeze();
    try {
      const startedAt = ownTimeMs();
      await scrape(api);
      await scrape(worker);
      assert.ok(ownTimeMs() - startedAt < 2_000);
      await eventually(async () => {
        const at = ownTimeMs();
        const text = await scrape(api);
        assert.ok(ownTimeMs() - at < 1_000);
        assert.match(text, /vhm24r_redis_up\{service="api"\} 0/);
        assert.equal(figure(text, 'vhm24r_mode_switches_total', 'to="in_process"'), 1);
        assert.equal(figure(text, 'vhm24r_mode_switches_total', 'to="queue"'), 0);
        assert.match(text, /vhm24r_degraded_seconds_total\{service="api"\} [\d.]*[1-9]/);
      });
    } finally {
      redis.thaw();
    }
    await eventually(async () =>
      assert.equal(figure(await scrape(api), 'vhm24r_mode_switches_total', 'to="queue"'), 1),
    );
  });
});
