import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { selectRows } from '../../shared/db/rows.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import type { TroubleReport } from '../support/intake-trouble-child.ts';
import { mayMount, run, runWithMounts } from '../support/own-mounts.ts';
import { eventually } from '../support/eventually.ts';
import { putAway, resultOf } from '../support/put-away.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { isLong } from '../support/long.ts';

const [FILES, KILLS] = isLong ? [300, 20] : [8, 1];

const report = (number: string) => csvBytes(rowsOfHappyWorkers([{ number }]));
const patient = { timeoutMs: 60_000, intervalMs: 100 };

describe('a watched folder', function () {
  this.timeout(isLong ? 900_000 : 240_000);
  let database: TestDatabase;
  let db: Db;
  let folder: string;

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-intake-'));
  });
  after(async () => {
    await db?.destroy();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const env = () => ({ DATABASE_URL: database.url, INTAKE_DIR: folder, INTAKE_USER: TEST_ADMIN.email });
  const into = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);

  async function beginAnew(): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    await db.raw('delete from intake_folder_files');
  }

  describe('one api', () => {
    let api: InProcessApi;
    before(async () => {
      await beginAnew();
      api = await openTestApi({ ...env(), MAX_FILE_MB: '1', PUBLIC_URL: 'https://vhm.example' });
    });
    after(() => api?.close());

    it('takes what stands still, puts it away with its result, and leaves the rest alone with a word', async () => {
      await into('report.csv', report('folder-1'));
      await into('Отчёт за июнь.csv', report('folder-2'));
      await into('garbage.xlsx', 'PK\x03\x04 no workbook');
      await into('question.csv', 'a,b\n1,2\n');
      await into('huge.csv', Buffer.alloc(1024 * 1024 + 1, 'a;b\n'));
      for (const name of ['half.csv.part', 'x.TMP', '~$report.xlsx', '.hidden.csv']) await into(name, report(name));
      await symlink(join(folder, 'report.csv'), join(folder, 'link.csv'));
      execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
      await mkdir(join(folder, 'inner'));
      await into('growing.csv', 'a');
      // a name that is taken where files are put away
      const day = await today(db);
      await mkdir(join(folder, 'processed', day), { recursive: true });
      await into(`processed/${day}/report.csv`, 'of somebody else');
      const growing = setInterval(() => void appendFile(join(folder, 'growing.csv'), 'b'), 1_000);
      try {
        await eventually(async () => assert.equal((await putAway(folder)).length, 16), patient);
      } finally {
        clearInterval(growing);
      }
      const found = (await putAway(folder)).filter((name) => !name.includes('.result.'));
      assert.deepEqual(found, [
        'failed/garbage.xlsx',
        'failed/huge.csv',
        'processed/question.csv',
        'processed/report (2).csv',
        'processed/report.csv',
        'processed/Отчёт за июнь.csv',
      ]);
      assert.deepEqual((await readdir(folder)).toSorted(), [
        '.hidden.csv',
        'failed',
        'growing.csv',
        'half.csv.part',
        'inner',
        'link.csv',
        'pipe.csv',
        'processed',
        'x.TMP',
        '~$report.xlsx',
      ]);
      assert.equal(await readFile(join(folder, 'processed', day, 'report.csv'), 'utf8'), 'of somebody else');
      assert.equal((await resultOf(folder, 'failed/huge.csv')).error?.code, 'file_too_large');
      const good = await resultOf(folder, 'processed/report (2).csv');
      assert.deepEqual([good.outcome, good.moved, good.files[0]?.status], ['processed', 'moved', 'completed']);
      const session = await api.client.waitForSession(good.sessionId ?? '');
      assert.equal(session.files.length, 4);
      const question = (await resultOf(folder, 'processed/question.csv')).files[0];
      assert.equal(question?.status, 'needs_mapping');
      assert.notEqual(question.question, null);
      await rm(join(folder, 'growing.csv'));
      await eventually(async () => {
        const [door] = await selectRows<{ findings: { code: string; subject: string }[] }>(
          db,
          `select findings from intake_doors where door = 'folder'`,
        );
        assert.deepEqual(door?.findings.map(({ code, subject }) => `${subject}: ${code}`).toSorted(), [
          'inner: directory',
          'link.csv: symlink',
          'pipe.csv: special_file',
        ]);
      }, patient);
    });

    it('takes a file that is put there again as a new upload, which ends duplicate; moves what was asked when it has its answer', async () => {
      const day = await today(db);
      await rename(join(folder, 'processed', day, 'report (2).csv'), join(folder, 'report.csv'));
      const asked = await resultOf(folder, 'processed/question.csv');
      const [file] = await selectRows<{ file_id: string }>(
        db,
        `select file_id from intake_folder_files where state = 'asked'`,
      );
      const cancelled = await api.client.post(`/files/${file?.file_id ?? ''}/cancel`, {});
      assert.ok(cancelled.status < 300, String(cancelled.status));
      await eventually(async () => {
        const answered = await resultOf(folder, 'failed/question.csv');
        assert.deepEqual([answered.sessionId, answered.files[0]?.status], [asked.sessionId, 'cancelled']);
        assert.deepEqual(
          (await putAway(folder)).filter((name) => name.startsWith('processed/question')),
          [],
        );
      }, patient);
      await eventually(async () => {
        const again = await resultOf(folder, 'processed/report (3).csv');
        assert.equal(again.files[0]?.status, 'duplicate');
      }, patient);
    });
  });

  describe('in trouble', () => {
    const child = fileURLToPath(new URL('../support/intake-trouble-child.ts', import.meta.url));
    let own: TestDatabase;
    beforeEach(async () => {
      await beginAnew();
      own = await createTestDatabase();
    });
    afterEach(() => own?.drop());

    async function inTrouble(trouble: string, mounts: string, before: readonly string[]): Promise<TroubleReport> {
      const command = [...before, process.execPath, '--import', 'tsx', child, own.url, folder, trouble];
      const { stdout, stderr } = await (mounts === '' ? run(command, {}) : runWithMounts(mounts, command, {}));
      assert.notEqual(stdout, '', stderr);
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as TroubleReport;
    }

    it('goes on with the others where one file may not be read, says so, and takes it once it may', async () => {
      // root reads everything, unless it gives that up
      const ordinary = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];
      const said = await inTrouble('no_permission', '', ordinary);
      assert.deepEqual(said, {
        findings: ['a.csv: no_permission'],
        notices: 1,
        during: ['/a.csv', 'processed/b.csv'],
        after: ['processed/a.csv', 'processed/b.csv'],
        uploads: 2,
      });
    });

    it('takes files on a full disk once, leaves them where they are, and puts them away when there is room', async function () {
      // where mounting is not allowed there is no full disk to be had
      assert.ok(mayMount(), 'this test mounts a small disk of its own: run it as root');
      const said = await inTrouble('no_room', `mount -t tmpfs -o size=2m,nr_inodes=60 tmpfs '${folder}'`, []);
      assert.deepEqual(said, {
        findings: ['a.csv: no_room', 'b.csv: no_room'],
        notices: 2,
        during: ['/a.csv', '/b.csv'],
        after: ['processed/a.csv', 'processed/b.csv'],
        uploads: 2,
      });
    });
  });

  describe('two apis', () => {
    it(`has each of ${FILES} files put away once and loaded once, while apis are killed ${KILLS} times`, async () => {
      await beginAnew();
      const [{ last } = { last: 0 }] = await selectRows<{ last: number }>(
        db,
        'select coalesce(max(seq), 0)::int as last from uploaded_files',
      );
      // each kill comes while another step is under way, and when this life got further: a file whose process dies
      // ten times before it is through is parked as poison, and rightly so
      const steps = [
        'select count(*)::int as count from intake_folder_files',
        `select count(*)::int as count from uploaded_files where seq > ${last}`,
        `select count(*)::int as count from uploaded_files where seq > ${last} and completed_at is not null`,
        `select count(*)::int as count from intake_folder_files where target is not null or state = 'done'`,
      ];
      const reached = async (kill: number) =>
        (await selectRows<{ count: number }>(db, steps[kill % steps.length] ?? ''))[0]?.count ?? 0;
      const start = () => startApi({ ...env(), LEASE_MS: '2000' });
      const apis: TestService[] = await Promise.all([start(), start()]);
      // network shares send no events: it looks by itself, and waits for none
      for (const { pid } of apis)
        assert.deepEqual(
          (await openedBy(pid)).filter((name) => /inotify/.test(name)),
          [],
        );
      try {
        for (let kill = 0; kill < KILLS; kill++) {
          const before = await reached(kill);
          for (let no = Math.floor((FILES * kill) / KILLS); no < Math.floor((FILES * (kill + 1)) / KILLS); no++)
            await into(`r-${no}.csv`, no % 10 === 9 ? `PK\x03\x04 damaged ${no}` : report(`kill-${no}`));
          await eventually(async () => assert.ok((await reached(kill)) > before), {
            timeoutMs: 60_000,
            intervalMs: 5,
          });
          // both: whoever has the lease is among them
          await Promise.all(apis.map((api) => api.kill('SIGKILL')));
          apis.splice(0, 2, ...(await Promise.all([start(), start()])));
        }
        await eventually(
          async () => assert.equal((await putAway(folder)).length, 3 * FILES, (await putAway(folder)).join()),
          { timeoutMs: isLong ? 600_000 : 60_000, intervalMs: 200 },
        );
      } finally {
        await Promise.all(apis.map((api) => api.stop()));
      }
      assert.deepEqual((await readdir(folder)).toSorted(), ['failed', 'processed']);
      const rows = await selectRows<{
        name: string;
        status: string;
        times: number;
        door: string;
        error: string | null;
      }>(
        db,
        `select f.name, min(f.status) as status, count(*)::int as times, min(s.door) as door, min(f.error_code) as error
       from uploaded_files f join processing_sessions s on s.id = f.session_id where f.seq > ? group by f.name`,
        [last],
      );
      assert.equal(rows.length, FILES);
      assert.deepEqual(
        rows.filter(({ times, door }) => times !== 1 || door !== 'folder'),
        [],
      );
      const isDamaged = (name: string) => Number(/\d+/.exec(name)?.[0]) % 10 === 9;
      assert.deepEqual(
        rows.filter(({ name, status }) => status !== (isDamaged(name) ? 'failed' : 'completed')),
        [],
      );
      assert.deepEqual(
        (await putAway(folder)).filter((name) => !name.includes('.result.')),
        rows.map(({ name }) => `${isDamaged(name) ? 'failed' : 'processed'}/${name}`).toSorted(),
      );
      const sessions = await selectRows<{ files: number }>(
        db,
        `select count(*)::int as files from uploaded_files where seq > ? group by session_id`,
        [last],
      );
      assert.ok(sessions.every(({ files }) => files <= 10));
      console.log(`      ${FILES} files in ${sessions.length} sessions over ${KILLS} kills of two apis`);
    });
  });
});

async function openedBy(pid: number): Promise<string[]> {
  const files = await readdir(`/proc/${pid}/fd`);
  return Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
}

async function today(db: Db): Promise<string> {
  const rows = await selectRows<{ day: string }>(
    db,
    `select to_char(clock_timestamp() at time zone 'Asia/Tashkent', 'YYYY-MM-DD') as day`,
  );
  return rows[0]?.day ?? '';
}
