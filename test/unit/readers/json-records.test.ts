/** Records that a program wrote carelessly: one that nobody can read costs itself and no other. */
import assert from 'node:assert/strict';
import { faultOf, readBytes } from './reading.ts';

const rowsOf = async (text: string) => (await readBytes(text)).tables[0]?.rows ?? [];

describe('records of json', () => {
  it('hold nothing where Python writes that there is no number, and keep the words within texts', async () => {
    const rows = await rowsOf('[{"a": NaN, "b": "NaN, Infinity", "c": -Infinity, "d": 1}, {"a": 2, "b": "x"}]');
    assert.deepEqual(
      rows.map(({ cells }) => cells),
      [
        ['a', 'b', 'c', 'd'],
        [null, 'NaN, Infinity', null, 1],
        [2, 'x'],
      ],
    );
  });

  it('that cannot be read are refused one by one where each is a text of its own', async () => {
    const good = ['{"a":1,"b":"x"}', '{"a":2,"b":"y"}'];
    const bad = '{"a": 2025-01-06, "b": "z"}';
    const found = [
      { row: 0, cells: ['a', 'b'] },
      { row: 1, cells: [1, 'x'] },
      { row: 2, cells: [bad], fault: { code: 'record_unreadable', params: {} } },
      { row: 3, cells: [2, 'y'] },
    ];
    assert.deepEqual(await rowsOf([good[0], bad, good[1]].join('\n')), found);
    await assert.rejects(rowsOf(`[${[good[0], bad, good[1]].join(',')}]`), faultOf('bad_file', 'damaged'));
  });

  it('are a damaged file where none can be read, or its end is missing', async () => {
    await assert.rejects(rowsOf("[{'a': 1}, {'a': 2}]"), faultOf('bad_file', 'damaged'));
    await assert.rejects(rowsOf('{"a":1}\n{"a":'), faultOf('bad_file', 'truncated'));
  });
});
