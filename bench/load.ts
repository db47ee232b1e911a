import pg from 'pg';
import { sleep } from '../shared/lifecycle.ts';
import { seconds, tell, type BenchResult } from './bench.ts';
import { memoryOf, watchMemory } from './memory.ts';
import type { Product } from './product.ts';
import { sendFile } from './send-file.ts';

/** One file through the product, from the first byte of the upload to its final state. */
export interface Load {
  ms: number;
  /** Until the answer to the upload. */
  uploadMs: number;
  /** After that, by phase of the file; `waiting` is the queue. */
  phasesMs: Record<'waiting' | 'detecting' | 'reading' | 'merging' | 'reconciling', number>;
  /** Worker and reader child, bytes. */
  peakBytes: number;
  rows: { read: number; new: number; updated: number; unchanged: number; rejected: number };
}

const LOOK_EVERY_MS = 20;
const TIMEOUT_MS = 900_000;

interface Look {
  status: string;
  phase: keyof Load['phasesMs'];
  rows_read: string;
  rows_new: string;
  rows_updated: string;
  rows_unchanged: string;
  rows_rejected: string;
  error_code: string | null;
}

/** @throws when the file ends in any state but completed, with or without rejected rows */
export async function loadThroughProduct(product: Product, path: string, name?: string): Promise<Load> {
  const { databaseUrl, client, worker } = product;
  if (worker === null) throw new Error('a load needs a worker');
  const db = new pg.Client({
    connectionString: databaseUrl,
    ssl: false,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  });
  await db.connect();
  const memory = watchMemory(worker.child.pid);
  try {
    const startedAt = performance.now();
    const sent = await sendFile<{ session: { files: { id: string }[] } }>(`${product.api.url}/api/v1/files`, path, {
      token: client.token,
      name,
    });
    const uploadedAt = performance.now();
    const fileId = sent.body.session?.files[0]?.id;
    if (sent.status !== 202 || fileId === undefined)
      throw new Error(`the upload was answered ${sent.status} ${JSON.stringify(sent.body)}`);
    const phasesMs: Load['phasesMs'] = { waiting: 0, detecting: 0, reading: 0, merging: 0, reconciling: 0 };
    for (let last = uploadedAt; ;) {
      const look = await lookAt(db, fileId);
      const now = performance.now();
      if (look.status !== 'queued' && look.status !== 'processing') {
        if (!look.status.startsWith('completed'))
          throw new Error(`the file ended ${look.status} ${look.error_code ?? ''}`);
        const rows = {
          read: Number(look.rows_read),
          new: Number(look.rows_new),
          updated: Number(look.rows_updated),
          unchanged: Number(look.rows_unchanged),
          rejected: Number(look.rows_rejected),
        };
        return { ms: now - startedAt, uploadMs: uploadedAt - startedAt, phasesMs, peakBytes: memory.stop(), rows };
      }
      if (now - uploadedAt > TIMEOUT_MS)
        throw new Error(`the file is ${look.status} (${look.phase}) after ${seconds(TIMEOUT_MS)}`);
      if (memoryOf(worker.child.pid, 'VmRSS') === null)
        throw new Error(`the worker has ended\n${worker.child.output().slice(-4_000)}`);
      phasesMs[look.phase] += now - last;
      last = now;
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    memory.stop();
    await db.end();
  }
}

/** What the phases took, in one line of the table. */
export function tellPhases({ uploadMs, phasesMs }: Load): BenchResult {
  const parts = Object.entries({ upload: uploadMs, ...phasesMs }).map(([name, ms]) => `${name} ${seconds(ms)}`);
  return tell('where it goes', parts.join(', '));
}

async function lookAt(db: pg.Client, fileId: string): Promise<Look> {
  const { rows } = await db.query<Look>(
    `select f.status, case when f.status = 'queued' then 'waiting' else coalesce(p.phase, 'detecting') end as phase,
       f.rows_read, f.rows_new, f.rows_updated, f.rows_unchanged, f.rows_rejected, f.error_code
     from uploaded_files f left join file_progress p on p.file_id = f.id where f.id = $1`,
    [fileId],
  );
  const look = rows[0];
  if (look === undefined) throw new Error(`the file ${fileId} is not in the database`);
  return look;
}
