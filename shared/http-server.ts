import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens and tells the port (0 = any free one). */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * From now on each answer ends its connection, and says so: clients and proxies open the next one elsewhere. Accepting
 * goes on.
 */
export function closePolitely(server: Server): void {
  // before the application's own listener, which may answer at once
  server.prependListener('request', (_request, response) => void response.setHeader('Connection', 'close'));
}

/** Stops accepting and lets requests at hand finish; after `graceMs` their connections are cut. */
export async function closeServer(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // connections fall idle one by one as their requests end
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  server.closeIdleConnections();
  await closed;
  clearTimeout(force);
  clearInterval(idle);
}
