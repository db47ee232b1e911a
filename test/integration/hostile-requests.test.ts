/**
 * Something odd in every parameter that the OpenAPI document names: refused or answered, never a fault of the server.
 * TEST_LONG=1 sends 5 000 requests; otherwise some 400. TEST_SEED repeats a run.
 */
import assert from 'node:assert/strict';
import { Agent, request as send } from 'node:http';
import type pg from 'pg';
import { createRandom } from '../../scripts/make-month/random.ts';
import { recordAudit } from '../../shared/audit/audit.ts';
import {
  hostileRequest,
  placesOf,
  type Document,
  type HostileRequest,
  type Known,
  type Place,
} from '../support/hostile-requests.ts';
import { ask as askApi } from '../support/ask.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { loadWorld, openTestClient } from '../support/load-world.ts';
import { makePerson, type TestPerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { payment, receipt, sold, START, worldOf } from '../support/reference/world-builders.ts';
import { isLong } from '../support/long.ts';

const COUNT = isLong ? 5_000 : 400;
const AT_ONCE = 4;

interface Answered {
  status: number;
  retryAfterS: number;
  text: string;
}

describe('requests that nobody means', function () {
  this.timeout(isLong ? 900_000 : 120_000);
  let database: TestDatabase;
  let client: pg.Client;
  let api: InProcessApi;
  let document: Document;
  let places: Place[];
  let admin: TestPerson;
  let token: string;
  let known: Known;
  const agent = new Agent({ keepAlive: true });

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    const files = await loadWorld(
      client,
      worldOf([
        ...sold('CASH', 0),
        receipt({ time: START + 5 }),
        ...sold('PAYME', 3_600, { type: 'payme' }),
        payment('payme', { key: 'aa', time: START }),
      ]),
    );
    await client.query(`update uploaded_files set storage_key = 'files/20250701/100000-' || id`);
    api = await openTestApi({
      DATABASE_URL: database.url,
      SYNC_WAIT_MS: '0',
      TELEGRAM_BOT_TOKEN: '1:test-bot-token-of-nobody',
    });
    const { db } = api.opened.resources;
    admin = await makePerson(db, { role: 'admin' });
    ({ token } = await admin.signIn(api.url));
    const other = await makePerson(db);
    for (let n = 0; n < 5; n++)
      await recordAudit(db, { actorId: null, action: 'auth.signed_in', subject: `user:${n}` });
    const get = async <T>(path: string) => (await api.client.get<T>(path)).body;
    type Listed = { items: { id: string }[]; nextCursor: string | null };
    const lists = await Promise.all(
      [
        '/orders?limit=1',
        '/orders?limit=1&sort=price',
        '/files?limit=1',
        '/sessions?limit=1',
        '/audit?limit=1',
        '/users?limit=1',
      ].map((path) => get<Listed>(path)),
    );
    const made = (await api.client.post<{ id: string }>('/exports', { kind: 'orders', format: 'csv', filter: {} }))
      .body;
    const run = (
      await api.client.post<{ id: string }>('/reconciliation/runs', { from: '2025-07-01', to: '2025-07-02' })
    ).body;
    known = {
      ids: {
        '/api/v1/orders': lists[0]?.items[0]?.id ?? '',
        '/api/v1/files': Object.values(files)[0] ?? '',
        '/api/v1/sessions': lists[3]?.items[0]?.id ?? '',
        '/api/v1/users': other.id,
        '/api/v1/exports': made.id,
        '/api/v1/reconciliation/runs': run.id,
      },
      bodies: {
        'POST /api/v1/exports': { kind: 'orders', format: 'csv', filter: {} },
        'POST /api/v1/orders/{id}/decisions': { kind: 'accept', resolution: 'valid', note: 'looked at it by hand' },
        'POST /api/v1/tokens': { name: 'a token', scopes: ['read'] },
        'POST /api/v1/downloads': { path: '/api/v1/templates/happy_workers.csv' },
        'POST /api/v1/files/{id}/undo': { dryRun: true },
        'POST /api/v1/sessions/{id}/undo': { dryRun: true },
      },
      values: {
        limit: '3',
        from: '2025-07-01',
        to: '2025-07-31',
        sort: '-price',
        pending: 'true',
        amountTo: '99999',
        q: 'CASH',
        status: 'failed',
      },
      cursors: lists.flatMap(({ nextCursor }) => nextCursor ?? []),
    };
    assert.ok(known.cursors.length >= 4, 'lists go on');
    document = await get<Document>('/api/openapi.json');
    places = placesOf(document);
  });

  after(async () => {
    agent.destroy();
    await client?.end();
    try {
      await api?.close();
    } finally {
      await database?.drop();
    }
  });

  function ask({ method, target, headers, body }: HostileRequest, bearer: string): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const asked = send(
        {
          host: '127.0.0.1',
          port: api.port,
          agent,
          method,
          path: target,
          headers: { authorization: `Bearer ${bearer}`, ...headers },
        },
        (response) => {
          const isEndless = String(response.headers['content-type']).startsWith('text/event-stream');
          const chunks: Buffer[] = [];
          const done = () =>
            resolve({
              status: response.statusCode ?? 0,
              retryAfterS: Number(response.headers['retry-after'] ?? 0),
              text: Buffer.concat(chunks).toString('utf8').slice(0, 2_000),
            });
          response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', done);
          response.once('error', reject);
          if (isEndless) {
            done();
            asked.destroy();
          }
        },
      );
      asked.setTimeout(60_000, () => asked.destroy(new Error(`no answer: ${method} ${target}`)));
      asked.once('error', reject);
      asked.end(body ?? undefined);
    });
  }

  it('are refused or answered, whatever stands in whichever parameter: none is a fault of the server', async () => {
    const seed = Number(process.env['TEST_SEED'] ?? 20_261_127);
    const random = createRandom(seed);
    const requests = Array.from({ length: Math.max(COUNT, places.length) }, (_, n) => {
      const place = places[n % places.length]!;
      return { place, request: hostileRequest(place, document, known, random) };
    });
    const counts = new Map<number, number>();
    const faults: string[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < requests.length) {
        const { place, request } = requests[next++]!;
        // these may end the sign-in they are asked with
        const isOwn = place.path.startsWith('/api/v1/auth/');
        let answer = await ask(request, isOwn ? 'nobody' : token);
        if (answer.status === 401 && !isOwn) {
          ({ token } = await admin.signIn(api.url));
          answer = await ask(request, token);
        }
        counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
        // "come again" is an answer: a lock is held that long, or the bytes of a file are not there
        if (answer.status >= 500 && !(answer.status === 503 && answer.retryAfterS > 0))
          faults.push(
            `${request.method} ${request.target} ${request.body?.slice(0, 300)}: ${answer.status} ${answer.text}`,
          );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const told = [...counts].map(([status, count]) => `${count} x ${status}`).join(', ');
    if (isLong) console.log(`      ${requests.length} requests over ${places.length} places: ${told}`);
    assert.deepEqual(faults, [], `seed ${seed}`);
    assert.ok((counts.get(503) ?? 0) <= requests.length / 50, told);
    // they got somewhere: a fuzzer that is only turned away at the door shows nothing
    assert.ok((counts.get(200) ?? 0) >= requests.length / 20, told);
    assert.ok((counts.get(400) ?? 0) >= requests.length / 5, told);
  });

  it('are refused where JSON stands for a filter that no text can be made of', async () => {
    const filters = [{ status: [{ toString: 1, valueOf: 1 }] }, { q: [['a']] }, { machine: [null] }].map((one) =>
      JSON.stringify(one),
    );
    for (const filter of [...filters, `{"q":${'['.repeat(60_000)}${']'.repeat(60_000)}}`]) {
      const body = `{"kind":"orders","format":"csv","filter":${filter}}`;
      const answer = await askApi(`${api.url}/api/v1/exports`, { token: api.client.token ?? '', body });
      assert.deepEqual([answer.status, answer.code], [400, 'validation_failed'], filter.slice(0, 60));
    }
  });

  it('are refused when they are nested beyond every meaning, at each address that takes JSON', async () => {
    const nested = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const addresses = new Map(
      places.filter((place) => place.in === 'body').map((place) => [`${place.method} ${place.path}`, place]),
    );
    assert.ok(addresses.size > 10, String(addresses.size));
    const headers = { 'content-type': 'application/json' };
    for (const [name, { method, path }] of addresses) {
      const target = path.replaceAll(/\{\w+\}/g, '1');
      const as = path.startsWith('/api/v1/auth/') ? 'nobody' : token;
      const { status, text } = await ask({ method: method.toUpperCase(), target, headers, body: nested }, as);
      assert.ok(status >= 400 && status < 500, `${name}: ${status} ${text}`);
    }
  });
});
