import assert from 'node:assert/strict';
import { z } from 'zod';
import { openApiDocument } from '../../../api/openapi.ts';
import { jsonOf } from '../../../api/route.ts';
import { createRoutes } from '../../../api/routes/index.ts';
import { loadConfig } from '../../../shared/config.ts';
import type { ApiResources } from '../../../shared/resources.ts';
import { differencesFrom } from '../../support/declared-answers.ts';

/** Making the table asks for no more than the settings; what handlers use is not there. */
function tableOfRoutes() {
  const config = loadConfig(
    {
      NODE_ENV: 'test',
      DATABASE_URL: 'postgres://127.0.0.1/none',
      JWT_SECRETS: 'test:kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6',
      AUDIT_KEY: 'test-4Zr8WqVn2KxTc6Jm9PdYh3Lb7Gs5Fa1Eu',
    },
    'api',
  );
  return createRoutes({ config, auth: {} } as unknown as ApiResources);
}

describe('what the routes declare', () => {
  const routes = tableOfRoutes();

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
        const described = JSON.stringify((operation.responses as Record<string, unknown>)[status]);
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
});
