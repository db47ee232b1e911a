import type { AreaCheck, DoctorContext } from '../context.ts';
import { rung, words } from '../finding.ts';
import { Trouble, type Ladder } from '../ladder.ts';
import { problem } from './problem.ts';

const DRIFT_MS = 5_000;
/** The same minute makes /readyz degraded (health.ts). */
const OFF_MS = 60_000;

const fix = words(
  'Включите синхронизацию времени (NTP) на этой машине.',
  'Turn on time synchronisation (NTP) on this machine.',
);
const commands = ['date -u', 'timedatectl set-ntp true'];

export const clockCheck: AreaCheck = {
  area: 'clock',
  needs: ['postgres', 'redis'],
  codes: {
    'clock.postgres': rung('Часы совпадают с часами PostgreSQL', 'The clock agrees with that of PostgreSQL'),
    'clock.redis': rung('Часы совпадают с часами Redis', 'The clock agrees with that of Redis'),
    'clock.off': problem('error', {
      title: words('Часы расходятся больше чем на минуту', 'The clocks differ by more than a minute'),
      cause: words('Часы этой машины или сервера идут неверно.', "This machine's clock or the server's is wrong."),
      effect: words(
        '/readyz этого сервиса — degraded; S3 отвергает подписи, сертификаты кажутся просроченными. Вход идёт по ' +
          'часам PostgreSQL.',
        '/readyz of this service is degraded; S3 refuses signatures, certificates look expired. Sign-ins go by ' +
          'the clock of PostgreSQL.',
      ),
      fix,
      commands,
    }),
    'clock.drift': problem('warn', {
      title: words('Часы расходятся на секунды', 'The clocks differ by seconds'),
      cause: words('Время давно не синхронизировалось.', 'Time has not been synchronised for long.'),
      effect: words('Пока терпимо: допуск — минута.', 'Tolerable so far: a minute is allowed.'),
      fix,
      commands,
    }),
  },
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
