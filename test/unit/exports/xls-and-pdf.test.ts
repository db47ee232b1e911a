import assert from 'node:assert/strict';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { read, utils } from '@e965/xlsx';
import { extractText, getDocumentProxy } from 'unpdf';
import { createPdfStream } from '../../../shared/exports/pdf-writer.ts';
import { type Cell, money, number, type Sheet } from '../../../shared/exports/sheet.ts';
import { createXlsStream } from '../../../shared/exports/xls-writer.ts';
import { createSpoolFolder, type SpoolFolder } from '../../../shared/storage/spool-folder.ts';

const words = { yes: 'да', no: 'нет' };
const columns = [
  { header: 'Номер', width: 14 },
  { header: 'Напиток', width: 20 },
  { header: 'Сумма', width: 12 },
  { header: 'Штук', width: 8 },
  { header: 'Время', width: 20 },
  { header: 'Зачтён', width: 8 },
];
const TIME = new Date('2025-08-04T04:01:30+05:00');
const row = (no: number): Cell[] => [`ff${no}`, '=1+1', money('15000.50'), number('3'), TIME, no % 2 === 0];
const sheetOf = (rows: Cell[][], more: Partial<Sheet> = {}): Sheet => ({
  name: 'Заказы',
  columns,
  rows: [rows],
  ...more,
});
const many = (count: number): Cell[][] => Array.from({ length: count }, (_, no) => row(no));

describe('xls', function () {
  this.timeout(120_000);
  let spool: SpoolFolder;
  before(() => (spool = createSpoolFolder()));
  after(() => spool.close());

  const bookOf = async (sheets: Sheet[], maxSheetRows?: number) =>
    read(await buffer(createXlsStream(sheets, { words, spool, ...(maxSheetRows ? { maxSheetRows } : {}) })), {
      cellNF: true,
    });

  it('holds title, header, typed cells and totals; what looks like a formula is text', async () => {
    const sheet = sheetOf(many(2), { lead: ['Заказы', 'Период: всё'], totals: ['Итого', null, money('30001')] });
    const book = await bookOf([sheet]);
    assert.deepEqual(book.SheetNames, ['Заказы']);
    const cells = book.Sheets['Заказы']!;
    assert.equal(cells['A1'].v, 'Заказы');
    assert.equal(cells['B4'].v, 'Напиток');
    assert.deepEqual([cells['A5'].v, cells['B5'].v, cells['C5'].v, cells['D5'].v], ['ff0', "'=1+1", 15000.5, 3]);
    assert.equal(cells['B5'].f, undefined);
    assert.deepEqual([cells['E5'].w, cells['F5'].v, cells['F6'].v], ['04.08.2025 04:01:30', 'да', 'нет']);
    assert.deepEqual([cells['A7'].v, cells['C7'].v], ['Итого', 30001]);
  });

  it('goes on in another sheet where one is full, and loses no row', async () => {
    const book = await bookOf([sheetOf(many(25)), sheetOf(many(3), { name: 'Другие' })], 10);
    assert.deepEqual(book.SheetNames, ['Заказы', 'Заказы (2)', 'Заказы (3)', 'Другие']);
    const numbers = book.SheetNames.flatMap((name) =>
      utils
        .sheet_to_json<string[]>(book.Sheets[name]!, { header: 1 })
        .slice(1)
        .map(([first]) => first),
    );
    assert.deepEqual(
      numbers,
      [...many(25), ...many(3)].map(([first]) => first),
    );
  });

  it('holds the same rows in a container of any size, beyond its first tables too', async () => {
    // few rows of long texts: by its size a container has further tables, not by what stands in it
    const long = Array.from({ length: 16_000 }, (_, no): Cell[] => [`ff${no}`, `${no} ${'я'.repeat(245)}`]);
    for (const given of [[], many(40), many(300), long]) {
      const count = given.length;
      const book = await bookOf([sheetOf(given)]);
      const rows = utils.sheet_to_json<string[]>(book.Sheets['Заказы']!, { header: 1 });
      assert.equal(rows.length, count + 1);
      if (count > 0) assert.equal(rows.at(-1)?.[0], `ff${count - 1}`);
    }
  });

  it('says by a last sign that a text was cut, and keeps text of any script', async () => {
    const book = await bookOf([sheetOf([['я'.repeat(300)], ['Oʻzbek 🥤 №1']])]);
    const cells = book.Sheets['Заказы']!;
    assert.equal(cells['A2'].v, `${'я'.repeat(254)}…`);
    assert.equal(cells['A3'].v, 'Oʻzbek 🥤 №1');
  });

  it('ends the reading of rows when nobody takes the file any more', async () => {
    let isOver = false;
    async function* endless() {
      try {
        for (;;) yield many(100);
      } finally {
        isOver = true;
      }
    }
    const stream = createXlsStream([{ name: 'a', columns, rows: endless() }], { words, spool });
    stream.on('error', () => undefined);
    stream.read(0);
    await new Promise((resolve) => setImmediate(resolve));
    stream.destroy();
    await once(stream, 'close');
    for (let turn = 0; turn < 1_000 && !isOver; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(isOver);
  });
});

describe('pdf', function () {
  this.timeout(120_000);
  const textOf = async (sheets: Sheet[]) => {
    const bytes = new Uint8Array(await buffer(createPdfStream(sheets, { words })));
    const document = await getDocumentProxy(bytes);
    return (await extractText(document)).text;
  };

  it('is the table as people read it: title, header on every page, sums, days and words', async () => {
    const pages = await textOf([
      sheetOf(many(200), { lead: ['Заказы', 'Период: всё'], totals: ['Итого', null, money('30001')] }),
    ]);
    assert.ok(pages.length > 1, `${pages.length} pages`);
    assert.match(pages[0]!, /Период: всё/);
    for (const page of pages) assert.match(page, /Номер[\s\S]*Напиток/);
    const all = pages.join('\n');
    for (const part of ['15\u00a0000,50', '04.08.2025 04:01:30', 'да', 'нет', '=1+1', 'Итого', '30\u00a0001'])
      assert.ok(all.replaceAll(' ', '\u00a0').includes(part.replaceAll(' ', '\u00a0')), part);
    for (let no = 0; no < 200; no++) assert.ok(all.includes(`ff${no}`), `ff${no}`);
  });

  it('sets the name of a column of amounts over them, at the right', async () => {
    const bytes = new Uint8Array(await buffer(createPdfStream([sheetOf(many(3))], { words })));
    const { items } = await (await (await getDocumentProxy(bytes)).getPage(1)).getTextContent();
    const rightOf = (text: string): number => {
      const found = (items as { str: string; transform: number[]; width: number }[]).find(
        ({ str }) => str.replaceAll(/\s/g, ' ') === text,
      );
      return (found?.transform[4] ?? assert.fail(`no ${text}`)) + (found?.width ?? 0);
    };
    assert.ok(Math.abs(rightOf('Сумма') - rightOf('15 000,50')) < 1);
    assert.ok(Math.abs(rightOf('Номер') - rightOf('ff0')) > 1, 'texts stand at the left');
  });

  it('puts on paper the columns that are meant for it, large enough to read', async () => {
    const [page] = await textOf([sheetOf([['ff', 'латте', money('1')]], { printed: 2 })]);
    assert.match(page!, /латте/);
    assert.doesNotMatch(page!, /Сумма/);
  });

  it('breaks long text and cuts what would fill a page', async () => {
    const [page] = await textOf([sheetOf([['слово '.repeat(5), 'x'.repeat(400), null]])]);
    assert.match(page!, /слово/);
    assert.match(page!, /…/);
  });

  it('ends the reading of rows when nobody takes the file any more', async () => {
    let isOver = false;
    async function* endless() {
      try {
        for (;;) yield many(50);
      } finally {
        isOver = true;
      }
    }
    const stream = createPdfStream([{ name: 'a', columns, rows: endless() }], { words });
    stream.on('error', () => undefined);
    await once(stream, 'readable');
    stream.destroy();
    for (let turn = 0; turn < 1_000 && !isOver; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(isOver);
  });
});
