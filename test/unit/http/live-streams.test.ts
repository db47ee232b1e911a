import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { errorHandler } from '../../../api/middleware/error-handler.ts';
import { requestContext } from '../../../api/middleware/request-context.ts';
import { createLiveStreams, MOST_STREAMS, STREAMS_OF_ONE } from '../../../api/live-streams.ts';
import type { Principal } from '../../../shared/auth/principal.ts';
import { createSilentLogger } from '../../../shared/logger.ts';
import { eventually } from '../../support/eventually.ts';

const person = (userId: string): Principal => ({
  ...({
    userId,
    role: 'viewer',
    kind: 'access',
    jti: `token of ${userId}`,
    version: 1,
    expiresAtS: null,
    scopes: null,
  } as const),
});

describe('live streams of one api', function () {
  this.timeout(60_000);
  let server: Server;
  let url: string;
  const down = new AbortController();
  const stops: AbortController[] = [];
  let asked = 0;
  /** what the api is waiting for before it opens a stream */
  let held: Promise<void> = Promise.resolve();
  let received = 0;
  let opened = 0;
  const gone = new Set<string>();

  before(async () => {
    const logger = createSilentLogger();
    const auth = {
      async endedAmong(principals: readonly Principal[]) {
        asked += 1;
        return new Set(principals.filter(({ userId }) => gone.has(userId)));
      },
    };
    const streams = createLiveStreams({ auth, logger, feed: { closed: down.signal } });
    const app = express();
    app.use(requestContext(logger));
    app.get('/:person', async (request, response) => {
      received += 1;
      await held;
      opened += 1;
      await streams.open(person(request.params.person), request, response);
    });
    app.use(errorHandler(logger));
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function open(userId: string): Promise<{ status: number; ended: Promise<string> }> {
    const stop = new AbortController();
    stops.push(stop);
    const response = await fetch(`${url}/${userId}`, { signal: stop.signal });
    return { status: response.status, ended: response.text().catch(() => 'broken off') };
  }

  it('are not counted for whoever had gone before theirs was open', async () => {
    let letGo = (): void => undefined;
    held = new Promise((resolve) => (letGo = resolve));
    const stop = new AbortController();
    const tries = Array.from({ length: STREAMS_OF_ONE }, () => fetch(`${url}/hasty`, { signal: stop.signal }));
    await eventually(() => assert.equal(received, STREAMS_OF_ONE));
    stop.abort();
    await Promise.allSettled(tries);
    letGo();
    await eventually(() => assert.equal(opened, STREAMS_OF_ONE));
    assert.equal((await open('hasty')).status, 200);
  });

  it('are five hundred at most, and looked at together', async () => {
    const people = Array.from({ length: MOST_STREAMS }, (_, n) => `reader-${Math.floor(n / STREAMS_OF_ONE)}`);
    const statuses: number[] = [];
    for (const name of people) statuses.push((await open(name)).status);
    // one is the hasty one's
    assert.deepEqual([statuses.filter((status) => status === 200).length, statuses.at(-1)], [MOST_STREAMS - 1, 503]);
    const before = asked;
    await eventually(() => assert.ok(asked > before));
    stops[1]?.abort();
    await eventually(async () => assert.equal((await open('one more')).status, 200));
  });

  it('end with the sign-in of their reader alone, and all with the service', async () => {
    for (const stop of stops) stop.abort();
    const opening = async (userId: string) => {
      const stream = await open(userId);
      assert.equal(stream.status, 200);
      return stream;
    };
    const leaving = await eventually(() => opening('leaving'));
    const staying = await eventually(() => opening('staying'));
    gone.add('leaving');
    assert.match(await leaving.ended, /^retry:/);
    const first = await Promise.race([staying.ended, open('staying').then(({ status }) => status)]);
    assert.equal(first, 200, 'the other one still reads');
    down.abort();
    assert.match(await staying.ended, /^retry:/);
  });
});
