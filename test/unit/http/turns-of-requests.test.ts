import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import express, { Router } from 'express';
import { z } from 'zod';
import { errorHandler } from '../../../api/middleware/error-handler.ts';
import { endIdleConnections } from '../../../api/middleware/idle-connections.ts';
import { requestContext } from '../../../api/middleware/request-context.ts';
import { mountRoutes } from '../../../api/middleware/validate.ts';
import { defineRoute } from '../../../api/route.ts';
import { healthRouter } from '../../../api/routes/health.ts';
import type { Principal } from '../../../shared/auth/principal.ts';
import { createTurns } from '../../../shared/limits/turns.ts';
import { createSilentLogger } from '../../../shared/logger.ts';
import { eventually } from '../../support/eventually.ts';

/** A reader on a busy machine stands still for a second now and then. */
const STILL_MS = 4_000;
const LARGE = 'x'.repeat(16 * 1024 * 1024);

describe('requests of one person', function () {
  this.timeout(60_000);
  let server: Server;
  let url: string;
  let open = (): void => undefined;
  let gate: Promise<void> = Promise.resolve();
  let looks = 0;
  let arrived = 0;
  const sockets: Socket[] = [];

  before(async () => {
    const logger = createSilentLogger();
    const watch = { guard: <T>(work: () => Promise<T>) => work() } as never;
    const read = { method: 'get', role: 'viewer', summary: 'a read' } as const;
    const routes = [
      defineRoute({
        ...read,
        path: '/large',
        expensive: true,
        responses: { 200: z.object({ text: z.string() }) },
        handler: () => ({ text: LARGE }),
      }),
    ];
    const router = Router();
    mountRoutes(router, routes, {
      guard: async (request) => ({ userId: request.get('x-person') ?? '', role: 'viewer' }) as unknown as Principal,
      watch,
      assertStillIn: async () => undefined,
      turns: createTurns({ atOnce: 2, waiting: 0, waitMs: 1_000 }),
    });
    const db = Object.assign(
      () => ({
        select: async () => {
          looks += 1;
          await gate;
          return [];
        },
      }),
      { raw: () => '' },
    );
    const app = express();
    app.use(requestContext(logger), endIdleConnections(STILL_MS), (_request, _response, next) => {
      arrived += 1;
      next();
    });
    app.use(
      healthRouter({
        service: 'api',
        version: 'x',
        db: db as never,
        watch,
        isDraining: () => false,
        redis: { state: () => ({ breaker: 'closed', reason: null, since: new Date() }) } as never,
        storage: { state: () => ({ status: 'ok', reason: null, since: new Date() }) } as never,
      }),
    );
    app.use(router, errorHandler(logger));
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });

  const closeGate = () => (gate = new Promise((resolve) => (open = resolve)));
  const ask = (path: string, person: string) => fetch(`${url}${path}`, { headers: { 'x-person': person } });

  /** Asks and reads nothing. */
  async function deaf(path: string, person: string): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined).pause();
    await once(socket, 'connect');
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nx-person: ${person}\r\n\r\n`);
    return socket;
  }

  it('of which the answers are large and unread are two, until the connections are cut', async () => {
    await deaf('/large', 'deaf');
    await deaf('/large', 'deaf');
    await eventually(async () => assert.equal((await ask('/large', 'deaf')).status, 429));
    const other = await ask('/large', 'reads');
    assert.equal(((await other.json()) as { text: string }).text.length, LARGE.length);
    await eventually(async () => assert.equal((await ask('/large', 'deaf')).status, 200), { timeoutMs: 45_000 });
  });

  it('is it ready? is looked up once, however many ask at the same time', async () => {
    void closeGate();
    arrived = 0;
    const asked = Array.from({ length: 50 }, () => ask('/readyz', 'nobody'));
    await eventually(() => assert.equal(arrived, 50));
    open();
    assert.ok(
      (await Promise.all(asked)).every(({ status }) => status === 503),
      'no migration has run',
    );
    assert.equal(looks, 1);
  });
});
