import assert from 'node:assert/strict';
import request from 'supertest';
import { type InProcessApi, openTestApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<string, { summary: string; security?: unknown; parameters?: { name: string; in: string }[]; responses: Record<string, unknown> }>
  >;
}

describe('the description of the API', function () {
  this.timeout(30_000);
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

  it('is shown as a page without scripts, after sign-in only', async () => {
    const page = await read('/api/docs').expect(200).expect('content-type', /html/);
    assert.match(page.text, /\/api\/v1\/reconciliation\/summary/);
    assert.doesNotMatch(page.text, /<script/);
    for (const path of ['/api/docs', '/api/openapi.json']) await request(api.url).get(path).expect(401);
  });
});
