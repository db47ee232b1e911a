import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('the one way in for reports', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, MAX_FILES: '2', MAX_FILE_MB: '1' });
  });
  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const report = (number: string) => csvBytes(rowsOfHappyWorkers([{ number }]));
  const never = new AbortController().signal;
  const store = (name: string, content: Uint8Array) =>
    api.opened.resources.uploads.store({ name, bytes: Readable.from([content]) }, never);
  async function person(): Promise<string> {
    return (await api.client.get<{ id: string }>('/auth/me')).body.id;
  }
  const by = async () => ({ userId: await person(), requestId: randomUUID(), address: 'folder' });

  it('makes one session of what a door brings twice, at once too, and keeps no bytes of the second', async () => {
    const { uploads, db } = api.opened.resources;
    const options = { by: await by(), door: 'folder', doorKey: 'inbox/a.csv', source: null } as const;
    const tries = await Promise.all(
      [1, 2, 3].map(async () => uploads.accept([await store('a.csv', report('door-1'))], options)),
    );
    assert.equal(new Set(tries.map(({ sessionId }) => sessionId)).size, 1);
    assert.equal(tries.filter(({ before }) => !before).length, 1);
    assert.deepEqual(new Set(tries.map(({ files }) => files[0]?.id)).size, 1);
    const session = await api.client.waitForSession(tries[0]!.sessionId);
    assert.deepEqual(
      session.files.map(({ status, door }) => [status, door]),
      [['completed', 'folder']],
    );
    const { rows } = await db.raw<{ rows: { keys: number }[] }>(
      'select count(distinct storage_key)::int as keys from file_chunks',
    );
    assert.equal(rows[0]?.keys, 1);
  });

  it('knows what came by another door as the same bytes', async () => {
    const { uploads } = api.opened.resources;
    const again = await uploads.accept([await store('mail.csv', report('door-1'))], {
      by: await by(),
      door: 'mail',
      doorKey: 'inbox/a.csv',
      source: null,
    });
    assert.equal(again.before, false);
    const session = await api.client.waitForSession(again.sessionId);
    assert.equal(session.files[0]?.status, 'duplicate');
  });

  it('refuses by the same codes as the page: too large, too many, a role too low', async () => {
    const { uploads } = api.opened.resources;
    await assert.rejects(store('big.csv', new Uint8Array(1024 * 1024 + 1)), { code: 'file_too_large' });
    const three = await Promise.all([1, 2, 3].map((no) => store(`${no}.csv`, report(`door-many-${no}`))));
    await assert.rejects(uploads.accept(three, { by: await by(), door: 'telegram', source: null }), {
      code: 'too_many_files',
    });
    await assert.rejects(uploads.admit({ userId: await person(), role: 'viewer' }), { code: 'forbidden' });
    await uploads.admit({ userId: await person(), role: 'operator' });
  });

  it('tells the page, a script and the command line apart', async () => {
    const { token } = (
      await api.client.post<{ token: string }>('/tokens', { name: 'doors', scopes: ['read', 'upload'] })
    ).body;
    const doorOf = async (bearer: string, agent: string, number: string) => {
      const form = new FormData();
      form.append('files', new Blob([new Uint8Array(report(number))]), `${number}.csv`);
      const answer = await fetch(`${api.url}/api/v1/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'user-agent': agent },
        body: form,
      });
      assert.ok(answer.ok, String(answer.status));
      const { session } = (await answer.json()) as { session: { door: string; files: { door: string }[] } };
      assert.equal(session.files[0]?.door, session.door);
      return session.door;
    };
    assert.equal(await doorOf(api.client.token ?? '', 'Mozilla/5.0', 'door-2'), 'page');
    assert.equal(await doorOf(token, 'python-requests/2', 'door-3'), 'api');
    assert.equal(await doorOf(token, 'vhm24r-cli/1.2.0', 'door-4'), 'cli');
  });
});
