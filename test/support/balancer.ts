/**
 * What stands before the apis in production: it asks /readyz, keeps its connections to them alive, and tries nothing
 * twice.
 */
import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const ASK_EVERY_MS = 100;

export interface Balancer {
  url: string;
  /** how many requests it passed on, and why those that failed did */
  passedCount(): number;
  failures(): string[];
  /** Requests go to it while its /readyz answers 200; resolves after the first such answer. */
  add(url: string): Promise<void>;
  /** Whether requests go to it now. */
  isServing(url: string): boolean;
  close(): Promise<void>;
}

export async function openBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const ready = new Map<string, boolean>();
  const failures: string[] = [];
  let passedCount = 0;
  let turn = 0;

  const server = createServer((request, response) => {
    const backends = [...ready].filter(([, isReady]) => isReady).map(([url]) => url);
    const backend = backends[turn++ % Math.max(1, backends.length)];
    if (backend === undefined) return fail(response, 'nobody is ready');
    passOn(backend, request, response);
  });

  function fail(response: ServerResponse, why: string): void {
    failures.push(why);
    if (!response.headersSent) response.writeHead(502);
    response.end();
  }

  function passOn(backend: string, request: IncomingMessage, response: ServerResponse): void {
    const { connection: _hop, ...headers } = request.headers;
    const target = send(`${backend}${request.url ?? ''}`, { method: request.method, headers, agent }, (answer) => {
      passedCount += 1;
      if ((answer.statusCode ?? 500) >= 500) failures.push(`${request.url ?? ''} was answered ${answer.statusCode}`);
      const { connection: _hopBack, ...answerHeaders } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, answerHeaders);
      answer.on('error', (error) => fail(response, error.message)).pipe(response);
    });
    target.on('error', (error) => fail(response, `${request.url ?? ''}: ${error.message}`));
    request.pipe(target);
  }

  async function ask(url: string): Promise<void> {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    await answer?.body?.cancel();
    if (ready.has(url)) ready.set(url, answer?.status === 200);
  }
  const asking = setInterval(() => void Promise.all([...ready.keys()].map(ask)), ASK_EVERY_MS);

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passedCount: () => passedCount,
    failures: () => [...failures],
    async add(url) {
      ready.set(url, false);
      while (ready.get(url) !== true) await ask(url);
    },
    isServing: (url) => ready.get(url) === true,
    async close() {
      clearInterval(asking);
      agent.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
