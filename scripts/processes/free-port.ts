import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to whoever asks for any, e.g. for the near end of a connection. */
const PORTS = { from: 15_000, to: 30_000 };
const TRIES = 20;

/**
 * A TCP port on 127.0.0.1 that was free a moment ago, also for a server that is ended and started again on it: nobody
 * is given it by chance meanwhile. Another process may take it before it is used, so whoever starts a server on it
 * should be ready to ask again.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await takeAndLeave(randomInt(PORTS.from, PORTS.to));
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

function takeAndLeave(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}
