import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { createSignInLink } from '../../shared/auth/sign-in-links.ts';
import { createBinding, useBinding } from '../../shared/auth/telegram-binding.ts';
import { execute, selectRow } from '../../shared/db/rows.ts';
import { ask } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson, TEST_PASSWORD } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

/** A request that was begun in time must not carry what it asks for over the end of its sign-in. */
describe('what is on its way when a sign-in ends', () => {
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

  async function somebody(): Promise<{ id: string; token: string; endAll(): Promise<void> }> {
    const person = await makePerson(db(), { role: 'operator' });
    const { id } = person;
    const { token } = await person.signIn(api.url);
    return {
      id,
      token,
      async endAll() {
        assert.equal((await ask(`${url}/auth/logout-all`, { method: 'POST', token })).status, 204);
      },
    };
  }

  async function versionOf(id: string): Promise<number> {
    const row = await selectRow<{ version: number }>(db(), 'select token_version as version from users where id = ?', [
      id,
    ]);
    assert.ok(row !== null);
    return row.version;
  }

  /** Sends the head and half of the body, waits for `meanwhile`, sends the rest; gives the answer. */
  async function askSlowly(
    { path, token, type }: { path: string; token: string; type: string },
    body: string,
    meanwhile: () => Promise<void>,
  ): Promise<string> {
    const socket = connect(api.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString()));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `POST /api/v1${path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, body.length / 2)}`,
    );
    // a guard asks within a moment; what it said then is what the rest of the body comes under
    await new Promise((resolve) => setTimeout(resolve, 300));
    await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, 700));
    socket.write(body.slice(body.length / 2));
    await closed;
    return answer;
  }

  /** An answer that has begun; what is made reads the rest, slowly for a while, and tells how much came. */
  async function begun(address: string, token?: string): Promise<(isSlow: () => boolean) => Promise<number>> {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(address, { headers });
    assert.equal(answer.status, 200);
    const reader = answer.body?.getReader();
    assert.ok(reader !== undefined);
    return async (isSlow) => {
      let bytes = 0;
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return bytes;
          bytes += value.length;
          if (isSlow()) await new Promise((resolve) => setTimeout(resolve, 100));
        }
      } catch {
        return bytes;
      }
    };
  }

  it('a body sent slowly makes no personal token that outlives it', async () => {
    const { id, token, endAll } = await somebody();
    const body = JSON.stringify({ name: 'over the end', scopes: ['read'] });
    const answer = await askSlowly({ path: '/tokens', token, type: 'application/json' }, body, endAll);
    assert.match(answer, /^HTTP\/1.1 401 [\s\S]*token_revoked/);
    assert.equal(await selectRow(db(), 'select 1 from user_tokens where user_id = ?', [id]), null);
  });

  it('neither does one that was let in a moment before', async () => {
    const { id, endAll } = await somebody();
    const version = await versionOf(id);
    await endAll();
    const { apiTokens } = api.opened.resources.auth;
    const late = apiTokens.create(
      { actorId: id },
      { userId: id, version },
      { name: 'x', scopes: ['read'], expiresAt: null },
    );
    await assert.rejects(late, { code: 'token_revoked' });
    await assert.rejects(createBinding(db(), { userId: id, version }), { code: 'token_revoked' });
  });

  it('of several who change one password at once by the same old one, one does', async () => {
    const { id } = await somebody();
    const { signIn } = api.opened.resources.auth;
    const origin = { address: '192.0.2.1', agent: null, requestId: null };
    const tried = await Promise.allSettled(
      ['Zwieback-Kaktus-41', 'Zwieback-Kaktus-42', 'Zwieback-Kaktus-43'].map((next) =>
        signIn.changePassword(id, TEST_PASSWORD, next, origin),
      ),
    );
    assert.equal(tried.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('an upload that ends after it is refused, and its bytes go', async () => {
    const { id, token, endAll } = await somebody();
    const content = `a,b\n${'1,2\n'.repeat(200)}`;
    const body = `--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n${content}\r\n--x--\r\n`;
    const answer = await askSlowly({ path: '/files', token, type: 'multipart/form-data; boundary=x' }, body, endAll);
    assert.match(answer, /^HTTP\/1.1 401 [\s\S]*token_revoked/);
    assert.equal(await selectRow(db(), 'select 1 from processing_sessions where created_by = ?', [id]), null);
    await eventually(async () => assert.equal(await selectRow(db(), 'select 1 from file_chunks'), null));
  });

  it('the code that binds a chat, and the link that the bot gave, end with it', async () => {
    const { id, endAll } = await somebody();
    await execute(db(), 'update users set telegram_id = 700700 where id = ?', [id]);
    const version = await versionOf(id);
    const { code } = await createBinding(db(), { userId: id, version });
    const link = await createSignInLink(db(), id);
    await endAll();
    assert.equal(await useBinding(db(), code, '700701', {}), 'spent');
    const answer = await ask(`${url}/auth/link`, { body: { token: link } });
    assert.deepEqual([answer.status, answer.code], [401, 'unauthenticated']);
  });

  it('a file that is read slowly comes to nobody whose sign-in has ended, whatever opened it; to another it comes whole', async function () {
    this.timeout(60_000);
    // more than what lies on its way
    const content = randomBytes(32 * 1024 * 1024);
    const { body } = await api.client.upload([{ name: 'noise.bin', content }]);
    const path = `/files/${body.session.files[0]?.id ?? ''}/content`;
    const [byToken, byLink, other] = [await somebody(), await somebody(), await somebody()];
    const link = await ask(`${url}/downloads`, { token: byLink.token, body: { path } });
    const readers = await Promise.all([
      begun(`${url}${path}`, byToken.token),
      begun(new URL((link.body as unknown as { url: string }).url, api.url).href),
      begun(`${url}${path}`, other.token),
    ]);
    await Promise.all([byToken.endAll(), byLink.endAll()]);
    const endedAt = performance.now();
    // each takes a little a second, as a slow network does
    const got = await Promise.all(readers.map((read) => read(() => performance.now() - endedAt < 2_000)));
    assert.equal(got[2], content.length);
    for (const bytes of got.slice(0, 2)) assert.ok(bytes < content.length / 2, `${bytes} bytes`);
  });
});
