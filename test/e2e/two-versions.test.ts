/**
 * A rolling deploy under load: apis and workers of an earlier commit, its schema migrated beneath them, this version
 * beside them, and the earlier ones told to stop.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { createApiClient } from '../../scripts/api-client.ts';
import { ensureBuilt } from '../../scripts/build.ts';
import { openService, type Service } from '../../scripts/processes/service.ts';
import { openBalancer, type Balancer } from '../support/balancer.ts';
import { makeMonth } from '../support/chaos/months.ts';
import { adminClient } from '../support/client.ts';
import { describeLong } from '../support/long.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { buildPredecessor, type Predecessor } from '../support/predecessor.ts';
import { serviceEnvironment } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { differencesFrom, type Truth } from '../support/truth.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SEED = 611;
const UPLOADERS = 2;
const READERS = 4;
const PHASE_MS = 25_000;
const READER_PAUSE_MS = 20;
const PAGES = [
  '/auth/me',
  '/files',
  '/sessions',
  '/orders?limit=50',
  '/orders?status=price_mismatch',
  '/reconciliation/summary',
  '/analytics/summary',
  '/limits',
];
type Phase = 'old alone' | 'migrating' | 'old over the new schema' | 'side by side' | 'old stopping' | 'new alone';

describeLong('two versions over one database', function () {
  this.timeout(1_200_000);
  let old: Predecessor;
  let database: TestDatabase;
  let redis: TestRedis;
  let balancer: Balancer;
  let folder: string;
  const services: Service[] = [];

  before(async () => {
    ensureBuilt({ only: ['services'] });
    old = await buildPredecessor();
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-two-versions-'));
    database = await createTestDatabase({ migrated: false });
    redis = await startRedis();
    balancer = await openBalancer();
  });
  after(async () => {
    await Promise.all(services.map((service) => service.child.stop(20_000)));
    await balancer?.close();
    await redis?.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(kind: 'api' | 'worker', place: string): Promise<Service> {
    const name = `${kind}-${services.length}`;
    const service = await openService({
      name,
      script: join(place, 'dist', kind, kind === 'api' ? 'server.js' : 'worker.js'),
      env: {
        HOME: process.env.HOME,
        VHM24R_TEST_RUN: process.env.VHM24R_TEST_RUN,
        ...serviceEnvironment(kind, {
          DATABASE_URL: database.url,
          REDIS_URL: redis.url,
          STORAGE_URL: 'postgres:',
          DATABASE_POOL_MAX: '8',
          ...(kind === 'api' ? { DRAIN_MS: '3000', TRUST_PROXY: '1' } : {}),
        }),
      },
      logPath: join(folder, `${name}.log`),
    });
    services.push(service);
    if (kind === 'api') await balancer.add(service.url);
    return service;
  }

  async function migrate(place: string): Promise<number> {
    const startedAt = performance.now();
    const env = { PATH: process.env.PATH, DATABASE_URL: database.url };
    await promisify(execFile)(process.execPath, [join(place, 'dist/scripts/migrate.js')], { env });
    return Math.round(performance.now() - startedAt);
  }

  it('fail no request and lose no file, from the first version alone to the second alone', async () => {
    await migrate(old.folder);
    const oldOnes = await Promise.all([
      start('api', old.folder),
      start('api', old.folder),
      start('worker', old.folder),
    ]);
    const token = (await adminClient(balancer.url)).token;

    let phase: Phase = 'old alone';
    let isOver = false;
    const answers: Record<string, Record<string, number>> = {};
    const sessions: Record<string, number> = {};
    const truths: Truth[] = [];
    const fileIds = new Set<string>();
    const signedIn = () => {
      const client = createApiClient(balancer.url);
      client.token = token;
      return client;
    };
    const count = (key: string) => {
      const ofPhase = (answers[phase] ??= {});
      ofPhase[key] = (ofPhase[key] ?? 0) + 1;
    };

    async function read(first: number): Promise<void> {
      const client = signedIn();
      for (let turn = first; !isOver; turn++) {
        const path = PAGES[turn % PAGES.length] as string;
        count(`read ${(await client.get(path)).status}`);
        await sleep(READER_PAUSE_MS);
      }
    }
    let monthCount = 0;
    async function upload(): Promise<void> {
      const client = signedIn();
      while (!isOver) {
        const { reports, truth } = await makeMonth(SEED, monthCount++);
        const startedIn = phase;
        const sent = await client.upload(reports);
        count(`upload ${sent.status}`);
        truths.push(truth);
        for (const { id } of sent.body.session.files) fileIds.add(id);
        const { status } = await client.waitForSession(sent.body.session.id, { timeoutMs: 180_000 });
        const key = `${startedIn}: ${status}`;
        sessions[key] = (sessions[key] ?? 0) + 1;
      }
    }
    const load = Promise.all([
      ...Array.from({ length: READERS }, (_, first) => read(first)),
      ...Array.from({ length: UPLOADERS }, upload),
    ]);
    load.catch(() => (isOver = true));

    await sleep(PHASE_MS);
    phase = 'migrating';
    const migratedMs = await migrate(root);
    phase = 'old over the new schema';
    await sleep(PHASE_MS);
    phase = 'side by side';
    for (const kind of ['api', 'worker', 'api'] as const) await start(kind, root);
    await sleep(PHASE_MS);
    phase = 'old stopping';
    const codes: (number | null)[] = [];
    for (const one of oldOnes) {
      one.child.signal('SIGTERM');
      codes.push((await one.child.exited).code);
    }
    phase = 'new alone';
    await sleep(PHASE_MS);
    isOver = true;
    await load;

    console.log(
      `      from ${old.commit.slice(0, 9)} of ${old.date}, migrated in ${migratedMs} ms; ` +
        `${balancer.passedCount()} requests, ${fileIds.size} files; ` +
        `${JSON.stringify(answers)}; sessions ${JSON.stringify(sessions)}`,
    );
    assert.deepEqual(balancer.failures(), []);
    assert.deepEqual(codes, [0, 0, 0]);
    const strange = Object.values(answers).flatMap((ofPhase) =>
      Object.keys(ofPhase).filter((key) => !['read 200', 'upload 200', 'upload 202'].includes(key)),
    );
    assert.deepEqual(strange, []);
    assert.deepEqual(await wrongFiles(fileIds), []);
    const truth = {
      orders: Object.assign({}, ...truths.map(({ orders }) => orders)) as Truth['orders'],
      issues: Object.assign({}, ...truths.map(({ issues }) => issues)) as Truth['issues'],
      orphans: Object.assign({}, ...truths.map(({ orphans }) => orphans)) as Truth['orphans'],
    };
    assert.deepEqual(await differencesFrom(truth, database.url), []);
    for (const wanted of ['old alone', 'old over the new schema', 'side by side', 'new alone'])
      assert.ok((answers[wanted]?.['read 200'] ?? 0) > 100, `${wanted}: too few reads`);
  });

  /** Every accepted file is there, has ended well, and took effect once. */
  async function wrongFiles(fileIds: ReadonlySet<string>): Promise<string[]> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      const { rows } = await client.query<{ id: string; name: string; status: string }>(
        'select id, name, status from uploaded_files',
      );
      const known = new Set(rows.map(({ id }) => id));
      return [
        ...[...fileIds].filter((id) => !known.has(id)).map((id) => `${id} is lost`),
        ...rows.filter(({ id }) => !fileIds.has(id)).map(({ name }) => `${name} was accepted and not answered`),
        ...rows.filter(({ status }) => status !== 'completed').map(({ name, status }) => `${name} is ${status}`),
      ];
    } finally {
      await client.end();
    }
  }
});
