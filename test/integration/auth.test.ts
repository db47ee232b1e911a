import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { REFRESH_RETRY_MS } from '../../shared/auth/sessions.ts';
import { execute, selectRow, selectRows } from '../../shared/db/rows.ts';
import { ask, signIn } from '../support/ask.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson, TEST_PASSWORD } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { TEST_ADMIN } from '../support/processes.ts';

describe('signing in and out', () => {
  let database: TestDatabase;
  let api: InProcessApi;
  let url: string;

  before(async function () {
    this.timeout(60_000);
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
    url = `${api.url}/api/v1`;
  });

  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const db = () => api.opened.resources.db;
  const me = (token: string) => ask(`${url}/auth/me`, { token });
  const refresh = (cookie: string, headers: Record<string, string> = {}) =>
    ask(`${url}/auth/refresh`, { method: 'POST', cookie, headers });
  const audited = async (action: string, userId: string) =>
    (
      await selectRow<{ n: number }>(
        db(),
        'select count(*)::int as n from audit_log where action = ? and subject = ?',
        [action, `user:${userId}`],
      )
    )?.n;

  describe('by password', () => {
    it('gives an access token, the person, and a cookie that no script and no foreign page gets', async () => {
      const person = await makePerson(db(), { role: 'operator' });
      const answer = await ask(`${url}/auth/login`, {
        body: { email: person.email.toUpperCase(), password: person.password },
      });
      assert.equal(answer.status, 200);
      const body = answer.body as unknown as { accessToken: string; expiresIn: number; user: Record<string, unknown> };
      assert.equal(body.expiresIn, 900);
      assert.deepEqual([body.user['id'], body.user['email'], body.user['role']], [person.id, person.email, 'operator']);
      const cookie = answer.setCookies.find((line) => line.startsWith('vhm24r_refresh='));
      assert.match(cookie ?? '', /; HttpOnly/);
      assert.match(cookie ?? '', /; SameSite=Strict/);
      assert.match(cookie ?? '', /; Path=\/api\/v1\/auth(;|$)/);
      assert.doesNotMatch(cookie ?? '', /Secure/, 'loopback is plain http');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.ok(
        !answer.text.includes(answer.cookies['vhm24r_refresh'] ?? '?'),
        'the refresh token is in the cookie only',
      );
      assert.equal((await me(body.accessToken)).status, 200);
      assert.equal(await audited('auth.signed_in', person.id), 1);
    });

    it('marks the cookie Secure where the page is not on loopback', async () => {
      const person = await makePerson(db());
      // fetch does not let a test set Host
      const { request } = await import('node:http');
      const cookies = await new Promise<string[]>((resolve, reject) => {
        const call = request(
          `${url}/auth/login`,
          { method: 'POST', headers: { host: 'vhm.example.test', 'content-type': 'application/json' } },
          (response) => {
            response.resume();
            resolve(response.headers['set-cookie'] ?? []);
          },
        );
        call.on('error', reject);
        call.end(JSON.stringify({ email: person.email, password: person.password }));
      });
      assert.match(cookies.join(), /; Secure/);
    });

    it('answers a wrong password and an unknown account the same way, and writes both down', async () => {
      const person = await makePerson(db());
      const wrong = await ask(`${url}/auth/login`, { body: { email: person.email, password: 'not the password' } });
      const unknown = await ask(`${url}/auth/login`, {
        body: { email: 'nobody@vhm24r.test', password: 'not the password' },
      });
      const plain = (answer: typeof wrong) => ({
        ...(answer.body as unknown as { error: object }).error,
        requestId: '',
      });
      assert.deepEqual([wrong.status, unknown.status], [401, 401]);
      assert.deepEqual(plain(wrong), plain(unknown));
      assert.equal(await audited('auth.sign_in_failed', person.id), 1);
    });

    it('takes the same time for an unknown account as for a known one', async function () {
      this.timeout(60_000);
      const person = await makePerson(db());
      const timeOf = async (email: string) => {
        const startedMs = performance.now();
        await ask(`${url}/auth/login`, { body: { email, password: 'not the password' } });
        return performance.now() - startedMs;
      };
      const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
      // in turn, so that whatever else this machine does meets both alike
      for (let round = 0; round < 25; round++) {
        times.known.push(await timeOf(person.email));
        times.unknown.push(await timeOf(`x${round}@vhm24r.test`));
        await api.opened.resources.limits.signIn.attempt(person.email, '127.0.0.1', async () => true);
      }
      const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
      const [known, unknown] = [median(times.known), median(times.unknown)];
      assert.ok(unknown > known / 2 && unknown < known * 2, `known ${known} ms, unknown ${unknown} ms`);
    });

    it('lets pending and blocked people in as little as strangers, and tells only those who know the password', async () => {
      const pending = await makePerson(db(), { status: 'pending' });
      const blocked = await makePerson(db(), { status: 'blocked' });
      const login = (email: string, password: string) => ask(`${url}/auth/login`, { body: { email, password } });
      assert.deepEqual(
        [(await login(pending.email, TEST_PASSWORD)).status, (await login(pending.email, TEST_PASSWORD)).code],
        [403, 'approval_pending'],
      );
      assert.deepEqual(
        [(await login(blocked.email, TEST_PASSWORD)).status, (await login(blocked.email, TEST_PASSWORD)).code],
        [403, 'forbidden'],
      );
      assert.equal((await login(blocked.email, 'not the password')).status, 401);
    });

    it('refuses what is not an e-mail, no password, and more than was asked for', async () => {
      for (const body of [
        {},
        { email: 'x', password: 'y' },
        { email: 'a@b.test' },
        { email: 'a@b.test', password: 'x'.repeat(300) },
        { email: 'a@b.test', password: 'x', role: 'admin' },
      ]) {
        assert.equal((await ask(`${url}/auth/login`, { body })).code, 'validation_failed');
      }
    });
  });

  describe('refreshing', () => {
    it('replaces the token, which then works no more, and keeps its absolute end', async () => {
      const person = await (await makePerson(db())).signIn(api.url);
      const first = await refresh(person.cookie);
      assert.equal(first.status, 200);
      assert.notEqual(`vhm24r_refresh=${first.cookies['vhm24r_refresh']}`, person.cookie);
      assert.equal((await me((first.body as never as { accessToken: string }).accessToken)).status, 200);
      const ends = await selectRows<{ expires_at: Date }>(
        db(),
        'select distinct expires_at from refresh_tokens where user_id = ?',
        [person.userId],
      );
      assert.equal(ends.length, 1);
    });

    it('of a used token kills the whole family, its access tokens with it', async () => {
      const person = await (await makePerson(db())).signIn(api.url);
      const second = await refresh(person.cookie);
      const secondCookie = `vhm24r_refresh=${second.cookies['vhm24r_refresh']}`;
      const third = await refresh(secondCookie);
      const stolen = await refresh(person.cookie);
      assert.deepEqual([stolen.status, stolen.code], [401, 'token_revoked']);
      for (const cookie of [secondCookie, `vhm24r_refresh=${third.cookies['vhm24r_refresh']}`])
        assert.equal((await refresh(cookie)).status, 401);
      for (const token of [person.token, second.body, third.body].map((body) =>
        typeof body === 'string' ? body : (body as never as { accessToken: string }).accessToken,
      )) {
        assert.deepEqual([(await me(token)).status, (await me(token)).code], [401, 'token_revoked']);
      }
      assert.equal(await audited('auth.refresh_reused', person.userId), 1);
    });

    it('is given once more for an answer that got lost, and not twice', async () => {
      const person = await (await makePerson(db())).signIn(api.url);
      const lost = await refresh(person.cookie);
      const again = await refresh(person.cookie);
      assert.equal(again.status, 200);
      assert.equal(
        again.cookies['vhm24r_refresh'],
        lost.cookies['vhm24r_refresh'],
        'whichever answer arrived, the browser holds the living token',
      );
      assert.equal((await refresh(`vhm24r_refresh=${again.cookies['vhm24r_refresh']}`)).status, 200);
      const another = await (await makePerson(db())).signIn(api.url);
      await refresh(another.cookie);
      await refresh(another.cookie);
      assert.equal((await refresh(another.cookie)).code, 'token_revoked');
    });

    it('is not given once more after some seconds', async function () {
      this.timeout(60_000);
      const person = await (await makePerson(db())).signIn(api.url);
      await refresh(person.cookie);
      await sleep(REFRESH_RETRY_MS + 500);
      assert.equal((await refresh(person.cookie)).code, 'token_revoked');
    });

    it('twice at once from one browser signs nobody out', async () => {
      for (let round = 0; round < 5; round++) {
        const person = await (await makePerson(db())).signIn(api.url);
        const answers = await Promise.all([refresh(person.cookie), refresh(person.cookie)]);
        assert.deepEqual(
          answers.map(({ status }) => status),
          [200, 200],
        );
        for (const { body } of answers)
          assert.equal((await me((body as never as { accessToken: string }).accessToken)).status, 200);
        assert.equal((await refresh(`vhm24r_refresh=${answers[round % 2]?.cookies['vhm24r_refresh']}`)).status, 200);
      }
    });

    it('ends at the absolute expiry, and does nothing for strangers and foreign pages', async () => {
      const person = await (await makePerson(db())).signIn(api.url);
      assert.equal((await refresh(person.cookie, { origin: 'https://evil.test' })).code, 'forbidden');
      assert.equal((await refresh(person.cookie, { 'sec-fetch-site': 'cross-site' })).code, 'forbidden');
      await execute(db(), `update refresh_tokens set expires_at = now() - interval '1 second' where user_id = ?`, [
        person.userId,
      ]);
      assert.equal((await refresh(person.cookie)).status, 401);
      for (const cookie of [
        undefined,
        'vhm24r_refresh=',
        `vhm24r_refresh=${'a'.repeat(43)}`,
        `vhm24r_refresh=${person.token}`,
      ]) {
        const answer = await ask(`${url}/auth/refresh`, { method: 'POST', cookie });
        assert.deepEqual([answer.status, answer.code], [401, 'unauthenticated']);
      }
    });
  });

  describe('signing out', () => {
    it('by the bearer alone ends access and refresh', async () => {
      const person = await (await makePerson(db())).signIn(api.url);
      assert.equal((await ask(`${url}/auth/logout`, { method: 'POST', token: person.token })).status, 204);
      assert.equal((await me(person.token)).code, 'token_revoked');
      assert.equal((await refresh(person.cookie)).code, 'token_revoked');
    });

    it('by the cookie alone ends access and refresh, of all access tokens of that sign-in', async () => {
      const person = await (await makePerson(db())).signIn(api.url);
      const later = await refresh(person.cookie);
      const cookie = `vhm24r_refresh=${later.cookies['vhm24r_refresh']}`;
      const answer = await ask(`${url}/auth/logout`, { method: 'POST', cookie });
      assert.equal(answer.status, 204);
      assert.match(answer.setCookies.join(), /vhm24r_refresh=;.*Max-Age=0/);
      for (const token of [person.token, (later.body as never as { accessToken: string }).accessToken])
        assert.equal((await me(token)).code, 'token_revoked');
      assert.equal((await refresh(cookie)).code, 'token_revoked');
    });

    it('leaves other sign-ins of the same person alone', async () => {
      const who = await makePerson(db());
      const [one, other] = [await who.signIn(api.url), await who.signIn(api.url)];
      await ask(`${url}/auth/logout`, { method: 'POST', token: one.token });
      assert.equal((await me(one.token)).status, 401);
      assert.equal((await me(other.token)).status, 200);
    });

    it('everywhere ends every token by one write', async () => {
      const who = await makePerson(db());
      const signIns = [await who.signIn(api.url), await who.signIn(api.url), await who.signIn(api.url)];
      const apiToken = await ask(`${url}/tokens`, {
        token: signIns[0]?.token,
        body: { name: 'script', scopes: ['read'] },
      });
      const secret = (apiToken.body as never as { token: string }).token;
      assert.equal((await me(secret)).status, 200);
      assert.equal((await ask(`${url}/auth/logout-all`, { method: 'POST', token: signIns[1]?.token })).status, 204);
      for (const { token, cookie } of signIns) {
        assert.equal((await me(token)).code, 'token_revoked');
        assert.equal((await refresh(cookie)).code, 'token_revoked');
      }
      assert.equal((await me(secret)).code, 'token_revoked');
      assert.equal((await me((await who.signIn(api.url)).token)).status, 200, 'whoever signs in again is in');
    });

    it('without anything to sign out of is refused', async () => {
      assert.equal((await ask(`${url}/auth/logout`, { method: 'POST' })).code, 'unauthenticated');
      const person = await (await makePerson(db())).signIn(api.url);
      await ask(`${url}/auth/logout`, { method: 'POST', token: person.token });
      assert.equal((await ask(`${url}/auth/logout`, { method: 'POST', token: person.token })).code, 'token_revoked');
    });
  });

  describe('another password', () => {
    it('asks for the present one, ends all other sign-ins and goes on here', async () => {
      const who = await makePerson(db());
      const [here, elsewhere] = [await who.signIn(api.url), await who.signIn(api.url)];
      const change = (currentPassword: string, newPassword: string) =>
        ask(`${url}/auth/password`, { token: here.token, body: { currentPassword, newPassword } });
      assert.equal((await change('not the password', 'another long password')).code, 'forbidden');
      assert.equal((await change(TEST_PASSWORD, 'short')).code, 'validation_failed');
      const changed = await change(TEST_PASSWORD, 'another long password');
      assert.equal(changed.status, 200);
      for (const token of [here.token, elsewhere.token]) assert.equal((await me(token)).code, 'token_revoked');
      assert.equal((await me((changed.body as never as { accessToken: string }).accessToken)).status, 200);
      assert.equal(
        (await ask(`${url}/auth/login`, { body: { email: who.email, password: TEST_PASSWORD } })).status,
        401,
      );
      await signIn(api.url, who.email, 'another long password');
    });
  });

  describe('what admins do', () => {
    const asAdmin = async (path: string, options: Parameters<typeof ask>[1] = {}) =>
      ask(`${url}${path}`, { token: (await signIn(api.url, TEST_ADMIN.email, TEST_ADMIN.password)).token, ...options });

    it('approve, change the role and block, each ending the tokens of before', async () => {
      const who = await makePerson(db(), { status: 'pending' });
      assert.equal((await asAdmin(`/users/${who.id}/approve`, { body: { role: 'operator' } })).status, 200);
      const asOperator = await who.signIn(api.url);
      assert.equal((await asAdmin(`/users/${who.id}`, { method: 'PATCH', body: { role: 'finance' } })).status, 200);
      assert.equal((await me(asOperator.token)).code, 'token_revoked');
      const asFinance = await who.signIn(api.url);
      assert.equal(((await me(asFinance.token)).body as never as { role: string }).role, 'finance');
      assert.equal((await asAdmin(`/users/${who.id}/block`, { method: 'POST' })).status, 200);
      assert.equal((await me(asFinance.token)).code, 'token_revoked');
      assert.equal((await refresh(asFinance.cookie)).code, 'token_revoked');
    });

    it('never leave the place without an admin', async () => {
      const admin = await signIn(api.url, TEST_ADMIN.email, TEST_ADMIN.password);
      assert.equal((await asAdmin(`/users/${admin.userId}/block`, { method: 'POST' })).code, 'conflict');
      assert.equal(
        (await asAdmin(`/users/${admin.userId}`, { method: 'PATCH', body: { role: 'viewer' } })).code,
        'conflict',
      );
      const other = await makePerson(db(), { role: 'admin' });
      const asOther = await other.signIn(api.url);
      const demote = (token: string, id: string) =>
        ask(`${url}/users/${id}`, { method: 'PATCH', token, body: { role: 'viewer' } });
      const both = await Promise.all([demote(admin.token, other.id), demote(asOther.token, admin.userId)]);
      assert.equal(both.filter(({ status }) => status === 200).length, 1, 'two who demote each other: one remains');
      const left = await selectRow<{ n: number }>(
        db(),
        `select count(*)::int as n from users where role = 'admin' and status = 'approved'`,
      );
      assert.equal(left?.n, 1);
      await execute(db(), `update users set role = 'admin' where id = ?`, [admin.userId]);
    });

    it('list people by status, page by page', async () => {
      for (let n = 0; n < 3; n++) await makePerson(db(), { status: 'pending' });
      const first = await asAdmin('/users?status=pending&limit=2');
      const page = first.body as never as { items: { id: string; status: string }[]; nextCursor: string };
      assert.equal(page.items.length, 2);
      assert.ok(page.items.every(({ status }) => status === 'pending'));
      const second = (await asAdmin(`/users?status=pending&limit=2&cursor=${page.nextCursor}`))
        .body as never as typeof page;
      assert.ok(second.items.every(({ id }) => Number(id) < Number(page.items[1]?.id)));
      assert.equal((await asAdmin('/users?limit=2&order=name')).code, 'validation_failed');
      assert.ok(!first.text.includes('argon2'), 'no hash leaves');
    });
  });
});
