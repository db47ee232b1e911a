/** What is particular to each format beside the contract of readers. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { tablesOf } from '../../../shared/ingest/readers/doc-reader.ts';
import { DEFAULT_READ_LIMITS } from '../../../shared/ingest/readers/limits.ts';
import type { Cell } from '../../../shared/ingest/readers/reader.ts';
import { biff5Of, biffOf, docxOf } from '../../support/formats/office-formats.ts';
import { pdfOfTable } from '../../support/formats/pdf-file.ts';
import * as text from '../../support/formats/text-formats.ts';
import { cellsOf, encodeAs, faultOf, readBytes, readPath } from './reading.ts';

const HEADER = [
  'Номер заказа',
  'Машинный код',
  'Наименование товара',
  'Цена заказа',
  'Время создания',
  'Статус платежа',
];
const TABLE = [
  HEADER,
  [
    'ff0000025520250701025853a7ca181f0000',
    'a7ca181f0000',
    'Кофе «Три в одном»',
    '15000',
    '2025-06-01 10:00:00',
    'Оплачено',
  ],
  ['ff0000025520250701025854a7ca181f0000', '5e71181f0000', 'Чай', '7000', '2025-06-01 10:05:00', 'Возвращен'],
];
const root = join(import.meta.dirname, '../../..');

async function textRows(path: string): Promise<(string | null)[][]> {
  const { tables } = await readPath(path);
  const rows = tables[0]!.rows.map(({ cells }) => cells.map((cell) => (cell === null ? null : String(cell))));
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? null));
}

describe('the month in every format that can hold it', function () {
  this.timeout(60_000);
  /**
   * Blanks around a text or several of them, and empty cells at the end of a row, are nothing that every format keeps.
   */
  function trimmed(rows: readonly (readonly Cell[])[]): string[] {
    return rows.map((row) => {
      const cells = row.map((cell) =>
        String(cell ?? '')
          .replace(/\s+/g, ' ')
          .trim(),
      );
      while (cells.at(-1) === '') cells.pop();
      return JSON.stringify(cells);
    });
  }

  for (const report of ['happy_workers.csv', 'click.csv', 'vendhub.xlsx', 'payme.xlsx']) {
    const formats: [
      name: string,
      lines: number,
      write: (rows: (string | null)[][]) => Promise<Uint8Array | string> | Uint8Array | string,
    ][] = [
      ['json', Infinity, text.jsonOfArrays],
      ['html named .xls', 600, text.htmlTable],
      ['XML spreadsheet', 600, (rows) => text.spreadsheetXml({ sheet1: rows })],
      ['Excel 97', 120, (rows) => biffOf({ sheet1: rows })],
      ['Excel 5', 600, (rows) => biff5Of('Лист1', rows, (cell) => encodeAs(cell, 'windows-1251'))],
      ['docx', 600, (rows) => docxOf(rows)],
    ];
    it(`${report} reads the same as ${formats.map(([name]) => name).join(', ')}`, async () => {
      const rows = await textRows(join(root, 'examples', report));
      for (const [name, lines, write] of formats) {
        const part = rows.slice(0, lines);
        const read = await readBytes(await write(part));
        assert.deepEqual(trimmed(read.tables[0]!.rows.map(({ cells }) => cells)), trimmed(part), name);
      }
    });
  }

  it('happy_workers.csv reads the same as records of json, lines of json, xml and pdf', async () => {
    const rows = (await textRows(join(root, 'examples/happy_workers.csv'))).slice(0, 400);
    for (const write of [
      text.jsonArray,
      text.jsonLines,
      text.jsonWrapped,
      text.xmlOfFields,
      (all: typeof rows) => pdfOfTable(all),
    ]) {
      assert.deepEqual(trimmed(await cellsOf(write(rows))), trimmed(rows));
    }
  });

  it('a document of Word 97 reads the same as the csv it was made from', async () => {
    const rows = (await textRows(join(root, 'examples/click.csv'))).slice(0, 25);
    const read = await readPath(join(root, 'test/fixtures/click.doc'));
    assert.equal(read.format, 'doc');
    assert.deepEqual(trimmed(read.tables[0]!.rows.map(({ cells }) => cells)), trimmed(rows));
  });
});

describe('json', () => {
  it('flattens what is nested, gathers the names of all records, and keeps long numbers as they are', async () => {
    const cells = await cellsOf(
      '{"rows":[{"id":12345678901234567890,"who":{"name":"A","tags":["x","y"]}},{"id":2,"price":1.50,"ok":true,"none":null}]}',
    );
    assert.deepEqual(cells, [
      ['id', 'who.name', 'who.tags.1', 'who.tags.2', 'price', 'ok', 'none'],
      ['12345678901234567890', 'A', 'x', 'y'],
      [2, null, null, null, 1.5, 'TRUE'],
    ]);
  });

  it('takes the names of rows that are arrays from the array of texts beside them', async () => {
    const split = {
      index: [0, 1],
      columns: ['a', 'b'],
      data: [
        ['1', 2],
        ['3', null],
      ],
    };
    assert.deepEqual(await cellsOf(JSON.stringify(split)), [
      ['a', 'b'],
      ['1', 2],
      ['3', null],
    ]);
    const nested = { result: { rows: [['1', '2']], headers: ['a', 'b'] }, tags: ['x', 'y'] };
    assert.deepEqual(await cellsOf(JSON.stringify(nested)), [
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('gives each of several arrays as a table under its key', async () => {
    const { tables } = await readBytes('{"sales":[{"a":1}],"more":{"returns":[{"b":2},{"b":3}]}}');
    assert.deepEqual(
      tables.map(({ sheet, rows }) => [sheet, rows.length]),
      [
        ['sales', 2],
        ['more.returns', 3],
      ],
    );
  });

  it('reads windows-1251 and utf-16', async () => {
    const content = '[{"Номер заказа":"ff1"}]';
    assert.deepEqual((await cellsOf(encodeAs(content, 'windows-1251')))[0], ['Номер заказа']);
    assert.deepEqual((await cellsOf(Buffer.from(`\ufeff${content}`, 'utf16le')))[0], ['Номер заказа']);
  });

  it('refuses depth, endless strings and half a file', async () => {
    await assert.rejects(readBytes('['.repeat(2_000_000)), faultOf('bad_file', 'too_deep'));
    await assert.rejects(readBytes(`[{"a":${'{"a":'.repeat(100)}`), faultOf('bad_file', 'too_deep'));
    await assert.rejects(readBytes(`[{"a":"${'x'.repeat(5_000_000)}`), faultOf('bad_file', 'record_too_long'));
    await assert.rejects(readBytes('[{"a":1},{"a":'), faultOf('bad_file', 'truncated'));
    await assert.rejects(readBytes('[{"a":1},{"a" 2}]'), faultOf('bad_file', 'damaged'));
    await assert.rejects(
      readBytes(`[{${Array.from({ length: 1_001 }, (_, i) => `"k${i}":1`).join()}}]`),
      faultOf('bad_file', 'too_many_columns'),
    );
  });
});

describe('xml', () => {
  it('finds the rows among what else repeats, with attributes and inner elements as columns', async () => {
    const cells = await cellsOf(
      `<report><filters><f>1</f><f>2</f><f>3</f></filters><orders>${['1', '2']
        .map(
          (n) =>
            `<order order_number="ff${n}"><machine_code>a7</machine_code><goods><item>x</item><item>y</item></goods></order>`,
        )
        .join('')}</orders></report>`,
    );
    assert.deepEqual(cells, [
      ['order_number', 'machine_code', 'goods.item', 'goods.item.2'],
      ['ff1', 'a7', 'x', 'y'],
      ['ff2', 'a7', 'x', 'y'],
    ]);
  });

  it('reads tags with their blanks written as _, an empty tag as an empty cell', async () => {
    const table = [HEADER, TABLE[1]!, ['ff2', null, 'Чай', '7000', null, 'Оплачено']];
    const [names, ...rows] = await cellsOf(text.xmlOfTags(table));
    assert.deepEqual(
      names,
      HEADER.map((name) => name.replaceAll(' ', '_')),
    );
    assert.deepEqual(rows, table.slice(1));
  });

  it('reads the code page that it declares', async () => {
    const content = '<?xml version="1.0" encoding="windows-1251"?><a><b><Наименование>Кофе</Наименование></b></a>';
    assert.deepEqual(await cellsOf(encodeAs(content, 'windows-1251')), [['Наименование'], ['Кофе']]);
  });

  it('refuses entities, whatever they stand for', async () => {
    await assert.rejects(
      readBytes('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a><b>&x;</b></a>'),
      faultOf('bad_file', 'doctype'),
    );
    await assert.rejects(readBytes('<a><b>&x;</b></a>'), faultOf('bad_file', 'damaged'));
  });
});

describe('html that calls itself xls', () => {
  it('keeps columns under merged cells, code pages, and tables within tables apart', async () => {
    const inner = '<table><tr><td>ff1</td><td rowspan=2>a7</td><td>1</td></tr><tr><td>ff2</td><td>2</td></tr></table>';
    const page =
      '<meta charset=windows-1251><table><tr><td colspan=3>Отчёт</td><td>' +
      `x</td></tr><tr><td>${inner}</td></tr></table>`;
    const { tables } = await readBytes(encodeAs(page, 'windows-1251'));
    assert.deepEqual(
      tables.map(({ rows }) => rows.map(({ cells }) => cells)),
      [
        [['Отчёт', null, null, 'x']],
        [
          ['ff1', 'a7', '1'],
          ['ff2', null, '2'],
        ],
      ],
    );
  });
  it('has the values of a spreadsheet in XML, not what somebody noted at its cells', async () => {
    const xml = text
      .spreadsheetXml({ a: [['15000', 'b']] })
      .toString()
      .replace('</Data>', '</Data><Comment ss:Author="x"><ss:Data>16000</ss:Data></Comment>');
    assert.deepEqual(await cellsOf(xml), [['15000', 'b']]);
  });
  it('is refused as html where it has no table', async () => {
    await assert.rejects(readBytes('<html><body>Войдите снова</body></html>'), faultOf('unsupported_format', 'html'));
    await assert.rejects(
      readBytes(`<html><body>${'<p>x</p>'.repeat(4_000)}</body></html>`),
      faultOf('unsupported_format', 'html'),
    );
  });
});

describe('pdf', () => {
  it('joins rows that are broken over lines and pages, leaves out repeated headers and page numbers, and keeps the page', async () => {
    const many = [
      HEADER,
      ...Array.from({ length: 30 }, (_, i) => [
        `ff00000255202507010${String(i).padStart(5, '0')}a7ca181f0000`,
        'a7ca181f0000',
        i % 3 === 0 ? 'Кофе с молоком и сахаром' : 'Чай',
        `${7_000 + i}`,
        '2025-06-01 10:00:00',
        'Оплачено',
      ]),
    ];
    const { tables } = await readBytes(pdfOfTable(many, { rowsPerPage: 12, breakAt: 20, title: 'Реестр за июнь' }));
    const rows = tables[0]!.rows;
    assert.equal(String(rows[0]!.cells[0]), 'Реестр за июнь');
    assert.deepEqual(
      rows.slice(1).map(({ cells }) => cells),
      many,
    );
    assert.deepEqual([...new Set(rows.map(({ sheet }) => sheet))], ['p. 1', 'p. 2', 'p. 3']);
  });
  it('says that a scan holds no text', async () => {
    await assert.rejects(readBytes(pdfOfTable([['']])), faultOf('bad_file', 'no_text'));
  });
});

describe('doc', () => {
  const tables = (body: string) => tablesOf(body, DEFAULT_READ_LIMITS).map((rows) => rows.map(({ cells }) => cells));
  it('takes rows from both ways in which documents end them', () => {
    assert.deepEqual(tables('Отчёт\nA\tB\tC\t\n1\t\t3\t\n4\t5\t6\t\nконец\n'), [
      [
        ['A', 'B', 'C'],
        ['1', null, '3'],
        ['4', '5', '6'],
      ],
    ]);
    assert.deepEqual(tables('A\tB\tC\t\t1\t\t3\t\t4\t5\t6\t\t\n'), [
      [
        ['A', 'B', 'C'],
        ['1', null, '3'],
        ['4', '5', '6'],
      ],
    ]);
  });
  it('refuses a table whose rows cannot be told apart', () => {
    for (const body of [
      'A\tB\tC\t\n1\t2\t\n3\t4\t5\t\n',
      'A\tB\tC\t\n1\t2\tx\ty\t\n',
      'A\tB\tC\t\t1\t2\t3\t4\t\t5\t\t\n',
    ]) {
      assert.throws(() => tables(body), faultOf('bad_file', 'doc_rows'), JSON.stringify(body));
    }
  });
});

describe('xls', () => {
  it('names a workbook with a password', async () => {
    const plain = biff5Of('a', TABLE, (cell) => encodeAs(cell, 'windows-1251'));
    const at = plain.indexOf(Buffer.from('42000200e304', 'hex'));
    assert.ok(at > 0);
    plain.writeUInt16LE(0x002f, at);
    await assert.rejects(readBytes(plain), faultOf('encrypted'));
  });
  it('reads no copies of figures from a chart that stands on a sheet of its own in an old workbook', async () => {
    const book = biffOf({ Chart1: [['Латте', '15000']], report: [['a', 'b'], ['c']] });
    // the first sheet begins as a worksheet (0x10) of BIFF8; a chart is 0x20
    const begins = book.indexOf(Buffer.from('0908100000061000', 'hex'));
    assert.ok(begins > 0);
    book.writeUInt16LE(0x20, begins + 6);
    const { tables } = await readBytes(book);
    assert.deepEqual(
      tables.map(({ sheet }) => sheet),
      ['report'],
    );
  });

  it('reads dates as the workbook shows them and keeps the numbers of blank rows', async () => {
    const { tables } = await readBytes(biffOf({ first: [['a', 'b'], [null], ['c']], second: [['x']] }));
    assert.deepEqual(
      tables.map(({ sheet, rows }) => [sheet, rows.map(({ row }) => row)]),
      [
        ['first', [1, 2, 3]],
        ['second', [1]],
      ],
    );
  });
});
