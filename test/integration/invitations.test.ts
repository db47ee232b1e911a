import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { runUserCommand } from '../../scripts/user.ts';
import { execute, selectRow } from '../../shared/db/rows.ts';
import { ask } from '../support/ask.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface Link {
  url: string;
  expiresAt: string;
}
interface Person {
  id: string;
  name: string | null;
  firstName: string | null;
  role: string;
  status: string;
  invitedUntil: string | null;
}

const PASSWORD = 'orzu-qahva-9-terak';

describe('people who are invited', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let url: string;
  let admin: string;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, PUBLIC_URL: 'https://sverka.example/' });
    url = `${api.url}/api/v1`;
    admin = (await (await makePerson(api.opened.resources.db, { role: 'admin' })).signIn(api.url)).token;
  });
  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const db = () => api.opened.resources.db;
  let count = 0;
  async function invited(
    more: Record<string, unknown> = {},
  ): Promise<{ user: Person; invitation: Link; email: string }> {
    const email = `new${(count += 1)}@example.uz`;
    const answer = await ask(`${url}/users`, { token: admin, body: { email, role: 'operator', ...more } });
    assert.equal(answer.status, 201, answer.text);
    return { ...(answer.body as unknown as { user: Person; invitation: Link }), email };
  }
  const tokenOf = ({ url: link }: Link): string => new URL(link).hash.slice(1);
  const accept = (token: string, password = PASSWORD) => ask(`${url}/auth/invitation`, { body: { token, password } });
  const reasonOf = (answer: { body: unknown }): string | undefined =>
    (answer.body as { error?: { details?: { reason?: string } } }).error?.details?.reason;
  const another = async (id: string): Promise<Link> => {
    const answer = await ask(`${url}/users/${id}/invitation`, { method: 'POST', token: admin });
    assert.equal(answer.status, 201, answer.text);
    return answer.body as unknown as Link;
  };

  it('get a link with their name and role, choose a password by it once, and are signed in', async () => {
    const { user, invitation, email } = await invited({ firstName: ' Дилшод ', lastName: 'Каримов' });
    assert.deepEqual([user.name, user.role, user.status], ['Дилшод Каримов', 'operator', 'approved']);
    assert.equal(user.invitedUntil, invitation.expiresAt);
    assert.match(invitation.url, /^https:\/\/sverka\.example\/invitation#[\w-]{43}$/);
    assert.equal(
      (await ask(`${url}/auth/login`, { body: { email, password: PASSWORD } })).status,
      401,
      'no password yet',
    );

    const answer = await accept(tokenOf(invitation));
    assert.equal(answer.status, 200, answer.text);
    const { accessToken } = answer.body as unknown as { accessToken: string };
    assert.equal((await ask(`${url}/auth/me`, { token: accessToken })).status, 200);
    assert.equal((await ask(`${url}/auth/login`, { body: { email, password: PASSWORD } })).status, 200);
    const again = await accept(tokenOf(invitation));
    assert.deepEqual([again.status, reasonOf(again)], [404, 'invitation_ended']);
  });

  it('are told whose a link is before they choose a password, and whether it is still good', async () => {
    const { invitation, email } = await invited();
    const check = (token: string) => ask(`${url}/auth/invitation/check`, { body: { token } });
    const token = tokenOf(invitation);
    assert.deepEqual((await check(token)).body, { email });
    // looking spends nothing
    assert.equal((await check(token)).status, 200);
    assert.equal((await accept(token)).status, 200);
    const after = await check(token);
    assert.deepEqual([after.status, reasonOf(after)], [404, 'invitation_ended']);
    assert.equal((await check('short')).status, 400);
  });

  it('of two who use a link at once one is refused', async () => {
    const { invitation } = await invited();
    const answers = await Promise.all([accept(tokenOf(invitation)), accept(tokenOf(invitation))]);
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 404],
    );
  });

  it('cannot use a link that has run out, was replaced, or whose person was blocked', async () => {
    const late = await invited();
    await execute(
      db(),
      `update invitations set expires_at = clock_timestamp() - interval '1 second' where user_id = ?`,
      [late.user.id],
    );
    const replaced = await invited();
    const fresh = await another(replaced.user.id);
    const blocked = await invited();
    await ask(`${url}/users/${blocked.user.id}/block`, { method: 'POST', token: admin });
    await ask(`${url}/users/${blocked.user.id}/approve`, { token: admin, body: {} });
    for (const { invitation } of [late, replaced, blocked])
      assert.equal((await accept(tokenOf(invitation))).status, 404);
    assert.equal((await accept(tokenOf(fresh))).status, 200);
    assert.equal((await accept('x'.repeat(43))).status, 404);
    assert.equal((await accept('short')).status, 400);
  });

  it('keep a link over a password that is too easy', async () => {
    const { invitation } = await invited();
    const weak = await accept(tokenOf(invitation), 'a'.repeat(12));
    assert.deepEqual([weak.status, reasonOf(weak)], [400, 'weak_password']);
    assert.equal((await accept(tokenOf(invitation))).status, 200);
  });

  it('get another password by a link of the admin: what was signed in before ends', async () => {
    const person = await makePerson(db(), { role: 'finance' });
    const { token } = await person.signIn(api.url);
    const link = await another(person.id);
    assert.equal((await ask(`${url}/auth/me`, { token })).status, 200, 'until it is used');
    assert.equal((await accept(tokenOf(link))).status, 200);
    assert.equal((await ask(`${url}/auth/me`, { token })).status, 401);
    assert.equal(
      (await ask(`${url}/auth/login`, { body: { email: person.email, password: person.password } })).status,
      401,
    );
  });

  it('who chose another password meanwhile, here or by the shell, are not taken over by the link', async () => {
    const [here, shell] = [await makePerson(db(), { role: 'viewer' }), await makePerson(db(), { role: 'viewer' })];
    const links = [await another(here.id), await another(shell.id)];
    const { token } = await here.signIn(api.url);
    const body = { currentPassword: here.password, newPassword: 'yangi-kalit-47-daraxt' };
    assert.equal((await ask(`${url}/auth/password`, { token, body })).status, 200);
    await runUserCommand(db(), ['reset', shell.email, '--password', 'yangi-kalit-47-daraxt'], Readable.from([]), 'en');
    for (const link of links) {
      const late = await accept(tokenOf(link));
      assert.deepEqual([late.status, reasonOf(late)], [404, 'invitation_ended']);
    }
  });

  it('are renamed, blocked and let in again by the admin; nobody else makes accounts or links', async () => {
    const { user } = await invited();
    const renamed = await ask(`${url}/users/${user.id}`, {
      method: 'PATCH',
      token: admin,
      body: { firstName: 'Нодира', lastName: '' },
    });
    assert.deepEqual(
      [(renamed.body as unknown as Person).name, (renamed.body as unknown as Person).role],
      ['Нодира', 'operator'],
    );
    await ask(`${url}/users/${user.id}/block`, { method: 'POST', token: admin });
    const refused = await ask(`${url}/users/${user.id}/invitation`, { method: 'POST', token: admin });
    assert.deepEqual([refused.status, reasonOf(refused)], [409, 'not_approved']);
    const back = await ask(`${url}/users/${user.id}/approve`, { token: admin, body: {} });
    assert.equal((back.body as unknown as Person).status, 'approved');
    const known = await ask(`${url}/users`, { token: admin, body: { email: 'NEW1@example.uz' } });
    assert.deepEqual([known.status, reasonOf(known)], [409, 'email_known']);
    const finance = (await (await makePerson(db(), { role: 'finance' })).signIn(api.url)).token;
    assert.equal((await ask(`${url}/users`, { token: finance, body: { email: 'x@example.uz' } })).status, 403);
    assert.equal((await ask(`${url}/users/${user.id}/invitation`, { method: 'POST', token: finance })).status, 403);
  });

  it('come by nobody’s script: a personal token gets no link by which a password is chosen', async () => {
    const made = await ask(`${url}/tokens`, { token: admin, body: { name: 'people', scopes: ['admin'] } });
    const { token } = made.body as unknown as { token: string };
    const person = await makePerson(db(), { role: 'admin' });
    for (const [path, body] of [
      ['/users', { email: 'accomplice@example.uz', role: 'admin' }],
      [`/users/${person.id}/invitation`, {}],
    ] as const) {
      const answer = await ask(`${url}${path}`, { method: 'POST', token, body });
      assert.deepEqual([answer.status, reasonOf(answer)], [403, 'not_with_a_personal_token'], path);
    }
    assert.equal((await selectRow(db(), `select 1 from users where email = 'accomplice@example.uz'`)) ?? null, null);
  });

  it('change wholly or not at all, and never by words that nobody read', async () => {
    const { user } = await invited({ firstName: 'Бахтиёр' });
    const path = `${url}/users/${user.id}`;
    const names = () => selectRow(db(), 'select first_name, role from users where id = ?', [user.id]);
    const was = await names();
    await execute(
      db(),
      `create function no_role_change() returns trigger as 'begin raise; end' language plpgsql;
      create trigger no_role_change before update of role on users
        for each row when (new.role <> old.role) execute function no_role_change()`,
    );
    const both = { method: 'PATCH', token: admin, body: { firstName: 'Другой', role: 'viewer' } };
    assert.equal((await ask(path, both)).status, 500);
    assert.deepEqual(await names(), was);
    await execute(db(), 'drop trigger no_role_change on users');
    const unread = await fetch(path, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${admin}`, 'content-type': 'text/plain' },
      body: JSON.stringify({ role: 'viewer' }),
    });
    assert.deepEqual([unread.status, reasonOf({ body: await unread.json() })], [400, 'body_not_json']);
    assert.equal((await ask(path, both)).status, 200);
    assert.deepEqual(await names(), { first_name: 'Другой', role: 'viewer' });
    const row = await selectRow<{ actions: string[] }>(
      db(),
      'select array_agg(action order by id) as actions from audit_log where subject = ?',
      [`user:${user.id}`],
    );
    assert.deepEqual(row?.actions.slice(-2), ['users.renamed', 'users.role_changed']);
  });

  it('are in the audit log, and their secrets in neither log nor database', async () => {
    const { user, invitation } = await invited();
    await accept(tokenOf(invitation));
    const row = await selectRow<{ actions: string[]; text: string }>(
      db(),
      `select array_agg(action order by id) as actions, string_agg(details::text, ' ') as text from audit_log
        where subject = ?`,
      [`user:${user.id}`],
    );
    assert.deepEqual(row?.actions, ['users.created', 'users.invited', 'users.invitation_used', 'auth.signed_in']);
    assert.ok(!row?.text.includes(tokenOf(invitation)));
  });
});
