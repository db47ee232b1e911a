import assert from 'node:assert/strict';
import type pg from 'pg';
import { createApiClient } from '../../scripts/api-client.ts';
import { loadConfig } from '../../shared/config.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { createRun, queueRunOnChangedSettings } from '../../shared/reconcile/run-period.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { coverTime, DEFAULT_MATCHING, loadWorld, openTestClient } from '../support/load-world.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { hw, payment, receipt, sold, START, vh, worldOf } from '../support/reference/world-builders.ts';
import { ownTimeMs } from '../support/own-time.ts';

interface CountAndSum {
  count: number;
  sum: string;
}
interface SummaryBody {
  from: string | null;
  to: string | null;
  total: CountAndSum;
  pending: CountAndSum;
  settled: CountAndSum;
  byStatus: (CountAndSum & { status: string; pending: CountAndSum })[];
  byIssue: (CountAndSum & { issue: string })[];
  bySource: (CountAndSum & { source: string })[];
  byMachine: (CountAndSum & { machineCode: string | null; problems: number })[];
  byDay: (CountAndSum & { day: string; problems: number })[];
  coverage: { source: string; ranges: { from: string; to: string }[]; days: { day: string; rows: number }[] }[];
  histograms: {
    pair: string;
    toleranceS: number;
    matchedAt2x: number;
    buckets: { fromS: number | null; toS: number | null; count: number }[];
  }[];
}
interface RunBody {
  id: string;
  status: string;
  from: string | null;
  ordersEvaluated: number | null;
  ordersChanged: number | null;
}

const DAY = 86_400;
const NOON_NEXT = START + DAY;

describe('the summary of reconciliation and its re-runs', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let client: pg.Client;
  let db: Db;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    db = createDatabase({ url: database.url, poolMax: 4, applicationName: 'test', logger: createSilentLogger() });
    await coverTime(client, START - 2 * DAY, START + 2 * DAY);
    await loadWorld(
      client,
      worldOf(
        [
          ...sold('A', 0),
          receipt({ time: START + 5 }),
          // 90 s off: nothing at 60 s, a match at 120 s
          ...sold('B', 3_600),
          receipt({ key: 'M:101', checkNumber: '101', time: START + 3_690 }),
          // farther than twice the window
          ...sold('C', 7_200),
          receipt({ key: 'M:102', checkNumber: '102', time: START + 7_350 }),
          // another amount
          ...sold('D', 10_800),
          receipt({ key: 'M:103', checkNumber: '103', time: START + 10_890, amount: 9_000, cashAmount: 9_000 }),
          ...sold('P', 14_400, { type: 'qr', price: 20_000 }),
          payment('click', { time: START + 14_475, amount: 20_000 }),
          hw({
            orderNumber: 'LATE',
            creationTime: START + 18_000,
            payingTime: START + 18_000,
            deliveryTime: START + 18_040,
          }),
          vh({ orderNumber: 'LATE', eventTime: START + 18_040 + 100 }),
          hw({
            orderNumber: 'NEXT',
            creationTime: NOON_NEXT,
            payingTime: NOON_NEXT,
            deliveryTime: NOON_NEXT + 40,
            price: 30_000,
          }),
        ],
        { notLoaded: ['vendhub', 'fiscal_bills', 'payme', 'click', 'uzum'] },
      ),
    );
    api = await openTestApi({ DATABASE_URL: database.url });
  });
  after(async () => {
    await api?.close();
    await db?.destroy();
    await client?.end();
    await database?.drop();
  });

  const summary = async (query = ''): Promise<SummaryBody> => {
    const answer = await api.client.get<SummaryBody>(`/reconciliation/summary${query}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };
  const shown = <Row extends CountAndSum>(rows: readonly Row[], key: keyof Row) =>
    Object.fromEntries(rows.map((row) => [String(row[key]), [row.count, row.sum]]));

  it('counts and sums by status, issue, source, machine and day', async () => {
    const body = await summary();
    assert.deepEqual(body.total, { count: 11, sum: '149000' });
    assert.deepEqual(shown(body.byStatus, 'status'), {
      click_only: [1, '20000'],
      fiscal_mismatch: [3, '30000'],
      fiscal_only: [3, '29000'],
      fully_matched: [1, '10000'],
      gateway_mismatch: [1, '20000'],
      hw_only: [1, '30000'],
      time_out_of_range: [1, '10000'],
    });
    assert.deepEqual(shown(body.bySource, 'source'), {
      happy_workers: [7, '100000'],
      vendhub: [6, '70000'],
      fiscal_bills: [4, '39000'],
      click: [1, '20000'],
    });
    assert.deepEqual(shown(body.byIssue, 'issue'), { fiscal_mismatch: [2, '40000'] });
    assert.deepEqual(
      body.byDay.map(({ day, count, problems }) => [day, count, problems]),
      [
        ['2025-06-10', 10, 9],
        ['2025-06-11', 1, 1],
      ],
    );
    assert.deepEqual(
      body.byMachine.map(({ machineCode, count }) => [machineCode, count]),
      [
        ['a7ca181f0000', 7],
        [null, 4],
      ],
    );
    assert.deepEqual([body.pending.count, body.settled.count], [0, 0]);
    const machines = body.coverage.find(({ source }) => source === 'happy_workers');
    assert.equal(machines?.ranges.length, 1);
    assert.deepEqual(machines?.days, [
      { day: '2025-06-10', rows: 6 },
      { day: '2025-06-11', rows: 1 },
    ]);
  });

  it('sums up the days asked for alone', async () => {
    const body = await summary('?from=2025-06-11&to=2025-06-11');
    assert.deepEqual([body.from, body.to], ['2025-06-11T00:00:00.000+05:00', '2025-06-12T00:00:00.000+05:00']);
    assert.deepEqual(
      [body.total, shown(body.byStatus, 'status')],
      [{ count: 1, sum: '30000' }, { hw_only: [1, '30000'] }],
    );
    assert.equal((await api.client.get('/reconciliation/summary?day=1')).status, 400);
  });

  it('shows how far records lie apart, and what twice the window would match', async () => {
    const pairs = new Map((await summary()).histograms.map((one) => [one.pair, one]));
    assert.deepEqual(
      [...pairs].map(([pair, { toleranceS, matchedAt2x }]) => [pair, toleranceS, matchedAt2x]),
      [
        ['happy_workers-vendhub', 60, 1],
        ['happy_workers-fiscal_bills', 60, 1],
        ['happy_workers-payme', 60, 0],
        ['happy_workers-click', 60, 1],
        ['happy_workers-uzum', 60, 0],
      ],
    );
    const full = (pair: string) =>
      pairs
        .get(pair)
        ?.buckets.filter(({ count }) => count > 0)
        .map(({ fromS, toS, count }) => [fromS, toS, count]);
    assert.deepEqual(full('happy_workers-vendhub'), [
      [0, 2, 5],
      [60, 120, 1],
    ]);
    assert.deepEqual(full('happy_workers-fiscal_bills'), [[5, 10, 1]]);
  });

  it('re-runs a period as a job, once, and says what it came to', async () => {
    await client.query(`update orders set status = 'unmatched', issues = '{}' where order_number in ('A', 'NEXT')`);
    const refused = await api.client.post<{ error: { code: string } }>('/reconciliation/runs', {
      from: '2025-06-12',
      to: '2025-06-10',
    });
    assert.deepEqual([refused.status, refused.body.error.code], [400, 'validation_failed']);
    const queued = await api.client.post<RunBody>('/reconciliation/runs', { from: '2025-06-10', to: '2025-06-10' });
    assert.deepEqual(
      [queued.status, queued.headers.get('location')],
      [202, `/api/v1/reconciliation/runs/${queued.body.id}`],
    );
    const run = await eventually(async () => {
      const { body } = await api.client.get<RunBody>(`/reconciliation/runs/${queued.body.id}`);
      assert.equal(body.status, 'completed');
      return body;
    });
    assert.deepEqual([run.from, run.ordersEvaluated, run.ordersChanged], ['2025-06-10T00:00:00.000+05:00', 10, 1]);
    const { rows } = await client.query(
      `select order_number, status from orders where order_number in ('A', 'NEXT') order by 1`,
    );
    assert.deepEqual(rows, [
      { order_number: 'A', status: 'fully_matched' },
      { order_number: 'NEXT', status: 'unmatched' },
    ]);
    assert.equal((await api.client.get('/reconciliation/runs/00000000-0000-4000-8000-000000000000')).status, 404);
  });

  it('keeps a viewer who asks for ever other periods from stalling anybody else', async () => {
    const viewer = await makePerson(api.opened.resources.db);
    const asking = createApiClient(api.url);
    await asking.login(viewer.email, viewer.password);
    await client.query('begin');
    await client.query('lock table order_sums in access exclusive mode');
    const flood = Array.from({ length: 40 }, (_, n) =>
      asking.get<{ error?: { code: string } }>(
        `/reconciliation/summary?from=2025-06-${10 + (n % 10)}T0${n % 10}:00:00.${100 + n}Z`,
      ),
    );
    try {
      for (let n = 0; n < 5; n++) {
        const startedMs = ownTimeMs();
        const answers = await Promise.all([
          api.client.get('/orders'),
          fetch(`${api.url}/readyz`),
          createApiClient(api.url).login(viewer.email, viewer.password),
        ]);
        assert.deepEqual([answers[0].status, answers[1].status], [200, 200]);
        assert.ok(ownTimeMs() - startedMs < 2_500, `others were answered after ${ownTimeMs() - startedMs} ms`);
      }
    } finally {
      await client.query('rollback');
    }
    const refused = (await Promise.all(flood)).filter(({ status }) => status !== 200);
    assert.ok(
      refused.every(({ status, headers }) => [429, 503].includes(status) && Number(headers.get('retry-after')) > 0),
      'whoever asks too much at once is told when to come back',
    );
    assert.ok(refused.some(({ status }) => status === 429));
  });

  it('takes periods that differ by less than a minute for one answer, and says which', async () => {
    const [one, other] = [
      await summary('?from=2025-06-10T05:00:00.001Z'),
      await summary('?from=2025-06-10T05:00:59.999Z'),
    ];
    assert.deepEqual([one.from, other.from], ['2025-06-10T10:00:00.000+05:00', '2025-06-10T10:00:00.000+05:00']);
  });

  it('waits with a run until the merge at work has ended, without losing it to anybody', async () => {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${MERGE_LOCK_KEY})`);
    const queued = await api.client.post<RunBody>('/reconciliation/runs', {});
    await eventually(async () =>
      assert.equal((await api.client.get<RunBody>(`/reconciliation/runs/${queued.body.id}`)).body.status, 'processing'),
    );
    await client.query('commit');
    await eventually(async () =>
      assert.equal((await api.client.get<RunBody>(`/reconciliation/runs/${queued.body.id}`)).body.status, 'completed'),
    );
    const { rows } = await client.query(`select fence from reconciliation_runs where id = $1`, [queued.body.id]);
    assert.deepEqual(rows, [{ fence: '1' }]);
  });

  it('queues no second run of a period behind one that has not begun', async () => {
    const ask = async (from: string) =>
      (await api.client.post<RunBody>('/reconciliation/runs', { from, to: '2025-06-12' })).body.id;
    const waiting = await createRun(db, {
      from: new Date('2025-06-11T00:00:00+05:00'),
      to: new Date('2025-06-13T00:00:00+05:00'),
      reason: 'manual',
      createdBy: null,
    });
    await client.query(`update reconciliation_runs set next_attempt_at = 'infinity' where id = $1`, [waiting]);
    assert.deepEqual([await ask('2025-06-11'), await ask('2025-06-11')], [waiting, waiting]);
    assert.notEqual(await ask('2025-06-12'), waiting);
    await client.query(`update reconciliation_runs set status = 'processing', lease_until = 'infinity' where id = $1`, [
      waiting,
    ]);
    assert.notEqual(await ask('2025-06-11'), waiting, 'one that has begun may have read before this change');
    await client.query('delete from reconciliation_runs where id = $1', [waiting]);
  });

  it('queues one full re-run when the windows change, however many services start with them', async () => {
    await eventually(async () =>
      assert.equal((await client.query(`select 1 from system_settings where name = 'matching'`)).rowCount, 1),
    );
    const wider = { ...DEFAULT_MATCHING, fiscalWindowS: 120 };
    assert.equal(await queueRunOnChangedSettings(db, { ...DEFAULT_MATCHING }), null);
    const started = await Promise.all([1, 2, 3, 4].map(() => queueRunOnChangedSettings(db, wider)));
    assert.equal(started.filter((id) => id !== null).length, 1);
    await client.query(`delete from reconciliation_runs where reason = 'settings' and status = 'queued'`);
  });

  it('re-runs by itself at the start of a service with other windows', async () => {
    await api.close();
    const env = { DATABASE_URL: database.url, TIME_TOLERANCE_S: '100' };
    assert.equal(loadConfig(env, 'tool').matching.fiscalWindowS, 100);
    api = await openTestApi(env, { sweepIntervalMs: 100 });
    await eventually(async () => {
      const { body } = await api.client.get<{ items: { status: string }[] }>('/orders?q=M:101');
      assert.deepEqual(
        body.items.map(({ status }) => status),
        ['fully_matched'],
      );
    });
    // LATE is in time now, and lacks a receipt as C and D do
    assert.equal((await api.client.get<{ count: number }>('/orders/totals?status=fiscal_mismatch')).body.count, 3);
  });
});
