import assert from 'node:assert/strict';
import { rowsAhead } from '../../../shared/exports/rows-ahead.ts';
import type { RowBatch } from '../../../shared/exports/sheet.ts';

const batch = (from: number, count: number): RowBatch =>
  Array.from({ length: count }, (_none, at) => [String(from + at)]);

describe('rows that are read ahead', () => {
  it('come all and in their order', async () => {
    async function* rows() {
      yield batch(0, 1_000);
      yield batch(1_000, 1);
      yield batch(1_001, 0);
      yield batch(1_001, 450);
    }
    const seen: string[] = [];
    for await (const some of rowsAhead(rows())) for (const [cell] of some) seen.push(cell as string);
    assert.deepEqual(
      seen,
      batch(0, 1_451).map(([cell]) => cell),
    );
  });

  it('are read while those before are written, one batch and no more', async () => {
    let asked = 0;
    async function* rows() {
      for (;;) {
        asked += 1;
        yield batch(0, 200);
      }
    }
    const ahead = rowsAhead(rows());
    for (let written = 1; written <= 3; written++) {
      await ahead.next();
      assert.equal(asked, written + 1);
    }
    await ahead.return(undefined);
  });

  it('a fault meanwhile is told where the next rows are awaited', async () => {
    async function* rows() {
      yield batch(0, 200);
      throw new Error('the line is gone');
    }
    const ahead = rowsAhead(rows());
    assert.equal((await ahead.next()).done, false);
    // a fault that nobody handles would end the process in this turn
    await new Promise((resolve) => setImmediate(resolve));
    await assert.rejects(ahead.next(), /the line is gone/);
  });

  it('whoever stops reading waits for what is under way, and the reading is ended', async () => {
    const events: string[] = [];
    let answer = () => {};
    async function* rows() {
      try {
        yield batch(0, 200);
        await new Promise<void>((resolve) => (answer = resolve));
        events.push('answered');
        yield batch(200, 200);
      } finally {
        events.push('ended');
      }
    }
    const ahead = rowsAhead(rows());
    await ahead.next();
    const stopped = ahead.return(undefined).then(() => events.push('stopped'));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(events, []);
    answer();
    await stopped;
    assert.deepEqual(events, ['answered', 'ended', 'stopped']);
  });
});
