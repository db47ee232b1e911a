import assert from 'node:assert/strict';
import { insertUser } from '../../shared/auth/users.ts';
import { selectRow } from '../../shared/db/rows.ts';
import { ask } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import type { InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { openChat, type Chat } from '../support/telegram/chat.ts';
import type { BotApiStandIn } from '../support/telegram/stand-in.ts';
import { openTestBot, type TestBot } from '../support/telegram/test-bot.ts';

const patient = { timeoutMs: 60_000 };

describe('what waits for a chat that a person has no more', function () {
  this.timeout(120_000);
  let bot: TestBot;
  let telegram: BotApiStandIn;
  let api: InProcessApi;
  let nextPerson = 91_001;

  before(async () => {
    bot = await openTestBot([]);
    ({ telegram, api } = bot);
  });
  after(() => bot?.close());
  afterEach(() => assert.deepEqual(telegram.breaches, []));

  const db = () => api.opened.resources.db;

  async function someone(): Promise<Chat> {
    const id = nextPerson++;
    await insertUser(db(), { telegramId: String(id), firstName: `P${id}`, role: 'finance', status: 'approved' });
    return openChat(telegram, id);
  }
  /** Telegram takes nothing for this chat, or takes it again. */
  const hold = (chat: Chat, until: 'infinity' | '-infinity') =>
    db().raw(
      `insert into telegram_turns (chat_id, next_at) values (?, ?) on conflict (chat_id) do update
        set next_at = excluded.next_at`,
      [chat.id, until],
    );
  const waiting = async (chat: Chat) =>
    (
      await selectRow<{ count: number }>(
        db(),
        `select count(*)::int as count from telegram_messages
          where chat_id = ? and revision > sent_revision and failed_at is null`,
        [chat.id],
      )
    )?.count;
  /** A table of money is on its way, and Telegram does not take it yet. */
  async function asksForReport(chat: Chat): Promise<void> {
    await hold(chat, 'infinity');
    await chat.say('/report 2025-05');
    await eventually(async () => assert.equal(await waiting(chat), 2), patient);
  }
  async function isWorkedOff(chat: Chat): Promise<void> {
    await hold(chat, '-infinity');
    await eventually(async () => assert.equal(await waiting(chat), 0), patient);
  }

  it('is not sent to who was blocked meanwhile, and is to who was not', async () => {
    const [blocked, other] = [await someone(), await someone()];
    for (const chat of [blocked, other]) await asksForReport(chat);
    await db().raw(`update users set status = 'blocked' where telegram_id = ?`, [blocked.id]);
    await Promise.all([blocked, other].map(isWorkedOff));
    assert.equal(other.heard().length, 2);
    assert.ok(telegram.messagesOf(other.id).some(({ document }) => document !== undefined));
    assert.deepEqual(blocked.heard(), []);
  });

  it('is not sent where the person unbound it, or bound another', async () => {
    for (const how of ['unbound', 'another'] as const) {
      const person = await makePerson(db(), { role: 'finance' });
      const { token } = await person.signIn(api.url);
      const old = openChat(telegram, nextPerson++);
      await db().raw('update users set telegram_id = ? where email = ?', [old.id, person.email]);
      await old.say('/page');
      const [, secret = ''] = /#link=([\w-]{43})/.exec((await old.hears(/Ссылка для входа/)).text) ?? [];
      assert.notEqual(secret, '');
      await asksForReport(old);
      const binding = `${api.url}/api/v1/auth/telegram/binding`;
      if (how === 'unbound') assert.equal((await ask(binding, { method: 'DELETE', token })).status, 204);
      else {
        const { body } = await ask(binding, { method: 'POST', token });
        const code = new URL((body as unknown as { url: string }).url).searchParams.get('start') ?? '';
        const fresh = openChat(telegram, nextPerson++);
        await fresh.say(`/start ${code}`);
        await eventually(() => assert.equal(fresh.heard().length, 1), patient);
      }
      const before = old.heard();
      await isWorkedOff(old);
      assert.deepEqual(old.heard(), before, how);
      const link = await ask(`${api.url}/api/v1/auth/link`, { body: { token: secret } });
      assert.equal(link.status, 401, `the old chat still signs in: ${how}`);
    }
  });
});
