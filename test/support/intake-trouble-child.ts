/**
 * Runs the api on a watched folder in trouble and prints what became of it as JSON. A process of its own, because the
 * rights it gives up and the small disk that is mounted for it are its own alone.
 */
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selectRows } from '../../shared/db/rows.ts';
import { eventually } from './eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from './files.ts';
import { openTestApi } from './in-process-api.ts';
import { TEST_ADMIN } from './processes.ts';

const [databaseUrl = '', folder = '', trouble = ''] = process.argv.slice(2);

export interface TroubleReport {
  /** findings of the door in the trouble: `a.csv: no_permission` */
  findings: string[];
  notices: number;
  during: string[];
  after: string[];
  uploads: number;
}

const report = (number: string) => csvBytes(rowsOfHappyWorkers([{ number }]));
const patient = { timeoutMs: 60_000, intervalMs: 200 };

async function files(): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && !entry.name.startsWith('filling') && !entry.name.includes('.result.'))
    .map(({ parentPath, name }) => `${parentPath.slice(folder.length + 1).split('/')[0] ?? ''}/${name}`)
    .toSorted();
}

async function main(): Promise<void> {
  await writeFile(join(folder, 'a.csv'), report('trouble-a'));
  await writeFile(join(folder, 'b.csv'), report('trouble-b'));
  if (trouble === 'no_permission') await chmod(join(folder, 'a.csv'), 0);
  if (trouble === 'no_room') await fill();
  const api = await openTestApi({ DATABASE_URL: databaseUrl, INTAKE_DIR: folder, INTAKE_USER: TEST_ADMIN.email });
  const { db } = api.opened.resources;
  const findings = await eventually(async () => {
    const rows = await selectRows<{ findings: { code: string; subject: string }[] }>(
      db,
      `select findings from intake_doors where jsonb_array_length(findings) > 0`,
    );
    if (rows[0] === undefined) throw new Error('nothing found');
    // the other file goes its way, the full disk lets none go
    // its place is taken before it is there
    if (trouble === 'no_permission' && (await files()).includes('/b.csv')) throw new Error('b.csv waits');
    if (trouble === 'no_room' && rows[0].findings.length < 2) throw new Error('not both');
    return rows[0].findings.map(({ code, subject }) => `${subject}: ${code}`);
  }, patient);
  const notices = await selectRows(db, `select 1 from notices where kind = 'intake_folder'`);
  const during = await files();
  if (trouble === 'no_permission') await chmod(join(folder, 'a.csv'), 0o644);
  else await rm(join(folder, '.filling'), { recursive: true });
  const after = await eventually(async () => {
    const now = await files();
    if (now.some((path) => path.startsWith('/'))) throw new Error(now.join());
    return now;
  }, patient);
  const uploads = await selectRows(db, 'select 1 from uploaded_files');
  const said: TroubleReport = { findings, notices: notices.length, during, after, uploads: uploads.length };
  process.stdout.write(`${JSON.stringify(said)}\n`);
  await api.close();
}

/** Blocks and names, until the disk takes no more. */
async function fill(): Promise<void> {
  await mkdir(join(folder, '.filling'));
  // the folders exist, so that only putting away needs room
  for (const kind of ['processed', 'failed']) await mkdir(join(folder, kind));
  for (const content of [Buffer.alloc(64 * 1024), '']) {
    for (let no = 0; no < 2_000; no++) {
      try {
        await writeFile(join(folder, '.filling', `filling-${content.length}-${no}`), content);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        break;
      }
    }
  }
}

await main();
