import assert from 'node:assert/strict';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { renderReport } from '../support/reference/render-reports.ts';
import { payment, sold, START } from '../support/reference/world-builders.ts';
import type { WorldRecord, WorldSource } from '../support/reference/world.ts';

interface CountAndSum {
  count: number;
  sum: string;
}
interface FileBody {
  id: string;
  status: string;
  warnings: { code: string; params: Record<string, unknown>; message: string }[];
}
interface SummaryBody {
  total: CountAndSum;
  pending: CountAndSum;
  byStatus: (CountAndSum & { status: string; pending: CountAndSum })[];
  byDay: (CountAndSum & { day: string; problems: number; pending: CountAndSum })[];
  byMachine: (CountAndSum & { problems: number; pending: CountAndSum })[];
  coverage: { source: string; emptyDays: string[] }[];
}
interface DetailBody {
  status: string;
  why: {
    coverage: { source: string; emptyDay: boolean }[];
    differences: { code: string; params: Record<string, string>; message: string }[];
  };
}

const DAY = 86_400;
const byClick = { type: 'click' } as const;
/** 10 to 12 June sold by Click each day; the server has not told of the 13th yet. */
const days = [0, 1, 2].flatMap((day) => sold(`DAY-${day}`, day * DAY, byClick));
const notToldYet = sold('UNTOLD', 3 * DAY, byClick).filter(({ source }) => source === 'happy_workers');

describe('reports that are not complete', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let api: InProcessApi;
  const files: Partial<Record<WorldSource, FileBody>> = {};

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
    const reports: [WorldSource, readonly WorldRecord[]][] = [
      ['happy_workers', [...days, ...notToldYet]],
      ['vendhub', days],
      ['click', [0, 2].map((day) => payment('click', { key: `900${day}`, time: START + day * DAY }))],
      // of a month without any order
      ['payme', [payment('payme', { key: 'a1b2', time: START + 60 * DAY })]],
    ];
    for (const [source, records] of reports) {
      const own = records
        .filter((record) => record.source === source)
        .map((record, at) => (record.source === 'vendhub' ? { ...record, key: String(1001 + at) } : record));
      const content = renderReport({ name: `${source}.csv`, source, records: own });
      const { body } = await api.client.upload([{ name: `${source}.csv`, content }]);
      const session = await api.client.waitForSession(body.session.id);
      assert.equal(session.status, 'completed', JSON.stringify(session.files));
      files[source] = (await api.client.get<FileBody>(`/files/${session.files[0]!.id}`)).body;
    }
  });
  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const summary = async (): Promise<SummaryBody> => (await api.client.get<SummaryBody>('/reconciliation/summary')).body;

  it('a file that skips a day on which others sold says which, and the other files say nothing', () => {
    const told = files.click?.warnings.find(({ code }) => code === 'empty_days');
    assert.deepEqual([told?.params['count'], told?.params['days'], told?.params['source']], [1, '11.06.2025', 'click']);
    assert.match(told?.message ?? '', /11\.06\.2025/);
    for (const source of ['happy_workers', 'vendhub', 'payme'] as const)
      assert.deepEqual(
        files[source]?.warnings.filter(({ code }) => code === 'empty_days'),
        [],
        source,
      );
  });

  it('the calendar marks that day, and no other', async () => {
    const { coverage } = await summary();
    const marked = coverage
      .filter(({ emptyDays }) => emptyDays.length > 0)
      .map(({ source, emptyDays }) => [source, emptyDays]);
    assert.deepEqual(marked, [['click', ['2025-06-11']]]);
  });

  it('an order of that day asks whether the report is complete, an order of another day does not', async () => {
    const detail = async (number: string): Promise<DetailBody> => {
      const { body } = await api.client.get<{ items: { id: string }[] }>(`/orders?q=${number}`);
      return (await api.client.get<DetailBody>(`/orders/${body.items[0]!.id}`)).body;
    };
    const lacking = await detail('DAY-1');
    assert.equal(lacking.status, 'gateway_mismatch');
    const asked = lacking.why.differences.find(({ code }) => code === 'no_rows_that_day');
    assert.equal(asked?.params['source'], 'click');
    assert.match(asked?.message ?? '', /11\.06\.2025/);
    assert.deepEqual(
      lacking.why.coverage.filter(({ emptyDay }) => emptyDay).map(({ source }) => source),
      ['click'],
    );
    const whole = await detail('DAY-0');
    assert.deepEqual([whole.status, whole.why.differences.map(({ code }) => code)], ['fully_matched', []]);
  });

  it('orders that wait for a report are counted apart from those that need attention', async () => {
    const body = await summary();
    // the order that the server has not told of, and the payment of a month without orders
    assert.deepEqual(body.pending, { count: 2, sum: '20000' });
    assert.deepEqual(
      body.byDay
        .filter(({ day }) => day < '2025-07')
        .map(({ day, count, problems, pending }) => [day, count, problems, pending.count]),
      [
        ['2025-06-10', 1, 0, 0],
        ['2025-06-11', 1, 1, 0],
        ['2025-06-12', 1, 0, 0],
        ['2025-06-13', 1, 0, 1],
      ],
    );
    const waiting = body.byStatus.find(({ status }) => status === 'hw_only');
    assert.deepEqual([waiting?.count, waiting?.pending.count], [1, 1]);
    const machine = body.byMachine.find(({ count }) => count === 4);
    assert.deepEqual([machine?.problems, machine?.pending.count], [1, 1]);
  });

  it('payments of a month whose orders are not loaded are no alarm', async () => {
    const { body } = await api.client.get<{
      items: { month: string; gateway: string; level: string; loaded: string }[];
    }>('/analytics/gateway-totals');
    const of = (month: string, gateway: string) => {
      const found = body.items.find((item) => item.month === month && item.gateway === gateway);
      return [found?.level, found?.loaded];
    };
    assert.deepEqual(of('2025-08', 'payme'), ['not_loaded', 'none']);
    assert.deepEqual(of('2025-08', 'all'), ['not_loaded', 'none']);
    assert.equal(of('2025-06', 'click')[0], 'critical');
  });
});
