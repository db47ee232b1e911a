import assert from 'node:assert/strict';
import { createDeadline } from '../../../shared/ingest/child/reader-process.ts';

/** Resolves with the milliseconds after which the deadline ended. */
function endOf(ms: number, waitedForCoreMs: () => number): Promise<number> {
  const startedAt = performance.now();
  return new Promise((resolve) =>
    createDeadline(ms, { waitedForCoreMs, expire: () => resolve(performance.now() - startedAt) }),
  );
}

describe('the deadline of a reader', () => {
  it('ends in time where a core was always free', async () => {
    const endedMs = await endOf(100, () => 10);
    assert.ok(endedMs >= 99 && endedMs < 150 + 1_000, `${endedMs} ms`);
  });

  it('gives back the time in which no core was free, once', async () => {
    assert.ok((await endOf(100, () => 300)) >= 399);
  });

  it('and goes on giving while the machine is busy', async () => {
    let waitedMs = 0;
    assert.ok((await endOf(50, () => (waitedMs = Math.min(400, waitedMs + 100)))) >= 449);
  });
});
