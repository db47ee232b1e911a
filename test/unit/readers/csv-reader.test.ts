import assert from 'node:assert/strict';
import Papa from 'papaparse';
import { findDialect } from '../../../shared/ingest/readers/csv-dialect.ts';
import { createCsvScanner } from '../../../shared/ingest/readers/csv-scan.ts';
import { HEADERS } from '../../../scripts/make-month/layouts.ts';
import { cellsOf, encodeAs, faultOf, readBytes } from './reading.ts';

const ENCODINGS = [
  'utf-8',
  'utf-8 with mark',
  'utf-16le',
  'utf-16le with mark',
  'utf-16be',
  'utf-16be with mark',
  'windows-1251',
  'koi8-r',
  'ibm866',
];
const DELIMITERS = [',', ';', '\t', '|'];
const LINE_ENDS = ['\n', '\r\n', '\r'];

type QuoteStyle = 'where needed' | 'everywhere' | 'with line breaks inside';

const HEADER = ['Дата', 'Сервис', 'Клиент', 'Способ оплаты', 'Сумма', 'Идент-р', 'Касса', 'Click ID', 'Billing ID', 'Статус платежа'];

function rowsFor(style: QuoteStyle): string[][] {
  const note = style === 'with line breaks inside' ? 'первая строка\nвторая "в кавычках"\nтретья' : 'кофе, чай; сок';
  return Array.from({ length: 12 }, (_, i) => [
    '2025-08-02 20:48:30',
    'Vendhub',
    note,
    '986000******0000',
    `${i},50`,
    `${i}`,
    '',
    `77${i}`,
    `88${i}`,
    'Успешно подтвержден',
  ]);
}

function write(rows: string[][], delimiter: string, lineEnd: string, style: QuoteStyle): string {
  const cell = (text: string) =>
    style === 'everywhere' || text.includes(delimiter) || /["\n]/.test(text)
      ? `"${text.replaceAll('"', '""').replaceAll('\n', lineEnd)}"`
      : text;
  return rows.map((row) => row.map(cell).join(delimiter) + lineEnd).join('');
}

function encode(text: string, encoding: string): Buffer {
  const [name = '', mark] = encoding.split(' with ');
  return encodeAs((mark === undefined ? '' : '\ufeff') + text, name);
}

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
            const expected = rows.map((row) => row.map((cell) => (cell === '' ? null : cell.replaceAll('\n', lineEnd))));
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
        const known = header.filter((name) => !/[№]/.test(name) || encoding === 'windows-1251' || encoding === 'ibm866');
        assert.equal(findDialect(encodeAs(known.join(';') + '\n', encoding)).encoding, encoding, `${source} ${encoding}`);
      }
    }
  });

  it('takes a file with English headers that is not utf-8 for windows-1251', async () => {
    const { encoding, tables } = await readBytes(encodeAs('Order number,Machine code,Address\n1,2,Чиланзар\n', 'windows-1251'));
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
    await assert.rejects(readBytes(bytes, { overrides: { encoding: 'latin1' } }), faultOf('bad_file', 'unknown_encoding'));
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

  it('names the line of a quote that never closes', async () => {
    await assert.rejects(readBytes('a,b\n1,2\n"3,4\n5,6\n'), (error: { params: unknown }) => {
      faultOf('bad_file', 'unclosed_quote')(error);
      assert.deepEqual(error.params, { reason: 'unclosed_quote', row: 3 });
      return true;
    });
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
    ['a record that does not end', `a,b\n"${'x\n'.repeat(2_500_000)}",1\n`, {}, 'record_too_long'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(readBytes(text, { limits }), faultOf('bad_file', reason));
    });
  }
});

describe('the look at a file before it is parsed', () => {
  /** Small random texts, cut into pieces at random. */
  function* samples(count: number): Generator<{ text: string; cuts: number[] }> {
    let state = 20_241;
    const random = (n: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
    const alphabet = ['a', 'ж', ' ', ',', '"', '"', '\n', '\r\n', '\r', '""', ',"', '",', '"\n'];
    for (let i = 0; i < count; i++) {
      let text = '';
      for (let j = random(30); j >= 0; j--) text += alphabet[random(alphabet.length)];
      yield { text, cuts: Array.from({ length: random(4) }, () => random(text.length + 1)).toSorted((a, b) => a - b) };
    }
  }

  it('says the same however the file is cut', () => {
    for (const { text, cuts } of samples(3_000)) {
      const codes = Buffer.from(text);
      const whole = createCsvScanner(',');
      whole.push(codes);
      const pieces = createCsvScanner(',');
      [0, ...cuts].forEach((from, i) => pieces.push(codes.subarray(from, cuts[i] ?? codes.length)));
      assert.deepEqual(pieces.finish(), whole.finish(), JSON.stringify({ text, cuts }));
    }
  });

  it('lets papaparse have only files that csv-parse reads alike', async () => {
    const { parse } = await import('csv-parse/sync');
    let clean = 0;
    for (const { text } of samples(6_000)) {
      const scanner = createCsvScanner(',');
      scanner.push(Buffer.from(text));
      const { newline, strayQuotes, unclosedQuoteLine } = scanner.finish();
      if (newline === null || strayQuotes || unclosedQuoteLine !== null || text.trim() === '') continue;
      clean++;
      const options = { record_delimiter: ['\r\n', '\n', '\r'], relax_quotes: true, relax_column_count: true };
      const parsed = Papa.parse<string[]>(text, { delimiter: ',', newline }).data;
      if (parsed.at(-1)?.length === 1 && parsed.at(-1)?.[0] === '' && text.endsWith(newline)) parsed.pop();
      assert.deepEqual(parsed, parse(text, options), JSON.stringify(text));
    }
    assert.ok(clean > 500, `only ${clean} clean samples`);
  });
});
