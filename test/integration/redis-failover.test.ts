import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../../scripts/processes/free-port.ts';
import { openChild, type ManagedChild } from '../../scripts/processes/managed-child.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { openTestApi, openTestWorker, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { standInJobs } from '../support/stand-in-job.ts';
import type { RunningWorker } from '../../worker/start-worker.ts';

const run = promisify(execFile);
const WAIT = { timeoutMs: 60_000, intervalMs: 200 };

interface Accepted {
  session: { id: string; mode: string; files: { id: string }[] };
}

/**
 * Two redis-servers and a Sentinel that makes the second one the first; the address moves as a proxy's or DNS's does.
 */
describe('when Redis Sentinel fails over', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let first: TestRedis;
  let second: TestRedis;
  let sentinel: ManagedChild;
  let sentinelPort: number;
  let folder: string;
  let address: FaultProxy;
  let api: InProcessApi;
  let worker: RunningWorker;

  before(async () => {
    database = await createTestDatabase();
    first = await startRedis();
    second = await startRedis({ args: ['--replicaof', '127.0.0.1', String(first.port)] });
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-sentinel-'));
    sentinelPort = await findFreePort();
    const config = join(folder, 'sentinel.conf');
    await writeFile(
      config,
      `port ${sentinelPort}\nbind 127.0.0.1\ndir ${folder}
sentinel monitor vhm24r 127.0.0.1 ${first.port} 1
sentinel down-after-milliseconds vhm24r 1000
sentinel failover-timeout vhm24r 10000\n`,
    );
    sentinel = await openChild({
      name: 'sentinel',
      command: 'redis-server',
      args: [config, '--sentinel'],
      logPath: join(folder, 'log'),
      stopSignal: 'SIGTERM',
    });
    address = await openFaultProxy(first.port);
    const env = { DATABASE_URL: database.url, REDIS_URL: address.urlFor(first.url) };
    const { jobs } = standInJobs();
    [api, worker] = [await openTestApi(env, { jobs }), await openTestWorker(env, { jobs })];
    await eventually(async () => {
      assert.match(await ask('sentinel', 'replicas', 'vhm24r'), new RegExp(`\\b${second.port}\\b`));
      assert.match(await second.cli('info', 'replication'), /master_link_status:up/);
    }, WAIT);
  });
  after(async () => {
    await Promise.all([worker.close(), api.close()]);
    await address.close();
    await sentinel.stop(5_000);
    await Promise.all([first.stop(), second.stop(), rm(folder, { recursive: true, force: true })]);
    await database.drop();
  });

  const ask = async (...command: string[]) =>
    (await run('redis-cli', ['-h', '127.0.0.1', '-p', String(sentinelPort), ...command], { timeout: 5_000 })).stdout;

  let sent = 0;
  async function upload(): Promise<{ mode: string | null; id: string }> {
    const answer = await api.client.upload([{ name: `${(sent += 1)}.csv`, content: `file ${sent}` }]);
    assert.ok(answer.status === 200 || answer.status === 202, `${answer.status} ${JSON.stringify(answer.body)}`);
    const { session } = answer.body as unknown as Accepted;
    return { mode: answer.headers.get('x-processing-mode'), id: session.id };
  }

  it('nobody gets an error: uploads are done in the api meanwhile, and by the queue again after; none is lost', async () => {
    const accepted: string[] = [];
    const note = ({ mode, id }: { mode: string | null; id: string }) => {
      accepted.push(id);
      return mode;
    };
    await eventually(async () => assert.equal(note(await upload()), 'queue'), WAIT);
    await first.kill();
    await eventually(async () => assert.equal(note(await upload()), 'in-process'), WAIT);
    // Sentinel agrees with itself, and the address follows
    const leader = await eventually(async () => {
      note(await upload());
      const [, port] = (await ask('sentinel', 'get-master-addr-by-name', 'vhm24r')).trim().split('\n');
      assert.equal(Number(port), second.port);
      return Number(port);
    }, WAIT);
    address.aimAt(leader);
    await eventually(async () => assert.equal(note(await upload()), 'queue'), WAIT);
    for (const id of accepted)
      await eventually(async () => {
        const { body } = await api.client.get<{ status: string }>(`/sessions/${id}`);
        assert.ok(!['queued', 'processing'].includes(body.status), body.status);
      }, WAIT);
    const { body } = await api.client.get<{ status: string }>('/readyz');
    assert.equal(body.status, 'ready');
  });
});
