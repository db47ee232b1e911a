import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { TelegramFault, TELEGRAM_MAX_AGE_S, verifyInitData, verifyWidget } from '../../../shared/auth/telegram.ts';

const BOT = '123456:test-bot-token-not-a-real-one';
const NOW_MS = Date.UTC(2026, 10, 22, 12, 0, 0);
const NOW_S = NOW_MS / 1000;

const textOf = (pairs: [string, string][]) =>
  pairs
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');

function widget(changes: Record<string, string | number> = {}): Record<string, string | number> {
  const fields = { id: 424242, first_name: 'Анна', username: 'anna', auth_date: NOW_S - 10, ...changes };
  const key = createHash('sha256').update(BOT).digest();
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return { ...fields, hash: createHmac('sha256', key).update(textOf(pairs)).digest('hex') };
}

function initData(changes: Record<string, string> = {}): URLSearchParams {
  const fields: Record<string, string> = {
    query_id: 'AAH',
    user: JSON.stringify({ id: 424242, first_name: 'Анна', username: 'anna' }),
    auth_date: String(NOW_S - 10),
    ...changes,
  };
  const key = createHmac('sha256', 'WebAppData').update(BOT).digest();
  const hash = createHmac('sha256', key)
    .update(textOf(Object.entries(fields)))
    .digest('hex');
  return new URLSearchParams({ ...fields, hash });
}

function refused(work: () => unknown, reason: string): void {
  assert.throws(work, (error) => error instanceof TelegramFault && error.reason === reason);
}

describe('Telegram Login Widget', () => {
  it('names the person behind a true signature', () => {
    const { person, kind } = verifyWidget(widget(), BOT, NOW_MS);
    assert.equal(kind, 'widget');
    assert.deepEqual(person, { telegramId: '424242', username: 'anna', firstName: 'Анна', lastName: null });
  });

  it('keeps of a name what turns no line of the page around: a stranger chose it', () => {
    const first_name = '\u202eаннА\u2066 \u001b[2J';
    assert.equal(verifyWidget(widget({ first_name }), BOT, NOW_MS).person.firstName, 'аннА   [2J');
    const data = initData({ user: JSON.stringify({ id: 1, first_name, last_name: '\u202e' }) }).toString();
    const { person } = verifyInitData(data, BOT, NOW_MS);
    assert.deepEqual([person.firstName, person.lastName], ['аннА   [2J', null]);
  });

  it('takes fields it does not know, as long as they are signed', () => {
    assert.equal(
      verifyWidget(widget({ photo_url: 'https://t.me/i/x.jpg', new_field: 'x' }), BOT, NOW_MS).person.telegramId,
      '424242',
    );
    refused(() => verifyWidget({ ...widget(), new_field: 'x' }, BOT, NOW_MS), 'signature');
  });

  it('refuses what was changed, signed by another bot or by the Mini App’s key', () => {
    refused(() => verifyWidget({ ...widget(), id: 1 }, BOT, NOW_MS), 'signature');
    refused(() => verifyWidget(widget(), '654321:another', NOW_MS), 'signature');
    refused(() => verifyWidget(Object.fromEntries(initData()), BOT, NOW_MS), 'signature');
    refused(() => verifyWidget({ ...widget(), hash: '' }, BOT, NOW_MS), 'hash');
    refused(() => verifyWidget({ ...widget(), hash: 'A'.repeat(64) }, BOT, NOW_MS), 'hash');
    refused(() => verifyWidget({ ...widget(), id: { $ne: 1 } as never }, BOT, NOW_MS), 'not_text');
  });

  it('refuses a true signature over fields that were joined or cut otherwise', () => {
    const named = widget({ first_name: 'Анна', last_name: 'id=1' });
    const { first_name: first, id, hash, ...others } = named;
    refused(() => verifyWidget({ ...others, hash, first_name: `${first}\nid=${id}` }, BOT, NOW_MS), 'field');
    const [day, time] = [String(others['auth_date']).slice(0, 3), String(others['auth_date']).slice(3)];
    refused(() => verifyWidget({ ...named, [`auth_date=${day}`]: time }, BOT, NOW_MS), 'field');
    refused(() => verifyWidget(widget({ first_name: 'Анна\nid=1' }), BOT, NOW_MS), 'field');
  });

  it('refuses old and future messages', () => {
    verifyWidget(widget({ auth_date: NOW_S - TELEGRAM_MAX_AGE_S }), BOT, NOW_MS);
    refused(() => verifyWidget(widget({ auth_date: NOW_S - TELEGRAM_MAX_AGE_S - 1 }), BOT, NOW_MS), 'old');
    refused(() => verifyWidget(widget({ auth_date: NOW_S + 120 }), BOT, NOW_MS), 'future');
    refused(() => verifyWidget(widget({ auth_date: 'soon' }), BOT, NOW_MS), 'auth_date');
  });
});

describe('Telegram Mini App initData', () => {
  it('is read with and without `signature`, which stays part of the signed text', () => {
    assert.equal(verifyInitData(initData().toString(), BOT, NOW_MS).person.telegramId, '424242');
    const signed = initData({ signature: 'Zm9v' });
    assert.equal(verifyInitData(signed.toString(), BOT, NOW_MS).person.username, 'anna');
    signed.set('signature', 'YmFy');
    refused(() => verifyInitData(signed.toString(), BOT, NOW_MS), 'signature');
    const added = initData();
    added.set('signature', 'Zm9v');
    refused(() => verifyInitData(added.toString(), BOT, NOW_MS), 'signature');
  });

  it('refuses a repeated field, even with the same value', () => {
    const good = initData();
    for (const name of ['user', 'auth_date', 'hash']) {
      refused(
        () => verifyInitData(`${good.toString()}&${name}=${encodeURIComponent(good.get(name) ?? '')}`, BOT, NOW_MS),
        'repeated_field',
      );
    }
  });

  it('refuses changed, old and future data, and data without a person', () => {
    const changed = initData();
    changed.set('user', JSON.stringify({ id: 1 }));
    refused(() => verifyInitData(changed.toString(), BOT, NOW_MS), 'signature');
    refused(
      () => verifyInitData(initData({ auth_date: String(NOW_S - TELEGRAM_MAX_AGE_S - 1) }).toString(), BOT, NOW_MS),
      'old',
    );
    refused(() => verifyInitData(initData({ auth_date: String(NOW_S + 120) }).toString(), BOT, NOW_MS), 'future');
    refused(() => verifyInitData(initData({ user: '{"id":"x"}' }).toString(), BOT, NOW_MS), 'id');
    refused(() => verifyInitData(initData({ user: 'null' }).toString(), BOT, NOW_MS), 'user');
    refused(() => verifyInitData('', BOT, NOW_MS), 'hash');
    refused(
      () =>
        verifyInitData(
          new URLSearchParams(
            Object.fromEntries(Object.entries(widget()).map(([name, value]) => [name, String(value)])),
          ).toString(),
          BOT,
          NOW_MS,
        ),
      'signature',
    );
  });
});
