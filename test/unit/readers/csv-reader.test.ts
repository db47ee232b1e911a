import assert from 'node:assert/strict';
import { findDialect } from '../../../shared/ingest/readers/csv-dialect.ts';
import { HEADERS } from '../../../scripts/make-month/layouts.ts';
import { cellsOf, encodeAs, faultOf, readBytes } from './reading.ts';
import { ENCODINGS, DELIMITERS, LINE_ENDS, HEADER, rowsFor, write, encode } from './csv-dialects.ts';

describe('csv in every dialect', () => {
  for (const encoding of ENCODINGS) {
    it(`${encoding}: every delimiter, line end and way of quoting gives the same rows`, async () => {
      for (const delimiter of DELIMITERS) {
        for (const lineEnd of LINE_ENDS) {
          for (const style of ['where needed', 'everywhere', 'with line breaks inside'] as const) {
            const rows = [HEADER, ...rowsFor(style)];
            const file = await readBytes(encode(write(rows, delimiter, lineEnd, style), encoding));
            const what = `${JSON.stringify(delimiter)} ${JSON.stringify(lineEnd)} ${style}`;
            assert.equal(file.delimiter, delimiter, what);
            assert.equal(file.encoding, encoding.split(' ')[0], what);
            const expected = rows.map((row) =>
              row.map((cell) => (cell === '' ? null : cell.replaceAll('\n', lineEnd))),
            );
            assert.deepEqual(
              file.tables[0]?.rows.map(({ cells }) => cells),
              expected,
              what,
            );
            const linesEach = style === 'with line breaks inside' ? 3 : 1;
            assert.deepEqual(
              file.tables[0]?.rows.map(({ row }) => row),
              [1, ...rows.slice(1).map((_, i) => 2 + i * linesEach)],
              what,
            );
          }
        }
      }
    });
  }

  it('tells the Russian code pages apart by the headers of every report, capitals included', () => {
    for (const [source, header] of Object.entries(HEADERS)) {
      for (const encoding of ['windows-1251', 'koi8-r', 'ibm866'] as const) {
        const known = header.filter(
          (name) => !/[№]/.test(name) || encoding === 'windows-1251' || encoding === 'ibm866',
        );
        assert.equal(
          findDialect(encodeAs(known.join(';') + '\n', encoding)).encoding,
          encoding,
          `${source} ${encoding}`,
        );
      }
    }
  });

  it('takes a file with English headers that is not utf-8 for windows-1251', async () => {
    const { encoding, tables } = await readBytes(
      encodeAs('Order number,Machine code,Address\n1,2,Чиланзар\n', 'windows-1251'),
    );
    assert.equal(encoding, 'windows-1251');
    assert.equal(tables[0]?.rows[1]?.cells[2], 'Чиланзар');
  });

  it('finds windows-1251 only after a megabyte of plain ASCII', async () => {
    const text = `Order number;Address\n${'A0001;plain\n'.repeat(90_000)}A0002;Чиланзар\n`;
    const { encoding, tables } = await readBytes(encodeAs(text, 'windows-1251'));
    assert.equal(encoding, 'windows-1251');
    assert.equal(tables[0]?.rows.at(-1)?.cells[1], 'Чиланзар');
  });

  it('keeps utf-8 for utf-8 although a byte of it is broken, and says so', async () => {
    const bytes = Buffer.from('Номер заказа;Адрес\nA1;Чиланзар, остановка\nA2;Юнусабад, метро\n');
    bytes[bytes.indexOf('метро')] = 0xff;
    const { encoding, warnings, tables } = await readBytes(bytes);
    assert.equal(encoding, 'utf-8');
    assert.deepEqual(warnings, [{ code: 'encoding_damaged', params: { encoding: 'utf-8' } }]);
    assert.match(String(tables[0]?.rows[2]?.cells[1]), /^Юнусабад, \ufffd+етро$/);
  });

  it('is not fooled by decimal commas in a file with semicolons', async () => {
    const { delimiter } = await readBytes('a;b\n1,5;2,5\n1,5;2,5\n1,5;2,5\n1,5;2,5\n');
    assert.equal(delimiter, ';');
  });

  it('obeys the operator about delimiter and encoding', async () => {
    const bytes = encodeAs('Имя|x,y\nЖ|1,2\n', 'ibm866');
    const { tables } = await readBytes(bytes, { overrides: { delimiter: ',', encoding: 'cp866' } });
    assert.deepEqual(tables[0]?.rows[1]?.cells, ['Ж|1', '2']);
    await assert.rejects(
      readBytes(bytes, { overrides: { encoding: 'latin1' } }),
      faultOf('bad_file', 'unknown_encoding'),
    );
  });
});

describe('untidy csv', () => {
  it('keeps rows apart when line ends are mixed', async () => {
    assert.deepEqual(await cellsOf('a,b\r\n1,2\n3,4\r5,6\r\n'), [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
  });

  it('loses no row to text behind a closing quote', async () => {
    const rows = await cellsOf('a,b\n"x" y,z\n1,2\n3,4\n');
    assert.deepEqual([rows.length, rows[2], rows[3]], [4, ['1', '2'], ['3', '4']]);
  });

  it('takes a quote in the middle of a cell as it is', async () => {
    assert.deepEqual(await cellsOf('a,b\nООО "Ромашка",1\n'), [
      ['a', 'b'],
      ['ООО "Ромашка"', '1'],
    ]);
  });

  it('keeps ragged rows, blank lines and numbers of lines', async () => {
    const { tables } = await readBytes('a,b,c\n1\n\n1,2,3,4\n');
    assert.deepEqual(tables[0]?.rows, [
      { row: 1, cells: ['a', 'b', 'c'] },
      { row: 2, cells: ['1'] },
      { row: 3, cells: [null] },
      { row: 4, cells: ['1', '2', '3', '4'] },
    ]);
  });

  it('numbers records by their first line when line ends are mixed too', async () => {
    const { tables } = await readBytes('a,b\r\n"1\n1",2\n3,4\r\n');
    assert.deepEqual(
      tables[0]?.rows.map(({ row }) => row),
      [1, 2, 4],
    );
  });

  it('takes a quote that never closes for a character: no line behind it is lost', async () => {
    assert.deepEqual(await cellsOf('a,b\n1,2\n"3,4\n5,6\n'), [
      ['a', 'b'],
      ['1', '2'],
      ['"3', '4'],
      ['5', '6'],
    ]);
  });

  it('drops NULs and a final Ctrl-Z', async () => {
    const { tables, warnings } = await readBytes('a,b\n1\0,2\n\x1a');
    assert.deepEqual(
      tables[0]?.rows.map(({ cells }) => cells),
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    );
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['nul_removed'],
    );
  });
});

describe('caps on csv', () => {
  for (const [what, text, limits, reason] of [
    ['a huge cell', `a,b\n${'x'.repeat(200)},1\n`, { maxCellChars: 100 }, 'cell_too_long'],
    ['too many columns', `a,b\n${','.repeat(50)}\n`, { maxColumns: 20 }, 'too_many_columns'],
    ['too many rows', 'a,b\n'.repeat(30), { maxRows: 20 }, 'too_many_rows'],
    ['a line that does not end', `a,b\n${'x'.repeat(5_000_000)}`, {}, 'record_too_long'],
    ['a line that does not end, with mixed line ends', `a,b\n1,2\r\n${'x'.repeat(5_000_000)}`, {}, 'record_too_long'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(readBytes(text, { limits }), faultOf('bad_file', reason));
    });
  }
});
