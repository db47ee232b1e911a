import assert from 'node:assert/strict';
import { drawFaults } from '../support/chaos/draw-faults.ts';
import { runChaos, type ChaosOptions } from '../support/chaos/run-chaos.ts';
import { isLong } from '../support/long.ts';

const MINUTE_MS = 60_000;
/** Faults strike for an hour in the long run, with three seeds and so with each way to store bytes. */
const RUNS: ChaosOptions[] = isLong
  ? [301, 302, 303].map((seed) => ({ seed, lengthMs: 20 * MINUTE_MS }))
  : [{ seed: 5, lengthMs: 5_000, everyMs: 1_000, backlog: 4 }];

describe('months uploaded through two apis to three workers while faults strike', function () {
  this.timeout(RUNS.reduce((sum, { lengthMs }) => sum + lengthMs + 6 * MINUTE_MS, 0));

  for (const run of RUNS) {
    it(`lose, double and hold up nothing, and the figures are the truth (seed ${run.seed})`, async () => {
      const { violations, ...figures } = await runChaos(run);
      console.log(`      ${JSON.stringify(figures)}`);
      assert.deepEqual(violations, []);
      assert.ok(figures.files >= 6, `${figures.files} files`);
    });
  }

  it('are struck by the same faults at the same times with the same seed, and by others with another', () => {
    const plan = drawFaults(7, 10 * MINUTE_MS, 2_500, 's3');
    assert.deepEqual(drawFaults(7, 10 * MINUTE_MS, 2_500, 's3'), plan);
    assert.notDeepEqual(drawFaults(8, 10 * MINUTE_MS, 2_500, 's3'), plan);
    assert.ok(plan.length > 150, `${plan.length} faults in ten minutes`);
    const lastUntil = new Map<string, number>();
    for (const { atMs, target, holdMs, name } of plan) {
      assert.ok(atMs >= (lastUntil.get(target) ?? 0), `${name} strikes ${target} while another fault lasts`);
      lastUntil.set(target, atMs + holdMs);
    }
  });
});
