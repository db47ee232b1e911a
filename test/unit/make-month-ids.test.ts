import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { HEADERS, type ReportName } from '../../scripts/make-month/layouts.ts';
import { planInventedSales } from '../../scripts/make-month/sales.ts';
import { parseWallTime } from '../../scripts/make-month/wall-clock.ts';
import { writeMonth } from '../../scripts/make-month/write-month.ts';
import { makeMonth } from '../support/chaos/months.ts';
import { isLong } from '../support/long.ts';

/** What names a record, or is looked up as if it did: columns whose cells no other row may have. */
const IDS: Record<ReportName, readonly (readonly string[])[]> = {
  happy_workers: [['Номер заказа']],
  vendhub: [['ID'], ['Номер заказа']],
  fiscal_bills: [['Фискальный модуль', 'Номер чека']],
  payme: [
    ['ИДЕНТИФИКАТОР ПЛАТЕЖА \n (ПЛАТЕЖНАЯ СИСТЕМА)'],
    ['ИДЕНТИФИКАТОР ПЛАТЕЖА (ПОСТАВЩИК)'],
    ['RRN'],
    ['НОМЕР ЗАКАЗА'],
  ],
  click: [['Click ID'], ['Идент-р']],
  uzum: [['receiptId']],
};

const PERIODS = isLong ? 300 : 30;
const DAYS = isLong ? 60 : 10;

/** Gives every id of a report that an earlier one had. */
function createReader(): (report: ReportName, text: string, period: number) => string[] {
  const firstSeen = new Map<string, number>();
  return (report, text, period) => {
    const header = HEADERS[report];
    const lines: string[][] = parse(text, {
      bom: true,
      delimiter: report === 'happy_workers' ? ',' : ';',
      relax_column_count: true,
    });
    const rows = lines.slice(lines.findIndex((cells) => cells[0] === header[0]) + 1);
    assert.ok(rows.length > 0, `${report} of period ${period} has rows`);
    return rows.flatMap((cells) =>
      IDS[report].flatMap((columns) => {
        const id = columns.map((column) => cells[header.indexOf(column)]).join(' ');
        const key = `${report}, ${columns.join(' ')} ${id}`;
        const earlier = firstSeen.get(key);
        firstSeen.set(key, period);
        return earlier === undefined ? [] : [`${key} in periods ${earlier} and ${period}`];
      }),
    );
  };
}

describe('ids of periods of one seed', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'vhm24r-ids-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('never meet, in small and large periods', async () => {
    const met = createReader();
    const shared: string[] = [];
    for (let period = 0; period < PERIODS; period++) {
      const { reports } = await makeMonth(502, period);
      for (const { name, content } of reports)
        shared.push(...met(name.split('-')[0] as ReportName, new TextDecoder().decode(content), period));
    }
    assert.deepEqual(shared, []);
  });

  it('never meet in days that follow each other, whenever the first sale of each is', async () => {
    const met = createReader();
    const shared: string[] = [];
    for (let day = 0; day < DAYS; day++) {
      await writeMonth({
        outFolder: folder,
        plan: planInventedSales({
          seed: 1_000 + day,
          count: 300,
          days: 1,
          from: parseWallTime('2025-05-01') + day * 86_400,
        }),
        seed: 1_000 + day,
        machineCount: 3,
        anomalyShare: 0.1,
        formats: ['csv'],
      });
      for (const name of Object.keys(IDS) as ReportName[])
        shared.push(...met(name, await readFile(join(folder, `${name}.csv`), 'utf8'), day));
    }
    assert.deepEqual(shared, []);
  });
});
