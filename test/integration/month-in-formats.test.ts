/**
 * A month of six reports gives the same records, orders, statuses and issues whatever format it comes in, also mixed
 * and in folders inside archives. TEST_LONG=1 takes all six reports of the month of examples/ in each format.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { HEADERS, REPORT_NAMES, type ReportName } from '../../scripts/make-month/layouts.ts';
import { planInventedSales } from '../../scripts/make-month/sales.ts';
import { parseWallTime } from '../../scripts/make-month/wall-clock.ts';
import { writeMonth } from '../../scripts/make-month/write-month.ts';
import { PACKERS, TABLE_FORMATS, type TableFormat } from '../support/formats/table-formats.ts';
import type { TextRows } from '../support/formats/text-formats.ts';
import { openTestApi } from '../support/in-process-api.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { readPath } from '../unit/readers/reading.ts';
import { isLong } from '../support/long.ts';

const SEED = 24;
const SALES = isLong ? { count: 2_500, days: 30 } : { count: 220, days: 6 };
const TRUTH_TIMEOUT_MS = isLong ? 300_000 : 60_000;

type Upload = { name: string; content: Uint8Array<ArrayBuffer> };

/** What a month left in the database, without what tells where it came from. */
interface Loaded {
  files: string[];
  orders: string[];
  records: string[];
}

const RECORD_TABLES = ['happy_workers_orders', 'vendhub_sales', 'fiscal_receipts', 'gateway_payments'];
const ORIGIN = ['id', 'order_id', 'orphan_order_id', 'file_id', 'sheet', 'source_row', 'seq', 'field_seq', 'coarse'];

describe('the month in every format', function () {
  this.timeout(isLong ? 1_800_000 : 120_000);
  let folder: string;
  let reports: Record<ReportName, TextRows>;
  let asCsv: Loaded;
  let truth: { orders: Record<string, { status: string }> };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-month-'));
    await writeMonth({
      outFolder: folder,
      plan: planInventedSales({ seed: SEED, from: parseWallTime('2025-06-01'), ...SALES }),
      seed: SEED,
      machineCount: 12,
      anomalyShare: 0.15,
      formats: ['csv', 'xlsx'],
    });
    truth = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as typeof truth;
    const tables = await Promise.all(
      REPORT_NAMES.map(async (name) => [name, await rowsOf(join(folder, `${name}.csv`))] as const),
    );
    reports = Object.fromEntries(tables) as typeof reports;
    asCsv = await loaded(await asMade('csv'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function asMade(extension: 'csv' | 'xlsx'): Promise<Upload[]> {
    const made = REPORT_NAMES.map(async (report) => {
      const name = `${report}.${extension}`;
      return { name, content: new Uint8Array(await readFile(join(folder, name))) };
    });
    return Promise.all(made);
  }

  async function written(report: ReportName, format: TableFormat): Promise<Uint8Array<ArrayBuffer>> {
    const rows = reports[report];
    const header = rows.findIndex((row) => row[0] === HEADERS[report][0] && row[1] === HEADERS[report][1]);
    return new Uint8Array(await format.write(format.headerFirst === true ? rows.slice(header) : rows));
  }

  /** The report of this place in the list, in the format of that place, round and round. */
  async function mixed(first: number, nameOf: (report: ReportName, format: TableFormat) => string): Promise<Upload[]> {
    const files = REPORT_NAMES.map(async (report, i) => {
      const format = TABLE_FORMATS[(first + i) % TABLE_FORMATS.length]!;
      return { name: nameOf(report, format), content: await written(report, format) };
    });
    return Promise.all(files);
  }

  function same(got: Loaded): void {
    assert.deepEqual(got.files, asCsv.files);
    assert.deepEqual(got.records, asCsv.records);
    assert.deepEqual(got.orders, asCsv.orders);
  }

  it('as csv gives the truth', () => {
    assert.ok(Object.keys(truth.orders).length > 200);
    const statuses = Object.fromEntries(
      asCsv.orders.map((line) => line.split('|')).map(([number, status]) => [number, status]),
    );
    for (const [number, { status }] of Object.entries(truth.orders)) assert.equal(statuses[number], status, number);
    assert.equal(asCsv.files.length, 6);
  });

  if (isLong) {
    it('as xlsx with numbers and dates as its cells have them', async () => same(await loaded(await asMade('xlsx'))));

    for (const format of TABLE_FORMATS) {
      it(`as ${format.name}`, async () => {
        const files = REPORT_NAMES.map(async (report) => ({
          name: `${report}.${format.extension}`,
          content: await written(report, format),
        }));
        same(await loaded(await Promise.all(files)));
      });
    }

    it('in two archives and as plain files side by side', async () => {
      const files = await mixed(11, (report, { extension }) => `${report}.${extension}`);
      const packed = (name: string, pack: keyof typeof PACKERS, part: Upload[]) =>
        Promise.resolve(
          PACKERS[pack](Object.fromEntries(part.map((file) => [`отчёты/${file.name}`, file.content]))),
        ).then((content) => ({
          name,
          content: new Uint8Array(content),
        }));
      same(
        await loaded([
          await packed('first.rar', 'rar5', files.slice(0, 2)),
          await packed('second.zip', 'zip', files.slice(2, 4)),
          ...files.slice(4),
        ]),
      );
    });
  }

  // Three turns of six take every format.
  for (const [turn, pack] of (['zip', 'rar5', 'rar4'] as const).entries()) {
    it(`mixed and in folders inside a ${pack}`, async () => {
      const members = await mixed(
        turn * REPORT_NAMES.length,
        (report, { extension }) => `june/${report}/old/${report}.${extension}`,
      );
      const content = new Uint8Array(
        await PACKERS[pack](Object.fromEntries(members.map((file) => [file.name, file.content]))),
      );
      same(await loaded([{ name: `month.${pack.slice(0, 3)}`, content }]));
    });
  }
});

async function rowsOf(path: string): Promise<TextRows> {
  const { tables } = await readPath(path);
  const rows = tables[0]!.rows.map(({ cells }) => cells.map((cell) => (cell === null ? null : String(cell))));
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? null));
}

/** Loads the files into a database of their own, through an api without a queue. */
async function loaded(uploads: readonly Upload[]): Promise<Loaded> {
  const database = await createTestDatabase();
  const api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '120000' });
  try {
    const { body } = await api.client.upload(uploads);
    const session = await api.client.waitForSession(body.session.id, { timeoutMs: TRUTH_TIMEOUT_MS });
    for (const { name, status, error } of session.files)
      assert.equal(status, 'completed', `${name} ${JSON.stringify(error)}`);
    return { files: reportsOf(session.files), ...(await contentOf(database.url)) };
  } finally {
    await api.close();
    await database.drop();
  }
}

const reportsOf = (
  files: readonly { source: string | null; rows: { read: number; new: number; rejected: number } }[],
): string[] =>
  files
    .filter(({ source }) => source !== null)
    .map(({ source, rows }) => `${source} read ${rows.read} new ${rows.new} rejected ${rows.rejected}`)
    .toSorted();

async function contentOf(url: string): Promise<Omit<Loaded, 'files'>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const lines = async (text: string) => (await client.query<{ line: string }>(text)).rows.map(({ line }) => line);
    const orders = await lines(
      `select concat_ws('|', o.order_number, o.status, o.pending, o.payment_type, o.price, o.time,
         (select string_agg(i.code, ',' order by i.code) from order_issues i where i.order_id = o.id)) as line
       from orders o order by 1`,
    );
    const records: string[] = [];
    for (const table of RECORD_TABLES)
      records.push(
        ...(await lines(
          `select (to_jsonb(t) - '{${ORIGIN.join()}}'::text[])::text as line from ${table} t order by natural_key`,
        )),
      );
    return { orders, records };
  } finally {
    await client.end();
  }
}
