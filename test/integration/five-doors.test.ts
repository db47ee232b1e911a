import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { selectRow } from '../../shared/db/rows.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import type { ApiClient } from '../../scripts/api-client.ts';
import { adminClient } from '../support/client.ts';
import { startDovecot, type TestDovecot } from '../support/dovecot.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers, zipBytes } from '../support/files.ts';
import { letter } from '../support/letter.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { runVhm24r } from '../support/run-cli.ts';
import { type Chat, openChat } from '../support/telegram/chat.ts';
import { openBotApi, type BotApiStandIn } from '../support/telegram/stand-in.ts';

const PERSON = 70_001;
const SENDER = 'buh@sender.test';
const patient = { timeoutMs: 90_000, intervalMs: 200 };

/** What became of one file: its state, or `refused` before it was one, and the code of the error or question. */
type Outcome = readonly [string, string | null];

const report = (...numbers: string[]) => csvBytes(rowsOfHappyWorkers(numbers.map((number) => ({ number }))));
const LIMIT = 1024 * 1024;

interface Case {
  /** @param door makes them its own */
  bytes: (door: string) => Uint8Array | Promise<Uint8Array>;
  ends: Outcome;
}

/** The same table for every door. */
const CASES: Readonly<Record<string, Case>> = {
  'good.csv': { bytes: (door) => report(`${door}-1`, `${door}-2`), ends: ['completed', null] },
  'unknown.csv': { bytes: (door) => Buffer.from(`Alpha,Beta\n1,${door}\n`), ends: ['needs_mapping', 'source_unknown'] },
  'large.csv': { bytes: (door) => Buffer.alloc(LIMIT + 1, `${door};b\n`), ends: ['refused', 'file_too_large'] },
  'empty.csv': { bytes: () => new Uint8Array(), ends: ['failed', 'empty_file'] },
  'packed.zip': {
    bytes: (door) => zipBytes({ 'a.csv': report(`${door}-3`), 'b.csv': report(`${door}-4`) }),
    ends: ['completed', null],
  },
  'broken.xlsx': { bytes: (door) => Buffer.from(`PK\u0003\u0004 ${door}`), ends: ['failed', 'bad_file'] },
};

interface TestDoor {
  /** Brings one file, as this door's people do. */
  bring(name: string, bytes: Uint8Array): Promise<void>;
  /** What this door itself says in the end; rejects while it says nothing. */
  says(name: string): Promise<Outcome>;
}

describe('five doors to one way in', function () {
  this.timeout(300_000);
  let database: TestDatabase;
  let db: Db;
  let redis: TestRedis;
  let dovecot: TestDovecot;
  let telegram: BotApiStandIn;
  let folder: string;
  let api: TestService;
  let worker: TestService;
  let client: ApiClient;
  let chat: Chat;
  let token: string;
  let doors: Record<'page' | 'cli' | 'telegram' | 'folder' | 'mail', TestDoor>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-doors-'));
    await mkdir(join(folder, 'in'));
    [database, redis, dovecot, telegram] = await Promise.all([
      createTestDatabase(),
      startRedis(),
      startDovecot(),
      openBotApi(),
    ]);
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    api = await startApi({
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      MAX_FILE_MB: '1',
      INTAKE_DIR: join(folder, 'in'),
      INTAKE_IMAP_URL: dovecot.url(),
      INTAKE_MAIL_FROM: SENDER,
      INTAKE_USER: TEST_ADMIN.email,
      NODE_EXTRA_CA_CERTS: dovecot.certificate,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
    });
    worker = await startWorker({ DATABASE_URL: database.url, REDIS_URL: redis.url });
    client = await adminClient(api.url);
    token = await newToken();
    // one person behind all doors
    await db.raw('update users set telegram_id = ? where email = ?', [PERSON, TEST_ADMIN.email]);
    chat = openChat(telegram, PERSON);
    doors = { page: page(), cli: cli(), telegram: bot(), folder: watched(), mail: mailed() };
  });
  after(async () => {
    await Promise.all([api?.stop(), worker?.stop()]);
    await telegram?.close();
    await dovecot?.stop();
    await redis?.stop();
    await db?.destroy();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function newToken(scopes = ['read', 'upload']): Promise<string> {
    const { status, body } = await client.post<{ token: string }>('/tokens', { name: 'doors', scopes });
    assert.equal(status, 201, JSON.stringify(body));
    return body.token;
  }

  interface FileView {
    status: string;
    door: string;
    error: { code: string } | null;
    recognition: { question: { code: string } | null } | null;
  }

  /** Of the last file of this name, as anybody sees it. */
  async function shown(name: string, door: string): Promise<Outcome> {
    const row = await selectRow<{ id: string }>(
      db,
      'select id from uploaded_files where name = ? and parent_id is null order by seq desc limit 1',
      [name],
    );
    assert.ok(row, `no file ${name}`);
    const { body } = await client.get<FileView>(`/files/${row.id}`);
    assert.ok(!['queued', 'processing'].includes(body.status), `${name} is ${body.status}`);
    assert.equal(body.door, door, name);
    return [body.status, body.error?.code ?? body.recognition?.question?.code ?? null];
  }

  /** What a refusal or an answer of the moment said. */
  function answering(door: string, ask: (name: string, bytes: Uint8Array) => Promise<string | null>): TestDoor {
    const refused = new Map<string, string | null>();
    return {
      async bring(name, bytes) {
        refused.set(name, await ask(name, bytes));
      },
      async says(name) {
        const code = refused.get(name) ?? null;
        return code === null ? shown(name, door) : ['refused', code];
      },
    };
  }

  const page = (): TestDoor =>
    answering('page', async (name, bytes) => {
      const { status, body } = await client.upload([{ name, content: new Uint8Array(bytes) }]);
      return status < 300 ? null : (body as unknown as { error: { code: string } }).error.code;
    });

  const cli = (): TestDoor =>
    answering('cli', async (name, bytes) => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      const env = { LANG: 'en_US.UTF-8', HOME: folder, VHM24R_URL: api.url, VHM24R_TOKEN: token };
      const { stdout } = await runVhm24r(['upload', '--json', path], { env });
      return (JSON.parse(stdout) as { error?: { code: string } }).error?.code ?? null;
    });

  const bot = (): TestDoor => ({
    bring: (name, bytes) => chat.send([{ name, content: bytes }]),
    async says(name) {
      const row = await selectRow<{ state: string; code: string | null }>(
        db,
        `select u.state, u.fault ->> 'code' as code from telegram_uploads u
          join telegram_documents d on d.upload_id = u.id
         where d.name = ? order by u.id desc limit 1`,
        [name],
      );
      if (row === null) {
        // who may not upload is told so at once
        assert.ok(chat.heard().some((text) => /нужна роль: оператор/.test(text)));
        return ['refused', 'forbidden'];
      }
      const isTold = (text: string): boolean => text.replaceAll('\u2060', '').includes(name);
      if (row.state === 'ended' && row.code !== null) return ['refused', row.code];
      const outcome = await shown(name, 'telegram');
      assert.ok(chat.heard().some(isTold), `the chat does not tell of ${name}`);
      return outcome;
    },
  });

  interface Result {
    error: { code: string } | null;
    files: { status: string; error: { code: string } | null; question: { code: string } | null }[];
  }
  const watched = (): TestDoor => ({
    bring: (name, bytes) => writeFile(join(folder, 'in', name), bytes),
    async says(name) {
      if (await hasFinding('folder', 'user_not_allowed')) return ['refused', 'forbidden'];
      for (const kind of ['processed', 'failed'])
        for (const day of await readdir(join(folder, 'in', kind))) {
          const text = await readFile(join(folder, 'in', kind, day, `${name}.result.json`), 'utf8').catch(() => null);
          if (text === null) continue;
          const { error, files } = JSON.parse(text) as Result;
          if (error !== null) return ['refused', error.code];
          return [files[0]?.status ?? '', files[0]?.error?.code ?? files[0]?.question?.code ?? null];
        }
      throw new Error(`${name} is not put away`);
    },
  });

  const mailed = (): TestDoor => ({
    async bring(name, bytes) {
      const parts = [{ type: 'application/octet-stream', name, bytes }];
      await dovecot.signedIn((imap) => imap.append('INBOX', letter({ subject: name, from: SENDER, parts })));
    },
    async says(name) {
      if (await hasFinding('mail', 'user_not_allowed')) return ['refused', 'forbidden'];
      const row = await selectRow<{ code: string | null }>(
        db,
        `select refusal ->> 'code' as code from intake_messages where message_id = ? and state = 'done'`,
        [`<${encodeURIComponent(name)}@sender.test>`],
      );
      assert.ok(row, `${name} is not moved`);
      return row.code === null ? shown(name, 'mail') : ['refused', row.code];
    },
  });

  async function hasFinding(door: string, code: string): Promise<boolean> {
    const row = await selectRow<{ found: boolean }>(
      db,
      `select findings @> ?::jsonb as found from intake_doors where door = ?`,
      [JSON.stringify([{ code }]), door],
    );
    return row?.found === true;
  }

  /** All doors at once, each with its own bytes; what each says against what it should. */
  async function through(cases: readonly (Case & { name: string })[]): Promise<void> {
    await Promise.all(
      Object.entries(doors).map(async ([door, { bring }]) => {
        for (const { name, bytes } of cases) await bring(`${door}-${name}`, await bytes(door));
      }),
    );
    await eventually(async () => {
      const said: Record<string, Outcome> = {};
      const wanted: Record<string, Outcome> = {};
      for (const [door, { says }] of Object.entries(doors))
        for (const { name, ends } of cases) {
          said[`${door}-${name}`] = await says(`${door}-${name}`).catch((error: Error) => ['waits', error.message]);
          wanted[`${door}-${name}`] = ends;
        }
      assert.deepEqual(said, wanted);
    }, patient);
  }

  it('end every file alike: good, unknown, too large, empty, packed, broken', () =>
    through(Object.entries(CASES).map(([name, one]) => ({ name, ...one }))));

  it('know what another door brought', () =>
    through([{ name: 'again.csv', bytes: () => report('folder-1', 'folder-2'), ends: ['duplicate', null] }]));

  it('take files while Redis is away', async () => {
    await redis.kill();
    await through([{ name: 'away.csv', bytes: (door) => report(`${door}-5`), ends: ['completed', null] }]);
  });

  it('take nothing from who may not upload any more', async () => {
    await db.raw(`update users set role = 'viewer' where email = ?`, [TEST_ADMIN.email]);
    // a change of the role ends what somebody was signed in with
    await client.login(TEST_ADMIN.email, TEST_ADMIN.password);
    token = await newToken(['read']);
    await through([{ name: 'late.csv', bytes: (door) => report(`${door}-6`), ends: ['refused', 'forbidden'] }]);
    const row = await selectRow<{ count: number }>(
      db,
      `select count(*)::int as count from uploaded_files where name like '%-late.csv'`,
    );
    assert.equal(row?.count, 0);
  });
});
