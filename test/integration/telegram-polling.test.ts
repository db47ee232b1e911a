import assert from 'node:assert/strict';
import { insertUser } from '../../shared/auth/users.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { selectRow, selectRows } from '../../shared/db/rows.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { ask } from '../support/ask.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, type TestService } from '../support/processes.ts';
import { openChat } from '../support/telegram/chat.ts';
import { openBotApi, type BotApiStandIn } from '../support/telegram/stand-in.ts';
import { isLong, itLong } from '../support/long.ts';

const patient = { timeoutMs: 60_000 };

describe('the bot where Telegram cannot reach the service', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let db: Db;
  let telegram: BotApiStandIn;
  const apis: InProcessApi[] = [];
  let nextPerson = 31_000;

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    telegram = await openBotApi();
    // one of an installation before this one
    telegram.webhook = { url: 'https://elsewhere.test/hook', secret: 'x' };
    for (let count = 0; count < 2; count++) apis.push(await openTestApi(env()));
  });
  after(async () => {
    for (const api of apis) await api.close();
    await telegram?.close();
    await db?.destroy();
    await database?.drop();
  });
  afterEach(() => assert.deepEqual(telegram.breaches, []));

  const env = () => ({
    DATABASE_URL: database.url,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
  });
  async function someone() {
    const id = nextPerson++;
    await insertUser(db, { telegramId: String(id), firstName: `P${id}`, role: 'operator', status: 'approved' });
    return openChat(telegram, id);
  }
  const report = (number: string) => csvBytes(rowsOfHappyWorkers([{ number }]));
  const holder = async () =>
    (
      await selectRow<{ holder: string }>(
        db,
        'select holder from telegram_poller where lease_until > clock_timestamp()',
      )
    )?.holder ?? null;

  it('takes the webhook of before away, and one api of two asks, each update once', async () => {
    const person = await someone();
    await eventually(() => assert.equal(telegram.webhook, null), patient);
    for (let time = 0; time < 3; time++) await person.say('/help');
    await eventually(() => assert.equal(person.heard().filter((text) => /Что я умею/.test(text)).length, 3), patient);
    const rows = await selectRows(db, 'select 1 from telegram_updates where chat_id = ?', [person.id]);
    assert.equal(rows.length, 3);
    assert.notEqual(await holder(), null);
    assert.equal(telegram.conflicts, 0);
    await eventually(() => assert.equal(telegram.offsets.at(-1), telegram.lastUpdateId + 1), patient);
  });

  itLong('goes on when somebody sets a webhook meanwhile', async () => {
    const person = await someone();
    telegram.webhook = { url: 'https://elsewhere.test/hook', secret: 'x' };
    await eventually(() => assert.equal(telegram.webhook, null), patient);
    await person.say('/help');
    await person.hears(/Что я умею/);
  });

  it('has the other api ask when the one that did is gone, from where it stopped', async () => {
    const person = await someone();
    const before = await holder();
    const first = apis.shift();
    await first?.close();
    await person.say('/lang en');
    await person.hears(/language is English/);
    const answers = person.heard().length;
    // it was the one that asked, or the one that did not: one asks now
    const now = await eventually(async () => {
      const found = await holder();
      assert.ok(found !== null);
      return found;
    }, patient);
    assert.ok(before !== null && now !== '');
    assert.equal(person.heard().length, answers);
    assert.equal(telegram.conflicts, 0);
  });

  it('believes no number of more than six days ago: Telegram may count anew after a week of silence', async () => {
    const person = await someone();
    await db.raw(`update telegram_updates set received_at = clock_timestamp() - interval '6 days 1 minute'`);
    telegram.restartNumbersAt(17);
    await person.say('/help');
    await person.hears(/What I can do|Что я умею/);
  });

  it('loads an album once, and answers it once, though the api is killed while it fetches it', async () => {
    for (const api of apis.splice(0)) await api.close();
    const person = await someone();
    let fetching: () => void = () => undefined;
    const second = new Promise<void>((resolve) => (fetching = resolve));
    let downloads = 0;
    // the second file hangs until the api that asked for it is dead
    telegram.mischief = { hangDownload: () => ++downloads === 2 && (fetching(), true) };
    const services: TestService[] = [await startApi(env())];
    try {
      await person.send([
        { name: 'one.csv', content: report('poll-1') },
        { name: 'two.csv', content: report('poll-2') },
        { name: 'three.csv', content: report('poll-3') },
      ]);
      await second;
      await services[0]?.kill('SIGKILL');
      telegram.mischief = {};
      // what it held runs out by itself in half a minute, which only the long run waits for
      if (!isLong)
        for (const table of ['telegram_poller', 'telegram_uploads', 'telegram_updates', 'telegram_messages'])
          await db.raw(`update ${table} set lease_until = clock_timestamp() where lease_until is not null`);
      services.push(await startApi(env()));
      await person.hears(
        /Обработано файлов: 3[\s\S]*one[\s\S]*новых 1[\s\S]*two[\s\S]*новых 1[\s\S]*three[\s\S]*новых 1/,
      );
    } finally {
      telegram.mischief = {};
      for (const service of services) await service.stop();
    }
    const sessions = await selectRows<{ files: number; orders: number }>(
      db,
      `select count(*)::int as files, sum(rows_new)::int as orders from uploaded_files
        where name in ('one.csv', 'two.csv', 'three.csv')
       group by session_id`,
    );
    assert.deepEqual(sessions, [{ files: 3, orders: 3 }]);
    assert.equal(telegram.messagesOf(person.id).length, 1);
  });

  it('logs no sign-in link, neither as it is given nor as it is used, and not the token of the bot', async () => {
    for (const api of apis.splice(0)) await api.close();
    const person = await someone();
    const service = await startApi({ ...env(), PUBLIC_URL: 'http://vhm24r.test', LOG_LEVEL: 'debug' });
    try {
      telegram.mischief = { loseAnswer: ({ method }) => method === 'getMe' };
      await person.say('/page');
      const told = await person.hears(/Ссылка для входа/);
      const token = /http:\/\/vhm24r\.test\/sign-in#link=([\w-]{43})/.exec(told.text)?.[1] ?? '';
      for (const status of [200, 401])
        assert.equal(
          (await ask(`${service.url}/api/v1/auth/link`, { method: 'POST', body: { token } })).status,
          status,
        );
      const logged = service.output();
      assert.match(logged, /auth\/link/, 'the log tells of the requests');
      for (const secret of [token, telegram.token, telegram.token.split(':')[1] ?? ''])
        assert.ok(!logged.includes(secret), 'a secret is in the log');
    } finally {
      telegram.mischief = {};
      await service.stop();
    }
  });
});
