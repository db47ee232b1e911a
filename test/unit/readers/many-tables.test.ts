/** A file of many tables that are one stream is read once for all of them, not once for each. */
import assert from 'node:assert/strict';
import { detectFormat } from '../../../shared/ingest/detect-format.ts';
import { handlerFor } from '../../../shared/ingest/readers/index.ts';
import { DEFAULT_READ_LIMITS } from '../../../shared/ingest/readers/limits.ts';
import type { RawTable, ReadOptions } from '../../../shared/ingest/readers/reader.ts';
import { docxOf } from '../../support/formats/office-formats.ts';
import { htmlTable, spreadsheetXml, type TextRows } from '../../support/formats/text-formats.ts';
import { faultOf, readBytes, withFile } from './reading.ts';

const TABLES = 200;
const ROWS = 40;

const tableOf = (table: number): TextRows => [
  ['Order number', 'Goods name'],
  ...Array.from({ length: ROWS }, (_, row) => [`ff${table}-${row}`, `Кофе ${'с молоком '.repeat(8)}`]),
];
const tables = Array.from({ length: TABLES }, (_, i) => tableOf(i));
const records = ([, ...rows]: TextRows) =>
  rows.map(([number, goods]) => ({ 'Order number': number, 'Goods name': goods }));

const formats: Record<string, () => Uint8Array | Promise<Uint8Array>> = {
  html: () => Buffer.from(tables.map((rows) => htmlTable(rows)).join('<p>')),
  'XML spreadsheet': () => spreadsheetXml(Object.fromEntries(tables.map((rows, i) => [`s${i}`, rows]))),
  docx: () => docxOf(...tables),
  json: () => Buffer.from(JSON.stringify(Object.fromEntries(tables.map((rows, i) => [`s${i}`, records(rows)])))),
};

describe('many tables', function () {
  this.timeout(60_000);

  async function opened(
    content: Uint8Array,
    use: (found: AsyncIterable<RawTable>, seen: number[]) => Promise<void>,
  ): Promise<void> {
    await withFile(content, async (path) => {
      const seen: number[] = [];
      const signal = new AbortController().signal;
      const options: ReadOptions = { limits: DEFAULT_READ_LIMITS, signal, onBytes: (bytes) => seen.push(bytes) };
      const handler = handlerFor(await detectFormat(path, options));
      assert.ok(handler.kind === 'tables');
      const reader = await (await handler.load()).open(path, options);
      seen.length = 0;
      await use(reader.tables(), seen);
      await reader.close();
    });
  }

  for (const [name, write] of Object.entries(formats)) {
    it(`of ${name} come in one reading, all of them or a few`, async () => {
      const content = await write();
      await opened(content, async (found, seen) => {
        let at = 0;
        for await (const { rows } of found) {
          const numbers: unknown[] = [];
          for await (const batch of rows) for (const { cells } of batch) numbers.push(cells[0]);
          assert.deepEqual(
            numbers,
            tables[at]!.map(([number]) => number),
          );
          at++;
        }
        assert.equal(at, TABLES);
        assert.ok(seen.length > 3);
        assert.deepEqual(
          seen,
          seen.toSorted((a, b) => a - b),
          'never from the start again',
        );
      });
      // Every third one, and of that the first rows only.
      await opened(content, async (found, seen) => {
        let at = 0;
        for await (const { rows } of found) {
          if (at++ % 3 !== 0) continue;
          for await (const batch of rows) {
            assert.equal(batch[0]?.cells[0], 'Order number');
            assert.equal(batch[1]?.cells[0], `ff${at - 1}-0`);
            break;
          }
        }
        assert.equal(at, TABLES);
        assert.deepEqual(
          seen,
          seen.toSorted((a, b) => a - b),
        );
      });
    });

    it(`of ${name} are refused when there are thousands`, async () => {
      const few = Array.from({ length: 10_000 }, (_, i): TextRows => [['a'], [`${i}`]]);
      const content = {
        html: () => Buffer.from(few.map((rows) => htmlTable(rows)).join('')),
        'XML spreadsheet': () => spreadsheetXml(Object.fromEntries(few.map((rows, i) => [`s${i}`, rows]))),
        docx: () => docxOf(...few),
        json: () => Buffer.from(JSON.stringify(Object.fromEntries(few.map((_rows, i) => [`s${i}`, [{ a: i }]])))),
      }[name]!;
      await assert.rejects(readBytes(await content()), faultOf('bad_file', 'too_many_sheets'));
    });
  }

  it('keep their own rows where a key of json comes back', async () => {
    const { tables: found } = await readBytes('{"a":[{"x":1}],"b":[{"y":2},{"y":3}],"a":[{"x":4}]}');
    assert.deepEqual(
      found.map(({ sheet, rows }) => [sheet, ...rows.map(({ cells }) => cells[0])]),
      [
        ['a', 'x', 1, 4],
        ['b', 'y', 2, 3],
      ],
    );
  });
});
