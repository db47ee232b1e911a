import assert from 'node:assert/strict';
import Papa from 'papaparse';
import { createRecordSplitter } from '../../../shared/ingest/readers/csv-records.ts';
import { findDialect } from '../../../shared/ingest/readers/csv-dialect.ts';
import { findWidth, splitText } from '../../../shared/ingest/readers/csv-width.ts';
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

const HEADER = [
  'Дата',
  'Сервис',
  'Клиент',
  'Способ оплаты',
  'Сумма',
  'Идент-р',
  'Касса',
  'Click ID',
  'Billing ID',
  'Статус платежа',
];

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

const WIDE = ['time', 'service', 'sum', 'id', 'status'];

/** The table's rows as `line: cells`, a refused one as `line: code`. */
async function seen(lines: readonly string[], delimiter = ';'): Promise<string[]> {
  const { tables } = await readBytes([WIDE.join(delimiter), ...lines, ''].join('\n'), {
    overrides: { delimiter: ';' },
  });
  return tables[0]!.rows.slice(1).map(({ row, cells, fault }) => `${row}: ${fault?.code ?? cells.join('|')}`);
}

describe('quotes of a delimited file', () => {
  it('that open a name and never close leave every order its own time and price', async () => {
    const rows = await seen(['1;Кофе;5;1;ok', '2;"Кофе точка;6;2;ok', '3;Кофе;7;3;ok', '4;"Кофе точка";8;4;ok']);
    assert.deepEqual(rows, [
      '2: 1|Кофе|5|1|ok',
      '3: 2|"Кофе точка|6|2|ok',
      '4: 3|Кофе|7|3|ok',
      '5: 4|Кофе точка|8|4|ok',
    ]);
  });

  it('that seem to close in another order leave both orders', async () => {
    assert.deepEqual(await seen(['2;"Кофе;6;2;ok', '3;Латте";7;3;ok']), ['2: 2|"Кофе|6|2|ok', '3: 3|Латте"|7|3|ok']);
    assert.deepEqual(await seen(['2;"Кофе;6;2;ok', '3;b;7;3;ok', '4;c;8;4;ok"']), [
      '2: 2|"Кофе|6|2|ok',
      '3: 3|b|7|3|ok',
      '4: 4|c|8|4|ok"',
    ]);
    assert.deepEqual(await seen(['2;b;6;2;"ok', '3;b;7;3;ok', '4;c;8;4;ok"']), [
      '2: 2|b|6|2|"ok',
      '3: 3|b|7|3|ok',
      '4: 4|c|8|4|ok"',
    ]);
  });

  it('hold the delimiter where the number of cells says so, and are characters where it says otherwise', async () => {
    assert.deepEqual(await seen(['1;"a;b";5;1;ok', '1;"a;5;1";ok']), ['2: 1|a;b|5|1|ok', '3: 1|"a|5|1"|ok']);
    assert.deepEqual(await seen(['1;"Кофе;"ул. Навои; 1";2;ok']), ['2: 1|"Кофе|ул. Навои; 1|2|ok']);
  });

  it('hold the delimiter in every row of a file, whose header alone has none', async () => {
    const rows = await seen(Array.from({ length: 40 }, (_, i) => `${i};"ул. Навои; ${i}";5;1;ok`));
    assert.equal(rows[39], '41: 39|ул. Навои; 39|5|1|ok');
  });

  it('hold several lines where these are no records of their own', async () => {
    assert.deepEqual(await seen(['1;a;5;1;"first', 'second; with ""quotes""', '', 'last"', '2;b;6;2;ok']), [
      '2: 1|a|5|1|first\nsecond; with "quotes"\n\nlast',
      '6: 2|b|6|2|ok',
    ]);
    assert.deepEqual(await seen(['"first', 'second";a;5;1;ok', '2;"x', 'y";"z', 'w";1;ok']), [
      '2: first\nsecond|a|5|1|ok',
      '4: 2|x\ny|z\nw|1|ok',
    ]);
  });

  it('in a short last record hold its lines when these hold no delimiter', async () => {
    assert.deepEqual(await seen(['1;a;"note', 'more"', '2;b;6;2;ok']), ['2: 1|a|note\nmore', '4: 2|b|6|2|ok']);
  });

  it('over more than 20 line breaks refuse their record by its line', async () => {
    const comment = Array.from({ length: 22 }, (_, i) => `line ${i}`).join('\n');
    assert.deepEqual(await seen([`1;a;5;1;"${comment}"`, '2;b;6;2;ok']), ['2: quoted_lines', '24: 2|b|6|2|ok']);
  });

  it('around whole records refuse the line that opens them, and only that', async () => {
    assert.deepEqual(await seen(['1;"a', '2;b;6;2;ok', '3;c";7;3;ok']), [
      '2: quoted_rows',
      '3: 2|b|6|2|ok',
      '4: 3|c"|7|3|ok',
    ]);
  });

  it('within quotes that nobody doubled stay in the name', async () => {
    assert.deepEqual(await seen(['1;"Кофе "Латте" большой";5;1;ok']), ['2: 1|Кофе "Латте" большой|5|1|ok']);
  });

  it('that open two million lines lose none of them', async () => {
    const { tables } = await readBytes(`a,b\n"${'x\n'.repeat(500_000)}",1\n`);
    assert.equal(tables[0]!.rows.length, 500_002);
  });
});

/** Random files with a count of their own. */
interface Sample {
  text: string;
  records: number;
}

const LETTERS = ['Кофе', 'a', 'Латте 0,3', '', ' ', '1', 'ё'];

function random(seed: number): (n: number) => number {
  let state = seed;
  return (n) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % n;
}

function wildFile(seed: number, delimiter: string, lineEnds: readonly string[]): Sample {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[next(list.length)]!;
  const width = 4 + next(6);
  const records = 12 + next(20);
  const plain = (): string => pick(LETTERS).replaceAll(delimiter, '');
  const cell = (): string => {
    const kind = next(24);
    if (kind === 0) return `"${plain()}`;
    if (kind === 1) return `${plain()}"`;
    if (kind === 2) return `${plain()}"${plain()}`;
    if (kind === 3) return `"${plain()}"`;
    if (kind === 4) return `"${plain()}""${plain()}"`;
    if (kind === 5) return `""${plain()}`;
    if (kind === 6) return `"${plain()}"${plain()}`;
    return plain();
  };
  let text = `${Array.from({ length: width }, (_, i) => `column ${i}`).join(delimiter)}${pick(lineEnds)}`;
  for (let i = 0; i < records; i++) {
    const cells = Array.from({ length: width }, (_, column) =>
      column === 0 ? `${i}` : column === width - 1 ? 'end' : cell(),
    );
    text += cells.join(delimiter) + pick(lineEnds);
  }
  return { text, records };
}

describe('every record of a file with quotes anywhere', () => {
  const rounds = process.env['TEST_LONG'] === '1' ? 400 : 1;

  for (const encoding of ENCODINGS) {
    it(`is counted once, by its own first cell (${encoding})`, async () => {
      let seed = 1;
      for (const delimiter of DELIMITERS) {
        for (const lineEnds of [['\n'], ['\r\n'], ['\r'], LINE_ENDS]) {
          for (let round = 0; round < rounds; round++) {
            const { text, records } = wildFile(seed++, delimiter, lineEnds);
            const { tables } = await readBytes(encode(text, encoding), {
              overrides: { delimiter: delimiter as ',', encoding: encoding.split(' ')[0] },
            });
            const rows = tables[0]!.rows.slice(1);
            const what = JSON.stringify({ seed: seed - 1, text });
            assert.equal(rows.length, records, what);
            assert.deepEqual(
              rows.map(({ row, cells }) => [row, String(cells[0])]),
              Array.from({ length: records }, (_, i) => [i + 2, `${i}`]),
              what,
            );
          }
        }
      }
    });
  }

  it('reads alike however the text is cut', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const delimiter = DELIMITERS[seed % 4]!;
      const { text } = wildFile(seed, delimiter, LINE_ENDS);
      const width = findWidth(text, delimiter);
      const next = random(seed);
      const cuts = Array.from({ length: next(6) }, () => next(text.length + 1)).toSorted((a, b) => a - b);
      const splitter = createRecordSplitter({ delimiter, width });
      const pieces = [0, ...cuts].flatMap((from, i) => splitter.push(text.slice(from, cuts[i] ?? text.length), false));
      pieces.push(...splitter.push('', true));
      assert.deepEqual(pieces, splitText(text, delimiter, width), JSON.stringify({ seed, cuts }));
    }
  });

  it('reads what a writer of csv quoted as two public parsers do', async () => {
    const { parse } = await import('csv-parse/sync');
    for (let seed = 1; seed <= 300; seed++) {
      const next = random(seed);
      const width = 3 + next(5);
      // Both at once in one record can be read in two ways, and the reading that loses no line is taken.
      const texts = ['a', 'say "x"', '', '"', ...(seed % 3 === 0 ? ['b,c'] : ['two\nlines', 'x\n\ny z'])];
      const rows = Array.from({ length: 8 }, (_, i) =>
        Array.from({ length: width }, (_, at) => (at === 0 ? `${i}` : texts[next(texts.length)]!)),
      );
      const text = write(rows, ',', '\n', seed % 2 === 0 ? 'everywhere' : 'where needed');
      const found = splitText(text, ',', findWidth(text, ',')).map(({ cells }) => cells);
      assert.deepEqual(found, parse(text), text);
      assert.deepEqual(found, Papa.parse(text.trimEnd(), { delimiter: ',', newline: '\n' }).data, text);
    }
  });
});
