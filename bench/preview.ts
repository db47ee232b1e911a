import { join } from 'node:path';
import pg from 'pg';
import { sleep } from '../shared/lifecycle.ts';
import { compareToFloor, seconds, tell, type Bench } from './bench.ts';
import { loadThroughProduct } from './load.ts';
import { openProduct, type Product } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const MAX_OF_IMPORT = 1.1;
const LOOK_EVERY_MS = 20;
const TIMEOUT_MS = 900_000;

/** A look before it lands against the import that it stands for. */
export const previewBench: Bench = {
  name: 'preview',
  about: 'a million new Happy Workers rows previewed, upload to previewed, against their import',
  async run(context) {
    const csv = join(await ensureMonth(context, Math.round(ORDERS * context.scale)), 'happy_workers.csv');
    const server = await openBenchServer(context);
    const plain = await openProduct(context, server, { database: 'imported' });
    await writeOut(server.databaseUrl);
    const load = await loadThroughProduct(plain, csv);
    context.say(`imported: ${load.rows.read} rows in ${seconds(load.ms)}`);
    await plain.close();
    const product = await openProduct(context, server, { database: 'previewed' });
    await writeOut(server.databaseUrl);
    const startedAt = performance.now();
    const sent = await product.client.upload([{ path: csv }], { preview: true });
    const seenMs = await until(product, sent.body.session.id, 'previewed', startedAt);
    context.say(`previewed: ${seconds(seenMs)}`);
    await writeOut(server.databaseUrl);
    const appliedAt = performance.now();
    await product.client.post(`/sessions/${sent.body.session.id}/apply`);
    const appliedMs = await until(product, sent.body.session.id, 'completed', appliedAt);
    return [
      tell('the import, upload to completed', `${load.rows.read} rows in ${seconds(load.ms)}`),
      compareToFloor('the preview, upload to previewed', seenMs, load.ms, MAX_OF_IMPORT),
      tell('applied afterwards', seconds(appliedMs)),
    ];
  },
};

/** What the step before left in the server's memory is not written to the disk during the next one. */
async function writeOut(databaseUrl: string): Promise<void> {
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  try {
    await db.query('checkpoint');
  } finally {
    await db.end();
  }
}

/** @returns ms since `startedAt` at which the one file of the session had the status */
async function until({ client }: Product, sessionId: string, wanted: string, startedAt: number): Promise<number> {
  for (;;) {
    const { body } = await client.get<{ files: { status: string }[] }>(`/sessions/${sessionId}`);
    const status = body.files[0]?.status ?? '';
    const ms = performance.now() - startedAt;
    if (status === wanted) return ms;
    if (status !== 'queued' && status !== 'processing') throw new Error(`the file ended ${status}`);
    if (ms > TIMEOUT_MS) throw new Error(`the file is ${status} after ${seconds(TIMEOUT_MS)}`);
    await sleep(LOOK_EVERY_MS);
  }
}
