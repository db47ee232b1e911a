import assert from 'node:assert/strict';
import { insertUser } from '../../shared/auth/users.ts';
import { selectRow, selectRows } from '../../shared/db/rows.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { openTestApi, openTestWorker, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { standInJobs } from '../support/stand-in-job.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { openChat } from '../support/telegram/chat.ts';
import { shownText } from '../support/telegram/rules.ts';
import { openBotApi, type BotApiStandIn } from '../support/telegram/stand-in.ts';
import type { RunningWorker } from '../../worker/start-worker.ts';
import { isLong } from '../support/long.ts';

const ALBUMS = isLong ? 500 : 6;
const PEOPLE = isLong ? 25 : 6;

/** The same at every run, so that a failure can be looked at again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe('albums through a Bot API that loses, repeats and reorders', function () {
  this.timeout(isLong ? 3_600_000 : 300_000);
  let database: TestDatabase;
  let redis: TestRedis;
  let telegram: BotApiStandIn;
  let worker: RunningWorker;
  const apis: InProcessApi[] = [];
  // the reading of reports is tried elsewhere: here it is the way of the files
  const work = standInJobs({ workMs: 20 });

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
    telegram = await openBotApi();
    const given = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
      PUBLIC_URL: 'https://vhm24r.test',
    };
    for (let count = 0; count < 2; count++) apis.push(await openTestApi(given, { jobs: work.jobs }));
    worker = await openTestWorker({ DATABASE_URL: database.url, REDIS_URL: redis.url }, { jobs: work.jobs });
    telegram.deliverTo = apis.map(({ url }) => url);
    await eventually(() => assert.ok(telegram.webhook));
  });
  after(async () => {
    await worker?.close();
    for (const api of apis) await api.close();
    await telegram?.close();
    await redis?.stop();
    await database?.drop();
  });

  it(`${ALBUMS} albums, each taken exactly once and answered, by two apis`, async () => {
    const db = (apis[0] as InProcessApi).opened.resources.db;
    const roll = dice(20_250_612);
    let lostSendings = 0;
    telegram.mischief = {
      loseAnswer({ method }) {
        const isLost = roll() < 0.05;
        if (isLost && method === 'sendMessage') lostSendings += 1;
        return isLost;
      },
      retryAfter: ({ method }) => (/Message|getFile/.test(method) && roll() < 0.05 ? 1 : null),
      repeats: () => (roll() < 0.3 ? 1 : 0),
      delay: () => roll() * 800,
    };
    const chats = await Promise.all(
      Array.from({ length: PEOPLE }, async (_, at) => {
        const id = 5_000 + at;
        await insertUser(db, { telegramId: String(id), firstName: `P${at}`, role: 'operator', status: 'approved' });
        return openChat(telegram, id);
      }),
    );
    const sent = new Map<string, number>();
    await Promise.all(
      Array.from({ length: ALBUMS }, async (_, album) => {
        const count = 1 + Math.floor(roll() * (isLong ? 10 : 3));
        sent.set(`album-${album}`, count);
        const files = Array.from({ length: count }, (_none, at) => ({
          name: `a${album}-${at}.csv`,
          content: csvBytes(rowsOfHappyWorkers([{ number: `tg-${album}-${at}` }])),
        }));
        await chats[album % PEOPLE]?.send(files, `album-${album}`);
      }),
    );
    const total = [...sent.values()].reduce((sum, count) => sum + count, 0);
    await eventually(
      async () => {
        const row = await selectRow<{ open: number; ended: number; unsent: number }>(
          db,
          `select (select count(*)::int from telegram_uploads where state <> 'ended') as open,
             (select count(*)::int from telegram_uploads where state = 'ended') as ended,
             (select count(*)::int from telegram_messages
               where revision > sent_revision and failed_at is null) as unsent`,
        );
        assert.deepEqual(row, { open: 0, ended: ALBUMS, unsent: 0 });
      },
      { timeoutMs: isLong ? 3_000_000 : 240_000, intervalMs: 500 },
    );
    const files = await selectRows<{ album: string; session: string; files: number }>(
      db,
      `select split_part(s.door_key, ':', 3) as album, s.id::text as session, count(*)::int as files
       from processing_sessions s join uploaded_files f on f.session_id = s.id
       where s.door = 'telegram' and f.status = 'completed' group by 1, 2`,
    );
    assert.deepEqual(new Map(files.map(({ album, files: count }) => [album, count])), sent);
    assert.equal(files.length, ALBUMS, 'one session an album');
    assert.equal(work.effects.size, total);
    assert.ok([...work.effects.values()].every((times) => times === 1));
    for (let album = 0; album < ALBUMS; album++) {
      const heard = (chats[album % PEOPLE]?.heard() ?? []).filter((text) => text.includes(`a${album}-0.\u2060csv`));
      assert.ok(
        heard.some((text) => text.includes(`файлов: ${sent.get(`album-${album}`)}`)),
        `album ${album} heard ${JSON.stringify(heard)}`,
      );
    }
    const said = telegram.messages.length;
    process.stdout.write(
      `    ${ALBUMS} albums, ${total} files: ${said} messages, ` +
        `${telegram.messages.reduce((sum, { edits }) => sum + edits, 0)} edits, ` +
        `${lostSendings} lost sendings, ${telegram.tooFast} too fast, calls ${JSON.stringify(Object.fromEntries(telegram.calls))}\n`,
    );
    assert.equal(
      said,
      ALBUMS + lostSendings,
      'one message an album, and one more for each sending that nobody confirmed',
    );
    assert.deepEqual(telegram.breaches, []);
    assert.ok(telegram.messages.every(({ text }) => shownText(text).length <= 4_096));
  });
});
