import { findFreePort } from '../../scripts/processes/free-port.ts';
import { once } from 'node:events';
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

/** What becomes of a piece of bytes on its way. */
export type Verdict =
  | 'pass'
  /** gone, and whatever this connection sends from now on in that direction */
  | 'swallow'
  /** not passed on; both sides see the connection closed, by FIN */
  | 'cut'
  /** passed on; the target's answer to it is thrown away and the client sees the connection closed, by FIN */
  | 'lose-answer';

/**
 * Asked for every piece while the mode is `pass`. Pieces are what the socket read: a short message is one piece, a long
 * one several.
 */
export type Interceptor = (piece: { from: 'client' | 'target'; bytes: Buffer; connection: number }) => Verdict;

export interface FaultProxy {
  port: number;
  /** The target's URL with this proxy's port in place of its own. */
  urlFor(targetUrl: string): string;
  set(mode: FaultMode, options?: { delayMs?: number }): Promise<void>;
  /** Aimed faults: decides about each piece of bytes until the next call; null lets all pass again. */
  intercept(interceptor: Interceptor | null): void;
  /**
   * A line that went dead without a word: nothing goes through the connections open now any more, in either direction
   * and for good, while new ones work.
   * @returns how many
   */
  freezeOpen(): number;
  /** Connections from now on lead to another port, as when an address moves; those that are open stay as they are. */
  aimAt(port: number): void;
  /** Connections that clients hold open now. */
  connectionCount(): number;
  close(): Promise<void>;
}

interface Pair {
  client: Socket;
  target: Socket;
  number: number;
  /** nothing goes through any more, whatever the mode */
  dead: boolean;
  /** directions that an interceptor has silenced */
  silent: Set<'client' | 'target'>;
  answerLost: boolean;
}

export async function openFaultProxy(targetPort: number): Promise<FaultProxy> {
  let mode: FaultMode = 'pass';
  let delayMs = 0;
  let aim = targetPort;
  let interceptor: Interceptor | null = null;
  let openedCount = 0;
  const pairs = new Set<Pair>();

  const server = createServer((client) => {
    if (mode === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const target = createConnection({ host: '127.0.0.1', port: aim });
    const pair: Pair = {
      client,
      target,
      number: (openedCount += 1),
      dead: false,
      silent: new Set(),
      answerLost: false,
    };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      target.destroy();
    };
    for (const [from, to, side] of [
      [client, target, 'client'],
      [target, client, 'target'],
    ] as const) {
      from.on('data', (chunk) => {
        if (mode === 'pass' && !mayPass(pair, side, chunk, end)) return;
        if (mode === 'delay') setTimeout(() => void (to.destroyed || to.write(chunk)), delayMs);
        else if (!to.write(chunk)) {
          from.pause();
          to.once('drain', () => mode !== 'black-hole' && !pair.dead && from.resume());
        }
      });
      from.on('error', end);
      from.on('close', end);
    }
    if (mode === 'black-hole') hold(pair);
  });

  function mayPass(pair: Pair, from: 'client' | 'target', bytes: Buffer, end: () => void): boolean {
    if (pair.silent.has(from)) return false;
    if (pair.answerLost && from === 'target') {
      pair.client.end();
      end();
      return false;
    }
    const verdict = interceptor?.({ from, bytes, connection: pair.number }) ?? 'pass';
    if (verdict === 'swallow') pair.silent.add(from);
    if (verdict === 'lose-answer') pair.answerLost = true;
    if (verdict === 'cut') {
      pair.client.end();
      end();
    }
    return verdict === 'pass' || verdict === 'lose-answer';
  }

  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(await findFreePort());
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
        } else if (!pair.dead) release(pair);
      }
      if (next === 'refuse')
        await new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
      else if (!server.listening) await listen(port);
    },
    intercept: (next) => {
      interceptor = next;
    },
    freezeOpen: () => {
      for (const pair of pairs) {
        pair.dead = true;
        hold(pair);
      }
      return pairs.size;
    },
    aimAt: (next) => {
      aim = next;
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
