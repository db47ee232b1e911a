import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApiClient } from '../../scripts/api-client.ts';
import { ensureBuilt } from '../../scripts/build.ts';
import { openService, type Service } from '../../scripts/processes/service.ts';
import { fetchNode24 } from '../support/node-24.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { serviceEnvironment, TEST_ADMIN } from '../support/processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the build on Node 24', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let folder: string;
  let api: Service;

  before(async () => {
    ensureBuilt({ only: ['services'] });
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-node24-'));
    api = await openService({
      name: 'api',
      script: join(root, 'dist/api/server.js'),
      env: serviceEnvironment('api', { DATABASE_URL: database.url }),
      logPath: join(folder, 'api.log'),
      nodePath: fetchNode24(),
    });
  });
  after(async () => {
    await api?.child.stop(15_000);
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('signs in, reads a workbook and a csv in their children, and reconciles them', async () => {
    const client = createApiClient(api.url);
    await client.login(TEST_ADMIN.email, TEST_ADMIN.password);
    const paths = ['happy_workers.csv', 'vendhub.xlsx'].map((name) => ({ path: join(root, 'examples', name) }));
    const answer = await client.upload(paths);
    const session = await client.waitForSession(answer.body.session.id);
    assert.deepEqual(
      session.files.map((file) => [file.source, file.status]),
      [
        ['happy_workers', 'completed'],
        ['vendhub', 'completed'],
      ],
    );
    const orders = await client.get<{ items: unknown[] }>('/orders?limit=5&status=fully_matched,matched');
    assert.equal(orders.body.items.length, 5);
  });
});
