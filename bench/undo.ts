import { join } from 'node:path';
import { sleep } from '../shared/lifecycle.ts';
import { compareToFloor, compareToLimit, seconds, tell, type Bench } from './bench.ts';
import { ensureCorrectedReport } from './corrected-report.ts';
import { cutLastDays } from './last-days.ts';
import { loadThroughProduct } from './load.ts';
import { openProduct, type Product } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const MONTHS = 12;
const FEW = 200;
const REPORT = 'happy_workers.csv';
const FEW_LIMIT_S = 3;
const MAX_OF_LOAD = 1;
const LOOK_EVERY_MS = 20;
const TIMEOUT_MS = 900_000;

/** Imports that are taken back: a small one among many orders, and a large one against its own load. */
export const undoBench: Bench = {
  name: 'undo',
  about: 'a file of 200 rows among a million orders undone, and a million-row file undone against its own load',
  async run(context) {
    const orders = Math.round(ORDERS * context.scale);
    const lastMonth = Math.round(orders / MONTHS);
    const { before: earlier, days: months } = await cutLastDays(await ensureMonth(context, orders), 1, lastMonth);
    const { before, days } = await cutLastDays(earlier, 1, FEW);
    const csv = join(before, REPORT);
    const month = join(months[0] as string, REPORT);
    const ofLarge = join(before, `corrected-${REPORT}`);
    const ofMonth = join(months[0] as string, `corrected-${REPORT}`);
    const few = (rows: number) => ({ everyRow: Math.max(1, Math.floor(rows / FEW)), onlyCorrected: true });
    await ensureCorrectedReport(csv, ofLarge, few(orders - lastMonth));
    await ensureCorrectedReport(month, ofMonth, few(lastMonth));
    const server = await openBenchServer(context);
    const product = await openProduct(context, server);
    const large = await loadThroughProduct(product, csv);
    const largeId = await newestFile(product);
    context.say(`${large.rows.read} rows loaded in ${seconds(large.ms)}`);
    await loadThroughProduct(product, join(days[0] as string, REPORT));
    const alone = await undo(product, await newestFile(product), { removed: FEW });
    context.say(`${FEW} rows that nobody else holds: ${seconds(alone)}`);
    const reported = await loadThroughProduct(product, month, 'last-month.csv');
    const undoCorrections = async (path: string): Promise<{ rows: number; ms: number }> => {
      const { rows } = await loadThroughProduct(product, path, 'corrections.csv');
      const ms = await undo(product, await newestFile(product), { restored: rows.updated });
      return { rows: rows.updated, ms };
    };
    const inMonth = await undoCorrections(ofMonth);
    context.say(`${inMonth.rows} rows that a month of ${reported.rows.read} holds too: ${seconds(inMonth.ms)}`);
    const inLarge = await undoCorrections(ofLarge);
    context.say(`${inLarge.rows} rows that the large file holds too: ${seconds(inLarge.ms)}`);
    const whole = await undo(product, largeId, { removed: large.rows.new });
    return [
      tell('the large file, upload to completed', `${large.rows.read} rows in ${seconds(large.ms)}`),
      compareToLimit(`${FEW} rows that nobody else holds`, alone / 1000, FEW_LIMIT_S, 's'),
      compareToLimit(
        `${inMonth.rows} rows that a month of ${reported.rows.read} rows holds too`,
        inMonth.ms / 1000,
        FEW_LIMIT_S,
        's',
      ),
      tell(`${inLarge.rows} rows that the large file holds too, which is read for them`, seconds(inLarge.ms)),
      compareToFloor('the large file, asked to undone', whole, large.ms, MAX_OF_LOAD),
    ];
  },
};

interface UndoBody {
  id: string;
  status: string;
  receipt: { rows: { removed: number; restored: number } } | null;
}

async function newestFile({ client }: Product): Promise<string> {
  const { body } = await client.get<{ items: { id: string }[] }>('/files?limit=1');
  const id = body.items[0]?.id;
  if (id === undefined) throw new Error('no file is there');
  return id;
}

/** From the asking to its end, ms. @throws when it comes to something else */
async function undo(
  { client }: Product,
  fileId: string,
  wanted: { removed?: number; restored?: number },
): Promise<number> {
  const startedAt = performance.now();
  const asked = await client.post<UndoBody>(`/files/${fileId}/undo`, { reason: 'measured by the bench' });
  if (asked.status !== 202) throw new Error(`the undo was answered ${asked.status} ${JSON.stringify(asked.body)}`);
  for (;;) {
    const { body } = await client.get<UndoBody>(`/undos/${asked.body.id}`);
    if (body.status !== 'queued' && body.status !== 'processing') {
      const { removed = 0, restored = 0 } = body.receipt?.rows ?? {};
      if (body.status !== 'completed' || removed !== (wanted.removed ?? 0) || restored !== (wanted.restored ?? 0))
        throw new Error(`not undone as meant: ${JSON.stringify(body).slice(0, 2_000)}`);
      return performance.now() - startedAt;
    }
    if (performance.now() - startedAt > TIMEOUT_MS) throw new Error(`not undone after ${seconds(TIMEOUT_MS)}`);
    await sleep(LOOK_EVERY_MS);
  }
}
