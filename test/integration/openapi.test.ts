import assert from 'node:assert/strict';
import request from 'supertest';
import type { z } from 'zod';
import { createRoutes } from '../../api/routes/index.ts';
import { type InProcessApi, openTestApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface Described {
  parameters?: { name: string; in: string; example?: unknown }[];
  requestBody?: { content?: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      {
        summary: string;
        security?: unknown;
        parameters?: { name: string; in: string }[];
        responses: Record<string, unknown>;
      }
    >
  >;
}

describe('the description of the API', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
  });
  after(async () => {
    await api.close();
    await database.drop();
  });

  const read = (path: string) => request(api.url).get(path).set('authorization', `Bearer ${api.client.token}`);

  it('is OpenAPI 3.1 made from the schemas that validate requests', async () => {
    const response = await read('/api/openapi.json').expect(200).expect('content-type', /json/);
    const document = response.body as Document;
    assert.equal(document.openapi, '3.1.0');
    const orders = document.paths['/api/v1/orders']?.['get'];
    const names = new Set(orders?.parameters?.map((parameter) => parameter.name));
    for (const name of [
      'status',
      'issue',
      'machine',
      'paymentType',
      'source',
      'from',
      'to',
      'amountFrom',
      'amountTo',
      'q',
      'changeType',
      'pending',
      'settled',
      'file',
      'session',
      'limit',
      'cursor',
    ]) {
      assert.ok(names.has(name), `${name} is not described`);
    }
    assert.ok(document.paths['/api/v1/files/{id}/content']?.['get']?.security !== undefined);
    assert.equal(document.paths['/api/v1/auth/login']?.['post']?.security, undefined);
  });

  it('is shown as a page, after sign-in only', async () => {
    const page = await read('/api/docs').expect(200).expect('content-type', /html/);
    assert.match(page.text, /\/api\/v1\/reconciliation\/summary/);
    assert.doesNotMatch(page.text, /<script(?! src="\/api\/docs\/)/, 'scripts of this server alone');
    for (const path of ['/api/docs', '/api/openapi.json']) await request(api.url).get(path).expect(401);
  });

  it('opens in a browser by a cookie of its own, with the page’s files from this server', async () => {
    const asked = await request(api.url)
      .post('/api/v1/auth/docs')
      .set('authorization', `Bearer ${api.client.token}`)
      .expect(204);
    const [cookie = ''] = asked.get('set-cookie') ?? [];
    assert.match(cookie, /^(__Secure-)?vhm24r_docs=.*Path=\/api\/docs;.*HttpOnly.*SameSite=Strict/);
    const page = await request(api.url)
      .get('/api/docs')
      .set('cookie', cookie.split(';')[0] ?? '')
      .expect(200)
      .expect('content-type', /html/);
    assert.match(page.text, /<th>Метод<\/th>/);
    const uzbek = await request(api.url)
      .get('/api/docs')
      .set('cookie', cookie.split(';')[0] ?? '')
      .set('accept-language', 'uz')
      .expect(200);
    assert.match(uzbek.text, /<html lang="uz">[\s\S]*<th>Nima qiladi<\/th>/);
    for (const [, path = ''] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      assert.match(path, /^\/api\/docs\//);
      const { headers, text } = await request(api.url).get(path).expect(200);
      assert.match(headers['content-type'] ?? '', /css|javascript/, path);
      assert.ok(text.length > 500, path);
    }
    await request(api.url).get('/api/docs').set('cookie', 'vhm24r_docs=forged').expect(401);
    await request(api.url)
      .get('/ops/queues')
      .set('cookie', (cookie.split(';')[0] ?? '').replace('docs', 'ops'))
      .expect(401);
  });

  it('gives an example of every parameter, body and answer, which the routes themselves would take', async () => {
    const { paths } = (await read('/api/openapi.json').expect(200)).body as Document;
    const lacking: string[] = [];
    for (const [path, operations] of Object.entries(paths))
      for (const [method, operation] of Object.entries(operations)) {
        const { parameters = [], requestBody, responses } = operation as unknown as Described;
        const at = `${method} ${path}`;
        for (const { name, example } of parameters)
          if (example === undefined && name !== 'cursor') lacking.push(`${at} ?${name}`);
        for (const content of [requestBody?.content, ...Object.values(responses).map((one) => one.content)]) {
          const json = content?.['application/json'];
          if (json !== undefined && json.example === undefined) lacking.push(`${at} body`);
        }
      }
    assert.deepEqual(lacking, []);

    const refused: string[] = [];
    for (const route of createRoutes(api.opened.resources)) {
      const operation = paths[`/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`]?.[
        route.method
      ] as unknown as Described;
      const given = (place: string) =>
        Object.fromEntries(
          (operation.parameters ?? [])
            .filter((one) => one.in === place)
            .map(({ name, example }) => [name, String(example)]),
        );
      const { cursor: _cursor, ...query } = given('query');
      const sent: [string, z.ZodType | undefined, unknown][] = [
        ['params', route.params, given('path')],
        ['query', route.query, query],
        [
          'body',
          route.multipart ? undefined : route.body,
          operation.requestBody?.content?.['application/json']?.example,
        ],
      ];
      for (const [what, schema, value] of sent) {
        const result = schema?.safeParse(value);
        if (result?.success === false)
          refused.push(`${route.method} ${route.path} ${what}: ${JSON.stringify(value)} ${result.error.message}`);
      }
    }
    assert.deepEqual(refused, []);
  });
});
