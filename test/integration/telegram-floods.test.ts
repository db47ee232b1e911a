import assert from 'node:assert/strict';
import type { Role } from '../../shared/auth/principal.ts';
import { insertUser } from '../../shared/auth/users.ts';
import type { Db } from '../../shared/db/client.ts';
import { selectRow, selectRows } from '../../shared/db/rows.ts';
import { ask } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { openTestApi, openTestWorker, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { openChat, type Chat } from '../support/telegram/chat.ts';
import { openBotApi, type BotApiStandIn } from '../support/telegram/stand-in.ts';
import type { RunningWorker } from '../../worker/start-worker.ts';
import { describeLong } from '../support/long.ts';

/** A tenth of what people may, so that a flood need not be long. */
const FACTOR = '0.1';
const BURST = 25;
const UPLOADS = 6;
const ANONYMOUS = 6;
/** A person's answer comes within this, whatever somebody else does; alone it takes about one second. */
const SOON_MS = 6_000;
const patient = { timeoutMs: 90_000 };

describeLong('a flood through the bot', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let redis: TestRedis;
  let telegram: BotApiStandIn;
  let worker: RunningWorker;
  let db: Db;
  const apis: InProcessApi[] = [];
  let nextPerson = 61_000;

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
    telegram = await openBotApi();
    const services = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    const given = {
      ...services,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
      PUBLIC_URL: 'https://vhm24r.test',
      RATE_LIMIT_FACTOR: FACTOR,
    };
    for (let count = 0; count < 2; count++) apis.push(await openTestApi(given));
    worker = await openTestWorker(services);
    telegram.deliverTo = apis.map(({ url }) => url);
    db = (apis[0] as InProcessApi).opened.resources.db;
    await eventually(() => assert.ok(telegram.webhook));
  });
  after(async () => {
    await worker?.close();
    for (const api of apis) await api.close();
    await telegram?.close();
    await redis?.stop();
    await database?.drop();
  });
  afterEach(() => {
    telegram.mischief = {};
    assert.deepEqual(telegram.breaches, []);
  });

  async function someone(role: Role = 'operator'): Promise<Chat> {
    const id = nextPerson++;
    await insertUser(db, { telegramId: String(id), firstName: `P${id}`, role, status: 'approved' });
    return openChat(telegram, id);
  }
  const report = (number: string) => csvBytes(rowsOfHappyWorkers([{ number }]));
  const many = (count: number, one: (at: number) => Promise<void>) =>
    Promise.all(Array.from({ length: count }, (_, at) => one(at)));

  /** How long each of a few things that somebody asks takes to be answered. */
  async function slowestAnswer(person: Chat, asked: number, say: (at: number) => Promise<void>): Promise<number> {
    let slowest = 0;
    for (let at = 0; at < asked; at++) {
      const heard = person.heard().length;
      const before = performance.now();
      await say(at);
      await eventually(() => assert.ok(person.heard().length > heard), { ...patient, intervalMs: 20 });
      slowest = Math.max(slowest, performance.now() - before);
    }
    return slowest;
  }
  const tell = (flood: string, tookMs: number) =>
    process.stdout.write(`    ${flood}: somebody else is answered within ${Math.round(tookMs)} ms\n`);
  const workedOff = (chat: Chat) =>
    eventually(async () => {
      const row = await selectRow<{ open: number }>(
        db,
        `select (select count(*) from telegram_updates where chat_id = ? and done_at is null)::int
           + (select count(*) from telegram_uploads where chat_id = ? and state <> 'ended')::int as open`,
        [chat.id, chat.id],
      );
      assert.equal(row?.open, 0);
    }, patient);
  /** What it is told or will be. */
  const toldTo = async (chat: Chat) =>
    (
      await selectRows<{ text: string }>(
        db,
        `select body ->> 'text' as text from telegram_messages where chat_id = ? order by id`,
        [chat.id],
      )
    ).map(({ text }) => text);

  it('of commands and presses is answered as far as its limit goes, the one of the page, and somebody else at once', async () => {
    const flooding = await makePerson(db, { role: 'viewer' });
    const { token } = await flooding.signIn(apis[0]?.url ?? '');
    const flood = openChat(telegram, nextPerson++);
    await db.raw('update users set telegram_id = ? where email = ?', [flood.id, flooding.email]);
    const other = await someone('viewer');
    const flooded = many(300, (at) =>
      at % 3 === 0 ? flood.pressData('x').then(() => undefined) : flood.say('/today'),
    );
    const slowest = await slowestAnswer(other, 5, () => other.say('/today'));
    await flooded;
    await workedOff(flood);
    tell('300 commands and presses', slowest);
    assert.ok(slowest < SOON_MS, `somebody else waited ${Math.round(slowest)} ms`);
    const told = await toldTo(flood);
    const refusals = told.filter((text) => /Слишком|часто|много/.test(text));
    assert.ok(refusals.length >= 1 && refusals.length <= 3, refusals.join());
    // the flood may last over the end of a window
    assert.ok(told.length - refusals.length <= 3 * BURST, `${told.length} answers`);
    const page = await ask(`${apis[1]?.url ?? ''}/api/v1/orders`, { token });
    assert.equal(page.status, 429, 'the page and the bot count the same person');
  });

  it('of files loads as many as its limit goes, says so of the others, and holds up no file of somebody else', async () => {
    const flood = await someone();
    const other = await someone();
    const flooded = many(60, (at) => flood.send([{ name: `flood-${at}.csv`, content: report(`flood-${at}`) }]));
    const before = performance.now();
    await other.send([
      { name: 'calm-1.csv', content: report('calm-1') },
      { name: 'calm-2.csv', content: report('calm-2') },
    ]);
    await other.hears(/Обработано файлов: 2/);
    const took = performance.now() - before;
    const slowest = await slowestAnswer(other, 3, () => other.say('/help'));
    await flooded;
    await workedOff(flood);
    tell('60 files, an album', took);
    tell('60 files, a command', slowest);
    // an album is taken two seconds after its last part
    assert.ok(took < 2_000 + 2 * SOON_MS, `somebody else's album took ${Math.round(took)} ms`);
    assert.ok(slowest < SOON_MS, `somebody else waited ${Math.round(slowest)} ms`);
    const row = await selectRow<{ loaded: number; refused: number }>(
      db,
      `select count(session_id)::int as loaded,
         count(*) filter (where fault ->> 'code' = 'rate_limited')::int as refused
       from telegram_uploads where chat_id = ?`,
      [flood.id],
    );
    const { loaded = 0, refused = 0 } = row ?? {};
    assert.equal(loaded + refused, 60);
    assert.ok(loaded >= UPLOADS && loaded <= 3 * UPLOADS, `${loaded} were loaded`);
  });

  it('of files that Telegram is slow to give leaves room for those of others', async () => {
    const flood = await someone();
    const other = await someone();
    const hanging = new Set<string>();
    const slow = Array.from({ length: UPLOADS }, (_, at) => ({
      name: `slow-${at}.csv`,
      content: report(`slow-${at}`),
    }));
    let mostAtOnce = 0;
    telegram.mischief = {
      hangDownload(path) {
        if (!telegram.fileOf(path).toString().includes('slow-')) return false;
        hanging.add(path);
        mostAtOnce = Math.max(mostAtOnce, hanging.size);
        return true;
      },
    };
    await Promise.all(slow.map((file) => flood.send([file])));
    await eventually(() => assert.ok(hanging.size > 0), patient);
    const before = performance.now();
    await other.send([{ name: 'quick.csv', content: report('quick') }]);
    await other.hears(/Обработано файлов: 1/);
    const took = performance.now() - before;
    tell('files that hang, a file', took);
    assert.ok(took < 2 * SOON_MS, `somebody else's file took ${Math.round(took)} ms`);
    assert.equal(mostAtOnce, 1, 'of a person one file at a time');
  });

  it('of files by who may send none is answered no further than their words are', async () => {
    const [stranger, viewer] = [openChat(telegram, nextPerson++), await someone('viewer')];
    const content = report('none');
    await many(80, (at) => (at % 2 === 0 ? stranger : viewer).send([{ name: `n-${at}.csv`, content }]));
    await workedOff(stranger);
    await workedOff(viewer);
    const [toStranger, toViewer] = [await toldTo(stranger), await toldTo(viewer)];
    assert.ok(toStranger.length <= 2 * ANONYMOUS, `a stranger is told ${toStranger.length} times`);
    assert.ok(toViewer.length <= 2 * BURST + 2, `a viewer is told ${toViewer.length} times`);
  });
});
