/** Delimited text that another program opened with other settings and saved once more. */
import assert from 'node:assert/strict';
import { HEADER, rowsFor, write } from './csv-dialects.ts';
import { cellsOf, encodeAs, readBytes } from './reading.ts';

const rows = rowsFor('where needed').slice(0, 3);
const plain = [HEADER, ...rows.map((row) => row.map((cell) => (cell === '' ? null : cell)))];
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const lines = (delimiter: string): string[] =>
  write([HEADER, ...rows], delimiter, '\n', 'where needed')
    .trimEnd()
    .split('\n');
const joined = (all: readonly string[]): string => `${all.join('\r\n')}\r\n`;

describe('delimited text that was saved again', () => {
  for (const delimiter of [',', ';', '\t']) {
    const name = JSON.stringify(delimiter);
    it(`with ${name}, every line of it one quoted cell`, async () => {
      assert.deepEqual(await cellsOf(joined(lines(delimiter).map(quoted))), plain);
    });

    it(`with ${name}, only the lines that held a sign of the other program quoted`, async () => {
      const [header = '', ...rest] = lines(delimiter);
      assert.deepEqual(await cellsOf(joined([header, ...rest.map(quoted)])), plain);
    });

    it(`with ${name}, ends of lines filled up with another sign, the header's alone too`, async () => {
      const sign = delimiter === ',' ? ';' : ',';
      const [header = '', ...rest] = lines(delimiter);
      assert.deepEqual(await cellsOf(joined([header, ...rest].map((line) => `${line}${sign.repeat(3)}`))), plain);
      assert.deepEqual(await cellsOf(joined([`${header}${sign}`, ...rest])), plain);
      assert.deepEqual(await cellsOf(joined([header, ...rest].map((line) => `${quoted(line)}${sign}`))), plain);
    });

    it(`with ${name}, blanks before the quotes`, async () => {
      const line = (cells: readonly string[]) => cells.map(quoted).join(`${delimiter} `);
      assert.deepEqual(await cellsOf(joined([HEADER, ...rows].map(line))), plain);
    });
  }

  it('keeps a comma that ends a value', async () => {
    const cells = await cellsOf(
      `${HEADER.join(';')}\n${[...rows[0]!.slice(0, 2), '', ...rows[0]!.slice(3, 9), 'Успешно,'].join(';')}\n`,
    );
    assert.equal(cells[1]?.[9], 'Успешно,');
  });

  it('by Excel on a Mac is read in the letters of a Mac', async () => {
    for (const end of ['\r', '\n']) {
      const text = write([HEADER, ...rows], ';', end, 'where needed');
      const { encoding, tables } = await readBytes(encodeAs(text, 'x-mac-cyrillic'));
      assert.equal(encoding, 'x-mac-cyrillic');
      assert.deepEqual(
        tables[0]?.rows.map(({ cells }) => cells),
        plain,
      );
    }
  });
});
