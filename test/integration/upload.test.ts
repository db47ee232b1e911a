import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { TEST_ADMIN } from '../support/processes.ts';
import { standInJobs } from '../support/stand-in-job.ts';
import { ownTimeMs } from '../support/own-time.ts';

interface ErrorBody {
  error: { code: string; message: string; details?: Record<string, unknown>; requestId: string };
}

const MIB = 1024 * 1024;
const BOUNDARY = 'x-boundary';

describe('uploading', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let db: Db;
  let api: InProcessApi;
  const standIn = standInJobs({ failWith: (name) => (name.startsWith('bad') ? 'bad_file' : null) });

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    api = await openTestApi(
      { DATABASE_URL: database.url, MAX_FILE_MB: '2', SYNC_WAIT_MS: '5000' },
      { jobs: standIn.jobs },
    );
  });
  after(async () => {
    await api.close();
    await db.destroy();
    await database.drop();
  });

  const count = async (table: string): Promise<number> => Number((await db(table).count({ n: '*' }))[0]?.['n']);
  const stored = async () => ({
    files: await count('uploaded_files'),
    sessions: await count('processing_sessions'),
    chunks: await count('file_chunks'),
  });

  async function refused(
    work: () => Promise<{ status: number; body: unknown }>,
    status: number,
    code: string,
  ): Promise<ErrorBody['error']> {
    const before = await stored();
    const answer = await work();
    const { error } = answer.body as ErrorBody;
    assert.deepEqual([answer.status, error.code], [status, code]);
    assert.ok(error.message.length > 3 && error.requestId.length >= 8);
    await eventually(async () => assert.deepEqual(await stored(), before));
    return error;
  }

  it('stores files under Cyrillic names, processes them here without Redis, and gives the bytes back', async () => {
    const bytes = randomBytes(MIB + 11);
    const answer = await api.client.upload([
      { name: 'Отчёт за июнь.csv', content: new Uint8Array(bytes) },
      { name: 'пустой.csv', content: '' },
    ]);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('x-processing-mode'), 'in-process');
    const { session } = answer.body;
    assert.equal(answer.headers.get('location'), `/api/v1/sessions/${session.id}`);
    assert.deepEqual([session.status, session.mode, session.progress], ['completed', 'in-process', 1]);
    const [file] = session.files as unknown as Record<string, unknown>[];
    assert.ok(file);
    assert.deepEqual(
      [file['name'], file['sizeBytes'], file['sha256'], file['status'], file['run']],
      ['Отчёт за июнь.csv', bytes.length, createHash('sha256').update(bytes).digest('hex'), 'completed', 1],
    );
    assert.equal(session.files[1]?.name, 'пустой.csv');
    const content = await fetch(`${api.url}/api/v1/files/${String(file['id'])}/content`, {
      headers: { authorization: `Bearer ${api.client.token}` },
    });
    assert.ok(Buffer.from(await content.arrayBuffer()).equals(bytes));
    assert.match(content.headers.get('content-disposition') ?? '', /^attachment; .*filename\*=UTF-8''%D0%9E%D1%82/);
    assert.equal(content.headers.get('x-content-type-options'), 'nosniff');
    const part = await fetch(`${api.url}/api/v1/files/${String(file['id'])}/content`, {
      headers: { authorization: `Bearer ${api.client.token}`, range: 'bytes=10-19' },
    });
    assert.equal(part.status, 206);
    assert.ok(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20)));
  });

  it('says by name who sent a file and an upload', async () => {
    const { body } = await api.client.upload([{ name: 'чей.csv', content: 'a;b' }]);
    const { id } = body.session;
    await db('users').where({ email: TEST_ADMIN.email }).update({ first_name: 'Азиза', last_name: 'Каримова' });
    const names: unknown[] = [];
    for (const path of [`/sessions/${id}`, `/files/${body.session.files[0]?.id}`]) {
      const answer = await api.client.get<Record<string, unknown>>(path);
      names.push(answer.body['createdByName']);
    }
    for (const path of ['/sessions', '/files']) {
      const answer = await api.client.get<{ items: Record<string, unknown>[] }>(path);
      names.push(...answer.body.items.map((item) => item['createdByName']));
    }
    assert.deepEqual([...new Set(names)], ['Азиза Каримова']);
  });

  it('makes hostile names harmless', async () => {
    const names = [
      '../../etc/passwd',
      'a\r\nSet-Cookie: x.csv',
      '\u202egnp.exe.csv',
      'C:\\Users\\я\\отчёт.csv',
      `${'ы'.repeat(300)}.xlsx`,
      '"; drop table.csv',
    ];
    const answer = await api.client.upload(names.map((name, at) => ({ name, content: `row ${at}` })));
    assert.equal(answer.status, 200);
    const shown = answer.body.session.files.map((file) => file.name);
    assert.deepEqual(shown.slice(0, 4), ['passwd', 'aSet-Cookie: x.csv', 'gnp.exe.csv', 'отчёт.csv']);
    assert.ok(shown[4]?.endsWith('.xlsx') && Buffer.byteLength(shown[4] ?? '') <= 255);
    for (const file of answer.body.session.files) {
      const content = await api.client.get(`/files/${file.id}/content`);
      assert.equal(content.status, 200);
    }
  });

  it('refuses who is not signed in before reading the body', async () => {
    const anonymous = { ...api.client };
    const response = await fetch(`${anonymous.baseUrl}/api/v1/files`, {
      method: 'POST',
      body: form([['files', 'a.csv', 'a']]),
    });
    assert.equal(response.status, 401);
    assert.equal(((await response.json()) as ErrorBody).error.code, 'unauthenticated');
  });

  it('answers 415 for what is not multipart', () =>
    refused(() => api.client.post('/files', { files: [] }), 415, 'unsupported_media_type'));

  it('answers 400 when no file is in the form, in the language asked for', async () => {
    const russian = await refused(() => api.client.upload([]), 400, 'validation_failed');
    const english = await refused(
      () => api.client.upload([], { headers: { 'accept-language': 'en-GB,en;q=0.9' } }),
      400,
      'validation_failed',
    );
    assert.match(russian.message, /[а-я]/);
    assert.match(english.message, /^[A-Za-z ]+$/);
  });

  it('answers 400 for another field and for an unknown source', async () => {
    await refused(() => send(form([['upload', 'a.csv', 'a']])), 400, 'validation_failed');
    await refused(
      () => api.client.upload([{ name: 'a.csv', content: 'a' }], { source: 'paypal' }),
      400,
      'validation_failed',
    );
  });

  it('answers 413 too_many_files for the eleventh', () =>
    refused(
      () => api.client.upload(Array.from({ length: 11 }, (_, at) => ({ name: `${at}.csv`, content: `${at}` }))),
      413,
      'too_many_files',
    ));

  it('answers 413 file_too_large for one file among others, and keeps none', () =>
    refused(
      () =>
        api.client.upload([
          { name: 'small.csv', content: 'small' },
          { name: 'big.csv', content: new Uint8Array(2 * MIB + 1) },
        ]),
      413,
      'file_too_large',
    ));

  it('takes a file of exactly the limit', async () => {
    const answer = await api.client.upload([{ name: 'full.csv', content: new Uint8Array(randomBytes(2 * MIB)) }]);
    assert.equal(answer.status, 200);
  });

  it('refuses by Content-Length alone, at once, while nothing of the body has come', async () => {
    const startedAt = ownTimeMs();
    const text = await raw(head(500 * MIB), '');
    assert.match(text, /^HTTP\/1\.1 413 /);
    assert.match(text, /"code":"file_too_large"/);
    assert.ok(ownTimeMs() - startedAt < 1_000);
  });

  it('answers 413 to a client that stalls after sending too much', async () => {
    const part = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n`;
    const text = await raw(head(10 * MIB), part + 'x'.repeat(3 * MIB));
    assert.match(text, /^HTTP\/1\.1 413 /);
    await eventually(async () =>
      assert.equal(
        (await db('file_chunks').whereNotIn('storage_key', db('uploaded_files').select('storage_key'))).length,
        0,
      ),
    );
  });

  it('keeps nothing of a client that vanishes half way', async () => {
    const before = await stored();
    let received: IncomingMessage | null = null as IncomingMessage | null;
    const begun = (message: unknown) => (received = (message as { request: IncomingMessage }).request);
    subscribe('http.server.request.start', begun);
    const socket = connect(api.port, '127.0.0.1');
    const part = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n`;
    socket.write(head(2 * MIB) + part + 'x'.repeat(1_500_000));
    await eventually(() => assert.ok((received?.socket.bytesRead ?? 0) > 1_400_000), { intervalMs: 5 });
    socket.resetAndDestroy();
    unsubscribe('http.server.request.start', begun);
    await eventually(async () => assert.deepEqual(await stored(), before));
  });

  it('ends a file that fails with its reason in words, and a retry starts a new run', async () => {
    const answer = await api.client.upload([
      { name: 'bad.csv', content: 'x' },
      { name: 'good.csv', content: 'y' },
    ]);
    const { session } = answer.body;
    assert.equal(session.status, 'completed_with_errors');
    const [bad, good] = session.files;
    assert.deepEqual([bad?.status, bad?.error?.code, good?.status], ['failed', 'bad_file', 'completed']);
    assert.match(bad?.error?.message ?? '', /[а-я]/);
    const again = await api.client.post<{ run: number }>(`/files/${bad?.id}/retry`);
    assert.deepEqual([again.status, again.body.run], [200, 2]);
    await eventually(async () =>
      assert.equal((await api.client.get<{ status: string }>(`/files/${bad?.id}`)).body.status, 'failed'),
    );
    await refused(() => api.client.post(`/files/${good?.id}/retry`), 409, 'conflict');
    await refused(() => api.client.post(`/files/${good?.id}/cancel`), 409, 'conflict');
    await refused(() => api.client.post(`/files/00000000-0000-4000-8000-000000000000/retry`), 404, 'not_found');
    assert.deepEqual(
      (await db('audit_log').where({ subject: `file:${bad?.id}` })).map((row: { action: string }) => row.action),
      ['files.retried'],
    );
  });

  it('lists files newest first by cursor, filters them, and refuses what it does not know', async () => {
    for (const name of ['bad list.csv', 'list.csv', 'list 2.csv', 'list 3.csv'])
      await api.client.upload([{ name, content: name }]);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: { items: { id: string }[]; nextCursor: string | null } } = await api.client.get(
        `/files?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items.map((item) => item.id));
      cursor = page.body.nextCursor;
    }
    const expected = (await db('uploaded_files').orderBy('seq', 'desc').select('id')).map(
      (row: { id: string }) => row.id,
    );
    assert.deepEqual(seen, expected);
    const failed = await api.client.get<{ items: { id: string }[] }>('/files?status=failed,cancelled');
    const failedIds = (await db('uploaded_files').where({ status: 'failed' }).orderBy('seq', 'desc').select('id')).map(
      (row: { id: string }) => row.id,
    );
    assert.ok(failedIds.length > 0 && failedIds.length < expected.length);
    assert.deepEqual(
      failed.body.items.map((item) => item.id),
      failedIds,
    );
    for (const query of ['?page=2', '?limit=0', '?limit=1001', '?status=lost', '?cursor=abc', '?cursor=WyJ4Il0']) {
      await refused(() => api.client.get(`/files${query}`), 400, 'validation_failed');
    }
    const sessions = await api.client.get<{ items: { id: string }[]; nextCursor: string }>('/sessions?limit=2');
    const next = await api.client.get<{ items: { id: string }[] }>(
      `/sessions?limit=2&cursor=${sessions.body.nextCursor}`,
    );
    assert.equal(new Set([...sessions.body.items, ...next.body.items].map((item) => item.id)).size, 4);
  });

  it('answers unknown paths below /api in the envelope, and never with the page', async () => {
    await refused(() => api.client.get('/nothing'), 404, 'not_found');
    await refused(() => api.client.get('/api/other'), 404, 'not_found');
    await refused(() => api.client.get('/files/not-an-id'), 404, 'not_found');
  });

  it('carries the request id of the client, and makes one of its own for a strange one', async () => {
    const kept = await api.client.get('/limits', { headers: { 'x-request-id': 'abcdef-12345' } });
    assert.equal(kept.headers.get('x-request-id'), 'abcdef-12345');
    const replaced = await api.client.get('/limits', { headers: { 'x-request-id': 'a b' } });
    assert.match(replaced.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
  });

  function form(parts: [field: string, name: string, content: string][]): FormData {
    const data = new FormData();
    for (const [field, name, content] of parts) data.append(field, new Blob([content]), name);
    return data;
  }

  async function send(body: FormData): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${api.url}/api/v1/files`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${api.client.token}` },
    });
    return { status: response.status, body: await response.json() };
  }

  function head(contentLength: number): string {
    return [
      'POST /api/v1/files HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${api.client.token}`,
      `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
      `Content-Length: ${contentLength}`,
      '',
      '',
    ].join('\r\n');
  }

  /** Sends these bytes, then nothing more, and gives what was answered. */
  function raw(headText: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(api.port, '127.0.0.1', () => socket.write(headText + body));
      let text = '';
      socket.on('data', (chunk) => {
        text += String(chunk);
        if (text.includes('"requestId"')) {
          socket.destroy();
          resolve(text);
        }
      });
      socket.on('error', reject);
      socket.setTimeout(10_000, () => {
        socket.destroy();
        reject(new Error(`no answer: ${text}`));
      });
    });
  }
});
