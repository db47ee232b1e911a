import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { selectRows } from '../../shared/db/rows.ts';
import { createJobs } from '../../shared/jobs.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createDiskStore } from '../../shared/storage/disk-store.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { TEST_ADMIN } from '../support/processes.ts';
import { putAway, resultOf } from '../support/put-away.ts';
import { itLong } from '../support/long.ts';

const report = (number: string) => csvBytes(rowsOfHappyWorkers([{ number }]));
const patient = { timeoutMs: 60_000, intervalMs: 100 };

describe('files of a watched folder with odd names, or replaced', function () {
  this.timeout(240_000);
  const stored = createGate();
  const worked = createGate();
  let api: InProcessApi;
  let database: TestDatabase;
  let db: Db;
  let folder: string;
  let disk: string;
  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-intake-'));
    disk = await mkdtemp(join(tmpdir(), 'vhm24r-intake-store-'));
    const store = createDiskStore(disk);
    api = await openTestApi(
      { DATABASE_URL: database.url, INTAKE_DIR: folder, INTAKE_USER: TEST_ADMIN.email },
      {
        store: { ...store, put: (...given) => stored.pass().then(() => store.put(...given)) },
        jobs(deps) {
          const jobs = createJobs(deps);
          const work = jobs['process-file'];
          return {
            ...jobs,
            'process-file': { ...work, handle: (...given) => worked.pass().then(() => work.handle(...given)) },
          };
        },
      },
    );
  });
  after(async () => {
    await api?.close();
    await db?.destroy();
    await database?.drop();
    for (const path of [disk, folder]) await rm(path, { recursive: true, force: true });
  });

  const into = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
  const loaded = (prefix: string) =>
    selectRows<{ number: string }>(
      db,
      `select order_number as number from orders where order_number like ? order by 1`,
      [`${prefix}%`],
    ).then((rows) => rows.map(({ number }) => number));

  const findings = async () => {
    const [door] = await selectRows<{ findings: { code: string; subject: string }[] }>(
      db,
      `select findings from intake_doors where door = 'folder'`,
    );
    return (door?.findings ?? []).map(({ code, subject }) => `${subject}: ${code}`);
  };

  it('takes names as odd as a file system allows, and says of which it cannot', async () => {
    const names = [
      'два\nряда.csv',
      '"&<b>%s$(x).csv',
      '😀 касса.csv',
      ' с пробелом .csv',
      '-rf.csv',
      `${'д'.repeat(120)}.csv`,
    ];
    for (const [no, name] of names.entries()) await into(name, report(`odd-${no}`));
    await writeFile(Buffer.concat([Buffer.from(join(folder, 'x')), Buffer.from([0xff, 0xfe])]), 'a');
    await eventually(async () => assert.equal((await putAway(folder)).length, 3 * names.length), patient);
    const found = (await putAway(folder)).filter((name) => !name.includes('.result.'));
    assert.ok(
      found.every((name) => name.startsWith('processed/')),
      found.join(),
    );
    for (const name of names.slice(0, -1)) assert.ok(found.includes(`processed/${name}`), found.join());
    assert.equal((await loaded('odd-')).length, names.length);
    const unreadable = Buffer.from([...Buffer.from('x'), 0xff, 0xfe]).toString('utf8');
    await eventually(async () => assert.deepEqual(await findings(), [`${unreadable}: name_unreadable`]), patient);
    await rm(Buffer.concat([Buffer.from(join(folder, 'x')), Buffer.from([0xff, 0xfe])]));
  });

  it('writes through no link that somebody laid where files are put away', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'vhm24r-outside-'));
    try {
      const [day = ''] = await readdir(join(folder, 'processed'));
      await writeFile(join(outside, 'precious'), 'precious');
      for (const ending of ['json', 'txt'])
        await symlink(join(outside, 'precious'), join(folder, 'processed', day, `.laid.csv.result.${ending}.tmp`));
      await into('laid.csv', report('laid-1'));
      await eventually(async () => assert.ok((await putAway(folder)).includes('processed/laid.csv')), patient);
      assert.equal((await resultOf(folder, 'processed/laid.csv')).moved, 'moved');
      assert.equal(await readFile(join(outside, 'precious'), 'utf8'), 'precious');

      // the day's own folder
      await mkdir(join(outside, 'day'));
      await rename(join(folder, 'failed'), join(outside, 'failed before'));
      await mkdir(join(folder, 'failed'));
      await symlink(join(outside, 'day'), join(folder, 'failed', day));
      await into('wrong.xlsx', 'PK\x03\x04 no workbook');
      await eventually(async () => assert.ok((await findings()).includes('wrong.xlsx: not_a_folder')), patient);

      // the one above it
      await rm(join(folder, 'failed'), { recursive: true });
      await symlink(join(outside, 'day'), join(folder, 'failed'));
      await eventually(async () => assert.deepEqual(await findings(), ['failed: not_a_folder']), patient);
      assert.deepEqual(await readdir(join(outside, 'day')), []);

      await rm(join(folder, 'failed'));
      await eventually(async () => assert.ok((await putAway(folder)).includes('failed/wrong.xlsx')), patient);
    } finally {
      await rm(outside, { recursive: true, force: true });
    }
  });

  itLong('drops what it read of a file that was replaced meanwhile, and takes the new one', async () => {
    stored.close();
    await into('swap.csv', report('swap-old'));
    await stored.reached();
    await into('.swap', report('swap-new'));
    await rename(join(folder, '.swap'), join(folder, 'swap.csv'));
    stored.open();
    await eventually(async () => assert.ok((await putAway(folder)).includes('processed/swap.csv')), patient);
    assert.deepEqual(await loaded('swap-'), ['swap-new']);
    assert.equal((await resultOf(folder, 'processed/swap.csv')).moved, 'moved');
  });

  itLong('says of a file that was replaced after it was read, and takes the new one by itself', async () => {
    worked.close();
    await into('after.csv', report('after-old'));
    await worked.reached();
    await into('.after', report('after-new'));
    await rename(join(folder, '.after'), join(folder, 'after.csv'));
    worked.open();
    await eventually(async () => assert.deepEqual(await loaded('after-'), ['after-new', 'after-old']), patient);
    await eventually(async () => {
      const results = (await putAway(folder)).filter((name) => /after.*json$/.test(name));
      const moved = await Promise.all(
        results.map(async (name) => (await resultOf(folder, name.replace('.result.json', ''))).moved),
      );
      assert.deepEqual(moved.toSorted(), ['moved', 'replaced']);
    }, patient);
  });
});

/** A place in somebody's way that a test can close. */
function createGate() {
  let way: Promise<void> | null = null;
  let open: () => void = () => undefined;
  let arrived: () => void = () => undefined;
  let arrival = Promise.resolve();
  return {
    async pass(): Promise<void> {
      arrived();
      await way;
    },
    close(): void {
      way = new Promise((resolve) => (open = resolve));
      arrival = new Promise((resolve) => (arrived = resolve));
    },
    open: () => open(),
    /** resolves when somebody stands before it */
    reached: () => arrival,
  };
}
