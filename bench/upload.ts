import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openChild, waitForOutput } from '../scripts/processes/managed-child.ts';
import {
  compareToFloor,
  compareToLimit,
  seconds,
  tell,
  type Bench,
  type BenchContext,
  type BenchResult,
} from './bench.ts';
import { memoryOf } from './memory.ts';
import { openProduct } from './product.ts';
import { sendFile } from './send-file.ts';
import { openBenchServer, type BenchServer } from './stage.ts';

const FILE_BYTES = 100_000_000;
const MAX_FLOORS = 2;
const MAX_GROWTH_MB = 64;
/** Taken in turn, the middle one counts: a single upload is over in less time than a disk takes to hiccup. */
const TURNS = 9;
const START_LIMIT_MS = 15_000;

/**
 * What accepting bytes costs beyond writing them down: a hash, limits, a session, an audit row. No worker runs beside
 * it.
 */
export const uploadBench: Bench = {
  name: 'upload',
  about: 'one file of 100 MB, from the first byte to the answer 202, against bare multer writing to disk',
  async run(context) {
    const path = await ensureBytes(context, Math.round(FILE_BYTES * context.scale));
    const server = await openBenchServer(context);
    const bare = await openBareMulter(context);
    const onDisk = await openTarget(context, server, 'file');
    const inDatabase = await openTarget(context, server, 'postgres');
    const times: Record<'bare' | 'file' | 'postgres', number[]> = { bare: [], file: [], postgres: [] };
    // The first of each makes connections and code warm and is not counted; from then on memory should not grow.
    for (let turn = 0; turn <= TURNS; turn++) {
      const taken = {
        bare: await post(`${bare.url}/files`, path, null, 200),
        file: await post(`${onDisk.url}/api/v1/files`, path, onDisk.token, 202),
        postgres: await post(`${inDatabase.url}/api/v1/files`, path, inDatabase.token, 202),
      };
      if (turn === 0) for (const target of [onDisk, inDatabase]) target.restBytes = memoryOf(target.pid, 'VmRSS') ?? 0;
      else for (const name of ['bare', 'file', 'postgres'] as const) times[name].push(taken[name]);
    }
    const floorMs = middle(times.bare);
    return [
      tell('bare multer, diskStorage', spread(times.bare)),
      compareToFloor('to 202, bytes in files (file:)', middle(times.file), floorMs, MAX_FLOORS),
      tell('all of them', spread(times.file)),
      growth('memory of the api grows by', onDisk),
      {
        ...compareToFloor('to 202, bytes in PostgreSQL (postgres:)', middle(times.postgres), floorMs, MAX_FLOORS),
        reach: null,
        reached: null,
      },
      tell('all of them', spread(times.postgres)),
      { ...growth('memory of that api grows by', inDatabase), reach: null, reached: null },
    ];
  },
};

interface Target {
  url: string;
  token: string | null;
  pid: number;
  /** After the first upload. */
  restBytes: number;
}

async function openTarget(context: BenchContext, server: BenchServer, storage: 'file' | 'postgres'): Promise<Target> {
  const { api, client } = await openProduct(context, server, { database: `upload_${storage}`, storage, worker: false });
  return { url: api.url, token: client.token, pid: api.child.pid, restBytes: 0 };
}

async function openBareMulter(context: BenchContext): Promise<{ url: string }> {
  const folder = join(context.cacheFolder, `run-${process.pid}`, 'multer');
  await mkdir(folder, { recursive: true });
  const child = await openChild({
    name: 'bare-multer',
    command: process.execPath,
    args: ['--import', 'tsx', fileURLToPath(new URL('bare-multer.ts', import.meta.url)), folder],
    logPath: join(folder, 'server.log'),
    stopSignal: 'SIGTERM',
  });
  context.onEnd('bare multer', async () => {
    await child.stop(5_000);
    await rm(folder, { recursive: true, force: true });
  });
  const port = await waitForOutput(child, (output) => /"port":(\d+)/.exec(output)?.[1], START_LIMIT_MS);
  return { url: `http://127.0.0.1:${port}` };
}

async function post(url: string, path: string, token: string | null, expected: number): Promise<number> {
  const sent = await sendFile<unknown>(url, path, { token });
  if (sent.status !== expected)
    throw new Error(`${url} answered ${sent.status} ${JSON.stringify(sent.body).slice(0, 500)}`);
  return sent.ms;
}

/** Peak since the process began, less what it held after the first upload. */
function growth(what: string, { pid, restBytes }: Target): BenchResult {
  return compareToLimit(what, ((memoryOf(pid, 'VmHWM') ?? 0) - restBytes) / 1e6, MAX_GROWTH_MB, 'MB');
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function spread(times: readonly number[]): string {
  return `middle ${seconds(middle(times))}, ${seconds(Math.min(...times))} to ${seconds(Math.max(...times))}`;
}

/** Bytes that are no report: nothing will want to read them. */
async function ensureBytes(context: BenchContext, sizeBytes: number): Promise<string> {
  const path = join(context.cacheFolder, `bytes-${sizeBytes}.bin`);
  if (existsSync(path)) return path;
  const unfinished = `${path}.part-${process.pid}`;
  const file = await open(unfinished, 'w');
  try {
    for (let left = sizeBytes; left > 0; left -= 1_000_000) await file.write(randomBytes(Math.min(left, 1_000_000)));
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
  return path;
}
