import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../../scripts/make-month/random.ts';
import { planInventedSales } from '../../../scripts/make-month/sales.ts';
import { parseWallTime } from '../../../scripts/make-month/wall-clock.ts';
import { writeMonth } from '../../../scripts/make-month/write-month.ts';
import type { Truth } from '../truth.ts';

export interface Month {
  reports: { name: string; content: Uint8Array<ArrayBuffer> }[];
  truth: Truth;
}

const DAY_S = 86_400;
const FIRST_DAY = parseWallTime('2018-01-01');
const DAYS = 3;
/** Nothing of one period can belong to the next. */
const DAYS_APART = 4;
const REPORT_IDS_EACH = 100_000;
/** Every so manyth is large enough to be struck in the middle of its reading and merging. */
const LARGE_EVERY = 12;

/** The nth period of an operator: a few days of the six reports. The same seed and number always give the same. */
export async function makeMonth(seed: number, number: number): Promise<Month> {
  const monthSeed = (seed * 10_007 + number) >>> 0;
  const random = createRandom(monthSeed);
  const from = FIRST_DAY + number * DAYS_APART * DAY_S;
  const isLarge = number % LARGE_EVERY === LARGE_EVERY - 1;
  const count = isLarge ? random.int(1_000, 3_000) : random.int(20, 120);
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-chaos-month-'));
  try {
    await writeMonth({
      outFolder: folder,
      plan: planInventedSales({ seed: monthSeed, count, days: DAYS, from }),
      seed: monthSeed,
      machineCount: isLarge ? 40 : 6,
      anomalyShare: 0.15,
      formats: ['csv'],
      firstReportId: 1_000 + number * REPORT_IDS_EACH,
    });
    const names = ['happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum'];
    const reports = await Promise.all(
      names.map(async (name) => ({
        name: `${name}-${number}.csv`,
        content: new Uint8Array(await readFile(join(folder, `${name}.csv`))),
      })),
    );
    return { reports, truth: JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as Truth };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
