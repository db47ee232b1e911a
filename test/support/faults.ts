import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A TCP proxy in front of PostgreSQL or Redis that can misbehave.
 * - pass: bytes go through
 * - black-hole: connections are accepted and stay, nothing goes through in either direction (a lost route)
 * - reset: open connections are reset, new ones too
 * - delay: bytes go through `delayMs` late, in each direction
 * - refuse: nobody listens
 */
export type FaultMode = 'pass' | 'black-hole' | 'reset' | 'delay' | 'refuse';

export interface FaultProxy {
  port: number;
  /** The target's URL with this proxy's port in place of its own. */
  urlFor(targetUrl: string): string;
  set(mode: FaultMode, options?: { delayMs?: number }): Promise<void>;
  /** Connections that clients hold open now. */
  connectionCount(): number;
  close(): Promise<void>;
}

interface Pair {
  client: Socket;
  target: Socket;
}

export async function openFaultProxy(targetPort: number): Promise<FaultProxy> {
  let mode: FaultMode = 'pass';
  let delayMs = 0;
  const pairs = new Set<Pair>();

  const server = createServer((client) => {
    if (mode === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const target = createConnection({ host: '127.0.0.1', port: targetPort });
    const pair: Pair = { client, target };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      target.destroy();
    };
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      from.on('data', (chunk) => {
        if (mode === 'delay') setTimeout(() => void (to.destroyed || to.write(chunk)), delayMs);
        else if (!to.write(chunk)) {
          from.pause();
          to.once('drain', () => mode !== 'black-hole' && from.resume());
        }
      });
      from.on('error', end);
      from.on('close', end);
    }
    if (mode === 'black-hole') hold(pair);
  });

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    port,
    urlFor: (targetUrl) => {
      const url = new URL(targetUrl);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      return url.href;
    },
    set: async (next, options = {}) => {
      mode = next;
      delayMs = options.delayMs ?? 0;
      for (const pair of pairs) {
        if (next === 'black-hole') hold(pair);
        else if (next === 'reset' || next === 'refuse') {
          pair.client.resetAndDestroy();
          pair.target.destroy();
        } else release(pair);
      }
      if (next === 'refuse') await new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
      else if (!server.listening) await listen(port);
    },
    connectionCount: () => pairs.size,
    close: async () => {
      for (const { client, target } of pairs) {
        client.destroy();
        target.destroy();
      }
      if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Paused sockets read nothing: what the other side sends waits in the kernel, as on a dead line, until `release`. */
function hold({ client, target }: Pair): void {
  client.pause();
  target.pause();
}

function release({ client, target }: Pair): void {
  client.resume();
  target.resume();
}
