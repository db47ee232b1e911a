import assert from 'node:assert/strict';
import type { Role } from '../../shared/auth/principal.ts';
import { insertUser } from '../../shared/auth/users.ts';
import { selectRow, selectRows } from '../../shared/db/rows.ts';
import { afterQuietHours } from '../../shared/telegram/messages.ts';
import { asText } from '../../scripts/make-month/layouts.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import type { InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { openChat } from '../support/telegram/chat.ts';
import type { BotApiStandIn } from '../support/telegram/stand-in.ts';
import { openTestBot, type TestBot } from '../support/telegram/test-bot.ts';
import { itLong } from '../support/long.ts';

const patient = { timeoutMs: 60_000 };

describe('files sent to the bot', function () {
  this.timeout(120_000);
  let bot: TestBot;
  let telegram: BotApiStandIn;
  let api: InProcessApi;
  let nextPerson = 41_000;

  before(async () => {
    bot = await openTestBot([40_001, 40_002]);
    ({ telegram, api } = bot);
  });
  after(() => bot?.close());
  afterEach(() => {
    telegram.mischief = {};
    assert.deepEqual(telegram.breaches, []);
  });

  const db = () => api.opened.resources.db;
  async function someone(role: Role = 'operator', name?: string) {
    const id = nextPerson++;
    await insertUser(db(), { telegramId: String(id), firstName: name ?? `P${id}`, role, status: 'approved' });
    return openChat(telegram, id);
  }
  const sales = (prefix: string) =>
    rowsOfHappyWorkers([{ number: `${prefix}-1` }, { number: `${prefix}-2` }]).map((row) => row.map(asText));
  const report = (prefix: string) => csvBytes(sales(prefix));

  it('asks whose a register is, and loads it as the pressed one', async () => {
    const operator = await someone();
    const shared = 'transaction_id,transaction_time,amount,masked_pan,merchant_id,commission,status,username';
    const row = 'q-1,2025-06-02 12:00:00,15000,8600 12** **** 1234,1,150,success,x';
    await operator.send([{ name: 'whose.csv', content: Buffer.from(`${shared}\n${row}\n`) }]);
    await operator.hears(/❓ whose[\s\S]*похож на несколько источников/);
    assert.equal(await operator.press('Payme'), 'Готово');
    await operator.hears(/Payme — P\d+/);
    await operator.hears(/Обработано файлов: 1[\s\S]*whose.*Payme[\s\S]*новых 1/);
    const audit = await selectRows<{ action: string; address: string }>(
      db(),
      `select action, address from audit_log where address = ? order by id`,
      [`telegram:${operator.id}`],
    );
    assert.deepEqual(
      audit.map(({ action }) => action),
      ['files.uploaded', 'files.mapped'],
    );
  });

  it('loads a part of an album that comes while a question about the others is answered', async () => {
    const operator = await someone();
    const shared = 'transaction_id,transaction_time,amount,masked_pan,merchant_id,commission,status,username';
    const row = 'm-1,2025-06-02 12:00:00,15000,8600 12** **** 1234,1,150,success,x';
    await operator.send([{ name: 'part-1.csv', content: Buffer.from(`${shared}\n${row}\n`) }], 'album-answered');
    await operator.hears(/❓ part-1/);
    await operator.send([{ name: 'part-2.csv', content: report('part') }], 'album-answered');
    await eventually(
      async () => {
        const found = await selectRow(
          db(),
          `select 1 from telegram_uploads where state = 'collecting' and session_id is not null and chat_id = ?`,
          [operator.id],
        );
        assert.ok(found);
      },
      { intervalMs: 10 },
    );
    assert.equal(await operator.press('Payme'), 'Готово');
    await operator.hears(/Обработано файлов: 2[\s\S]*part-1[\s\S]*part-2/);
  });

  it('asks which comes first in its dates, the day or the month', async () => {
    const operator = await someone();
    const american = Array.from({ length: 5 }, (_, day) =>
      rowsOfHappyWorkers([{ number: `dates-${day}` }])
        .map((row) => row.map(asText))
        .map((row) => row.map((cell) => cell.replace(/2025-06-02/, `06/0${day + 1}/2025`))),
    );
    const rows = [american[0]?.[0] ?? [], ...american.flatMap((one) => one.slice(1))];
    await operator.send([{ name: 'dates.csv', content: csvBytes(rows) }]);
    await operator.hears(/❓ dates[\s\S]*можно прочитать двояко/);
    assert.equal(await operator.press('Сначала месяц'), 'Готово');
    await operator.hears(/Обработано файлов: 1[\s\S]*dates[\s\S]*новых 5/);
    const times = await selectRow<{ last: string }>(
      db(),
      `select to_char(max(time) at time zone 'Asia/Tashkent', 'YYYY-MM-DD') as last from orders
        where order_number like 'dates-%'`,
    );
    assert.equal(times?.last, '2025-06-05');
  });

  it('is live on the page while it is loaded from Telegram', async () => {
    const operator = await someone();
    await operator.send([{ name: 'live.csv', content: report('live') }]);
    const id = await eventually(async () => {
      const row = await selectRow<{ session: string }>(
        db(),
        `select session_id::text as session from uploaded_files where name = 'live.csv'`,
      );
      assert.ok(row);
      return row.session;
    }, patient);
    const stop = AbortSignal.timeout(60_000);
    const response = await fetch(`${api.url}/api/v1/sessions/${id}/events`, {
      headers: { authorization: `Bearer ${api.client.token}` },
      signal: stop,
    });
    assert.equal(response.status, 200);
    let text = '';
    const decoder = new TextDecoder();
    // the stream ends with the session
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    assert.match(text, /"status":"completed"/);
    assert.match(text, /live\.csv/);
    await operator.hears(/live[\s\S]*новых 2/);
  });

  itLong('takes a part of an album that comes a minute late into the same session and message', async () => {
    const operator = await someone();
    await operator.send([{ name: 'late-1.csv', content: report('late-a') }], 'album-late');
    await operator.hears(/Обработано файлов: 1/);
    await eventually(async () => {
      const row = await selectRow(db(), `select 1 from telegram_uploads where state = 'ended' and chat_id = ?`, [
        operator.id,
      ]);
      assert.ok(row);
    }, patient);
    await operator.send([{ name: 'late-2.csv', content: report('late-b') }], 'album-late');
    await operator.hears(/Обработано файлов: 2[\s\S]*late-1[\s\S]*late-2/);
    const sessions = await selectRows<{ files: number }>(
      db(),
      `select count(*)::int as files from uploaded_files where name like 'late-%' group by session_id`,
    );
    assert.deepEqual(sessions, [{ files: 2 }]);
    assert.equal(telegram.messagesOf(operator.id).length, 1);
  });

  it('says which share of the rows was accepted', async () => {
    const operator = await someone();
    const rows = sales('share').map((row, at) =>
      at === 2 ? row.map((cell) => cell.replace(/^2025-06-02/, '2025-06-31')) : row,
    );
    await operator.send([{ name: 'share.csv', content: csvBytes(rows) }]);
    await operator.hears(/есть на что посмотреть[\s\S]*share[\s\S]*принято 50 %: новых 1[\s\S]*отклонено 1/);
  });

  it('fetches a file again that Telegram could not give, without fetching the others twice', async () => {
    const operator = await someone();
    const fetched: string[] = [];
    telegram.mischief = {
      loseAnswer({ method, given }) {
        if (method !== 'download') return false;
        fetched.push(String(given['path']));
        return new Set(fetched).size === 2 && fetched.length < 4;
      },
    };
    await operator.send([
      { name: 'cut-1.csv', content: report('cut-a') },
      { name: 'cut-2.csv', content: report('cut-b') },
    ]);
    await operator.hears(/Обработано файлов: 2/);
    assert.equal(fetched.filter((path) => path === fetched[0]).length, 1, fetched.join());
  });

  it('says nothing more to who is blocked while their files are loaded, and loads nothing for who may not any more', async () => {
    const blocked = await someone();
    const lowered = await someone();
    let mayFetch = false;
    telegram.mischief = { retryAfter: ({ method }) => (method === 'getFile' && !mayFetch ? 1 : null) };
    await blocked.send([{ name: 'blocked.csv', content: report('blocked') }]);
    await lowered.send([{ name: 'lowered.csv', content: report('lowered') }]);
    await blocked.hears(/Получено файлов|Скачиваю/);
    await lowered.hears(/Получено файлов|Скачиваю/);
    await db().raw(`update users set status = 'blocked' where telegram_id = ?`, [blocked.id]);
    await db().raw(`update users set role = 'viewer' where telegram_id = ?`, [lowered.id]);
    const [before] = [blocked.heard().join()];
    mayFetch = true;
    await lowered.hears(/Недостаточно прав|нет прав|Нет прав|прав/);
    await eventually(async () => {
      const open = await selectRows(
        db(),
        `select 1 from telegram_uploads where state <> 'ended' and chat_id = any(?)`,
        [[blocked.id, lowered.id]],
      );
      assert.equal(open.length, 0);
    }, patient);
    assert.equal(blocked.heard().join(), before);
    const files = await selectRows(db(), `select 1 from uploaded_files where name in ('blocked.csv', 'lowered.csv')`);
    assert.equal(files.length, 0);
  });

  it('tells who chose so when their files of the page are processed, once', async () => {
    const person = await makePerson(db(), { role: 'operator' });
    const { token } = await person.signIn(api.url);
    const id = nextPerson++;
    await db().raw('update users set telegram_id = ? where email = ?', [id, person.email]);
    const chat = openChat(telegram, id);
    await db().raw(
      `insert into telegram_preferences (user_id, notices, quiet) select id, '{file_processed}', false from users
        where telegram_id = ?`,
      [id],
    );
    const form = new FormData();
    form.append('files', new Blob([new Uint8Array(report('told'))]), 'told.csv');
    const answer = await fetch(`${api.url}/api/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    assert.ok(answer.ok);
    await chat.hears(/Обработано файлов: 1[\s\S]*told[\s\S]*новых 2/);
    await chat.say('/help');
    await chat.hears(/Что я умею/);
    assert.equal(chat.heard().filter((text) => /told/.test(text)).length, 1);
  });

  it('knows the quiet hours of Tashkent, over midnight and at their edges', async () => {
    for (const [at, until] of [
      ['2025-06-12 21:59:59+05', '2025-06-12 21:59:59+05'],
      ['2025-06-12 22:00+05', '2025-06-13 08:00+05'],
      ['2025-06-12 23:59+05', '2025-06-13 08:00+05'],
      ['2025-06-13 00:00+05', '2025-06-13 08:00+05'],
      ['2025-06-13 07:59:59+05', '2025-06-13 08:00+05'],
      ['2025-06-13 08:00+05', '2025-06-13 08:00+05'],
      ['2025-12-31 23:00+05', '2026-01-01 08:00+05'],
    ] as const) {
      const instant = `timestamptz '${at}'`;
      const row = await selectRow<{ same: boolean }>(
        db(),
        `select ${afterQuietHours(instant)} = timestamptz '${until}' as same`,
      );
      assert.equal(row?.same, true, at);
    }
  });

  it('tells an applicant to administrators by number who never wrote, and takes the press of one of them', async () => {
    const stranger = openChat(telegram, nextPerson++, { name: 'Новый' });
    await stranger.say('/start');
    await stranger.press('Подать заявку');
    const [first, other] = [openChat(telegram, 40_001, { name: 'Первый' }), openChat(telegram, 40_002)];
    await first.hears(/Новая заявка[\s\S]*Новый/);
    await other.hears(/Новая заявка[\s\S]*Новый/);
    assert.match(await first.press('Отложить'), /Отложено: Первый/);
    assert.match(await other.press('Отложить'), /Отложено: Первый/);
    await stranger.hears(/отложено/);
    await other.press('Одобрить: оператор');
    await eventually(() => {
      const buttons = telegram.messagesOf(first.id).flatMap(({ keyboard }) => keyboard.flat().map(({ text }) => text));
      assert.deepEqual(
        buttons.filter((text) => text.startsWith('Одобрить')),
        [],
      );
    });
    await stranger.hears(/Вам открыт доступ/);
    assert.equal(stranger.heard().filter((text) => /отложено/.test(text)).length, 1);
    const rows = await selectRows<{ action: string }>(
      db(),
      `select action from audit_log where address in ('telegram:40001', 'telegram:40002') and subject like 'user:%'
         and action <> 'users.created' order by id`,
    );
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['users.postponed', 'users.approved'],
    );
  });

  // the last: what it has remembered, the other reports differ from
  it('asks whether a report with other columns is still the same, and believes one press', async () => {
    const operator = await someone();
    const priced = (prefix: string, extra: readonly string[] = []) =>
      csvBytes(
        sales(prefix).map((row, at) => [
          ...row.map((cell) => (at === 0 && cell === 'Цена заказа' ? 'Сумма порции' : cell)),
          ...extra.map((name) => (at === 0 ? name : 'x')),
        ]),
      );
    const first = await api.client.upload([{ name: 'first.csv', content: new Uint8Array(priced('drift-a')) }]);
    const session = await api.client.waitForSession(first.body.session.id);
    const answer = { source: 'happy_workers', columns: { 'Сумма порции': 'order_price' }, remember: true };
    await api.client.post(`/files/${session.files[0]?.id ?? ''}/mapping`, answer);
    await api.client.waitForSession(session.id);
    await operator.send([{ name: 'drift.csv', content: priced('drift-b', ['Смена']) }]);
    await operator.hears(/❓ drift[\s\S]*столбцы изменились/);
    await operator.press('Тот же отчёт');
    await operator.hears(/Обработано файлов: 1[\s\S]*drift[\s\S]*новых 2/);
  });
});
