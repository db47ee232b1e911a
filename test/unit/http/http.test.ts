import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { createCursors } from '../../../api/keyset.ts';
import { errorHandler, notFound } from '../../../api/middleware/error-handler.ts';
import { preferredLang, requestContext } from '../../../api/middleware/request-context.ts';
import { webPageRouter } from '../../../api/web-page.ts';
import { AppError } from '../../../shared/errors.ts';
import { createSilentLogger } from '../../../shared/logger.ts';

describe('the language of an answer', () => {
  for (const [header, lang] of [
    [undefined, 'ru'],
    ['', 'ru'],
    ['*', 'ru'],
    ['de', 'ru'],
    ['en', 'en'],
    ['en-US,en;q=0.9,ru;q=0.8', 'en'],
    ['ru-RU,ru;q=0.9,en-US;q=0.8', 'ru'],
    ['en;q=0.2,ru;q=0.7', 'ru'],
    ['de, en;q=0.5', 'en'],
  ] as const) {
    it(`is ${lang} for ${header ?? 'no header'}`, () => assert.equal(preferredLang(header), lang));
  }
});

describe('cursors', () => {
  const older = { kid: 'older', secret: 'an older secret of thirty-two characters' };
  const newer = { kid: 'newer', secret: 'a newer secret of thirty-two characters!' };
  const orders = createCursors([older]).of('orders');
  const made = orders.write(['12', 'Капучино']);
  const refusal = { code: 'validation_failed' };

  it('come back as they went, also after the signing keys were rotated, and tell nothing', () => {
    assert.deepEqual(orders.read(made), ['12', 'Капучино']);
    assert.deepEqual(createCursors([newer, older]).of('orders').read(made), ['12', 'Капучино']);
    assert.doesNotMatch(Buffer.from(made, 'base64url').toString('utf8'), /12|Капучино/);
  });

  it('are refused where any bit is another one, where another list made them, and where nobody of us did', () => {
    const bytes = Buffer.from(made, 'base64url');
    for (let place = 0; place < bytes.length; place++) {
      const bent = Buffer.from(bytes);
      bent[place] = bytes[place]! ^ 1;
      assert.throws(() => orders.read(bent.toString('base64url')), refusal, `byte ${place}`);
      assert.throws(() => orders.read(bytes.subarray(0, place).toString('base64url')), refusal, `${place} bytes`);
    }
    const plain = Buffer.from('["12","2026-02-31 25:00:00+05"]').toString('base64url');
    for (const cursor of ['', '%%%', '\0', plain, createCursors([newer]).of('orders').write(['12', 'a'])]) {
      assert.throws(() => orders.read(cursor), refusal, cursor);
    }
    assert.throws(() => createCursors([older]).of('files').read(made), refusal);
  });
});

describe('the web page and the envelope', () => {
  let folder: string;
  let server: Server;
  let url: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-web-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>');
    await writeFile(join(folder, 'assets', 'main-abc123.js'), 'void 0');
    const logger = createSilentLogger();
    const app = express();
    app.use(requestContext(logger));
    app.get('/broken', () => {
      throw new Error('postgres://user:secret@host failed at /srv/app');
    });
    app.get('/limited', () => {
      throw new AppError('rate_limited', { params: { retryAfterS: 7 } });
    });
    app.post('/json', express.json(), (_request, response) => void response.json({}));
    app.use(webPageRouter(folder), notFound, errorHandler(logger));
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  it('serves the page at its own addresses, never from a cache', async () => {
    for (const path of ['/', '/orders', '/orders/12', '/index.html', '/assets/..%2findex.html']) {
      const answer = await fetch(url + path);
      assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'no-cache'], path);
      assert.match(await answer.text(), /<title>page/);
    }
  });

  it('serves hashed assets for ever, and a missing one is not the page', async () => {
    const asset = await fetch(`${url}/assets/main-abc123.js`);
    assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
    for (const path of [
      '/assets/gone.js',
      '/api/x',
      '/ops/x',
      '/livez',
      '/metrics',
      '/../package.json',
      '/robots.txt',
    ]) {
      const answer = await fetch(url + path);
      assert.deepEqual(
        [answer.status, ((await answer.json()) as { error: { code: string } }).error.code],
        [404, 'not_found'],
        path,
      );
    }
  });

  it('says nothing of what went wrong inside', async () => {
    const answer = await fetch(`${url}/broken`, { headers: { 'accept-language': 'en' } });
    const text = await answer.text();
    assert.equal(answer.status, 500);
    assert.deepEqual(Object.keys((JSON.parse(text) as { error: object }).error), ['code', 'message', 'requestId']);
    assert.doesNotMatch(text, /secret|postgres|srv/);
  });

  it('says of a body in a coding that nobody reads that it is no JSON, not that files are sent otherwise', async () => {
    for (const [coding, type] of [
      ['zstd', 'application/json'],
      ['identity', 'application/json; charset=utf-99'],
    ] as const) {
      const answer = await fetch(`${url}/json`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': type, 'content-encoding': coding },
      });
      const { error } = (await answer.json()) as { error: { code: string; details: unknown } };
      assert.deepEqual(
        [answer.status, error.code, error.details],
        [400, 'validation_failed', { reason: 'body_not_json' }],
      );
    }
  });

  it('says when to try again', async () => {
    const answer = await fetch(`${url}/limited`);
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '7']);
  });
});
