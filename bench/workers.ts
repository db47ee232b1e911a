import { join } from 'node:path';
import { seconds, tell, type Bench, type BenchContext, type BenchResult } from './bench.ts';
import { cutLastDays } from './last-days.ts';
import { openProduct } from './product.ts';
import { ensureMonth, openBenchServer, type BenchServer } from './stage.ts';

/** files and rows of each */
const LOADS = [
  { files: 300, rows: 200 },
  { files: 12, rows: 50_000 },
] as const;
const WORKERS = [1, 2, 4] as const;
const ASKED: Partial<Record<number, number>> = { 2: 1.6 };
const FILES_AT_ONCE = 10;

/** Whether more workers get more done. */
export const workersBench: Bench = {
  name: 'workers',
  about: '300 files of 200 rows and 12 of 50 000 Happy Workers rows, with 1, 2 and 4 workers',
  async run(context) {
    const results: BenchResult[] = [];
    for (const { files, rows } of LOADS) {
      const fileCount = Math.max(2, Math.round(files * context.scale));
      const month = await ensureMonth(context, Math.max(fileCount * rows + rows, 1_000));
      const { days } = await cutLastDays(month, fileCount, rows);
      const paths = days.map((day) => join(day, 'happy_workers.csv'));
      let aloneMs = 0;
      for (const workers of WORKERS) {
        const server = await openBenchServer(context);
        const ms = await loadAll(context, server, { workers, paths });
        await server.close();
        aloneMs ||= ms;
        const ratio = aloneMs / ms;
        const asked = ASKED[workers];
        context.say(`${fileCount} files of ${rows} rows, ${workers} workers: ${seconds(ms)}`);
        results.push({
          ...tell(`${fileCount} files of ${rows} rows, ${workers} workers`, seconds(ms)),
          ratio,
          reach: asked === undefined ? null : `>= ${asked} x one worker`,
          reached: asked === undefined ? null : ratio >= asked,
        });
      }
    }
    return results;
  },
};

async function loadAll(
  context: BenchContext,
  server: BenchServer,
  { workers, paths }: { workers: number; paths: readonly string[] },
): Promise<number> {
  const product = await openProduct(context, server, { workers });
  try {
    const startedAt = performance.now();
    const sessions: string[] = [];
    for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
      const some = paths.slice(at, at + FILES_AT_ONCE);
      const sent = await product.client.upload(some.map((path, index) => ({ path, name: `report-${at + index}.csv` })));
      sessions.push(sent.body.session.id);
    }
    for (const id of sessions) {
      const session = await product.client.waitForSession(id, { timeoutMs: 900_000 });
      if (!session.status.startsWith('completed')) throw new Error(`a session ended ${session.status}`);
    }
    return performance.now() - startedAt;
  } finally {
    await product.close();
  }
}
