import assert from 'node:assert/strict';
import { Redis } from 'ioredis';
import { applyFixes } from '../../shared/doctor/fixes.ts';
import { assertFound, assertOnly, diagnose, PLANTED, problems } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy } from '../support/faults.ts';
import { openRewriter, openSpeaker } from '../support/odd-servers.ts';
import { startRedis, type TestRedis, type TestRedisOptions } from '../support/redis.ts';

/** Faults of a real Redis, each really made. */
describe('the doctor, on Redis', function () {
  this.timeout(40_000);
  const closers: (() => Promise<unknown>)[] = [];
  let redis: TestRedis;

  before(async () => {
    redis = await startRedis();
  });
  after(() => redis.stop());
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const look = (url: string, memory?: string) => diagnose({ REDIS_URL: url }, ['redis'], memory);
  async function own(options: TestRedisOptions): Promise<TestRedis> {
    const server = await startRedis(options);
    closers.push(() => server.stop());
    return server;
  }

  it('finds nothing wrong with a good one, and leaves no key behind', async () => {
    const report = await diagnose({ REDIS_URL: redis.url }, ['redis', 'cache', 'blacklist']);
    assert.deepEqual(
      problems(report).filter(({ area }) => area !== 'blacklist'),
      [],
    );
    assert.equal(await redis.cli('dbsize'), '0');
  });
  it('tells a password that is asked for and not given', async () => {
    const server = await own({ password: PLANTED });
    assertOnly(await look(`redis://127.0.0.1:${server.port}`), 'redis.noauth');
    assert.deepEqual(problems(await look(server.url)), []);
  });
  it('tells a wrong password: stale credentials', async () => {
    const server = await own({ password: 'the-new-one' });
    const finding = assertOnly(await look(`redis://:${PLANTED}@127.0.0.1:${server.port}`), 'redis.wrongpass');
    assert.match(finding.fix.text, /REDIS_URL/);
  });
  it('says that a password is not needed, and nothing worse', async () => {
    const report = await look(`redis://:${PLANTED}@127.0.0.1:${redis.port}`);
    assert.equal(assertFound(report, 'redis.password_not_needed').severity, 'info');
    assert.equal(report.exitCode, 0);
  });
  it('tells a full one', async () => {
    const server = await own({ args: ['--maxmemory', '600kb', '--maxmemory-policy', 'noeviction'] });
    const report = await look(server.url);
    assertFound(report, 'redis.oom');
    assert.equal(report.exitCode, 1);
  });
  it('tells memory near its limit', async () => {
    const server = await own({ args: ['--maxmemory-policy', 'noeviction'] });
    const used = Number(/used_memory:(\d+)/.exec(await server.cli('info', 'memory'))?.[1]);
    await server.cli('config', 'set', 'maxmemory', String(Math.round(used * 1.22)));
    assertFound(await look(server.url), 'redis.memory_near_limit');
  });
  it('tells a replica', async () => {
    const server = await own({ args: ['--replicaof', '127.0.0.1', String(redis.port)] });
    assertOnly(await look(server.url), 'redis.readonly');
  });
  it('tells one that is still loading', async () => {
    const server = await openSpeaker('-LOADING Redis is loading the dataset in memory\r\n');
    closers.push(() => server.close());
    assertOnly(await look(`redis://127.0.0.1:${server.port}`), 'redis.loading');
  });
  it('tells an evicting policy, says what --fix would do, and does it', async () => {
    const server = await own({ args: ['--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru'] });
    const report = await look(server.url);
    assertOnly(report, 'redis.evicting_policy');
    const [would] = await applyFixes(report.findings, { REDIS_URL: server.url }, true);
    assert.deepEqual(
      [would?.done, await server.cli('config', 'get', 'maxmemory-policy')],
      [false, 'maxmemory-policy\nallkeys-lru'],
    );
    const [done] = await applyFixes(report.findings, { REDIS_URL: server.url }, false);
    assert.equal(done?.done, true);
    assert.deepEqual(problems(await look(server.url)), []);
  });
  it('tells that keys were thrown out', async () => {
    const server = await own({ args: ['--maxmemory', '3mb', '--maxmemory-policy', 'allkeys-random'] });
    const client = new Redis(server.url);
    for (let round = 0; round < 20; round++)
      await client.mset(
        Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${round}-${at}`, 'x'.repeat(4_000)])),
      );
    client.disconnect();
    await server.cli('flushall');
    await server.cli('config', 'set', 'maxmemory-policy', 'noeviction');
    assertOnly(await look(server.url), 'redis.keys_evicted', 'warn');
  });
  it('tells a frozen one', async () => {
    const server = await own({});
    server.freeze();
    assertOnly(await look(server.url), 'redis.frozen');
  });
  it('tells a slow one, with the figures', async () => {
    const proxy = await openFaultProxy(redis.port);
    closers.push(() => proxy.close());
    await proxy.set('delay', { delayMs: 80 });
    assert.match(assertOnly(await look(proxy.urlFor(redis.url)), 'redis.slow', 'warn').evidence, /median=1[6-9]\d/);
  });
  it('tells one that is too old', async () => {
    const version = /redis_version:([\d.]+)/.exec(await redis.cli('info', 'server'))?.[1] ?? '';
    const server = await openRewriter(
      redis.port,
      `redis_version:${version}`,
      `redis_version:${'5.0.14.0000'.slice(0, version.length)}`,
    );
    closers.push(() => server.close());
    assertOnly(await look(`redis://127.0.0.1:${server.port}`), 'redis.version_old');
  });
  it('tells a user without rights', async () => {
    const server = await own({});
    await server.cli('acl', 'setuser', 'guest', 'on', `>${PLANTED}`, '~other*', '+@all');
    assertOnly(await look(`redis://guest:${PLANTED}@127.0.0.1:${server.port}`), 'redis.noperm');
  });
  it('tells one that cannot save and refuses writes', async () => {
    const server = await own({ args: ['--save', '3600 1', '--enable-protected-configs', 'yes'] });
    const client = new Redis(server.url);
    closers.push(async () => client.disconnect());
    await client.config('SET', 'dir', '/proc');
    await client.set('a', '1');
    await client.bgsave().catch(() => undefined);
    await eventually(async () => assert.match(await server.cli('info', 'persistence'), /rdb_last_bgsave_status:err/));
    assertOnly(await look(server.url), 'redis.misconf');
  });
  it('remembers the run before: what appeared, what is gone, and the best figures', async () => {
    const server = await own({ args: ['--maxmemory-policy', 'allkeys-lru'] });
    const memory = `/tmp/vhm24r-test-memory-${process.pid}.json`;
    const { rm } = await import('node:fs/promises');
    closers.push(() => rm(memory, { force: true }));
    assert.deepEqual((await look(server.url, memory)).changes, []);
    await server.cli('config', 'set', 'maxmemory-policy', 'noeviction');
    const mended = await look(server.url, memory);
    assert.deepEqual(mended.changes, [{ code: 'redis.evicting_policy', area: 'redis', change: 'gone' }]);
    assert.match(mended.findings.find(({ code }) => code === 'redis.latency')?.evidence ?? '', /baseline_median=/);
    await server.cli('config', 'set', 'maxmemory-policy', 'volatile-lru');
    assert.deepEqual((await look(server.url, memory)).changes, [
      { code: 'redis.evicting_policy', area: 'redis', change: 'appeared' },
    ]);
  });
});
