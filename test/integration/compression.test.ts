import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('what goes over a slow network', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
  });
  after(async () => {
    await api?.close();
    await database?.drop();
  });

  /** As it came over the wire, nothing unpacked. */
  async function get(path: string, accept = 'br, gzip'): Promise<{ message: IncomingMessage; bytes: Buffer }> {
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { 'accept-encoding': accept, authorization: `Bearer ${api.client.token}` };
      httpRequest(new URL(path, api.url), { headers }, resolve).on('error', reject).end();
    });
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    return { message, bytes: Buffer.concat(chunks) };
  }

  it('is compressed where it is JSON, and the same unpacked', async () => {
    const packed = await get('/api/openapi.json');
    assert.equal(packed.message.headers['content-encoding'], 'br');
    assert.match(packed.message.headers.vary ?? '', /accept-encoding/i);
    const plain = await get('/api/openapi.json', 'identity');
    assert.equal(plain.message.headers['content-encoding'], undefined);
    assert.ok(packed.bytes.length < plain.bytes.length / 4, `${packed.bytes.length} of ${plain.bytes.length} bytes`);
    assert.deepEqual(brotliDecompressSync(packed.bytes), plain.bytes);
  });

  it('is the same file for a stranger who takes no packed one, and packed once for all who do', async () => {
    const path = '/api/docs/swagger-ui-bundle.js';
    const plain = await get(path, 'identity');
    assert.equal(plain.message.headers['content-encoding'], undefined);
    for (const [accept, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const packed = await get(path, accept);
      assert.equal(packed.message.headers['content-encoding'], accept);
      assert.ok(unpack(packed.bytes).equals(plain.bytes));
      for (const name of ['content-type', 'cache-control', 'last-modified', 'vary', 'content-security-policy'])
        assert.equal(packed.message.headers[name], plain.message.headers[name], `${accept} ${name}`);
      assert.ok(Number(packed.message.headers['content-length']) < plain.bytes.length / 3);
    }
    const cpu = process.cpuUsage();
    await Promise.all(Array.from({ length: 40 }, () => get(path, 'gzip')));
    const { user, system } = process.cpuUsage(cpu);
    // packed for each of them it was two seconds; the reading of 40 answers in this process is in it
    assert.ok((user + system) / 1_000 < 1_000, `${Math.round((user + system) / 1_000)} ms of work`);
    assert.equal((await get('/api/docs/nothing.js', 'gzip')).message.statusCode, 404);
  });

  it('is left alone where bytes and length are promised, or a secret is inside', async () => {
    const template = await get('/api/v1/templates/happy_workers.csv');
    assert.equal(template.message.statusCode, 200);
    assert.equal(template.message.headers['content-encoding'], undefined);
    const me = await get('/api/v1/auth/me');
    assert.equal(me.message.statusCode, 200);
    assert.equal(me.message.headers['content-encoding'], undefined);
  });
});
