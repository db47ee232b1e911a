/** No cell, whatever it holds, is an error: its row is loaded, refused by name, or skipped. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sources } from '../../../../shared/ingest/sources/index.ts';
import type { SourceField, SourceName } from '../../../../shared/ingest/sources/source.ts';
import type { Cell } from '../../../../shared/ingest/readers/reader.ts';
import { map } from '../mapped-rows.ts';
import { isLong } from '../../../support/long.ts';

const EXTREMES: Cell[] = [
  null,
  '',
  ' ',
  '0',
  '-0',
  '-1',
  '00:00:00',
  '1e400',
  '-1e-400',
  '9'.repeat(400),
  'infinity',
  '-infinity',
  'Infinity',
  'NaN',
  0,
  -1,
  1e308,
  5e-324,
  2_958_465,
  2_958_466,
  Number.MAX_SAFE_INTEGER,
  Infinity,
  -Infinity,
  Number.NaN,

  '0001-01-01 00:00:00',
  '9999-12-31 23:59:59',
  '0000-00-00',
  '31.12.9999',
  '1/1/0001',
  '2025-02-30',
  '29.02.2100',
  '99/99/9999 99:99 PM',

  '\u0000',
  'a\u0000b',
  '\u0001\u001f\u007f',
  '\\N',
  '\\.',
  '\t\n\r',
  '\ud800',
  'a\udc00b',
  '\ufeff',
  '\u200b',
  '\u202e',
  '="',
  '="="',
  '#N/A',
  'x'.repeat(3_000),
  '🙂'.repeat(600),
  "';drop table orders;--",
  '=cmd()',
  'Итого',
  'Total',
  '3,12E+09',
  '1,2,3',
  '1.2.3',
  '-',
  '—',
];

const ORDINARY: Partial<Record<SourceField['type'], Cell>> = {
  money: '15000',
  timestamp: '2025-03-02 10:00:00',
  date: '2025-03-02',
  int: '1',
};

function ordinaryCell(field: SourceField): Cell {
  return ORDINARY[field.type] ?? 'c078181f0000';
}

describe('a cell of any value', () => {
  for (const name of Object.keys(sources) as SourceName[]) {
    const fields = sources[name].fields.filter(({ headers }) => headers.length > 0);
    const header = fields.map(({ headers }) => headers[0]!);
    const ordinary = fields.map(ordinaryCell);

    const accounted = (rows: Cell[][]): void => {
      const { counts, rows: staged, rejects } = map({ source: name, header, rows });
      assert.equal(counts.read, rows.length);
      assert.equal(counts.read, counts.staged + counts.rejected + counts.skipped, JSON.stringify(counts));
      assert.equal(staged.length, counts.staged);
      assert.ok(rejects.length >= counts.rejected);
      for (const line of [...staged, ...rejects]) {
        for (const value of Object.values(line))
          assert.ok(value === null || !value.includes('\u0000'), JSON.stringify(value));
      }
    };

    for (const [column, { name: field }] of fields.entries()) {
      it(`leaves no row of ${name} unaccounted for: ${field}`, () => {
        accounted(EXTREMES.map((cell) => ordinary.map((usual, at) => (at === column ? cell : usual))));
      });
    }

    it(`leaves no row of ${name} unaccounted for, with several such cells and equal keys`, () => {
      const cell = fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...EXTREMES) },
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.double(),
      );
      const row = fc
        .tuple(...ordinary.map((usual) => fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, cell)))
        .map((cells) => [...cells]);
      fc.assert(fc.property(fc.array(row, { maxLength: 8 }), accounted), { seed: 4, numRuns: isLong ? 500 : 40 });
    });
  }
});
