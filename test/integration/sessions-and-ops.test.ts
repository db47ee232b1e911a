import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { openTestWorker, openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { eventually } from '../support/eventually.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { standInJobs } from '../support/stand-in-job.ts';
import type { RunningWorker } from '../../worker/start-worker.ts';

interface Event {
  event: string;
  id: string;
  data: Record<string, unknown>;
}

describe('live progress and the queue dashboard', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let db: Db;
  let redis: TestRedis;
  let api: InProcessApi;
  let worker: RunningWorker;
  const standIn = standInJobs({ workMs: 700, failWith: (name) => (name.startsWith('bad') ? 'bad_file' : null) });

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    api = await openTestApi(env, { jobs: standIn.jobs });
    worker = await openTestWorker(env, { jobs: standIn.jobs });
    await eventually(() => assert.ok(api.opened.resources.redis.isUp()));
  });
  after(async () => {
    await worker.close();
    await api.close();
    await redis.stop();
    await db.destroy();
    await database.drop();
  });

  const upload = async (...names: string[]) => {
    const answer = await api.client.upload(names.map((name) => ({ name, content: `${name} ${Math.random()}` })));
    assert.equal(answer.status, 202);
    return answer.body.session;
  };

  /** Reads events until the stream ends or `until` says enough. */
  async function readEvents(
    sessionId: string,
    options: { lastEventId?: string; token?: string | null; until?: (events: Event[]) => boolean } = {},
  ) {
    const stop = new AbortController();
    const response = await fetch(`${api.url}/api/v1/sessions/${sessionId}/events`, {
      signal: stop.signal,
      headers: {
        authorization: `Bearer ${options.token ?? api.client.token}`,
        ...(options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }),
      },
    });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
    const events: Event[] = [];
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        );
        const data = fields.get('data');
        if (data !== undefined)
          events.push({
            event: fields.get('event') ?? '',
            id: fields.get('id') ?? '',
            data: JSON.parse(data) as Event['data'],
          });
      }
      if (options.until?.(events) === true) {
        break;
      }
    }
    return events;
  }

  /** A session that goes on until the test says otherwise. */
  async function endless(): Promise<string> {
    const session = await upload('slow.csv');
    await db.raw(`update uploaded_files set status = 'queued', next_attempt_at = 'infinity' where session_id = ?`, [
      session.id,
    ]);
    await db.raw(`update processing_sessions set status = 'queued', completed_at = null where id = ?`, [session.id]);
    return session.id;
  }

  const cancelFiles = (ids: string[]) =>
    db.raw(`update uploaded_files set status = 'cancelled' where session_id = any(?::uuid[])`, [ids]);

  it('tells of each file as it goes on, ends with done, and closes', async () => {
    const session = await upload('a.csv', 'bad.csv');
    const events = await readEvents(session.id);
    const ofFile = (id: string | undefined) =>
      events.filter((event) => event.event === 'file' && event.data['id'] === id).map((event) => event.data['status']);
    assert.deepEqual(ofFile(session.files[0]?.id).at(-1), 'completed');
    assert.deepEqual(ofFile(session.files[1]?.id).at(-1), 'failed');
    assert.ok(events.some((event) => event.event === 'progress'));
    const done = events.at(-1);
    assert.deepEqual([done?.event, done?.data['status'], done?.data['progress']], ['done', 'completed_with_errors', 1]);
    assert.equal((done?.data['files'] as unknown[] | undefined)?.length, 2);
  });

  it('tells one who comes back only what is new since the last event', async () => {
    const session = await upload('a.csv', 'b.csv', 'c.csv');
    const first = await readEvents(session.id, {
      until: (events) => events.some((event) => event.data['status'] === 'completed' && event.event === 'file'),
    });
    const known = new Map(
      first.filter((event) => event.event === 'file').map((event) => [event.data['id'], event.data['status']]),
    );
    const rest = await readEvents(session.id, { lastEventId: first.at(-1)?.id });
    for (const event of rest.filter((candidate) => candidate.event === 'file')) {
      assert.notEqual(known.get(event.data['id']), event.data['status'], 'told twice');
      known.set(event.data['id'], event.data['status']);
    }
    assert.deepEqual([...new Set(known.values())], ['completed']);
    const again = await readEvents(session.id, { lastEventId: rest.at(-1)?.id });
    assert.deepEqual(
      again.map((event) => event.event).filter((name) => name !== 'progress'),
      ['done'],
    );
  });

  it('ends within a second of the reader being signed out everywhere', async () => {
    const id = await endless();
    const reading = readEvents(id).then(() => performance.now());
    await sleep(700);
    const signedOutAt = performance.now();
    assert.equal((await api.client.post('/auth/logout-all')).status, 204);
    assert.ok((await reading) - signedOutAt < 1_000);
    await api.client.login('admin@vhm24r.test', 'correct horse battery');
    await cancelFiles([id]);
  });

  /** Opens one and takes its first event. */
  async function openStream(sessionId: string, token: string, stop: AbortController) {
    const response = await fetch(`${api.url}/api/v1/sessions/${sessionId}/events`, {
      signal: stop.signal,
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status !== 200) return response.status;
    const reader = response.body!.getReader();
    let text = '';
    while (!text.includes('event: ')) text += new TextDecoder().decode((await reader.read()).value);
    return response.status;
  }

  it('asks PostgreSQL about thirty streams of three people as often as about one', async () => {
    const ids = await Promise.all([endless(), endless(), endless(), endless(), endless()]);
    const people = await Promise.all([1, 2, 3].map(async () => (await makePerson(db)).signIn(api.url)));
    const stop = new AbortController();
    let queries = 0;
    const count = ({ sql }: { sql: string }) =>
      (queries += /processing_sessions s .*s\.id = any|f\.session_id = any/s.test(sql) ? 1 : 0);
    const { db: asked } = api.opened.resources;
    try {
      const opened = people.flatMap(({ token }) => [...ids, ...ids].map((id) => openStream(id, token, stop)));
      assert.deepEqual([...new Set(await Promise.all(opened))], [200]);
      asked.on('query', count);
      await sleep(2_000);
      // two statements a look; a busy machine looks less often, never more
      assert.ok(queries >= 2 && queries <= 2 * 5, `${queries} statements`);
    } finally {
      asked.off('query', count);
      stop.abort();
      await cancelFiles(ids);
    }
  });

  it('lets a person have ten streams, and another when one of them ends', async () => {
    const id = await endless();
    const { token } = await (await makePerson(db)).signIn(api.url);
    const stops = Array.from({ length: 10 }, () => new AbortController());
    try {
      assert.deepEqual([...new Set(await Promise.all(stops.map((stop) => openStream(id, token, stop))))], [200]);
      const refused = await fetch(`${api.url}/api/v1/sessions/${id}/events`, {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.deepEqual([refused.status, Number(refused.headers.get('retry-after')) > 0], [429, true]);
      await refused.arrayBuffer();
      stops[0]!.abort();
      const another = new AbortController();
      stops.push(another);
      await eventually(async () => assert.equal(await openStream(id, token, another), 200));
    } finally {
      for (const stop of stops) stop.abort();
      await cancelFiles([id]);
    }
  });

  it('ends a stream within a second of its personal token being taken away', async () => {
    const id = await endless();
    const made = (
      await api.client.post<{ id: string; token: string }>('/tokens', { name: 'a wall display', scopes: ['read'] })
    ).body;
    const reading = readEvents(id, { token: made.token }).then(() => performance.now());
    await sleep(700);
    const takenAt = performance.now();
    assert.equal((await api.client.request('DELETE', `/tokens/${made.id}`)).status, 204);
    assert.ok((await reading) - takenAt < 1_000);
    await cancelFiles([id]);
  });

  it('answers 404 for the events of an unknown session', async () => {
    const answer = await api.client.get('/sessions/00000000-0000-4000-8000-000000000000/events');
    assert.equal(answer.status, 404);
  });

  describe('/ops/queues', () => {
    let cookie: string;

    before(async () => {
      const answer = await api.client.post('/auth/ops');
      assert.equal(answer.status, 204);
      cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    });

    const ops = (method: string, path: string, headers: Record<string, string> = {}) =>
      fetch(`${api.url}/ops/queues${path}`, {
        method,
        headers: { cookie, origin: api.url, ...headers },
        redirect: 'manual',
      });

    it('is closed to whoever has no cookie, a bearer included', async () => {
      assert.equal((await fetch(`${api.url}/ops/queues`)).status, 401);
      assert.equal(
        (await fetch(`${api.url}/ops/queues/api/queues`, { headers: { authorization: `Bearer ${api.client.token}` } }))
          .status,
        401,
      );
    });

    it('serves its page under a policy of its own, without web fonts and inline script', async () => {
      const page = await ops('GET', '');
      assert.equal(page.status, 200);
      const policy = page.headers.get('content-security-policy') ?? '';
      assert.match(policy, /object-src 'none'/);
      assert.match(policy, /script-src 'self' 'sha256-/);
      assert.doesNotMatch(policy, /script-src[^;]*unsafe/);
      assert.match(await page.text(), /"lng":"ru"/);
      const queues = (await (await ops('GET', '/api/queues')).json()) as { queues: { name: string }[] };
      const names = queues.queues.map((queue) => queue.name);
      assert.ok(names.includes('files') && names.includes('maintenance'), names.join(', '));
    });

    it('answers what it cannot do as everything else does, and tells nothing of the inside', async () => {
      for (const [path, status] of [
        ['/api/queues/files/%ff', 400],
        ['/api/queues?activeQueue=files&status=completed&page=99999999999999999999', 400],
        ['/api/queues?activeQueue=files&status=completed&page=1&jobsPerPage=99999999', 400],
        ['/api/queues?activeQueue=files&status=completed&page=1&jobsPerPage=10', 200],
      ] as const) {
        const answer = await ops('GET', path);
        const text = await answer.text();
        assert.equal(answer.status, status, `${path}: ${text}`);
        assert.doesNotMatch(text, /node_modules|\bat \w+|ERR /);
        if (status !== 200) assert.match(text, /^\{"error":\{"code":"validation_failed".*"requestId":"/);
      }
    });

    it('retries a failed file as POST /files/:id/retry does', async () => {
      const session = await upload('bad.csv');
      const fileId = session.files[0]?.id ?? '';
      await api.client.waitForSession(session.id);
      await eventually(async () => assert.equal((await ops('GET', `/api/queues/files/${fileId}-0`)).status, 200));
      await eventually(async () =>
        assert.equal((await ops('PUT', `/api/queues/files/${fileId}-0/retry/failed`)).status, 200),
      );
      await eventually(async () => {
        const file = (await api.client.get<{ run: number; status: string }>(`/files/${fileId}`)).body;
        assert.deepEqual([file.run, file.status], [2, 'failed']);
      });
      const audited = (await db('audit_log').where({ subject: `file:${fileId}` })) as { action: string }[];
      assert.deepEqual(
        audited.map((row) => row.action),
        ['files.retried'],
      );
    });

    it('writes down who pressed what', async () => {
      const me = (await api.client.get<{ id: string }>('/auth/me')).body.id;
      const pressed = async () =>
        ((await db('audit_log').where({ action: 'queue.action' }).orderBy('id')) as Record<string, unknown>[]).map(
          ({ actor_id: actor, subject, details, request_id: request, address }) => {
            assert.deepEqual([String(actor), typeof request, address], [me, 'string', '127.0.0.1']);
            return [subject, details];
          },
        );
      const session = await upload('bad-too.csv');
      const fileId = session.files[0]?.id ?? '';
      await api.client.waitForSession(session.id);
      await eventually(async () => assert.equal((await ops('GET', `/api/queues/files/${fileId}-0`)).status, 200));
      await eventually(async () =>
        assert.equal((await ops('PUT', `/api/queues/files/${fileId}-0/retry/failed`)).status, 200),
      );
      await ops('PUT', '/api/queues/files/retry/failed');
      await ops('PUT', `/api/queues/files/${fileId}-9/promote`);
      await ops('PUT', '/api/queues/files/promote');
      assert.deepEqual((await pressed()).slice(-4), [
        [`queue:files/${fileId}-0`, { action: 'retry', fileId }],
        ['queue:files', { action: 'retry_all' }],
        [`queue:files/${fileId}-9`, { action: 'promote' }],
        ['queue:files', { action: 'promote' }],
      ]);
      const { items } = (await api.client.get<{ items: { action: string }[] }>('/audit?action=queue.action')).body;
      assert.ok(items.length >= 4);
    });

    it('refuses whatever would delete, clean, pause or add, and a foreign page', async () => {
      for (const [method, path] of [
        ['PUT', '/api/queues/files/pause'],
        ['PUT', '/api/queues/files/resume'],
        ['PUT', '/api/queues/pause'],
        ['PUT', '/api/queues/files/empty'],
        ['PUT', '/api/queues/files/obliterate'],
        ['PUT', '/api/queues/files/clean/failed'],
        ['PUT', '/api/queues/files/clean/promote'],
        ['PUT', '/api/queues/files/retry/promote'],
        ['PUT', '/api/queues/unknown/promote'],
        ['PUT', '/api/queues/files%2Fx/promote'],
        ['PUT', '/api/queues/files/some-job/clean'],
        ['PATCH', '/api/queues/files/some-job/update-data'],
        ['POST', '/api/queues/files/add'],
        ['DELETE', '/api/queues/files/some-job'],
      ] as const) {
        assert.equal((await ops(method, path)).status, 403, `${method} ${path}`);
      }
      assert.equal(
        (await ops('PUT', '/api/queues/files/some-job/retry/failed', { origin: 'https://evil.test' })).status,
        403,
      );
    });
  });

  it('says that it lives and is ready, and degraded without Redis', async () => {
    assert.equal((await fetch(`${api.url}/livez`)).status, 200);
    const ready = await fetch(`${api.url}/readyz`);
    assert.deepEqual([ready.status, ((await ready.json()) as { status: string }).status], [200, 'ready']);
    const ofWorker = await fetch(`http://127.0.0.1:${worker.port}/readyz`);
    assert.deepEqual([ofWorker.status, ((await ofWorker.json()) as { service: string }).service], [200, 'worker']);
    await redis.kill();
    await eventually(async () => {
      const degraded = await fetch(`${api.url}/readyz`);
      assert.deepEqual([degraded.status, ((await degraded.json()) as { status: string }).status], [200, 'degraded']);
    });
    await redis.restart();
    await eventually(() => assert.ok(api.opened.resources.redis.isUp()));
  });
});
