import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ensureBuilt } from '../../scripts/build.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { serviceEnvironment } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** TEST_LONG=1 looks every tenth of a second. */
const STEP_MS = process.env['TEST_LONG'] === '1' ? 100 : 1_000;
const UNTIL_MS = 4_000;

/**
 * Says on descriptor 3 that the service listens to SIGTERM. Before its first line runs nobody can: until then Node's own handler ends the
 * process.
 */
const TELL_LISTENING = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
   process.on('newListener', (name) => name === 'SIGTERM' && queueMicrotask(() => writeSync(3, 'x')));`,
)}`;

describe('SIGTERM in the first seconds', function () {
  this.timeout(400_000);
  let database: TestDatabase;
  let redis: TestRedis;

  before(async () => {
    ensureBuilt({ only: ['services'] });
    database = await createTestDatabase();
    redis = await startRedis();
  });
  after(async () => {
    await redis.stop();
    await database.drop();
  });

  for (const [service, script] of [
    ['api', 'api/server.js'],
    ['worker', 'worker/worker.js'],
  ] as const) {
    it(`ends the ${service} with 0, whenever it comes, and leaves no claim`, async () => {
      const ends = new Map<string, number>();
      for (let afterMs = 0; afterMs <= UNTIL_MS; afterMs += STEP_MS) {
        const env = serviceEnvironment(service, { DATABASE_URL: database.url, REDIS_URL: redis.url });
        const child = spawn(process.execPath, ['--import', TELL_LISTENING, join(root, 'dist', script)], {
          env,
          stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
        });
        let errors = '';
        const listening = once(child.stdio[3] as Readable, 'data');
        child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
        const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
        await sleep(afterMs);
        await listening;
        child.kill('SIGTERM');
        const [code, signal] = await exited;
        assert.deepEqual([code, signal], [0, null], `after ${afterMs} ms: ${errors}`);
        ends.set(`${code}`, (ends.get(`${code}`) ?? 0) + 1);
      }
      assert.deepEqual([...ends.keys()], ['0']);
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const { rows } = await client.query(
        `select (select count(*)::int from uploaded_files where status = 'processing') as claims,
           (select count(*)::int from service_instances where service = $1) as services`,
        [service],
      );
      await client.end();
      assert.deepEqual(rows, [{ claims: 0, services: 0 }]);
    });
  }
});
