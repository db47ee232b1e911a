import assert from 'node:assert/strict';
import { insertUser } from '../../shared/auth/users.ts';
import type { Role } from '../../shared/auth/principal.ts';
import { selectRow, selectRows } from '../../shared/db/rows.ts';
import { addNotice } from '../../shared/notices/notices.ts';
import { tashkentIso } from '../../shared/tashkent-time.ts';
import { ask } from '../support/ask.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import type { InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { openChat } from '../support/telegram/chat.ts';
import { activeParts, shownText } from '../support/telegram/rules.ts';
import type { BotApiStandIn } from '../support/telegram/stand-in.ts';
import { openTestBot, type TestBot } from '../support/telegram/test-bot.ts';

const ADMIN = 7001;

describe('the Telegram bot', function () {
  this.timeout(120_000);
  let bot: TestBot;
  let telegram: BotApiStandIn;
  let api: InProcessApi;
  let nextPerson = 9_000;

  before(async () => {
    bot = await openTestBot([ADMIN]);
    ({ telegram, api } = bot);
  });
  after(() => bot?.close());
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
      { action: 'users.postponed', address: `telegram:${ADMIN}` },
      { action: 'users.approved', address: `telegram:${ADMIN}` },
    ]);
  });

  it('tells a rejected person so, and a blocked one nothing at all afterwards', async () => {
    const admin = openChat(telegram, ADMIN);
    const stranger = openChat(telegram, nextPerson++, { name: 'Nobody', lang: 'en' });
    await stranger.say('/start');
    await stranger.press('Request access');
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

  it('tells the figures, finds an order by what a customer remembers, in the language of the person', async () => {
    const viewer = await someone('viewer', { lang: 'en' });
    await viewer.say('/lang en');
    await viewer.hears(/language is English/);
    const operator = await someone('operator');
    await operator.send([{ name: 'find.csv', content: report('find-1') }]);
    await operator.hears(/новых 1/);
    const row = await selectRow<{ price: string; time: Date }>(
      db(),
      `select price::text, time from orders where order_number = 'find-1'`,
    );
    const at = tashkentIso(row?.time as Date);
    const [amount, clock, day] = [
      Number(row?.price),
      at.slice(11, 16),
      `${at.slice(8, 10)}.${at.slice(5, 7)}.${at.slice(0, 4)}`,
    ];
    await viewer.say(`/find ${amount + 1} ${clock} ${day}`);
    const found = await viewer.hears(/Closest matches/);
    assert.match(found.text, /<a href="https:\/\/vhm24r\.test\/orders\/\d+">find-1<\/a>/);
    for (const [command, answer] of [
      ['/today', /Today, \d\d\.\d\d\.\d{4}[\s\S]*Orders: \d/],
      ['/stats', /7 days/],
      ['/machines', /Machines over 3 days/],
      ['/missing', /All reports are loaded|Reports not loaded/],
      ['/find something', /Write the amount and the time/],
      ['/help@vhm24r_test_bot', /\/find/],
      ['/report', /needs the role finance/],
      ['/users', /needs the role administrator/],
      ['/system', /needs the role administrator/],
      ['/nothing', /I do not understand/],
    ] as const) {
      await viewer.say(command);
      await viewer.hears(answer);
    }
    assert.ok(!viewer.heard().some((text) => text.includes('/users')), 'help names what a viewer may not');
  });

  it('sends finance the workbook of a month, and administrators who waits and what is broken', async () => {
    const finance = await someone('finance');
    await finance.say('/report 2025-06');
    const sent = await finance.hears(/Заказы за 06\.2025/);
    assert.match(sent.document?.name ?? '', /^orders-.*\.xlsx$/);
    assert.equal(sent.document?.bytes.subarray(0, 2).toString(), 'PK');
    await finance.say('/report soon');
    await finance.hears(/\/report 2025-06 — за месяц/);
    const admin = openChat(telegram, ADMIN);
    await admin.say('/users');
    await admin.hears(/Люди[\s\S]*администратор: \d/);
    await admin.say('/system');
    await admin.hears(/Что не в порядке|Всё в порядке/);
    // the doctor answers in the language that a person has chosen
    await admin.say('/lang uz');
    await admin.hears(/Til — oʻzbekcha/);
    await admin.say('/system');
    const told = await admin.hears(/Nima joyida emas|Hammasi joyida/);
    assert.doesNotMatch(told.text, /[а-яё]/i);
  });

  it('gives a link that signs in once, whose secret is in no table', async () => {
    const viewer = await someone('viewer');
    await viewer.say('/page');
    const told = await viewer.hears(/Ссылка для входа/);
    const token = /https:\/\/vhm24r\.test\/sign-in#link=([\w-]{43})/.exec(told.text)?.[1] ?? '';
    const kept = await selectRows<{ found: boolean }>(
      db(),
      `select exists (select from telegram_messages where body::text like ?)
        or exists (select from telegram_sessions where auth_hash = ?)
         or exists (select from audit_log where details::text like ?) as found`,
      [`%${token}%`, token, `%${token}%`],
    );
    assert.deepEqual(kept, [{ found: false }]);
    const sign = () => ask(`${api.url}/api/v1/auth/link`, { method: 'POST', body: { token } });
    const [one, other] = await Promise.all([sign(), sign()]);
    assert.deepEqual(new Set([one.status, other.status]), new Set([200, 401]));
    assert.equal((await sign()).status, 401);
    await viewer.say('/page');
    const second = await eventually(
      () => {
        const links = telegram.messagesOf(viewer.id).flatMap(({ text }) => /#link=([\w-]{43})/.exec(text)?.[1] ?? []);
        assert.equal(links.length, 2);
        return links[1] ?? '';
      },
      { timeoutMs: 60_000 },
    );
    await db().raw(`update telegram_sessions set expires_at = clock_timestamp() where kind = 'bot'`);
    const late = await ask(`${api.url}/api/v1/auth/link`, { method: 'POST', body: { token: second } });
    assert.equal(late.status, 401);
  });

  it('asks what a file is by buttons, takes one answer and says who gave it', async () => {
    const operator = await someone('operator');
    const unknown = Buffer.from('Alpha,Beta,Gamma\n1,2,3\n4,5,6\n');
    await operator.send([{ name: 'unknown.csv', content: unknown }]);
    await operator.hears(/есть вопрос/);
    await operator.hears(/❓ unknown/);
    assert.equal(await operator.press('Отменить файл'), 'Готово');
    await operator.hears(/Отменить файл — P\d+/);
    await operator.hears(/отменён/);
  });

  it('says of a file that Telegram does not give out where to upload it', async () => {
    const operator = await someone('operator');
    await operator.send([{ name: 'huge.xlsx', content: report('huge-1'), sizeBytes: 21 * 1024 * 1024 }]);
    const told = await operator.hears(/до 20 МБ/);
    assert.equal(told.keyboard.flat()[0]?.url, 'https://vhm24r.test/upload');
    await operator.say('a photo, so to speak');
    await operator.hears(/Не понимаю/);
  });

  it('believes only who knows the secret, and each update once', async () => {
    const post = (secret: string, body: unknown) =>
      fetch(`${api.url}/api/v1/webhooks/telegram`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
        body: JSON.stringify(body),
      });
    const person = await someone('viewer');
    const update = {
      update_id: 77,
      message: {
        message_id: 1,
        date: 1,
        chat: { id: person.id, type: 'private' },
        from: { id: person.id, is_bot: false, first_name: 'x' },
        text: '/help',
      },
    };
    assert.equal((await post('wrong', update)).status, 401);
    assert.equal((await post('', update)).status, 401);
    const secret = telegram.webhook?.secret ?? '';
    for (let time = 0; time < 3; time++) assert.equal((await post(secret, update)).status, 200);
    await person.hears(/Что я умею/);
    assert.equal((await post(secret, update)).status, 200);
    await person.say('/lang ru');
    await person.hears(/Язык — русский/);
    assert.equal(person.heard().filter((text) => /Что я умею/.test(text)).length, 1);
    assert.equal((await post(secret, { update_id: 'x' })).status, 400);
  });

  it('sends each person the notices they chose, holds back in the night what is no error, and stops when they stop', async () => {
    const viewer = await someone('viewer');
    await viewer.say('/notices');
    await viewer.press(/Отчёт за день/);
    await viewer.press(/Тихо с 22:00/);
    await eventually(
      () => {
        const [message] = telegram.messagesOf(viewer.id);
        const shown = message?.keyboard.flat().map(({ text }) => text) ?? [];
        assert.ok(
          shown.includes('✅ Отчёт за день') && shown.includes('▫️ Тихо с 22:00 до 8:00 (кроме ошибок)'),
          shown.join(),
        );
        assert.ok(
          !shown.some((text) => /Подбор пароля/.test(text)),
          'a viewer may not choose what administrators hear',
        );
      },
      { timeoutMs: 60_000 },
    );
    const night = await someone('viewer');
    await db().raw(
      `insert into telegram_preferences (user_id, notices) select id, '{daily_report}' from users
        where telegram_id = ?`,
      [night.id],
    );
    const params = { day: '2025-06-12', orders: 5, sum: '1000', files: 1, failed: 0, open: 2 };
    await addNotice(db(), 'test-report-1', 'daily_report', params);
    await viewer.hears(/Отчёт за 12\.⁠?06\.⁠?2025/);
    const row = await selectRow<{ held: boolean; night: boolean }>(
      db(),
      `select next_attempt_at > clock_timestamp() as held,
         extract(hour from clock_timestamp() at time zone 'Asia/Tashkent') not between 8 and 21 as night
       from telegram_messages where chat_id = ? and message_key like 'notice:%'`,
      [night.id],
    );
    assert.equal(row?.held ?? false, row?.night);
    await viewer.say('/stop');
    await viewer.hears(/больше не будет/);
    telegram.blocked.add(night.id);
    await db().raw(`update telegram_messages set next_attempt_at = clock_timestamp() where chat_id = ?`, [night.id]);
    await night.say('/help');
    const settings = await eventually(
      async () => {
        const found = await selectRow<{ off_reason: string | null }>(
          db(),
          `select p.off_reason from telegram_preferences p join users u on u.id = p.user_id where u.telegram_id = ?`,
          [night.id],
        );
        assert.ok(found?.off_reason);
        return found;
      },
      { timeoutMs: 60_000 },
    );
    assert.equal(settings.off_reason, 'blocked');
    await addNotice(db(), 'test-report-2', 'daily_report', { ...params, day: '2025-06-13' });
    await eventually(
      async () => {
        const sent = await selectRow<{ sent: boolean }>(
          db(),
          `select sent_at is not null as sent from notices where notice_key = 'test-report-2'`,
        );
        assert.equal(sent?.sent, true);
      },
      { timeoutMs: 60_000 },
    );
    const kept = await selectRows(
      db(),
      `select 1 from telegram_messages where chat_id = any(?) and body::text like '%13.%06%'`,
      [[viewer.id, night.id]],
    );
    assert.equal(kept.length, 0);
  });

  it('binds the chat of somebody who has an account by a link of the page, once', async () => {
    const person = await makePerson(db(), { role: 'operator' });
    const { token } = await person.signIn(api.url);
    const call = (method: string, path: string, body?: unknown) =>
      ask(`${api.url}/api/v1${path}`, { method, token, ...(body === undefined ? {} : { body }) });
    const made = await call('POST', '/auth/telegram/binding', {});
    assert.equal(made.status, 201);
    const code = /^https:\/\/t\.me\/vhm24r_test_bot\?start=([\w-]{32})$/.exec(
      (JSON.parse(made.text) as { url: string }).url,
    )?.[1];
    const chat = openChat(telegram, nextPerson++, { name: 'Bound' });
    await chat.say(`/start ${code}`);
    await chat.hears(/привязан к учётной записи/);
    await chat.say('/missing');
    await chat.hears(/отчёты/i);
    const other = openChat(telegram, nextPerson++);
    await other.say(`/start ${code}`);
    await other.hears(/уже использована/);
    const settings = JSON.parse(
      (await call('PATCH', '/auth/notices', { kinds: ['daily_report'], quiet: false })).text,
    ) as {
      telegramId: string;
      quiet: boolean;
      kinds: { kind: string; on: boolean }[];
    };
    assert.equal(settings.telegramId, String(chat.id));
    assert.deepEqual(
      [settings.quiet, settings.kinds.filter(({ on }) => on).map(({ kind }) => kind)],
      [false, ['daily_report']],
    );
    assert.equal((await call('DELETE', '/auth/telegram/binding')).status, 204);
    const after = JSON.parse((await call('GET', '/auth/notices')).text) as { telegramId: string | null };
    assert.equal(after.telegramId, null);
  });
});
