import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shape } from '../../client/shapes.ts';
import type { SessionBody, Upload } from '../../scripts/api-client.ts';
import { REPORT_NAMES } from '../../scripts/make-month/layouts.ts';
import { planInventedSales } from '../../scripts/make-month/sales.ts';
import { parseWallTime } from '../../scripts/make-month/wall-clock.ts';
import { writeMonth } from '../../scripts/make-month/write-month.ts';
import { tellMissingDays } from '../../shared/coverage/tell-missing-days.ts';
import { execute, selectRows } from '../../shared/db/rows.ts';
import { noticeText } from '../../shared/texts/notices.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

type Item = Shape<'MissingDays'>;

/** June of make-month, and the week that is cut out of Click's register. */
const WEEK = { from: '2025-06-10', to: '2025-06-16' };
const JUNE = 'from=2025-06-01&to=2025-06-30';

describe('missing days', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-missing-'));
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
    await writeMonth({
      outFolder: folder,
      plan: planInventedSales({ seed: 7, from: parseWallTime('2025-06-01'), days: 30, count: 1_500 }),
      seed: 7,
      machineCount: 3,
      anomalyShare: 0,
      formats: ['csv'],
    });
  });
  after(async () => {
    await api?.close();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const db = () => api.opened.resources.db;

  async function report(name: string): Promise<string> {
    return readFile(join(folder, `${name}.csv`), 'utf8');
  }

  /** The rows of a report whose day is wanted, with its header. */
  function rowsOf(text: string, isWanted: (day: string) => boolean): string {
    return text
      .split(/(?<=\n)/)
      .filter((line) => isWanted(dayOf(line) ?? '') || dayOf(line) === null)
      .join('');
  }

  async function load(files: readonly Upload[]): Promise<SessionBody> {
    const sent = await api.client.upload(files);
    const session = await api.client.waitForSession(sent.body.session.id);
    assert.deepEqual(
      session.files.map(({ name, status }) => `${name} ${status}`),
      session.files.map(({ name }) => `${name} completed`),
    );
    return session;
  }

  async function missing(query = JUNE): Promise<Item[]> {
    const { status, body } = await api.client.get<{ items: Item[] }>(`/coverage/missing?${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body.items;
  }

  it('says nothing of a first month: each report was loaded once', async () => {
    const others = REPORT_NAMES.filter((name) => !['click', 'vendhub'].includes(name));
    await load(await Promise.all(others.map(async (name) => ({ name: `${name}.csv`, content: await report(name) }))));
    assert.deepEqual(await missing(''), []);
  });

  it('names the week that was cut out of a month, and not the days that are not due', async () => {
    const click = await report('click');
    await load([{ name: 'click-1.csv', content: rowsOf(click, (day) => day < WEEK.from) }]);
    assert.deepEqual(await missing(''), [], 'loaded once');
    await load([{ name: 'click-2.csv', content: rowsOf(click, (day) => day > WEEK.to) }]);
    const items = await missing();
    assert.deepEqual(
      items.map(({ lastSeen: _lastSeen, ...item }) => item),
      [{ source: 'click', ...WEEK, days: 7, expectedBy: '2025-06-11' }],
    );
    assert.ok(Math.abs(Date.now() - Date.parse(items[0]?.lastSeen ?? '')) < 600_000, items[0]?.lastSeen);
  });

  it('keeps to the period that was asked for, days or instants', async () => {
    const shown = async (query: string) => (await missing(query)).map(({ from, to, days }) => [from, to, days]);
    assert.deepEqual(await shown('from=2025-06-12&to=2025-06-13'), [['2025-06-12', '2025-06-13', 2]]);
    assert.deepEqual(await shown('to=2025-06-11T00:00:00%2B05:00'), [['2025-06-10', '2025-06-10', 1]]);
    assert.deepEqual(await shown('from=2025-06-17&to=2025-06-30'), []);
    const all = await missing('');
    assert.deepEqual(
      all.map(({ source, from }) => [source, from]),
      [
        ['click', '2025-06-10'],
        ['click', all[1]?.from],
      ],
      'after its last day too, up to the day before yesterday',
    );
    const dayBeforeYesterday = new Date(Date.now() + 5 * 3_600_000 - 2 * 86_400_000).toISOString().slice(0, 10);
    assert.equal(all[1]?.to, dayBeforeYesterday);
  });

  it('tells each missing day once, and again only when it went missing again', async () => {
    const told = async (at: string): Promise<string | null> => {
      await execute(db(), 'delete from notices');
      await tellMissingDays(db(), new Date(at));
      const [notice] = await selectRows<{ kind: 'days_missing'; params: Record<string, string> }>(
        db(),
        'select kind, params from notices',
      );
      return notice === undefined ? null : noticeText(notice.kind, notice.params);
    };
    // the clock of the notice is that of its due time: three days after the month's end
    await execute(db(), `update uploaded_files set completed_at = '2025-07-01T09:00:00+05:00'`);
    const first = await told('2025-07-02T10:00:00+05:00');
    assert.equal(
      first,
      [
        'VHM24R',
        'Не загружены отчёты:',
        'Click, 10.06.2025–16.06.2025: выгрузите реестр платежей в кабинете продавца Click',
        'Reports not loaded:',
        'Click, 10.06.2025–16.06.2025: export the payment register in the Click merchant cabinet',
        'Hisobotlar yuklanmagan:',
        'Click, 10.06.2025–16.06.2025: Click sotuvchi kabinetidan toʻlovlar reyestrini yuklab oling',
      ].join('\n'),
    );
    assert.equal(await told('2025-07-02T10:00:00+05:00'), null);
    assert.match((await told('2025-07-03T10:00:00+05:00')) ?? '', /Click, 01\.07\.2025: export/);
    assert.match((await told('2025-07-05T10:00:00+05:00')) ?? '', /Click, 02\.07\.2025–03\.07\.2025: export/);
  });

  it('names a hole of hours between two files in which the machines have sales, and no hole of a quiet night', async () => {
    const day = '2025-06-20';
    const lines = (await report('vendhub')).split(/(?<=\n)/);
    const ofDay = lines.filter((line) => dayOf(line) === day);
    assert.ok(ofDay.length > 6, 'enough sales on that day');
    const head = lines.filter((line) => dayOf(line) === null);
    const upTo = (last: string) => lines.filter((line) => (dayOf(line) ?? '9') < last);
    const after = lines.filter((line) => (dayOf(line) ?? '0') > day);
    await load([
      { name: 'v1.csv', content: [...head, ...upTo(day), ...ofDay.slice(0, 2)].join('') },
      { name: 'v2.csv', content: [...head, ...ofDay.slice(-2), ...after].join('') },
    ]);
    const holes = async () => (await missing()).filter(({ source }) => source === 'vendhub');
    const [hole, ...rest] = await holes();
    assert.deepEqual(rest, []);
    assert.deepEqual([hole?.from.slice(0, 10), hole?.to.slice(0, 10), hole?.days], [day, day, 1]);
    assert.ok(Date.parse(hole?.from ?? '') < Date.parse(hole?.to ?? ''), JSON.stringify(hole));

    // what lies between the two is there now: each hole that is left holds no sale that VendHub should know of
    await load([{ name: 'v3.csv', content: [...head, ...ofDay.slice(2, -2)].join('') }]);
    assert.deepEqual(await holes(), []);
  });
});

function dayOf(line: string): string | null {
  return /2025-\d\d-\d\d/.exec(line)?.[0] ?? null;
}
