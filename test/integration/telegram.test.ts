import assert from 'node:assert/strict';
import { insertUser } from '../../shared/auth/users.ts';
import type { Role } from '../../shared/auth/principal.ts';
import { selectRow, selectRows } from '../../shared/db/rows.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openChat } from '../support/telegram/chat.ts';
import { activeParts, shownText } from '../support/telegram/rules.ts';
import { openBotApi, type BotApiStandIn } from '../support/telegram/stand-in.ts';

const ADMIN = 7001;

describe('the Telegram bot', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let telegram: BotApiStandIn;
  let api: InProcessApi;
  let nextPerson = 9_000;

  before(async () => {
    database = await createTestDatabase();
    telegram = await openBotApi();
    api = await openTestApi({
      DATABASE_URL: database.url,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_ADMIN_IDS: String(ADMIN),
      PUBLIC_URL: 'https://vhm24r.test',
    });
    telegram.deliverTo = [api.url];
    await eventually(() => assert.ok(telegram.webhook));
  });
  after(async () => {
    await api?.close();
    await telegram?.close();
    await database?.drop();
  });
  afterEach(() => assert.deepEqual(telegram.breaches, []));

  const db = () => api.opened.resources.db;
  /** Somebody who was let in long ago. */
  async function someone(role: Role, given: { name?: string; lang?: string } = {}) {
    const id = nextPerson++;
    await insertUser(db(), { telegramId: String(id), firstName: given.name ?? `P${id}`, role, status: 'approved' });
    return openChat(telegram, id, given);
  }
  const report = (...numbers: string[]) => csvBytes(rowsOfHappyWorkers(numbers.map((number) => ({ number }))));
  const statusOf = (telegramId: number) =>
    selectRow<{ status: string; role: string }>(db(), 'select status, role from users where telegram_id = ?', [
      telegramId,
    ]);

  it('lets an administrator in by number, and a stranger only by an administrator, who is told once by whom', async () => {
    const admin = openChat(telegram, ADMIN, { name: 'Аза <b>мат</b>' });
    await admin.say('/start');
    await admin.hears(/администратор/);
    const stranger = openChat(telegram, nextPerson++, { name: 'Гость @durov https://evil.uz', username: 'guest_user' });
    await stranger.say('hello');
    await stranger.hears(/нужно одобрение/);
    await stranger.press('Подать заявку');
    await stranger.hears(/Заявка отправлена/);
    const asked = await admin.hears(/Новая заявка[\s\S]*Гость/);
    assert.match(shownText(asked.text), new RegExp(String(stranger.id)));
    assert.deepEqual(activeParts(asked.text), [], asked.text);
    assert.match(await admin.press('Отложить'), /Отложено/);
    await stranger.hears(/отложено/);
    assert.match(await admin.press('Одобрить: оператор'), /Одобрено \(оператор\): Аза <b>мат<\/b>/);
    await stranger.hears(/Вам открыт доступ, роль — оператор/);
    assert.deepEqual(await statusOf(stranger.id), { status: 'approved', role: 'operator' });
    const user = await selectRow<{ id: string }>(db(), 'select id::text from users where telegram_id = ?', [
      stranger.id,
    ]);
    assert.match(await admin.pressData(`no:${user?.id}`), /Одобрено \(оператор\)/);
    assert.equal((await statusOf(stranger.id))?.status, 'approved');
    const audit = await selectRows<{ action: string; address: string }>(
      db(),
      `select action, address from audit_log where subject = ? order by id`,
      [`user:${user?.id}`],
    );
    assert.deepEqual(audit, [
      { action: 'users.applied', address: `telegram:${stranger.id}` },
      { action: 'users.approved', address: `telegram:${ADMIN}` },
    ]);
  });

  it('tells a rejected person so, and a blocked one nothing at all afterwards', async () => {
    const admin = openChat(telegram, ADMIN);
    const stranger = openChat(telegram, nextPerson++, { name: 'Nobody', lang: 'en' });
    await stranger.say('/start');
    await stranger.press('Ask to be let in');
    await admin.hears(/Nobody/);
    assert.match(await admin.press('Отклонить'), /Отклонено/);
    await stranger.hears(/was rejected/);
    const count = stranger.heard().length;
    await stranger.say('/start');
    await stranger.send([{ name: 'a.csv', content: report('blocked-1') }]);
    await admin.say('/help');
    await admin.hears(/Что я умею/);
    assert.equal(stranger.heard().length, count);
    const rows = await selectRows(db(), 'select 1 from telegram_uploads where chat_id = ?', [stranger.id]);
    assert.equal(rows.length, 0);
  });

  it('takes no upload from a viewer, no decision from an operator, and no made-up button', async () => {
    const viewer = await someone('viewer');
    await viewer.send([{ name: 'a.csv', content: report('viewer-1') }]);
    await viewer.hears(/нужна роль: оператор/);
    const operator = await someone('operator');
    const applicant = await insertUser(db(), { telegramId: String(nextPerson++), status: 'pending', role: 'viewer' });
    await operator.pressData(`ok:${applicant.id}:admin`);
    await operator.hears(/нужна роль: администратор/);
    for (const data of ['map:1:payme', `map:${'0'.repeat(8)}-0000-4000-8000-000000000000:payme`, 'ok:0', 'x', ':::'])
      await operator.pressData(data);
    const row = await selectRow<{ status: string }>(db(), 'select status from users where id = ?', [applicant.id]);
    assert.equal(row?.status, 'pending');
  });

  it('takes an album as one session in one message, which says in the end what became of each file', async () => {
    const operator = await someone('operator');
    await operator.send([
      { name: 'first.csv', content: report('album-1', 'album-2') },
      { name: 'second.csv', content: report('album-3') },
    ]);
    const told = await operator.hears(
      /файлов: 2[\s\S]*first[\s\S]*новых 2[\s\S]*second[\s\S]*новых 1[\s\S]*требующих внимания/,
    );
    assert.equal(telegram.messagesOf(operator.id).length, 1);
    assert.ok(told.edits > 0);
    const [button] = told.keyboard.flat();
    const session = /^https:\/\/vhm24r\.test\/sessions\/(.+)$/.exec(button?.url ?? '')?.[1] ?? '';
    const { body } = await api.client.get<{ door: string; files: { status: string }[] }>(`/sessions/${session}`);
    assert.deepEqual([body.door, body.files.length], ['telegram', 2]);
    await operator.send([{ name: 'again.csv', content: report('album-3') }]);
    await operator.hears(/again[\s\S]*уже загружен \d\d\.\d\d\.\d{4} \d\d:\d\d/);
  });

  it('nothing of a file formats, mentions or links, in its name or in what is told of it', async () => {
    const operator = await someone('operator');
    const name = '<b>@durov evil.uz #tag & "x" +998901234567 8600123412341234.csv';
    await operator.send([{ name, content: report('markup-1') }]);
    const told = await operator.hears(/новых 1/);
    assert.deepEqual(activeParts(told.text), [], told.text);
    assert.match(shownText(told.text), /<b>@\u2060durov/);
  });
});
