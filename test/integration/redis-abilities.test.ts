import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSilentLogger } from '../../shared/logger.ts';
import { createRedis, type OpenRedis } from '../../shared/redis/breaker.ts';
import { assertOnly, diagnose, problems } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi } from '../support/in-process-api.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { standInJobs } from '../support/stand-in-job.ts';
import { itLong } from '../support/long.ts';

const PASSWORD = 'pl4nted-S3cret_pw';

/** Servers that answer PING and SET and yet cannot do what the queue and the cache need. */
describe('a Redis that cannot be used', function () {
  this.timeout(60_000);
  const closers: (() => Promise<unknown>)[] = [];
  let plain: TestRedis;
  let cluster: TestRedis;

  before(async () => {
    plain = await startRedis({ args: ['--databases', '16'] });
    cluster = await startRedis({ args: ['--cluster-enabled', 'yes'] });
    await cluster.cli('cluster', 'addslotsrange', '0', '16383');
    await eventually(async () => assert.match(await cluster.cli('cluster', 'info'), /cluster_state:ok/));
  });
  after(() => Promise.all([plain.stop(), cluster.stop()]));
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const rights: Record<string, readonly string[]> = {
    'may not run scripts': ['-eval'],
    'may not run scripts by their hash': ['-evalsha'],
    'may not subscribe': ['resetchannels'],
    'may not block': ['-bzpopmin'],
    'may not ask for INFO': ['-info'],
    'may not write streams, which scripts do': ['-xadd'],
  };
  /** name of the case -> how to get its address, and what it is called */
  const cases: [string, () => Promise<string>, string, string][] = [
    ['a node of a Cluster', async () => cluster.url, 'cluster', 'redis.cluster'],
    ['a database that is not there', async () => `${plain.url}/99`, 'no_database', 'redis.no_database'],
    ...Object.entries(rights).map(([what, rules], at): [string, () => Promise<string>, string, string] => [
      `a user who ${what}`,
      async () => {
        await plain.cli('acl', 'setuser', `user${at}`, 'on', `>${PASSWORD}`, '~*', '&*', '+@all', ...rules);
        return `redis://user${at}:${PASSWORD}@127.0.0.1:${plain.port}`;
      },
      'noperm',
      'redis.noperm',
    ]),
  ];

  function open(url: string): OpenRedis {
    const handle = createRedis(url, createSilentLogger());
    closers.push(() => handle.close());
    return handle;
  }

  for (const [what, addressOf, reason, code] of cases) {
    it(`stays out of use and is called by its name: ${what}`, async () => {
      const url = await addressOf();
      const handle = open(url);
      let changes = 0;
      await eventually(() => assert.equal(handle.state().reason, reason));
      handle.onChange(() => (changes += 1));
      // several probes later it is as it was
      await sleep(1_500);
      assert.deepEqual(
        [handle.isUp(), handle.state().openedCount, handle.state().reason, changes],
        [false, 0, reason, 0],
      );
      assertOnly(await diagnose({ REDIS_URL: url }, ['redis']), code);
    });
  }

  it('leaves no key behind, and a good one is used: another database, a user with all that is needed', async () => {
    await plain.cli(
      'acl',
      'setuser',
      'enough',
      'on',
      `>${PASSWORD}`,
      '~vhm24r*',
      '&bentocache*',
      '+@all',
      '-@dangerous',
      '+info',
      '+keys',
    );
    const address = `redis://enough:${PASSWORD}@127.0.0.1:${plain.port}/3`;
    const handle = open(address);
    await eventually(() => assert.ok(handle.isUp()));
    assert.deepEqual(problems(await diagnose({ REDIS_URL: address }, ['redis'])), []);
    await handle.close();
    assert.equal(await plain.cli('-n', '3', 'dbsize'), '0');
  });

  itLong('is used once somebody gave the missing right', async function () {
    await plain.cli('acl', 'setuser', 'later', 'on', `>${PASSWORD}`, '~*', '&*', '+@all', '-eval');
    const handle = open(`redis://later:${PASSWORD}@127.0.0.1:${plain.port}`);
    await eventually(() => assert.equal(handle.state().reason, 'noperm'));
    await plain.cli('acl', 'setuser', 'later', '+eval');
    await eventually(() => assert.ok(handle.isUp()), { timeoutMs: 25_000 });
  });

  it('opens the breaker for good when a right is taken away in use', async () => {
    await plain.cli('acl', 'setuser', 'less', 'on', `>${PASSWORD}`, '~*', '&*', '+@all');
    const handle = open(`redis://less:${PASSWORD}@127.0.0.1:${plain.port}`);
    await eventually(() => assert.ok(handle.isUp()));
    await plain.cli('acl', 'setuser', 'less', '-eval');
    await assert.rejects(handle.run((client) => client.eval('return 1', 0)));
    assert.equal(handle.state().reason, 'noperm');
    await sleep(1_500);
    assert.deepEqual([handle.isUp(), handle.state().openedCount], [false, 1]);
  });

  for (const [what, address] of [
    ['a node of a Cluster', () => cluster.url],
    ['a database that is not there', () => `${plain.url}/99`],
  ] as const) {
    it(`uploads to an api with ${what} are all done in process, each at once`, async () => {
      const database = await createTestDatabase();
      const standIn = standInJobs();
      closers.push(() => database.drop());
      const api = await openTestApi(
        { DATABASE_URL: database.url, REDIS_URL: address(), SYNC_WAIT_MS: '10000' },
        { jobs: standIn.jobs },
      );
      closers.push(() => api.close());
      for (let turn = 0; turn < 5; turn++) {
        const answer = await api.client.upload([{ name: 'a.csv', content: `${what} ${turn}` }]);
        assert.deepEqual([answer.status, answer.headers.get('x-processing-mode')], [200, 'in-process']);
      }
      assert.equal(standIn.effects.size, 5);
    });
  }
});
