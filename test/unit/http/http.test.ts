import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { decodeCursor, encodeCursor } from '../../../api/keyset.ts';
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
  it('come back as they went, and nothing else is taken for one', () => {
    assert.deepEqual(decodeCursor(encodeCursor(['12', 'a']), [/^\d+$/, /^a$/]), ['12', 'a']);
    for (const [cursor, parts] of [
      ['', [/./]],
      ['%%%', [/./]],
      [encodeCursor(['12']), [/^\d+$/, /^\d+$/]],
      [encodeCursor(['1 or 1=1']), [/^\d+$/]],
    ] as const) {
      assert.throws(() => decodeCursor(cursor, parts), { code: 'validation_failed' });
    }
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
    for (const path of ['/', '/orders', '/orders/12']) {
      const answer = await fetch(url + path);
      assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'no-cache'], path);
      assert.match(await answer.text(), /<title>page/);
    }
  });

  it('serves hashed assets for ever, and a missing one is not the page', async () => {
    const asset = await fetch(`${url}/assets/main-abc123.js`);
    assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
    for (const path of ['/assets/gone.js', '/api/x', '/ops/x', '/livez', '/metrics', '/../package.json', '/robots.txt']) {
      const answer = await fetch(url + path);
      assert.deepEqual([answer.status, ((await answer.json()) as { error: { code: string } }).error.code], [404, 'not_found'], path);
    }
  });

  it('says nothing of what went wrong inside', async () => {
    const answer = await fetch(`${url}/broken`, { headers: { 'accept-language': 'en' } });
    const text = await answer.text();
    assert.equal(answer.status, 500);
    assert.deepEqual(Object.keys((JSON.parse(text) as { error: object }).error), ['code', 'message', 'requestId']);
    assert.doesNotMatch(text, /secret|postgres|srv/);
  });

  it('says when to try again', async () => {
    const answer = await fetch(`${url}/limited`);
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '7']);
  });
});
