import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { read, utils } from '@e965/xlsx';
import ExcelJs from 'exceljs';
import { createCsvStream } from '../../../shared/exports/csv-writer.ts';
import { createJsonStream } from '../../../shared/exports/json-writer.ts';
import {
  type Cell,
  clockText,
  localDayText,
  localTimeText,
  money,
  number,
  serialOf,
  type Sheet,
} from '../../../shared/exports/sheet.ts';
import { createXlsxStream } from '../../../shared/exports/xlsx-writer.ts';

const words = { yes: 'да', no: 'нет' };
const columns = [
  { header: 'Имя', width: 20 },
  { header: 'Сумма', width: 10 },
  { header: 'Когда', width: 20 },
  { header: 'Да/нет', width: 8 },
];
const at = new Date('2025-08-03T23:01:30Z');
const ROWS: Cell[][] = [
  ['Кофе "3 в 1", <сладкий> & горячий', number('15000.5'), at, true],
  ['=HYPERLINK("http://x","y")', number('-20'), null, false],
  ['@sum', number('0'), at, null],
  ['-5', null, at, null],
  ['две\r\nстроки', number('9007199254740993'), at, true],
  ['ноль\u0000 и \ud800половинка', null, null, null],
];

async function* inBatches(rows: Cell[][], size: number): AsyncGenerator<Cell[][]> {
  for (let from = 0; from < rows.length; from += size) {
    await new Promise((resolve) => setImmediate(resolve));
    yield rows.slice(from, from + size);
  }
}

const sheet = (rows: Sheet['rows'] = inBatches(ROWS, 2), name = 'Заказы'): Sheet => ({ name, columns, rows });
const open = async (sheets: Sheet[], maxSheetRows?: number) =>
  read(await buffer(createXlsxStream(sheets, { words, ...(maxSheetRows === undefined ? {} : { maxSheetRows }) })), {
    cellDates: false,
  });

describe('export writers', () => {
  it('csv: BOM, quotes, local times, and nothing that a spreadsheet would calculate', async () => {
    const text = (await buffer(createCsvStream([sheet()], { several: false, words }))).toString('utf8');
    assert.equal(text[0], '\ufeff');
    assert.deepEqual(text.slice(1).split('\r\n').slice(0, 5), [
      'Имя,Сумма,Когда,Да/нет',
      '"Кофе ""3 в 1"", <сладкий> & горячий",15000.5,2025-08-04 04:01:30,да',
      `"'=HYPERLINK(""http://x"",""y"")",-20,,нет`,
      `'@sum,0,2025-08-04 04:01:30,`,
      `'-5,,2025-08-04 04:01:30,`,
    ]);
  });

  it('csv in Russian and Uzbek: semicolons, decimal commas and days as Excel there takes them', async () => {
    for (const lang of ['ru', 'uz'] as const) {
      const text = (await buffer(createCsvStream([sheet()], { several: false, words, lang }))).toString('utf8');
      assert.deepEqual(text.split('\r\n').slice(0, 2), [
        '\ufeffИмя;Сумма;Когда;Да/нет',
        '"Кофе ""3 в 1"", <сладкий> & горячий";"15000,5";04.08.2025 04:01:30;да',
      ]);
    }
  });

  it('csv that is to be read again: semicolons for the people, figures and times as programs write them', async () => {
    const text = (
      await buffer(createCsvStream([sheet()], { several: false, words, lang: 'ru', plainFigures: true }))
    ).toString('utf8');
    assert.deepEqual(text.split('\r\n').slice(0, 2), [
      '\ufeffИмя;Сумма;Когда;Да/нет',
      '"Кофе ""3 в 1"", <сладкий> & горячий";15000.5;2025-08-04 04:01:30;да',
    ]);
  });

  it('json: names that are the same in every language, exact figures, times with their zone, nothing put before any text', async () => {
    const keyed = columns.map((column, place) => ({ ...column, key: ['name', 'sum', 'time', 'yes'][place] as string }));
    const json = async (sheets: Sheet[]): Promise<unknown> =>
      JSON.parse((await buffer(createJsonStream(sheets, { several: sheets.length > 1 }))).toString('utf8'));
    const rows = (await json([{ ...sheet(), columns: keyed }])) as Record<string, unknown>[];
    assert.equal(rows.length, ROWS.length);
    assert.deepEqual(rows[0], {
      name: 'Кофе "3 в 1", <сладкий> & горячий',
      sum: 15000.5,
      time: '2025-08-04T04:01:30.000+05:00',
      yes: true,
    });
    assert.deepEqual(rows[1], { name: '=HYPERLINK("http://x","y")', sum: -20, time: null, yes: false });
    const raw = (await buffer(createJsonStream([sheet()], { several: false }))).toString('utf8');
    assert.match(raw, /"Сумма":9007199254740993/, 'no float in between');
    assert.deepEqual(await json([{ ...sheet([[['a', money('7000.50'), null, null]]]), columns: keyed }]), [
      { name: 'a', sum: '7000.50', time: null, yes: null },
    ]);
    assert.deepEqual(await json([sheet([])]), []);
    assert.deepEqual(await json([sheet([], 'один'), sheet([], 'два')]), { один: [], два: [] });
  });

  it('xlsx for a boss: title, period, a header that stays and is printed on every page, sums in soʻm, totals, one page wide', async () => {
    const rows: Cell[][] = [
      ['a', money('15000'), at, null],
      ['b', money('-7000.5'), at, null],
    ];
    const lead = ['Заказы', 'Период: 01.07.2025 – 31.07.2025'];
    const bytes = await buffer(
      createXlsxStream([{ ...sheet([rows]), printed: 2, lead, totals: ['Всего', money('7999.5'), null, null] }], {
        words,
      }),
    );
    const workbook = read(bytes, { cellDates: false });
    assert.deepEqual(
      workbook.Workbook?.Names?.filter(({ Name }) => Name.endsWith('Print_Area')).map(({ Ref }) => Ref),
      ["'Заказы'!$A:$B"],
      'columns for whoever works on with the table stay off the paper',
    );
    const cells = workbook.Sheets['Заказы'] as never as Record<string, { v: unknown; w: string }>;
    assert.deepEqual(
      ['A1', 'A2', 'A4', 'B5', 'B6', 'A7', 'B7'].map((place) => cells[place]?.v),
      ['Заказы', 'Период: 01.07.2025 – 31.07.2025', 'Имя', 15_000, -7_000.5, 'Всего', 7_999.5],
    );
    assert.match(cells['B5']?.w ?? '', /^15.000 soʻm$/);
    assert.match(cells['B6']?.w ?? '', /^-7.000\.50 soʻm$/);
    const book = new ExcelJs.Workbook();
    await book.xlsx.load(bytes as never);
    const [opened] = book.worksheets;
    assert.ok(opened);
    assert.deepEqual(
      [
        opened.pageSetup.orientation,
        opened.pageSetup.fitToPage,
        opened.pageSetup.fitToWidth,
        opened.pageSetup.fitToHeight,
      ],
      ['landscape', true, 1, 0],
    );
    assert.equal(opened.pageSetup.printTitlesRow, '4:4');
    assert.equal(opened.views[0]?.state === 'frozen' && opened.views[0].ySplit, 4);
  });

  it('xlsx: words too long for their column go on in a second line, and all cells of the row begin at its top', async () => {
    const narrow = columns.map((column, place) => (place === 0 ? { ...column, wraps: true as const } : column));
    const book = new ExcelJs.Workbook();
    await book.xlsx.load((await buffer(createXlsxStream([{ ...sheet(), columns: narrow }], { words }))) as never);
    assert.equal(book.worksheets[0]?.getRow(2).height, 30, '33 letters in a column of 20');
    const alignments = ['A2', 'B2', 'C2'].map((place) => book.worksheets[0]?.getCell(place).alignment);
    assert.deepEqual(
      alignments.map((one) => [one?.wrapText ?? false, one?.vertical]),
      [
        [true, 'top'],
        [false, 'top'],
        [false, 'top'],
      ],
    );
  });

  it('csv: several tables stand below each other under their names', async () => {
    const sheets = [sheet([[['a', null, null, null]]], 'Один'), sheet([[['b', null, null, null]]], 'Два')];
    const text = (await buffer(createCsvStream(sheets, { several: true, words }))).toString('utf8');
    assert.equal(text, '\ufeffОдин\r\nИмя,Сумма,Когда,Да/нет\r\na,,,\r\n\r\nДва\r\nИмя,Сумма,Когда,Да/нет\r\nb,,,\r\n');
  });

  it('xlsx: another program reads the same cells, with their types', async () => {
    const workbook = await open([sheet()]);
    assert.deepEqual(workbook.SheetNames, ['Заказы']);
    const cells = workbook.Sheets['Заказы'];
    assert.ok(cells);
    assert.deepEqual(utils.sheet_to_json(cells, { header: 1, raw: true })[0], ['Имя', 'Сумма', 'Когда', 'Да/нет']);
    assert.equal(cells['A2'].v, 'Кофе "3 в 1", <сладкий> & горячий');
    assert.deepEqual([cells['B2'].t, cells['B2'].v], ['n', 15000.5]);
    assert.equal(cells['C2'].w, '04.08.2025 04:01:30');
    assert.equal(cells['D2'].v, 'да');
    assert.deepEqual([cells['A3'].t, cells['A3'].v, cells['A3'].f], ['s', `'=HYPERLINK("http://x","y")`, undefined]);
    assert.equal(cells['B3'].v, -20);
    assert.match(String(cells['A6'].v), /^две\r?\nстроки$/);
    assert.equal(cells['A7'].v, 'ноль и половинка');
  });

  it('xlsx: a time is exact enough that no program shows the second before', () => {
    for (let n = 0; n < 2_000; n++) {
      const time = new Date(Date.parse('2024-01-01T00:00:00Z') + n * 7_919_000);
      const seconds = (Number(serialOf(time)) - 25_569) * 86_400;
      assert.ok(Math.abs(seconds - (time.getTime() / 1_000 + 5 * 3_600)) < 1e-5, time.toISOString());
    }
  });

  it('days and hours are those of Tashkent, also around midnight, in leap years and before 1970', () => {
    const around = [
      '1969-12-31T18:59:59.999Z',
      '1969-12-31T19:00:00Z',
      '2024-02-28T18:59:59.001Z',
      '2024-02-28T19:00:00Z',
    ];
    const times = around.flatMap((instant) => [0, 1, 86_399_999, -86_400_000].map((ms) => Date.parse(instant) + ms));
    // back and forth, so that no day is known from the line before
    for (const ms of [...times, ...times.toReversed()]) {
      const [day = '', clock = ''] = new Date(ms + 5 * 3_600_000).toISOString().slice(0, 19).split('T');
      const at = new Date(ms);
      assert.deepEqual(
        [localTimeText(at), localDayText(at), clockText(at)],
        [`${day} ${clock}`, day.split('-').reverse().join('.'), clock],
      );
    }
  });

  it('xlsx: a full sheet goes on in the next, with its header, and no row is lost', async () => {
    const rows = Array.from({ length: 25 }, (_, no): Cell[] => [`r${no}`, number(no), at, null]);
    const workbook = await open([sheet(inBatches(rows, 7)), sheet(inBatches([], 1), 'Пусто')], 10);
    assert.deepEqual(workbook.SheetNames, ['Заказы', 'Заказы (2)', 'Заказы (3)', 'Пусто']);
    const found = workbook.SheetNames.map((name) =>
      utils.sheet_to_json<string[]>(workbook.Sheets[name] as never, { header: 1 }),
    );
    assert.deepEqual(
      found.map((lines) => lines.length),
      [11, 11, 6, 1],
    );
    assert.deepEqual(
      found.flatMap((lines) => lines.slice(1).map((line) => line[0])),
      rows.map((row) => row[0]),
    );
  });

  it('xlsx: long, forbidden and equal names of sheets become allowed ones', async () => {
    const long = 'Очень длинное название листа, длиннее тридцати одного знака';
    const { SheetNames } = await open([sheet([], 'a/b[c]'), sheet([], long), sheet([], long)]);
    assert.equal(new Set(SheetNames).size, 3);
    for (const name of SheetNames) assert.ok(name.length <= 31 && !/[[\]:*?/\\]/.test(name), name);
  });

  it('a failing source fails the file, and a reader who leaves ends the source', async () => {
    const failing = async function* (): AsyncGenerator<Cell[][]> {
      yield [['a', null, null, null]];
      throw new Error('the rows ended too early');
    };
    for (const stream of [
      createXlsxStream([sheet(failing())], { words }),
      createCsvStream([sheet(failing())], { several: false, words }),
    ])
      await assert.rejects(buffer(stream), /ended too early/);
    let closed = 0;
    const endless = async function* (): AsyncGenerator<Cell[][]> {
      try {
        for (let no = 0; ; no++) {
          await new Promise((resolve) => setImmediate(resolve));
          yield Array.from({ length: 500 }, (_, row): Cell[] => [`${no} ${row} ${Math.random()}`, null, null, null]);
        }
      } finally {
        closed += 1;
      }
    };
    for (const stream of [
      createXlsxStream([sheet(endless())], { words }),
      createCsvStream([sheet(endless())], { several: false, words }),
    ]) {
      for await (const chunk of stream) if ((chunk as Buffer).length > 0) break;
      for (let turn = 0; turn < 200 && !stream.closed; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (let turn = 0; turn < 200 && closed < 2; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(closed, 2);
  });
});
