import assert from 'node:assert/strict';
import Papa from 'papaparse';
import { createRecordSplitter } from '../../../shared/ingest/readers/csv-records.ts';
import { findWidth, splitText } from '../../../shared/ingest/readers/csv-width.ts';
import { readBytes } from './reading.ts';
import { ENCODINGS, DELIMITERS, LINE_ENDS, write, encode } from './csv-dialects.ts';
import { isLong } from '../../support/long.ts';

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
  const rounds = isLong ? 400 : 1;

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
