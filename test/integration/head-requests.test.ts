import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { execute } from '../../shared/db/rows.ts';
import { ask } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { TEST_ADMIN } from '../support/processes.ts';

const BYTES = 'nothing known\n1\n';

/** Who only looks at what he would get, and who asks for a part or under a condition. */
describe('requests that ask for less than everything', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let url: string;
  let token: string;
  let session: { id: string; files: { id: string }[] };

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
    url = `${api.url}/api/v1`;
    token = api.client.token ?? '';
    session = (await api.client.upload([{ name: 'a.csv', content: BYTES }])).body.session as never;
  });

  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const link = async (path: string): Promise<string> => {
    const made = await ask(`${url}/downloads`, { token, body: { path } });
    assert.equal(made.status, 201, made.text);
    return `${api.url}${(made.body as never as { url: string }).url}`;
  };

  it('HEAD tells what a link would give and leaves it good: previews and download managers ask it first', async () => {
    const file = session.files[0]?.id ?? '';
    for (const path of [`/files/${file}/content`, `/files/${file}/errors?format=csv`, '/templates/click.xlsx']) {
      const opened = await link(path);
      for (let time = 0; time < 2; time++) {
        const looked = await ask(opened, { method: 'HEAD' });
        assert.deepEqual([looked.status, looked.text], [200, ''], path);
        assert.match(looked.headers.get('content-disposition') ?? '', /^attachment/);
      }
      const gone = opened.replace(/link=.*/, 'link=nothing');
      assert.equal((await ask(gone, { method: 'HEAD' })).status, 401, 'no link');
      assert.equal((await ask(opened)).status, 200, path);
      assert.equal((await ask(opened)).status, 401, 'once');
      assert.equal((await ask(opened, { method: 'HEAD' })).status, 401, 'spent');
    }
  });

  it('whoever leaves before rejected rows are written keeps nobody from theirs', async () => {
    const path = `/api/v1/files/${session.files[0]?.id}/errors?format=xlsx`;
    const left = async (afterMs: number): Promise<void> => {
      const socket = connect(api.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`);
      setTimeout(() => socket.destroy(), afterMs);
      await once(socket, 'close');
    };
    for (let time = 0; time < 12; time++) await left(time * 40);
    // two at once are one person's share
    await eventually(
      async () => {
        const both = await Promise.all([1, 2].map(() => ask(`${api.url}${path}`, { token })));
        assert.deepEqual(
          both.map(({ status }) => status),
          [200, 200],
        );
      },
      { timeoutMs: 30_000 },
    );
  });

  it('HEAD of a link ends with the sign-in that asked for it', async () => {
    const other = await ask(`${url}/auth/login`, { body: { email: TEST_ADMIN.email, password: TEST_ADMIN.password } });
    const own = (other.body as never as { accessToken: string }).accessToken;
    const made = await ask(`${url}/downloads`, { token: own, body: { path: '/templates/click.csv' } });
    const opened = `${api.url}${(made.body as never as { url: string }).url}`;
    assert.equal((await ask(opened, { method: 'HEAD' })).status, 200);
    await ask(`${url}/auth/logout`, { method: 'POST', token: own });
    assert.equal((await ask(opened, { method: 'HEAD' })).status, 401);
  });

  it('many at once use a link up once', async () => {
    const opened = await link(`/files/${session.files[0]?.id}/content`);
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(opened)));
    assert.deepEqual(
      answers.map(({ status }) => status).sort((a, b) => a - b),
      [200, ...Array<number>(7).fill(401)],
    );
  });

  it('HEAD of live events is answered and over, and holds none of its reader’s streams', async () => {
    const { db } = api.opened.resources;
    await execute(db, `update processing_sessions set status = 'processing' where id = ?`, [session.id]);
    const path = `/api/v1/sessions/${session.id}/events`;
    const head = `HEAD ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`;
    const socket = connect(api.port, '127.0.0.1');
    await once(socket, 'connect');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    // more than one person may have open; the last one asks for something else behind them on the same connection
    socket.write(head.repeat(12));
    socket.write('GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    await once(socket, 'close');
    assert.equal(text.match(/^HTTP\/1\.1 200 /gm)?.length, 13, text);
    assert.match(text, /content-type: text\/event-stream/i);
  });

  it('a part that is not there and a condition that fails are no faults of the page', async () => {
    for (const path of ['/', '/orders', '/favicon.svg', '/api/docs/swagger-ui.css']) {
      const whole = await ask(`${api.url}${path}`);
      if (whole.status === 404) continue;
      const beyond = await ask(`${api.url}${path}`, { headers: { range: 'bytes=99999999-' } });
      assert.deepEqual([beyond.status, beyond.text], [416, ''], path);
      assert.match(beyond.headers.get('content-range') ?? '', /^bytes \*\/\d+$/);
      assert.equal(beyond.headers.get('cache-control'), 'no-store');
      for (const [name, value] of [
        ['if-match', '"other"'],
        ['if-unmodified-since', 'Mon, 01 Jan 1990 00:00:00 GMT'],
      ] as const) {
        const failed = await ask(`${api.url}${path}`, { headers: { [name]: value, 'accept-encoding': 'identity' } });
        assert.deepEqual([failed.status, failed.text], [412, ''], path);
      }
    }
  });
});
