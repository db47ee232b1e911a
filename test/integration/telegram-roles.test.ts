import assert from 'node:assert/strict';
import { reaches, ROLES, type Role } from '../../shared/auth/principal.ts';
import { lockAdmins } from '../../shared/auth/accounts.ts';
import { findUser, insertUser } from '../../shared/auth/users.ts';
import type { DbOrTransaction } from '../../shared/db/client.ts';
import { selectRow, selectRows } from '../../shared/db/rows.ts';
import { addNotice } from '../../shared/notices/notices.ts';
import { asText } from '../../scripts/make-month/layouts.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import type { InProcessApi } from '../support/in-process-api.ts';
import { openChat, type Chat } from '../support/telegram/chat.ts';
import { activeParts, shownText } from '../support/telegram/rules.ts';
import type { BotApiStandIn } from '../support/telegram/stand-in.ts';
import { openTestBot, type TestBot } from '../support/telegram/test-bot.ts';
import { itLong } from '../support/long.ts';

const ADMIN = 71_000;
const patient = { timeoutMs: 90_000 };

/** Each command, and the least role that it asks for. */
const COMMANDS: readonly (readonly [string, Role])[] = [
  ['/start', 'viewer'],
  ['/help', 'viewer'],
  ['/today', 'viewer'],
  ['/stats', 'viewer'],
  ['/machines', 'viewer'],
  ['/missing', 'viewer'],
  ['/find 15000 14:35 12.06', 'viewer'],
  ['/lang ru', 'viewer'],
  ['/notices', 'viewer'],
  ['/page', 'viewer'],
  ['/stop', 'viewer'],
  ['/report 2025-05', 'finance'],
  ['/users', 'admin'],
  ['/system', 'admin'],
];

/** What a person or a file may write, and a client or a parser may act on. */
const HOSTILE =
  '<b>x</b> <a href="tg://user?id=1">y</a> @durov evil.uz https://evil.uz /stop #tag &lt; "q" *b* _u_ `c` ' +
  '[a](http://evil.uz) +998901234567 8600123412341234 \u202egpj';

describe('who may what through the bot', function () {
  this.timeout(180_000);
  let bot: TestBot;
  let telegram: BotApiStandIn;
  let api: InProcessApi;
  let nextPerson = 71_001;

  before(async () => {
    bot = await openTestBot([ADMIN]);
    ({ telegram, api } = bot);
  });
  after(() => bot?.close());
  afterEach(() => assert.deepEqual(telegram.breaches, []));

  const db = () => api.opened.resources.db;
  type Standing = Role | 'pending' | 'blocked' | 'stranger';

  async function someone(standing: Standing, name?: string): Promise<Chat> {
    const id = nextPerson++;
    const isRole = ROLES.some((role) => role === standing);
    if (standing !== 'stranger')
      await insertUser(db(), {
        telegramId: String(id),
        firstName: name ?? `P${id}`,
        role: isRole ? (standing as Role) : 'viewer',
        status: isRole ? 'approved' : (standing as 'pending' | 'blocked'),
      });
    return openChat(telegram, id, { name: name ?? `P${id}` });
  }
  const report = (number: string) => csvBytes(rowsOfHappyWorkers([{ number }]));
  /** Nothing of it waits any more, in or out. */
  const workedOff = (chat: Chat) =>
    eventually(async () => {
      const row = await selectRow<{ open: number }>(
        db(),
        `select (select count(*) from telegram_updates where chat_id = ? and done_at is null)::int
           + (select count(*) from telegram_uploads where chat_id = ? and state in ('collecting', 'loading'))::int
           + (select count(*) from telegram_messages where chat_id = ? and revision > sent_revision
               and failed_at is null and body ->> 'exportId' is null)::int as open`,
        [chat.id, chat.id, chat.id],
      );
      assert.equal(row?.open, 0);
    }, patient);

  // all at once: Telegram takes a message a second of each chat
  const eachRole = (tried: (role: Role) => Promise<void>) => Promise.all(ROLES.map(tried));

  itLong('lets each role do what it may, and says of the rest which role it takes', () =>
    eachRole(async (role) => {
      const person = await someone(role);
      for (const [command] of COMMANDS) await person.say(command);
      await workedOff(person);
      const heard = person.heard();
      const refused = COMMANDS.filter(([, least]) => !reaches(role, least));
      assert.equal(heard.filter((text) => text.startsWith('Для этого нужна роль')).length, refused.length);
      assert.ok(heard.length >= COMMANDS.length, heard.join(' | '));
      // who may send no files is not asked to
      const help = heard.find((text) => text.startsWith('Что я умею')) ?? '';
      assert.deepEqual(
        [/Отчёты присылайте файлами/.test(help), heard.some((text) => text.includes('Пришлите отчёт файлом'))],
        [reaches(role, 'operator'), reaches(role, 'operator')],
      );
      for (const [command, least] of COMMANDS.filter(([one]) => !one.startsWith('/start')))
        assert.equal(help.includes(command.split(' ')[0] ?? ''), reaches(role, least), `${command} in ${help}`);
    }),
  );

  it('lets each role press what it may', () =>
    eachRole(async (role) => {
      const person = await someone(role);
      const applicants = await Promise.all(['ok', 'no', 'later'].map(() => someone('pending')));
      const idOf = async ({ id }: Chat) =>
        (await selectRow<{ id: string }>(db(), 'select id::text from users where telegram_id = ?', [id]))?.id ?? '';
      for (const [at, press] of (['ok', 'no', 'later'] as const).entries())
        await person.pressData(`${press}:${await idOf(applicants[at] as Chat)}`);
      const asking = await api.client.upload([
        { name: `asks-${role}.csv`, content: Buffer.from(`Alpha,Beta\n${role},2\n`) },
      ]);
      const { files } = await api.client.waitForSession(asking.body.session.id);
      await person.pressData(`map:${files[0]?.id ?? ''}:cancel`);
      await person.pressData('notice:quiet');
      await workedOff(person);
      const statuses = await Promise.all(
        applicants.map(
          async ({ id }) =>
            (await selectRow<{ status: string }>(db(), 'select status from users where telegram_id = ?', [id]))?.status,
        ),
      );
      const decides = role === 'admin';
      assert.deepEqual(statuses, decides ? ['approved', 'blocked', 'pending'] : ['pending', 'pending', 'pending']);
      const session = await api.client.waitForSession(asking.body.session.id);
      assert.equal(session.files[0]?.status, reaches(role, 'operator') ? 'cancelled' : 'needs_mapping');
      const refusals = person.heard().filter((text) => text.startsWith('Для этого нужна роль')).length;
      assert.equal(refusals, (decides ? 0 : 3) + (reaches(role, 'operator') ? 0 : 1));
    }));

  describe('when two administrators press at the same moment', () => {
    const idOf = async ({ id }: Chat) =>
      (await selectRow<{ id: string }>(db(), 'select id::text from users where telegram_id = ?', [id]))?.id ?? '';
    const deedsOn = async (id: string) =>
      (
        await selectRows<{ action: string }>(db(), 'select action from audit_log where subject = ? order by id', [
          `user:${id}`,
        ])
      ).map(({ action }) => action);

    /** Both have looked whether it is decided, and wait for the lock; the first one is the first in its line. */
    async function together(
      hold: (trx: DbOrTransaction) => Promise<unknown>,
      presses: readonly (() => Promise<string>)[],
    ): Promise<string[]> {
      const answers = await db().transaction(async (trx) => {
        await hold(trx);
        const pressed: Promise<string>[] = [];
        for (const press of presses) {
          pressed.push(press());
          await eventually(
            async () => {
              const row = await selectRow<{ count: number }>(
                trx,
                `select count(*)::int as count from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock'`,
              );
              assert.equal(row?.count, pressed.length);
            },
            { intervalMs: 10 },
          );
        }
        return pressed;
      });
      return Promise.all(answers);
    }

    it('lets one of them decide, and tells the other who did', async () => {
      const [azamat, bobur] = await Promise.all([someone('admin', 'Azamat'), someone('admin', 'Bobur')]);
      const id = await idOf(await someone('pending'));
      const answers = await together(lockAdmins, [
        () => azamat.pressData(`ok:${id}:operator`),
        () => bobur.pressData(`no:${id}`),
      ]);
      assert.deepEqual(await deedsOn(id), ['users.approved']);
      assert.match(answers[0] ?? '', /Azamat/);
      assert.equal(answers[1], answers[0]);
    });

    it('postpones nobody who has been let in', async () => {
      const [azamat, bobur] = await Promise.all([someone('admin', 'Azamat'), someone('admin', 'Bobur')]);
      const applicant = await someone('pending');
      const id = await idOf(applicant);
      const answers = await together(
        (trx) => findUser(trx, id, { lock: true }),
        [() => azamat.pressData(`ok:${id}`), () => bobur.pressData(`later:${id}`)],
      );
      assert.deepEqual(await deedsOn(id), ['users.approved']);
      assert.equal(answers[1], answers[0]);
      await workedOff(applicant);
      assert.equal(applicant.heard().length, 1, applicant.heard().join(' | '));
    });
  });

  it('lets nobody who is not approved do anything, and tells a blocked person nothing whatever they do', async () => {
    const [stranger, pending, blocked] = await Promise.all(
      (['stranger', 'pending', 'blocked'] as const).map((standing) => someone(standing)),
    );
    const applicant = await someone('pending');
    const row = await selectRow<{ id: string }>(db(), 'select id::text from users where telegram_id = ?', [
      applicant.id,
    ]);
    const presses = ['apply', `ok:${row?.id}:admin`, `no:${row?.id}`, 'notice:off', 'map:x:payme', 'x'];
    for (const person of [stranger, pending, blocked] as Chat[]) {
      for (const [command] of COMMANDS) await person.say(command);
      await person.send([{ name: 'a.csv', content: report(`nobody-${person.id}`) }]);
      await person.say('hello');
    }
    const unanswered = await Promise.all(presses.map((data) => (blocked as Chat).pressUnheard(data)));
    // an application is made by the press alone, so it comes last
    for (const data of presses.toReversed()) for (const one of [stranger, pending] as Chat[]) await one.pressData(data);
    for (const person of [stranger, pending, blocked] as Chat[]) await workedOff(person);
    assert.deepEqual((blocked as Chat).heard(), []);
    assert.deepEqual(
      unanswered.filter((query) => telegram.answers.has(query)),
      [],
    );
    assert.deepEqual(
      [...new Set((stranger as Chat).heard())].toSorted(),
      [
        'Заявка отправлена. Ответ придёт сюда.',
        'Это бот сверки VHM24R. Чтобы пользоваться им, нужно одобрение администратора.',
      ].toSorted(),
    );
    assert.deepEqual(
      [...new Set((pending as Chat).heard())],
      ['Заявка ждёт решения администратора. Ответ придёт сюда.'],
    );
    const after = await selectRows<{ status: string }>(db(), 'select status from users where telegram_id = any(?)', [
      [applicant.id, (stranger as Chat).id, (pending as Chat).id],
    ]);
    assert.deepEqual(
      after.map(({ status }) => status),
      ['pending', 'pending', 'pending'],
    );
    const files = await selectRows(db(), `select 1 from uploaded_files where name = 'a.csv'`);
    assert.equal(files.length, 0);
  });

  it('lets no name and no cell format, mention or link in whatever it says', async () => {
    const admin = openChat(telegram, ADMIN, { name: HOSTILE, username: 'durov' });
    await admin.say('/start');
    await admin.hears(/Здравствуйте/);
    const stranger = openChat(telegram, nextPerson++, { name: HOSTILE, username: 'durov' });
    await stranger.say('/start');
    await stranger.press('Подать заявку');
    await admin.hears(/Новая заявка/);
    await admin.say('/users');
    await admin.hears(/ждёт решения/);
    await admin.press('Отложить');
    await admin.press('Одобрить: оператор');
    await stranger.hears(/Вам открыт доступ/);
    await stranger.say('/start');
    await stranger.hears(/Здравствуйте/);

    const sales = rowsOfHappyWorkers([
      { number: `n-${HOSTILE}`.slice(0, 60), goods: HOSTILE, machine: '<b>m</b>' },
    ]).map((row) => row.map(asText));
    const named = sales.map((row) => row.map((cell) => (cell.startsWith('остановка') ? HOSTILE : cell)));
    await stranger.send([{ name: `${HOSTILE.replaceAll('/', '_')}.csv`, content: csvBytes(named) }]);
    await stranger.hears(/Обработано файлов: 1/);
    const [price] = await selectRows<{ price: string }>(db(), `select price::int::text as price from orders`);
    const [sold] = await selectRows<{ day: string }>(
      db(),
      `select to_char(time at time zone 'Asia/Tashkent', 'DD.MM.YYYY') as day from orders limit 1`,
    );
    await stranger.say(`/find ${price?.price} ${sold?.day}`);
    await stranger.hears(/Самые похожие/);
    await db().raw(`update orders set time = clock_timestamp()`);
    await stranger.say('/machines');
    await stranger.hears(/Автоматы за 3 дня/);

    // a question that shows the names of columns, answered by somebody with such a name
    const header = `A,${HOSTILE.replaceAll('"', '').replaceAll(',', '')},C\n1,2,3\n`;
    await stranger.send([{ name: 'odd.csv', content: Buffer.from(header) }]);
    await stranger.hears(/❓ odd/);
    await stranger.press('Отменить файл');
    await stranger.hears(/Отменить файл — /);
    const sheet = csvBytes([[HOSTILE, 'Сумма'], ...sales.slice(1)]);
    await stranger.send([
      { name: 'broken.xlsx', content: Buffer.from(`PK\u0003\u0004 ${HOSTILE}`) },
      { name: `${HOSTILE.slice(0, 40).replaceAll('/', '_')}.exe`, content: Buffer.from('MZ') },
      { name: 'odd2.csv', content: sheet },
    ]);
    await stranger.hears(/файлов: 3/);
    await addNotice(db(), 'hostile-1', 'rows_refused', { file: HOSTILE, count: 1, reason: HOSTILE });
    await addNotice(db(), 'hostile-2', 'intake_folder', { subject: HOSTILE, reason: 'no_permission' });
    await addNotice(db(), 'hostile-3', 'stored_file_missing', { name: HOSTILE });
    await db().raw(`update telegram_messages set next_attempt_at = clock_timestamp() where chat_id = ?`, [ADMIN]);
    await admin.hears(/обработка сломалась/);
    await admin.hears(/Папка отчётов/);
    await admin.hears(/пропали/);
    for (const chat of [admin, stranger]) {
      await workedOff(chat);
      for (const { text } of telegram.messagesOf(chat.id)) {
        const own = text.replaceAll(/(?:^|[ —(])\/(?:help|report|find|today|notices|page)\b/g, ' ');
        assert.deepEqual(activeParts(own), [], text);
        assert.doesNotMatch(shownText(text), /[\u0000-\u0009\u202a-\u202e]/, text);
      }
    }
  });
});
