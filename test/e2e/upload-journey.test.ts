import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ApiClient } from '../../scripts/api-client.ts';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { openTraceCollector, type TraceCollector } from '../support/trace-collector.ts';

const REPORTS = ['happy_workers.csv', 'vendhub.xlsx', 'fiscal_bills.csv', 'payme.xlsx', 'click.csv', 'uzum.xlsx'];
const example = (name: string) => ({ path: fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)) });

describe('the way of uploads through api and worker as processes', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let worker: TestService;
  let client: ApiClient;
  let collector: TraceCollector;

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
    collector = await openTraceCollector();
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    client = await adminClient(api.url);
    await eventually(async () => assert.equal((await client.get<{ status: string }>('/readyz')).body.status, 'ready'));
  });
  after(async () => {
    await Promise.allSettled([api?.stop(), worker?.stop()]);
    await redis?.stop();
    await database?.drop();
    await collector?.close();
  });

  it('takes six reports at once, recognises each, and every row ends in one of five ways', async () => {
    const answer = await client.upload(REPORTS.map(example));
    assert.deepEqual([answer.status, answer.headers.get('x-processing-mode')], [202, 'queue']);
    const session = await client.waitForSession(answer.body.session.id);
    assert.deepEqual(
      session.files.map((file) => file.source),
      ['happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum'],
    );
    for (const file of session.files) {
      assert.ok(
        ['completed', 'completed_with_errors'].includes(file.status),
        `${file.name} ${file.status} ${JSON.stringify(file.error)}`,
      );
      const { read, new: fresh, updated, unchanged, rejected, skipped } = file.rows;
      assert.ok(read > 0);
      assert.equal(read, fresh + updated + unchanged + rejected + skipped);
    }
    assert.equal(session.mode, 'queue');
  });

  it('is one trace for each file, under its id, over api, queue, worker, reader and PostgreSQL, without a cell of it', async () => {
    const secret = 'ff00000020250804070128a7ca181fbeef';
    const content = csvBytes(rowsOfHappyWorkers([{ number: secret }]));
    const { body } = await client.upload([{ name: 'traced.csv', content }]);
    const file = (await client.waitForSession(body.session.id)).files[0];
    assert.ok(file !== undefined);
    await eventually(
      () => {
        const spans = collector.spansOf(file.id);
        const seen = (service: string, name: string) =>
          spans.find((span) => span.service === service && span.name === name) ??
          assert.fail(`no "${name}" of ${service} among ${spans.map((span) => span.name).join(', ')}`);
        const root = seen('vhm24r-api', 'file accepted');
        const queued = seen('vhm24r-api', 'queue add');
        const work = seen('vhm24r-worker', 'file work');
        assert.deepEqual(
          [root.parentSpanId ?? '', queued.parentSpanId, work.parentSpanId],
          ['', root.spanId, root.spanId],
        );
        for (const name of ['reader child', 'phase detecting', 'insert', 'select'])
          assert.equal(seen('vhm24r-worker', name).traceId, root.traceId);
        const ids = new Set(spans.map(({ spanId }) => spanId));
        for (const { name, parentSpanId } of spans)
          assert.ok(!parentSpanId || ids.has(parentSpanId), `${name} hangs on a span that nobody sent`);
        assert.ok(!JSON.stringify(spans).includes(secret));
      },
      { timeoutMs: 30_000 },
    );
  });

  it('names the earlier file for the same bytes, and changes nothing', async () => {
    const answer = await client.upload([example('click.csv')]);
    const [file] = (await client.waitForSession(answer.body.session.id)).files;
    assert.equal(file?.status, 'duplicate');
    const earlier = await client.get<{ name: string; source: string }>(`/files/${file?.duplicateOf}`);
    assert.deepEqual([earlier.body.name, earlier.body.source], ['click.csv', 'click']);
  });

  it('answers each hopeless file with its own code and words in both languages, others go on', async () => {
    const answer = await client.upload([
      { name: 'nothing.csv', content: '' },
      { name: 'picture.csv', content: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]) },
      { name: 'shopping.csv', content: 'Milk,Bread\n1,2\n3,4\n' },
    ]);
    const session = await client.waitForSession(answer.body.session.id);
    const [empty, picture, unknown] = session.files;
    assert.deepEqual([empty?.status, empty?.error?.code], ['failed', 'empty_file']);
    assert.equal(picture?.status, 'failed');
    assert.ok(['unsupported_format', 'bad_file'].includes(picture?.error?.code ?? ''), picture?.error?.code);
    assert.equal(unknown?.status, 'needs_mapping');
    const english = await client.get<{ error: { message: string; hint: string | null } }>(`/files/${empty?.id}`, {
      headers: { 'accept-language': 'en' },
    });
    assert.match(english.body.error.message, /^[\x20-\x7e]+$/);
    assert.match(empty?.error?.message ?? '', /[а-я]/);
    const asked = await client.get<{ recognition: { question: { code: string; message: string } } }>(
      `/files/${unknown?.id}`,
    );
    assert.match(asked.body.recognition.question.message, /[а-я]/);
  });

  it('brings a file to its end whose worker is killed, by another worker', async () => {
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, LEASE_MS: '2000' };
    const header =
      'Order number,Goods name,Order resource,Order status,Machine Code,Order price,Brew status,Creation time,Paying time\n';
    const rows = Array.from(
      { length: 20_000 },
      (_, at) =>
        `ff${String(at).padStart(8, '0')}20250804070128a7ca181f0000,MacCoffee,Cash payment,Paid,a7ca181f0000,10000,Delivered,2025-08-04 04:01:30,2025-08-04 04:01:30`,
    );
    await worker.stop();
    const first = await startWorker(env);
    try {
      const answer = await client.upload([{ name: 'many.csv', content: header + rows.join('\n') }]);
      const id = answer.body.session.id;
      await eventually(
        async () => assert.equal((await client.get<{ status: string }>(`/sessions/${id}`)).body.status, 'processing'),
        {
          intervalMs: 10,
        },
      );
      await first.kill('SIGKILL');
      worker = await startWorker(env);
      const session = await client.waitForSession(id, { timeoutMs: 30_000 });
      assert.equal(session.files[0]?.status, 'completed', JSON.stringify(session.files[0]));
      assert.equal(session.totals.new, 20_000);
    } finally {
      await first.stop();
    }
  });

  it('closes in order at SIGTERM, well within its limit', async () => {
    for (const service of [worker, api]) {
      const startedAt = performance.now();
      const exit = await service.kill('SIGTERM');
      assert.equal(exit.code, 0, service.output().slice(-2_000));
      assert.ok(performance.now() - startedAt < 10_000);
      assert.ok(service.logs().some((line) => line['msg'] === 'closed'));
    }
  });

  it('reports all faults of its configuration at once and exits with 1', async () => {
    const script = fileURLToPath(new URL('../../dist/api/server.js', import.meta.url));
    const child = spawn(process.execPath, [script], {
      env: { PATH: process.env['PATH'], PORT: 'many', JWT_SECRETS: 'k1:short', MAX_FILES: '0', STORAGE_URL: 'ftp://x' },
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    assert.equal(code, 1);
    for (const variable of ['DATABASE_URL', 'PORT', 'JWT_SECRETS', 'MAX_FILES', 'STORAGE_URL'])
      assert.match(stderr, new RegExp(`^${variable}: `, 'm'));
    assert.doesNotMatch(stderr, /k1:short|at .*\.js/);
  });
});
