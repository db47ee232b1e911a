import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A TCP port on 127.0.0.1 that was free a moment ago. Another process may take it before it is used, so whoever
 * starts a server on it should be ready to ask again.
 */
export function findFreePort(): Promise<number> {
  return takeAndLeave(0);
}

/** Below the ports that systems give to whoever asks for any. */
const KEPT_PORTS = { from: 15_000, to: 30_000 };

/** The same for a server that is ended and started again on its port: nobody is given that one by chance meanwhile. */
export async function findKeptPort(): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await takeAndLeave(randomInt(KEPT_PORTS.from, KEPT_PORTS.to));
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

function takeAndLeave(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('the system gave no port'));
      });
    });
  });
}
