import assert from 'node:assert/strict';
import { execute } from '../../shared/db/rows.ts';
import { ask } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const MAPPING_QUESTION = 'nothing known\n1\n';

/** What was begun before a revocation and still runs after it. */
describe('what outlasts a request', () => {
  let database: TestDatabase;
  let api: InProcessApi;

  before(async function () {
    this.timeout(60_000);
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
  });

  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const db = () => api.opened.resources.db;

  async function upload(token: string): Promise<{ id: string; files: { id: string; status: string }[] }> {
    const form = new FormData();
    form.append('files', new Blob([`${MAPPING_QUESTION}${Math.random()}\n`]), 'x.csv');
    const answer = await fetch(`${api.url}/api/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    assert.equal(answer.status, 200);
    return ((await answer.json()) as { session: { id: string; files: { id: string; status: string }[] } }).session;
  }

  for (const [how, revoke] of [
    ['signed out', (token: string) => ask(`${api.url}/api/v1/auth/logout`, { method: 'POST', token })],
    ['blocked', (_: string, id: string) => execute(db(), `update users set status = 'blocked' where id = ?`, [id])],
  ] as const) {
    it(`an event stream ends within a second of its reader being ${how}`, async () => {
      const who = await makePerson(db(), { role: 'operator' });
      const { token } = await who.signIn(api.url);
      const session = await upload(token);
      // still at work, as far as a stream can tell
      await execute(db(), `update processing_sessions set status = 'processing' where id = ?`, [session.id]);
      await execute(
        db(),
        `update uploaded_files set status = 'processing', lease_until = now() + interval '1 hour' where session_id = ?`,
        [session.id],
      );
      const response = await fetch(`${api.url}/api/v1/sessions/${session.id}/events`, {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.equal(response.status, 200);
      const ended = (async () => {
        for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) assert.ok(chunk.length > 0);
        return performance.now();
      })();
      await new Promise((resolve) => setTimeout(resolve, 700));
      const revokedMs = performance.now();
      await revoke(token, who.id);
      const endedMs = await ended;
      assert.ok(endedMs > revokedMs, 'it lasted until then');
      assert.ok(endedMs - revokedMs < 1_100, `${Math.round(endedMs - revokedMs)} ms`);
      await execute(db(), `update uploaded_files set status = 'failed', error_code = 'bad_file' where session_id = ?`, [
        session.id,
      ]);
      await execute(db(), `update processing_sessions set status = 'failed' where id = ?`, [session.id]);
    });
  }

  it('a file whose uploader is blocked before it is processed ends cancelled, and says why', async () => {
    const who = await makePerson(db(), { role: 'operator' });
    const session = await upload((await who.signIn(api.url)).token);
    const id = session.files[0]?.id ?? '';
    await execute(db(), `update users set status = 'blocked' where id = ?`, [who.id]);
    const answered = await ask(`${api.url}/api/v1/files/${id}/mapping`, {
      token: api.client.token ?? '',
      body: { source: 'happy_workers' },
    });
    assert.ok([200, 202].includes(answered.status), answered.text);
    await eventually(async () => {
      const { body } = await ask(`${api.url}/api/v1/files/${id}`, {
        token: api.client.token ?? '',
        headers: { 'accept-language': 'en' },
      });
      const file = body as unknown as { status: string; error: { code: string; message: string } };
      assert.deepEqual([file.status, file.error.code], ['cancelled', 'user_blocked']);
      assert.ok(file.error.message.length > 0);
    });
  });
});
