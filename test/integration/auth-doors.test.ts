import assert from 'node:assert/strict';
import { runUserCommand } from '../../scripts/user.ts';
import { SUSPENDED_VERSION } from '../../shared/auth/api-tokens.ts';
import { FRESH_VERSION } from '../../shared/auth/restored-versions.ts';
import { createHash, createHmac } from 'node:crypto';
import { execute, selectRow, selectRows } from '../../shared/db/rows.ts';
import { ask, signIn } from '../support/ask.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { TEST_ADMIN } from '../support/processes.ts';

const BOT = '123456:test-bot-token-not-a-real-one';
const ADMIN_TELEGRAM_ID = '900900';

describe('coming in by other doors than the password', () => {
  let database: TestDatabase;
  let api: InProcessApi;
  let url: string;

  before(async function () {
    this.timeout(60_000);
    database = await createTestDatabase();
    api = await openTestApi({
      DATABASE_URL: database.url,
      TELEGRAM_BOT_TOKEN: BOT,
      TELEGRAM_ADMIN_IDS: ADMIN_TELEGRAM_ID,
    });
    url = `${api.url}/api/v1`;
  });

  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const db = () => api.opened.resources.db;
  const me = (token: string) => ask(`${url}/auth/me`, { token });

  describe('by Telegram', () => {
    let nextId = 5_000_000;
    const widget = (changes: Record<string, string | number> = {}) => {
      // no two messages alike, whenever they were made
      const photo = `https://t.me/i/${Math.random()}.jpg`;
      const fields = {
        id: nextId++,
        first_name: 'Олим',
        username: 'olim',
        photo_url: photo,
        auth_date: Math.floor(Date.now() / 1000),
        ...changes,
      };
      const text = Object.entries(fields)
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('\n');
      return {
        ...fields,
        hash: createHmac('sha256', createHash('sha256').update(BOT).digest()).update(text).digest('hex'),
      };
    };
    const enter = (body: unknown) => ask(`${url}/auth/telegram`, { body });

    it('a stranger becomes an applicant, once, and comes in when approved', async () => {
      const message = widget();
      const [one, two] = await Promise.all([
        enter(message),
        enter(widget({ id: message.id, auth_date: message.auth_date - 1 })),
      ]);
      assert.deepEqual([one.code, two.code], ['approval_pending', 'approval_pending']);
      const rows = await selectRows<{ id: string; status: string }>(
        db(),
        'select id::text, status from users where telegram_id = ?',
        [message.id],
      );
      assert.deepEqual(
        rows.map(({ status }) => status),
        ['pending'],
      );
      const admin = await (await makePerson(db(), { role: 'admin' })).signIn(api.url);
      assert.equal((await ask(`${url}/users/${rows[0]?.id}/approve`, { token: admin.token, body: {} })).status, 200);
      const entered = await enter(widget({ id: message.id, auth_date: message.auth_date - 2 }));
      assert.equal(entered.status, 200);
      assert.equal((await me((entered.body as never as { accessToken: string }).accessToken)).status, 200);
      assert.ok(entered.cookies['vhm24r_refresh']);
    });

    it('one of TELEGRAM_ADMIN_IDS is an admin at once', async () => {
      const entered = await enter(widget({ id: Number(ADMIN_TELEGRAM_ID) }));
      assert.equal((entered.body as never as { user: { role: string } }).user.role, 'admin');
    });

    it('each message signs in once', async () => {
      const message = widget({ id: Number(ADMIN_TELEGRAM_ID), auth_date: Math.floor(Date.now() / 1000) - 5 });
      assert.equal((await enter(message)).status, 200);
      assert.deepEqual([(await enter(message)).status, (await enter(message)).code], [401, 'unauthenticated']);
      const atOnce = widget({ id: Number(ADMIN_TELEGRAM_ID), auth_date: Math.floor(Date.now() / 1000) - 6 });
      const answers = await Promise.all([enter(atOnce), enter(atOnce), enter(atOnce)]);
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    });

    it('a message shown again changes nothing, and a demotion by an administrator stands', async () => {
      const message = widget({ id: Number(ADMIN_TELEGRAM_ID), auth_date: Math.floor(Date.now() / 1000) - 7 });
      const entered = await enter(message);
      const { id } = (entered.body as never as { user: { id: string } }).user;
      const admin = await (await makePerson(db(), { role: 'admin' })).signIn(api.url);
      const role = async () =>
        (await selectRow<{ role: string }>(db(), 'select role from users where id = ?', [id]))?.role;
      assert.equal(
        (await ask(`${url}/users/${id}`, { method: 'PATCH', token: admin.token, body: { role: 'viewer' } })).status,
        200,
      );
      assert.equal((await enter(message)).status, 401);
      assert.equal(await role(), 'viewer');
      const again = await enter(
        widget({ id: Number(ADMIN_TELEGRAM_ID), auth_date: Math.floor(Date.now() / 1000) - 8 }),
      );
      assert.equal((again.body as never as { user: { role: string } }).user.role, 'viewer');
      await execute(db(), `update users set role = 'admin', role_decided_at = null where id = ?`, [id]);
    });

    it('a message signed before a restore, which may have been used since the backup, comes in no more', async () => {
      const nowS = Math.floor(Date.now() / 1000);
      const [before, after] = [-20, 20].map((s) => widget({ id: Number(ADMIN_TELEGRAM_ID), auth_date: nowS + s }));
      await execute(db(), `update users set token_version = ${FRESH_VERSION} where telegram_id = ?`, [
        ADMIN_TELEGRAM_ID,
      ]);
      assert.deepEqual([(await enter(before)).code, (await enter(after)).status], ['unauthenticated', 200]);
    });

    it('the Mini App comes in by initData, and forged messages stay out', async () => {
      const fields: Record<string, string> = {
        auth_date: String(Math.floor(Date.now() / 1000) + 20),
        query_id: 'q',
        signature: 'Zm9v',
        user: JSON.stringify({ id: Number(ADMIN_TELEGRAM_ID), first_name: 'Олим' }),
      };
      const text = Object.entries(fields)
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join('\n');
      const hash = createHmac('sha256', createHmac('sha256', 'WebAppData').update(BOT).digest())
        .update(text)
        .digest('hex');
      assert.equal((await enter({ initData: new URLSearchParams({ ...fields, hash }).toString() })).status, 200);
      assert.equal(
        (await enter({ initData: new URLSearchParams({ ...fields, query_id: 'r', hash }).toString() })).code,
        'unauthenticated',
      );
      assert.equal((await enter({ ...widget(), id: 1 })).code, 'unauthenticated');
      assert.equal((await enter({})).code, 'validation_failed');
    });
  });

  describe('personal tokens and links', () => {
    it('are shown once, stored hashed, limited by scope, and end when revoked or expired', async () => {
      const who = await makePerson(db(), { role: 'finance' });
      const { token } = await who.signIn(api.url);
      const made = await ask(`${url}/tokens`, {
        token,
        body: { name: 'nightly', scopes: ['read'], expiresAt: new Date(Date.now() + 60_000).toISOString() },
      });
      assert.equal(made.status, 201);
      const { id, token: secret } = made.body as never as { id: string; token: string };
      const listed = await ask(`${url}/tokens`, { token });
      assert.ok(!listed.text.includes(secret));
      assert.ok(
        !JSON.stringify(await selectRows(db(), 'select *, encode(token_hash, $$escape$$) from user_tokens')).includes(
          secret,
        ),
      );
      assert.equal((await ask(`${url}/limits`, { token: secret })).status, 200);
      assert.equal(
        (
          await ask(`${url}/files/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}/cancel`, {
            method: 'POST',
            token: secret,
          })
        ).code,
        'forbidden',
      );
      for (const path of ['/auth/logout-all', '/auth/password', '/tokens'])
        assert.equal((await ask(`${url}${path}`, { method: 'POST', token: secret, body: {} })).code, 'forbidden');
      assert.equal(
        (await ask(`${url}/tokens`, { token, body: { name: 'x', scopes: ['admin'] } })).code,
        'forbidden',
        'no further than its owner',
      );
      const other = await (await makePerson(db())).signIn(api.url);
      assert.equal((await ask(`${url}/tokens/${id}`, { method: 'DELETE', token: other.token })).code, 'not_found');
      await execute(db(), `update user_tokens set expires_at = now() - interval '1 s' where id = ?`, [id]);
      assert.equal((await me(secret)).code, 'unauthenticated');
      await execute(db(), 'update user_tokens set expires_at = null where id = ?', [id]);
      assert.equal((await ask(`${url}/tokens/${id}`, { method: 'DELETE', token })).status, 204);
      assert.equal((await me(secret)).code, 'token_revoked');
      assert.equal((await me(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`)).code, 'unauthenticated');
    });

    it('that a restore has suspended work again when an administrator confirms them from the shell, and not before', async () => {
      const who = await makePerson(db());
      const { token } = await who.signIn(api.url);
      const made = async () =>
        (await ask(`${url}/tokens`, { token, body: { name: 'nightly', scopes: ['read'] } })).body as never as {
          id: string;
          token: string;
        };
      const [kept, deleted] = [await made(), await made()];
      assert.equal((await ask(`${url}/tokens/${deleted.id}`, { method: 'DELETE', token })).status, 204);
      await execute(db(), 'update user_tokens set token_version = ? where user_id = ?', [SUSPENDED_VERSION, who.id]);
      assert.equal((await me(kept.token)).code, 'token_revoked');
      assert.match(await runUserCommand(db(), ['confirm-tokens', who.email]), /^1 personal API tokens work again$/);
      assert.equal((await me(kept.token)).status, 200);
      assert.equal((await me(deleted.token)).code, 'token_revoked', 'what its owner took away stays away');
      const noted = await selectRows<{ details: unknown }>(
        db(),
        `select details from audit_log where action = 'tokens.confirmed'`,
      );
      assert.deepEqual(noted, [{ details: { count: 1 } }]);
      await assert.rejects(runUserCommand(db(), ['confirm-tokens', 'nobody@vhm24r.test']), /nobody is known/);
    });

    it('no token is taken from an address', async () => {
      const { token } = await (await makePerson(db())).signIn(api.url);
      for (const name of ['token', 'access_token', 'accessToken', 'link'])
        assert.equal((await ask(`${url}/limits?${name}=${token}`)).status, 401);
    });

    it('a link opens its download once, for its path only, and dies with the sign-in', async () => {
      const who = await makePerson(db(), { role: 'operator' });
      const { token } = await who.signIn(api.url);
      const form = new FormData();
      form.append('files', new Blob(['nothing known\n1\n']), 'что-то.csv');
      const uploaded = await fetch(`${url}/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: form,
      });
      const { session } = (await uploaded.json()) as { session: { files: { id: string }[] } };
      const path = `/files/${session.files[0]?.id}/content`;
      const link = async () => {
        const made = await ask(`${url}/downloads`, { token, body: { path } });
        assert.equal(made.status, 201, made.text);
        return `${api.url}${(made.body as never as { url: string }).url}`;
      };
      const first = await link();
      assert.ok(!first.includes(token));
      assert.equal((await ask(first.replace('/content?', '/errors?'))).status, 401, 'another path');
      const opened = await ask(first);
      assert.deepEqual([opened.status, opened.text], [200, 'nothing known\n1\n']);
      assert.equal((await ask(first)).status, 401, 'once');
      const second = await link();
      await execute(db(), `update download_links set expires_at = now() - interval '1 s' where used_at is null`);
      assert.equal((await ask(second)).status, 401, 'a minute');
      const third = await link();
      await ask(`${url}/auth/logout`, { method: 'POST', token });
      assert.equal((await ask(third)).code, 'token_revoked');
      assert.equal(
        (await ask(`${url}/downloads`, { token: (await who.signIn(api.url)).token, body: { path: '/users' } })).code,
        'not_found',
      );
    });
  });

  describe('the dashboard’s cookie', () => {
    it('is an admin’s, short, for /ops only, and ends with the sign-in that asked for it', async () => {
      const admin = await signIn(api.url, TEST_ADMIN.email, TEST_ADMIN.password);
      const answer = await ask(`${url}/auth/ops`, { method: 'POST', token: admin.token });
      assert.equal(answer.status, 204);
      const line = answer.setCookies.find((one) => one.startsWith('vhm24r_ops=')) ?? '';
      assert.match(line, /Max-Age=900/);
      assert.match(line, /Path=\/ops(;|$)/);
      assert.match(line, /HttpOnly/);
      assert.match(line, /SameSite=Strict/);
      const cookie = `vhm24r_ops=${answer.cookies['vhm24r_ops']}`;
      const { auth } = api.opened.resources;
      assert.equal((await auth.authenticateOps(answer.cookies['vhm24r_ops'] ?? null)).kind, 'ops');
      assert.equal((await me(answer.cookies['vhm24r_ops'] ?? '')).status, 401, 'no access token');
      assert.equal((await ask(`${api.url}/ops/queues`, { cookie: `vhm24r_ops=${admin.token}` })).status, 401);
      assert.equal((await ask(`${api.url}/ops/queues`)).status, 401);
      const foreign = await ask(`${api.url}/ops/queues/api/queues/x/retry/failed`, {
        method: 'PUT',
        cookie,
        headers: { origin: 'https://evil.test' },
      });
      assert.equal(foreign.code, 'forbidden');
      await ask(`${url}/auth/logout`, { method: 'POST', token: admin.token });
      await assert.rejects(auth.authenticateOps(answer.cookies['vhm24r_ops'] ?? null), { code: 'token_revoked' });
      assert.equal(
        (
          await ask(`${url}/auth/ops`, {
            method: 'POST',
            token: (await (await makePerson(db(), { role: 'finance' })).signIn(api.url)).token,
          })
        ).code,
        'forbidden',
      );
    });
  });
});
