import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { openApiDocument } from '../../../api/openapi.ts';
import { jsonOf } from '../../../api/route.ts';
import {
  CONTRACT_PATH,
  contractOfRoutes,
  routesOnPaper,
  vocabulary,
  VOCABULARY_PATH,
} from '../../../scripts/api-types.ts';
import { differencesFrom } from '../../support/declared-answers.ts';

describe('what the routes declare', () => {
  const routes = routesOnPaper();

  it('every route says what it answers when all goes well, and JSON with its shape', () => {
    assert.ok(routes.length > 50, `${routes.length} routes`);
    for (const route of routes) {
      const name = `${route.method} ${route.path}`;
      const good = Object.entries(route.responses).filter(([status]) => Number(status) < 300);
      assert.ok(good.length > 0, `${name} declares no success`);
      for (const [status, answer] of good) {
        const schema = jsonOf(answer);
        if (schema === null) assert.ok(answer !== null || status === '204', `${name} ${status}: a body, or 204`);
        else assert.ok(schema instanceof z.ZodObject, `${name} ${status}: an object with named fields`);
      }
    }
  });

  it('the document describes all of them, with no shape left open', () => {
    const document = openApiDocument(routes, '/api/v1', 'test');
    for (const { method, path, responses } of routes) {
      const place = `/api/v1${path.replace(/:(\w+)/g, '{$1}')}`;
      const operation = document.paths?.[place]?.[method as 'get'];
      assert.ok(operation !== undefined, place);
      for (const [status, answer] of Object.entries(responses)) {
        const schema = jsonOf(answer);
        if (schema === null) continue;
        const told = JSON.stringify((operation.responses as Record<string, unknown>)[status]);
        const [, named] = /"#\/components\/schemas\/(\w+)"\}{3}/.exec(told) ?? [];
        const described = named === undefined ? told : JSON.stringify(document.components?.schemas?.[named]);
        for (const field of Object.keys((schema as z.ZodObject).shape))
          assert.ok(described.includes(`"${field}"`), `${place} ${status} ${field}`);
      }
    }
    for (const path of ['/livez', '/readyz']) assert.ok(document.paths?.[path]?.get !== undefined, path);
  });

  it('a difference between an answer and its schema is told with its place', () => {
    const schema = z.object({ items: z.array(z.object({ id: z.string(), note: z.string().optional() })) });
    assert.deepEqual(differencesFrom(schema, { items: [{ id: '1' }, { id: '2', note: 'x' }] }), []);
    assert.deepEqual(differencesFrom(schema, { items: [{ id: '1', secret: 1 }], more: null }), [
      'items.0.secret: is not declared',
      'more: is not declared',
    ]);
    assert.match(differencesFrom(schema, { items: [{ id: 1 }] }).join(), /^items\.0\.id: /);
    assert.match(differencesFrom(schema, {}).join(), /^items: /);
  });

  it('contract and vocabulary of client/ are what the server says today: npm run api:types writes them', async function () {
    this.timeout(60_000);
    assert.ok(readFileSync(CONTRACT_PATH, 'utf8') === (await contractOfRoutes()), 'client/contract.ts drifted');
    assert.ok(readFileSync(VOCABULARY_PATH, 'utf8') === vocabulary(), 'client/vocabulary.ts drifted');
  });
});
