import assert from 'node:assert/strict';
import { z } from 'zod';
import { timeRangeQuery } from '../../../api/time-range.ts';

describe('from and to', () => {
  const range = z.object(timeRangeQuery);
  const read = (from: string, to: string) => {
    const parsed = range.parse({ from, to });
    return [parsed.from?.toISOString(), parsed.to?.toISOString()];
  };

  it('are days of Tashkent, both included, or instants, the later one excluded', () => {
    assert.deepEqual(read('2025-07-01', '2025-07-01'), ['2025-06-30T19:00:00.000Z', '2025-07-01T19:00:00.000Z']);
    assert.deepEqual(read('2025-07-01T10:00:00+05:00', '2025-07-01T05:30:00Z'), [
      '2025-07-01T05:00:00.000Z',
      '2025-07-01T05:30:00.000Z',
    ]);
  });

  it('that mean "ever" are within years that every part can write', () => {
    for (const [from, to] of [
      ['0000-01-01', '9999-12-31'],
      ['0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59.999Z'],
    ] as const) {
      assert.deepEqual(read(from, to), ['1899-12-31T19:00:00.000Z', '2999-12-31T19:00:00.000Z']);
    }
  });
});
