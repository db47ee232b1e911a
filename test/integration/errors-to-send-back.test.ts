/**
 * Files through the real reading, as an operator has them: what is rejected comes back as a table, is mended and sent
 * again.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ExcelJS from 'exceljs';
import { SOURCE_NAMES } from '../../shared/ingest/sources/index.ts';
import { csvBytes, rowsOfHappyWorkers, rowsOfVendhub, xlsxBytes, type Rows } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { readBytes, readPath } from '../unit/readers/reading.ts';

const run = promisify(execFile);

interface FileBody {
  id: string;
  status: string;
  source: string | null;
  openErrors: number;
  corrects: string | null;
  correctedBy: string | null;
  correctedByName: string | null;
  rows: Record<string, number>;
  error: { code: string; params: Record<string, unknown>; message: string } | null;
  warnings: { code: string; params: Record<string, unknown> }[];
  recognition: {
    drift: { added: string[]; removed: string[] } | null;
    question: { code: string } | null;
    columns: { header: string; field: string | null }[];
  };
}

describe('errors to send back', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '25000', ERROR_CEILING: 'uzum:2' });
  });
  after(async () => {
    await api.close();
    await database.drop();
  });

  async function upload(name: string, content: Uint8Array | string): Promise<FileBody> {
    const answer = await api.client.upload([{ name, content: content as string }]);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return file(answer.body.session.files[0]!.id);
  }

  const file = async (id: string): Promise<FileBody> => (await api.client.get<FileBody>(`/files/${id}`)).body;

  async function download(path: string): Promise<Buffer> {
    const answer = await fetch(`${api.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${api.client.token}` },
    });
    assert.equal(answer.status, 200, await (answer.ok ? '' : answer.text()));
    return Buffer.from(await answer.arrayBuffer());
  }

  /** The first sheet as text, and the addresses of its coloured cells. */
  async function opened(bytes: Buffer): Promise<{ rows: string[][]; marked: string[]; book: ExcelJS.Workbook }> {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
    const sheet = book.worksheets[0]!;
    const rows: string[][] = [];
    const marked: string[] = [];
    sheet.eachRow((row) => {
      rows.push(Array.from({ length: sheet.columnCount }, (_, i) => row.getCell(i + 1).text));
      row.eachCell({ includeEmpty: true }, (cell) => {
        if (cell.fill?.type === 'pattern' && cell.fill.pattern === 'solid') marked.push(cell.address);
      });
    });
    return { rows, marked, book };
  }

  /** Four sales, of which the second has no price and the fourth an unreadable time; the comment would be a formula. */
  function faulty(prefix: string): Rows {
    const rows = rowsOfHappyWorkers([1, 2, 3, 4].map((n) => ({ number: `${prefix}-${n}` })));
    const at = (header: string) => rows[0]!.indexOf(header);
    rows[2]![at('Цена заказа')] = '';
    rows[2]![at('Замечание')] = '=1+1';
    rows[4]![at('Время создания')] = '31.02.2025 10:00';
    return rows;
  }

  for (const [format, make] of [
    ['xlsx', (rows: Rows) => xlsxBytes({ sheet1: rows })],
    ['csv', (rows: Rows) => csvBytes(rows, { delimiter: ';', encoding: 'windows-1251' })],
  ] as const) {
    it(`gives the rejected rows of a ${format} back in its own columns, and takes the mended workbook as their correction`, async () => {
      const first = await upload(`sales.${format}`, await make(faulty(`BACK-${format}`)));
      assert.deepEqual([first.status, first.rows['rejected'], first.openErrors], ['completed_with_errors', 2, 2]);
      const { rows, marked, book } = await opened(await download(`/files/${first.id}/errors?format=xlsx`));
      const header = rows[0]!;
      const at = (name: string) => header.indexOf(name);
      assert.deepEqual(header.slice(0, 20), faulty('x')[0]);
      assert.deepEqual(
        rows.slice(1).map((row) => row[at('Номер заказа')]),
        [`BACK-${format}-2`, `BACK-${format}-4`],
      );
      assert.deepEqual(
        rows.slice(1).map((row) => [row[at('code')], row[at('field')], row[at('vhm24r_row')]]),
        [
          ['required_missing', 'order_price', '3'],
          ['time_unreadable', 'creation_time', '5'],
        ],
      );
      assert.equal(rows[1]![at('Замечание')], "'=1+1");
      assert.match(rows[1]![at('reason')]!, /Цена заказа: /);
      assert.deepEqual(marked, ['K2', 'M3']);
      // The operator mends the first row only.
      const sheet = book.worksheets[0]!;
      sheet.getCell('K2').value = 15_000;
      const half = await upload('mended.xlsx', new Uint8Array(await book.xlsx.writeBuffer()));
      assert.deepEqual(
        [half.status, half.rows['new'], half.rows['rejected'], half.corrects],
        ['completed_with_errors', 1, 1, first.id],
      );
      const between = await file(first.id);
      assert.deepEqual(
        [between.status, between.rows['rejected'], between.openErrors, between.correctedBy, between.correctedByName],
        ['completed_with_errors', 2, 1, half.id, 'mended.xlsx'],
      );
      sheet.getCell('M3').value = '2025-06-02 12:30:00';
      const whole = await upload('mended again.xlsx', new Uint8Array(await book.xlsx.writeBuffer()));
      assert.deepEqual([whole.status, whole.corrects, (await file(first.id)).openErrors], ['completed', first.id, 0]);
      const order = await api.client.get<{ items: { id: string; changes: unknown[] }[] }>(`/orders?q=BACK-${format}-2`);
      assert.equal(order.body.items.length, 1);
      // its row came twice: what the workbook added, the reason too, is no data that could change it
      assert.deepEqual([whole.rows['unchanged'], order.body.items[0]?.changes], [1, []]);
    });
  }

  it('opens in LibreOffice with the same rows, of every sheet', async () => {
    const loaded = await upload(
      'office.xlsx',
      await xlsxBytes({ Июнь: faulty('OFFICE-A'), 'July, 2': faulty('OFFICE-B') }),
    );
    assert.equal(loaded.openErrors, 4);
    const sentBytes = await download(`/files/${loaded.id}/errors?format=xlsx`);
    const { book } = await opened(sentBytes);
    const folder = await mkdtemp(join(tmpdir(), 'vhm24r-office-'));
    try {
      await writeFile(join(folder, 'sent.xlsx'), sentBytes);
      // Every sheet as a csv of its own, in utf-8, cells as they are shown.
      const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
      await run('soffice', [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        filter,
        '--outdir',
        folder,
        join(folder, 'sent.xlsx'),
      ]);
      for (const [at, name] of ['Июнь', 'July, 2'].entries()) {
        const { tables } = await readPath(join(folder, `sent-${name}.csv`));
        const shown = tables[0]!.rows.map(({ cells }) => cells.map((cell) => String(cell ?? '')));
        const sheet = book.worksheets[at]!;
        const sent: string[][] = [];
        sheet.eachRow((row) => sent.push(Array.from({ length: sheet.columnCount }, (_, i) => row.getCell(i + 1).text)));
        assert.deepEqual(shown, sent);
        assert.equal(shown.length, 3);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('gives the rejected rows of several sheets as one csv, which comes back as their correction', async () => {
    const english: Rows = [
      [
        'Order number',
        'Goods name',
        'Order status',
        'Machine Code',
        'Order price',
        'Brew status',
        'Creation time',
        'Shift',
      ],
      ['SHEETS-E-1', 'Tea', 'Paid', 'a7ca181f0000', '', 'Delivered', '2025-06-02 12:00:00', 'night'],
      ['SHEETS-E-2', 'Tea', 'Paid', 'a7ca181f0000', '9000', 'Delivered', '2025-06-02 12:10:00', 'day'],
    ];
    const loaded = await upload(
      'sheets.xlsx',
      await xlsxBytes({ one: faulty('SHEETS-A'), two: faulty('SHEETS-B'), three: english }),
    );
    assert.deepEqual([loaded.status, loaded.rows['rejected'], loaded.openErrors], ['completed_with_errors', 5, 5]);
    const csv = (await download(`/files/${loaded.id}/errors?format=csv`)).toString();
    const { tables } = await readBytes(csv);
    const [header, ...rows] = tables[0]!.rows.map(({ cells }) => cells.map((cell) => String(cell ?? '')));
    const at = (name: string) => header!.indexOf(name);
    assert.ok(at('Shift') > 0, 'a column that only one sheet has');
    assert.deepEqual(
      rows.map((row) => [row[at('vhm24r_sheet')], row[at('Номер заказа')]]),
      [
        ['one', 'SHEETS-A-2'],
        ['one', 'SHEETS-A-4'],
        ['two', 'SHEETS-B-2'],
        ['two', 'SHEETS-B-4'],
        ['three', 'SHEETS-E-1'],
      ],
    );
    const mended = csv
      .split('\r\n')
      .map((line) => line.replace('31.02.2025 10:00', '28.02.2025 10:00'))
      .join('\r\n');
    const half = await upload('half mended.csv', mended);
    assert.deepEqual([half.rows['new'], half.corrects, (await file(loaded.id)).openErrors], [2, loaded.id, 3]);
    const whole = rows.map((row) =>
      row.map((cell, i) => (i === at('Цена заказа') && cell === '' ? '15000' : cell.replace('31.02.', '28.02.'))),
    );
    const second = await upload('mended.csv', csvBytes([header!, ...whole], { delimiter: ';' }));
    assert.deepEqual([second.status, second.rows['rejected'], (await file(loaded.id)).openErrors], ['completed', 0, 0]);
  });

  it('writes the same rows as csv, every one of many, and groups them', async () => {
    const rows = rowsOfHappyWorkers(Array.from({ length: 3_000 }, (_, i) => ({ number: `MANY-${i}` })));
    const price = rows[0]!.indexOf('Цена заказа');
    for (let i = 1; i < rows.length; i += 2) rows[i]![price] = 'дорого';
    const loaded = await upload('many.csv', csvBytes(rows));
    assert.equal(loaded.rows['rejected'], 1_500);
    const lines = (await download(`/files/${loaded.id}/errors?format=csv`)).toString().trimEnd().split('\r\n');
    assert.equal(lines.length, 1_501);
    assert.match(lines[1]!, /^MANY-0;.*дорого.*number_unreadable;order_price;error;;2;/);
    assert.match(lines.at(-1)!, /^MANY-2998;/);
    const groups = await api.client.get<{
      items: { code: string; column: string; count: number; samples: { row: number; value: string }[] }[];
    }>(`/files/${loaded.id}/errors/groups`);
    assert.deepEqual(
      groups.body.items.map(({ code, column, count, samples }) => [code, column, count, samples.map(({ row }) => row)]),
      [['number_unreadable', 'Цена заказа', 1_500, [2, 4, 6]]],
    );
  });

  it('loads every template without an error or a question', async () => {
    for (const format of ['csv', 'xlsx']) {
      const files = await Promise.all(
        SOURCE_NAMES.map(async (source) => ({
          name: `${source}.${format}`,
          content: new Uint8Array(await download(`/templates/${source}.${format}`)),
        })),
      );
      const { body } = await api.client.upload(files);
      for (const [at, source] of SOURCE_NAMES.entries()) {
        const loaded = await file(body.session.files[at]!.id);
        assert.deepEqual(
          [loaded.status, loaded.source, loaded.error, loaded.rows['rejected'], loaded.rows['read']],
          ['completed', source, null, 0, 2],
          source,
        );
        assert.deepEqual(
          loaded.warnings.filter(({ code }) => code !== 'period_overlap'),
          [],
          source,
        );
      }
    }
    assert.equal((await api.client.get('/templates/nothing.csv')).status, 404);
    assert.equal((await api.client.get('/templates/uzum.pdf')).status, 404);
  });

  it('says how many days a file shares with another of the same source, and which', async () => {
    const sales = (from: number, prefix: string) =>
      csvBytes(
        rowsOfVendhub(
          Array.from({ length: 4 }, (_, i) => ({
            number: `${prefix}-${i}`,
            reportId: 50_000 + from * 10 + i,
            at: Date.UTC(2031, 0, from + i, 12) / 1000,
          })),
        ),
      );
    const first = await upload('january.csv', sales(1, 'P1'));
    const second = await upload('again.csv', sales(3, 'P2'));
    const overlap = second.warnings.find(({ code }) => code === 'period_overlap');
    assert.deepEqual(
      [overlap?.params['days'], overlap?.params['fileId'], overlap?.params['file']],
      [2, first.id, 'january.csv'],
    );
    assert.ok(first.warnings.every(({ code }) => code !== 'period_overlap'));
  });

  it('stops a file of a source with a ceiling of errors and loads nothing of it', async () => {
    const header = [
      'Название сервиса',
      'Сумма',
      'Комиссия',
      'Тип карты',
      'Номер карты',
      'Статус',
      'merchantId',
      'receiptId',
      'Дата и время',
    ];
    const row = (i: number, amount: string) => [
      'Кофе',
      amount,
      '1',
      'HUMO',
      '9860',
      'SUCCESS',
      '1',
      `c-${i}`,
      '01.06.2025, 10:00:00',
    ];
    const wrong = await upload(
      'wrong.csv',
      csvBytes([header, row(1, '5000'), row(2, 'x'), row(3, 'y'), row(4, '7000')]),
    );
    assert.deepEqual(
      [wrong.status, wrong.error?.code, wrong.error?.params['reason'], wrong.error?.params['max']],
      ['failed', 'bad_file', 'too_many_errors', 2],
    );
    const fine = await upload('one wrong.csv', csvBytes([header, row(1, '5000'), row(2, 'x')]));
    assert.deepEqual([fine.status, fine.rows['new'], fine.rows['rejected']], ['completed_with_errors', 1, 1]);
  });

  it('remembers what columns hold, holds a file whose columns changed, and goes on when the change is accepted', async () => {
    const odd = (extra: string[], prefix: string): Rows => {
      const rows = rowsOfHappyWorkers([{ number: `${prefix}-1` }, { number: `${prefix}-2` }]);
      rows[0]![rows[0]!.indexOf('Цена заказа')] = 'Стоимость порции';
      extra.forEach((name, i) => rows.forEach((row, at) => row.push(at === 0 ? name : `x${i}`)));
      return rows;
    };
    const asked = await upload('odd.csv', csvBytes(odd([], 'ODD')));
    assert.equal(asked.status, 'needs_mapping');
    const answer = { source: 'happy_workers', columns: { 'Стоимость порции': 'order_price' }, remember: true };
    await api.client.post(`/files/${asked.id}/mapping`, answer);
    await ended(asked.id);
    assert.equal((await file(asked.id)).status, 'completed');
    const again = await upload('odd again.csv', csvBytes(odd([], 'ODD2')));
    assert.deepEqual([again.status, again.rows['new']], ['completed', 2]);
    const changed = await upload('odd changed.csv', csvBytes(odd(['Новая колонка'], 'ODD3')));
    assert.equal(changed.status, 'needs_mapping');
    assert.deepEqual([changed.recognition.drift?.added, changed.recognition.drift?.removed], [['Новая колонка'], []]);
    assert.equal(changed.recognition.question?.code, 'mapping_drift');
    await api.client.post(`/files/${changed.id}/mapping`, { acceptDrift: true });
    await ended(changed.id);
    const accepted = await file(changed.id);
    assert.deepEqual([accepted.status, accepted.rows['new']], ['completed', 2]);
    const next = await upload('odd next.csv', csvBytes(odd(['Новая колонка'], 'ODD4')));
    assert.equal(next.status, 'completed');
  });

  async function ended(id: string): Promise<void> {
    const sessionId = (await api.client.get<{ sessionId: string }>(`/files/${id}`)).body.sessionId;
    await api.client.waitForSession(sessionId);
  }
});
