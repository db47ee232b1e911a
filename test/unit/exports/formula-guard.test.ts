import assert from 'node:assert/strict';
import { text as readAll } from 'node:stream/consumers';
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvText } from '../../../cli/output.ts';
import { createCsvStream } from '../../../shared/exports/csv-writer.ts';
import { neutralisedInText, unneutralised } from '../../../shared/formula-guard.ts';
import { isLong } from '../../support/long.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** What LibreOffice, Excel or Sheets would calculate, also after the blanks that they cut; a bare number is none. */
const LIVE = /^\s*(?!-?\d+(?:\.\d+)?\s*$)[=+\-@＝＋－＠]/u;
const cells = fc.string({
  unit: fc.constantFrom('=', '+', '-', '@', '＝', '＠', ',', ';', '\t', '|', '"', "'", '\r', '\n', ' ', '1', 'x', 'ж'),
});

describe('csv from strangers', () => {
  const sheetOf = (row: string[]) => ({
    name: 's',
    columns: row.map((_, at) => ({ header: `h${at}`, width: 10 })),
    rows: [[row]],
  });
  const words = { yes: 'да', no: 'нет' };
  const ways: Record<string, (row: string[]) => Promise<string> | string> = {
    'an export': (row) => readAll(createCsvStream([sheetOf(row)], { several: false, words })),
    'an export in Russian': (row) => readAll(createCsvStream([sheetOf(row)], { several: true, words, lang: 'ru' })),
    'the rejected rows': (row) =>
      readAll(createCsvStream([sheetOf(row)], { several: false, words, lang: 'uz', plainFigures: true })),
    'the command line': (row) => csvText(['h'], [row]),
  };
  for (const [way, csvOf] of Object.entries(ways)) {
    it(`holds no formula alive, at whatever delimiter a program cuts it: ${way}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 4 }), async (row) => {
          const csv = await csvOf(row);
          for (const delimiter of DELIMITERS) {
            const { data } = Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), { delimiter });
            for (const cell of data.flat())
              assert.doesNotMatch(cell, LIVE, `${JSON.stringify(row)} cut at ${JSON.stringify(delimiter)}`);
          }
        }),
        { numRuns: isLong ? 5_000 : 300, examples: [[['-1', '']]] },
      );
    });
  }

  it('is one cell to whoever reads it with its own delimiter, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(cells, { minLength: 2, maxLength: 4 }), (row) => {
        const { data } = Papa.parse<string[]>(csvText(['h'], [row]), { delimiter: ',' });
        assert.deepEqual(
          data[1]?.map(unneutralised),
          row.map((cell) => unneutralised(neutralisedInText(cell))),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('gives the text back when it returns as a correction', () => {
    for (const text of ['=1+1', 'x;=1+1;y', 'Кофе, -5 %', '@sum', 'a\tb', '\t=1', 'plain', '-', "it's"])
      assert.equal(unneutralised(neutralisedInText(text)), text);
  });
});
