import assert from 'node:assert/strict';
import { text as readAll } from 'node:stream/consumers';
import fc from 'fast-check';
import Papa from 'papaparse';
import { createCsvStream } from '../../../shared/exports/csv-writer.ts';
import { neutralisedInText, unneutralised } from '../../../shared/formula-guard.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** What LibreOffice, Excel or Sheets would calculate, also after the blanks that they cut. */
const LIVE = /^\s*[=+\-@＝＋－＠]/u;
const cells = fc.string({
  unit: fc.constantFrom('=', '+', '-', '@', '＝', '＠', ',', ';', '\t', '|', '"', "'", '\r', '\n', ' ', '1', 'x', 'ж'),
});

describe('csv from strangers', () => {
  it('holds no formula alive, at whatever delimiter a program cuts it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 4 }), async (row) => {
        const sheet = { name: 's', columns: row.map((_, at) => ({ header: `h${at}`, width: 10 })), rows: [[row]] };
        const csv = await readAll(createCsvStream([sheet], { several: false, words: { yes: 'да', no: 'нет' } }));
        for (const delimiter of DELIMITERS) {
          const { data } = Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), { delimiter });
          for (const cell of data.flat())
            assert.doesNotMatch(cell, LIVE, `${JSON.stringify(row)} cut at ${JSON.stringify(delimiter)}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives the text back when it returns as a correction', () => {
    for (const text of ['=1+1', 'x;=1+1;y', 'Кофе, -5 %', '@sum', 'a\tb', '\t=1', 'plain', '-', "it's"])
      assert.equal(unneutralised(neutralisedInText(text)), text);
  });
});
