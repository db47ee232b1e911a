import { clockCodes } from '../codes/clock.ts';
import type { AreaCheck, DoctorContext } from '../context.ts';
import { Trouble, type Ladder } from '../ladder.ts';

const DRIFT_MS = 5_000;
/** The same minute makes /readyz degraded (health.ts). */
const OFF_MS = 60_000;

export const clockCheck: AreaCheck = {
  area: 'clock',
  needs: ['postgres', 'redis'],
  codes: clockCodes,
  async run(context, ladder) {
    await compare(context, ladder);
  },
};

async function compare(context: DoctorContext, ladder: Ladder): Promise<void> {
  const postgres = await context.postgres;
  if ('client' in postgres) {
    await ladder.rung('clock.postgres', async () =>
      judge(ladder, 'postgres', async () => {
        const { rows } = await postgres.client.query<{ ms: number }>(
          `select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
        );
        return Number(rows[0]?.ms);
      }),
    );
  }
  const redis = await context.redis;
  if ('client' in redis) {
    await ladder.rung('clock.redis', async () =>
      judge(ladder, 'redis', async () => {
        const [seconds, micros] = await redis.client.time();
        return Number(seconds) * 1000 + Number(micros) / 1000;
      }),
    );
  }
  if ('stoppedBy' in postgres && 'stoppedBy' in redis) {
    ladder.stop(postgres.stoppedBy);
    await ladder.rung('clock.postgres', async () => '');
  }
}

async function judge(ladder: Ladder, whose: string, ask: () => Promise<number>): Promise<string> {
  const before = Date.now();
  const theirs = await ask();
  const after = Date.now();
  // the answer was made somewhere between the two
  const off = theirs < before ? before - theirs : theirs > after ? theirs - after : 0;
  const fact = `difference_to_${whose}=${Math.round(off)}ms`;
  if (off > OFF_MS) throw new Trouble('clock.off', fact);
  if (off > DRIFT_MS) ladder.note('clock.drift', fact);
  return fact;
}
