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
import { isLong } from '../support/long.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** TEST_LONG=1 looks every tenth of a second. */
const STEP_MS = isLong ? 100 : 1_000;
const UNTIL_MS = 4_000;
/** Services started side by side. */
const AT_ONCE = 5;

/**
 * Says on descriptor 3 that the service listens to SIGTERM. Before its first line runs nobody can: until then Node's
 * own handler ends the process.
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

  /** Ends with 0, signalled so long after its start, or as soon as it listens. */
  async function endAfter(afterMs: number, service: 'api' | 'worker', script: string): Promise<void> {
    const child = spawn(process.execPath, ['--import', TELL_LISTENING, join(root, 'dist', script)], {
      env: serviceEnvironment(service, { DATABASE_URL: database.url, REDIS_URL: redis.url }),
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    const listening = once(child.stdio[3] as Readable, 'data');
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    await Promise.all([sleep(afterMs), listening]);
    child.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null], `after ${afterMs} ms: ${errors}`);
  }

  for (const [service, script] of [
    ['api', 'api/server.js'],
    ['worker', 'worker/worker.js'],
  ] as const) {
    it(`ends the ${service} with 0, whenever it comes, and leaves no claim`, async () => {
      const moments = Array.from({ length: UNTIL_MS / STEP_MS + 1 }, (_, step) => step * STEP_MS);
      while (moments.length > 0)
        await Promise.all(moments.splice(0, AT_ONCE).map((afterMs) => endAfter(afterMs, service, script)));
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
