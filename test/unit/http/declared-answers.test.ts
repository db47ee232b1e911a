import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import express, { Router } from 'express';
import { z } from 'zod';
import { API_PREFIX } from '../../../api/app.ts';
import { defineRoute } from '../../../api/route.ts';
import { listen, closeServer } from '../../../shared/http-server.ts';
import { ask } from '../../support/ask.ts';
import { holdToDeclared } from '../../support/declared-answers.ts';

/** Routes that declare the same and answer differently. */
const ANSWERS: Record<string, { status: number; body?: unknown; type?: string }> = {
  '/good': { status: 200, body: { id: '1' } },
  '/key': { status: 200, body: { id: '1', also: { secret: 1 } } },
  '/kind': { status: 200, body: { id: 1 } },
  '/status': { status: 201, body: { id: '1' } },
  '/empty': { status: 204 },
  '/text': { status: 200, type: 'text/csv', body: 'id' },
  '/fault': { status: 404, body: { error: { code: 'not_found', text: 'no message' } } },
};

describe('answers held to what routes declare', () => {
  const routes = Object.keys(ANSWERS).map((path) =>
    defineRoute({
      method: 'get',
      path,
      role: 'public',
      summary: path,
      responses: { 200: z.object({ id: z.string() }) },
      handler: () => undefined,
    }),
  );

  async function answersOf(paths: readonly string[]) {
    const router = Router();
    for (const [path, { status, body, type }] of Object.entries(ANSWERS)) {
      router.get(path, (_request, response) => {
        response.status(status);
        if (type !== undefined) response.type(type).send(body);
        else if (body === undefined) response.end();
        else response.json(body);
      });
    }
    const server = createServer(express().use(API_PREFIX, router));
    const port = await listen(server, 0, '127.0.0.1');
    const declared = holdToDeclared(port, routes);
    try {
      const answers = [];
      for (const path of paths) answers.push(await ask(`http://127.0.0.1:${port}${API_PREFIX}${path}`));
      return { answers, close: () => declared.close() };
    } finally {
      await closeServer(server, 1_000);
    }
  }

  it('lets pass what is as declared', async () => {
    const { answers, close } = await answersOf(['/good']);
    assert.deepEqual(answers[0]?.body, { id: '1' });
    close();
  });

  for (const [path, what] of [
    ['/key', /GET \/api\/v1\/key 200: also: is not declared/],
    ['/kind', /GET \/api\/v1\/kind 200: id: .*expected string/],
    ['/status', /GET \/api\/v1\/status 201: the status is not declared/],
    ['/fault', /GET \/api\/v1\/fault 404: error\.message: .*/],
  ] as const) {
    it(`puts the place of the difference in the stead of the answer: ${path}`, async () => {
      const { answers, close } = await answersOf([path]);
      assert.equal(answers[0]?.status, 500);
      assert.match(answers[0]?.text ?? '', what);
      assert.throws(close, what);
    });
  }

  for (const [path, what] of [
    ['/empty', /GET \/api\/v1\/empty 204: the status is not declared/],
    ['/text', /GET \/api\/v1\/text 200: text\/csv is not declared/],
  ] as const) {
    it(`tells in the end of an answer that is no JSON: ${path}`, async () => {
      const { close } = await answersOf([path]);
      assert.throws(close, what);
    });
  }
});
