/**
 * Runs the api on a storage folder with little room, fills it in several ways, and prints what became of uploads as
 * JSON. A process of its own, because the small disk is mounted for it alone.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openTestApi } from './in-process-api.ts';

const [databaseUrl = '', folder = '', roomMib = ''] = process.argv.slice(2);
const MIB = 1024 * 1024;
const FILLING = 'filling';

export interface FullDiskReport {
  /** status, code and Retry-After of each upload */
  answers: { how: string; status: number; code: string | null; retryAfter: string | null }[];
  /** files in the storage that are neither filling nor of the upload that had room */
  left: string[];
  alive: number;
}

const files = async () => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile() && !entry.parentPath.endsWith(FILLING)).map(({ name }) => name);
};

async function main(): Promise<void> {
  const api = await openTestApi({ DATABASE_URL: databaseUrl, STORAGE_URL: `file:${folder}`, SYNC_WAIT_MS: '0' });
  const answers: FullDiskReport['answers'] = [];
  const upload = async (how: string, sizes: readonly number[]) => {
    const body = new FormData();
    for (const [index, size] of sizes.entries())
      body.append('files', new Blob([Buffer.alloc(size, 'a;b\n')]), `${index}.csv`);
    const headers = { Authorization: `Bearer ${api.client.token ?? ''}` };
    const response = await fetch(`${api.url}/api/v1/files`, { method: 'POST', headers, body });
    const answer = (await response.json()) as { error?: { code: string } };
    answers.push({
      how,
      status: response.status,
      code: answer.error?.code ?? null,
      retryAfter: response.headers.get('retry-after'),
    });
  };
  await upload('room for it', [1_000]);
  const kept = new Set(await files());
  const room = Number(roomMib) * MIB;
  for (const share of [1.01, 1.5, 3]) await upload(`${share} of the room`, [Math.ceil(room * share)]);
  await upload('the second of two', [1_000, room * 2]);
  await mkdir(join(folder, FILLING));
  await fill('blocks', (path) => writeFile(path, Buffer.alloc(MIB)));
  await upload('no block', [100_000]);
  await rm(join(folder, FILLING), { recursive: true });
  await mkdir(join(folder, FILLING));
  await fill('inodes', (path) => writeFile(path, ''));
  await upload('no inode', [100_000]);
  await rm(join(folder, FILLING), { recursive: true });
  const alive = (await fetch(`${api.url}/livez`)).status;
  const left = (await files()).filter((name) => !kept.has(name));
  process.stdout.write(`${JSON.stringify({ answers, left, alive } satisfies FullDiskReport)}\n`);
  await api.close();
}

/** Until the disk takes no more, or far beyond what a small one holds. */
async function fill(name: string, add: (path: string) => Promise<void>): Promise<void> {
  for (let no = 0; no < 200; no++) {
    try {
      await add(join(folder, FILLING, `${name}-${no}`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      return;
    }
  }
}

await main();
