import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReorderBuffer } from '../../scripts/make-month/reorder.ts';
import { createRandom } from '../../scripts/make-month/random.ts';
import { planInventedSales } from '../../scripts/make-month/sales.ts';
import { parseWallTime } from '../../scripts/make-month/wall-clock.ts';
import { writeMonth, type MonthSummary } from '../../scripts/make-month/write-month.ts';

interface Truth {
  orders: Record<string, { status: string; anomaly: string }>;
  orphans: Record<string, string>;
  issues: Record<string, string>;
  counts: Record<string, number>;
}

describe('make-month', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'vhm24r-make-month-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  const make = (name: string, seed: number): Promise<MonthSummary> =>
    writeMonth({
      outFolder: join(folder, name),
      plan: planInventedSales({ seed, count: 3_000, days: 60, from: parseWallTime('2025-03-01') }),
      seed,
      machineCount: 12,
      anomalyShare: 0.3,
      formats: ['csv'],
    });
  const read = (name: string, file: string) => readFile(join(folder, name, file), 'utf8');
  const readTruth = async (name: string) => JSON.parse(await read(name, 'truth.json')) as Truth;

  it('the same seed makes the same month, another seed another one', async () => {
    await make('a', 7);
    await make('b', 7);
    await make('c', 8);
    for (const file of ['happy_workers.csv', 'payme.csv', 'truth.json'])
      assert.equal(await read('a', file), await read('b', file));
    assert.notEqual(await read('a', 'happy_workers.csv'), await read('c', 'happy_workers.csv'));
  });

  it('says the truth about every order that a report holds, and about no other', async () => {
    const { counts } = await make('whole', 11);
    const truth = await readTruth('whole');
    const numbers = new Set(
      [
        ...(await read('whole', 'happy_workers.csv')).matchAll(/^(ff\w{34}),/gm),
        ...(await read('whole', 'vendhub.csv')).matchAll(/;(ff\w{34});/g),
      ].map(([, number]) => number),
    );
    assert.deepEqual(new Set(Object.keys(truth.orders)), numbers);
    assert.deepEqual(truth.counts, counts);
    for (const number of Object.keys(truth.issues)) assert.ok(number in truth.orders);
    for (const status of [
      'hw_only',
      'vendhub_only',
      'number_conflict',
      'price_mismatch',
      'time_out_of_range',
      'fiscal_mismatch',
    ]) {
      assert.ok(
        Object.values(truth.orders).some((order) => order.status === status),
        `no order is ${status}`,
      );
    }
  });

  it('names as orphans only proofs that the reports hold', async () => {
    await make('orphans', 13);
    const { orphans } = await readTruth('orphans');
    assert.ok(Object.keys(orphans).length > 10);
    for (const [key, status] of Object.entries(orphans)) {
      const [source = '', ...id] = key.split(':');
      const report = await read('orphans', `${source === 'fiscal' ? 'fiscal_bills' : source}.csv`);
      const wanted = source === 'fiscal' ? `;${id[1]};VendiHub Online;Сервер;${id[0]};` : `;${id.join(':')};`;
      assert.ok(report.includes(wanted), `${key} is not in its report`);
      assert.equal(status, `${source}_only`);
    }
  });

  it('receipts and payments stand in the order of their times', async () => {
    await make('sorted', 17);
    const times = [...(await read('sorted', 'fiscal_bills.csv')).matchAll(/^\d+;([\d :-]{19});/gm)].map(
      ([, time = '']) => time,
    );
    assert.ok(times.length > 1_000);
    assert.deepEqual(times, times.toSorted());
  });

  it('the reorder buffer hands out what a sort would', () => {
    const random = createRandom(3);
    const buffer = createReorderBuffer<number>();
    const added: number[] = [];
    const released: number[] = [];
    for (let clock = 0; clock < 5_000; clock++) {
      buffer.release(clock - 50, (row) => released.push(row));
      const at = clock + random.int(-50, 400);
      buffer.add(at, at);
      added.push(at);
    }
    buffer.release(Infinity, (row) => released.push(row));
    assert.deepEqual(
      released,
      added.toSorted((a, b) => a - b),
    );
  });
});
