/**
 * The kinds of Redis connection, which want opposite settings (a producer fails fast, a worker waits for ever). Each
 * gets an error listener here: without one ioredis floods the log, and an unheard `error` may end the process.
 *
 * No `keyPrefix` anywhere (it breaks BullMQ), no `skipWaitingForReady` (a Queue built before its connection is ready
 * would refuse every `add` for good).
 */
import { Redis, type RedisOptions } from 'ioredis';

const RETRY_MS = 250;
const CONNECT_TIMEOUT_MS = 2_000;
/** The first probe of an idle line; the system sends one a second from then on and gives up after ten. */
const KEEPALIVE_MS = 5_000;
/**
 * A patient connection on which something was asked and nothing came back for so long is made anew: its other end may
 * be gone without a word. Longer than any blocking read (BullMQ blocks 10 s at most), so that a healthy one never meets
 * it.
 */
const SILENCE_LIMIT_MS = 13_000;

const common: RedisOptions = {
  // both IPv4 and IPv6: private networks answer on either
  family: 0,
  connectTimeout: CONNECT_TIMEOUT_MS,
  retryStrategy: () => RETRY_MS,
  keepAlive: KEEPALIVE_MS,
  noDelay: true,
  disableClientInfo: true,
};

/** Every failover leaves the old primary read-only: the name must be resolved again. */
const reconnectOnReadonly = (error: Error): boolean => error.message.startsWith('READONLY');

export type RedisConnectionKind =
  /** commands on the path of a request; refused at once while there is no connection */
  | 'command'
  /** `queue.add`; as command, but waits for the server's own readiness as BullMQ wants it */
  | 'producer'
  /**
   * a worker's: waits for ever, no command timeout (it would kill the blocking read in a loop), but not on a silent
   * line
   */
  | 'patient';

export interface ConnectionOptions {
  kind: RedisConnectionKind;
  onError?(error: Error): void;
}

/** Builds a client that connects by itself and goes on trying; the caller closes it with `disconnect()`. */
export function createRedisConnection(url: string, options: ConnectionOptions): Redis {
  const client = new Redis(url, { ...common, ...settingsOf(options.kind) });
  client.on('error', (error: Error) => options.onError?.(error));
  return client;
}

function settingsOf(kind: RedisConnectionKind): RedisOptions {
  switch (kind) {
    case 'command':
      // The breaker's own probe is the readiness check: it hears LOADING, NOAUTH and READONLY by name.
      return {
        enableOfflineQueue: false,
        maxRetriesPerRequest: 1,
        enableReadyCheck: false,
        autoResendUnfulfilledCommands: false,
      };
    case 'producer':
      return {
        enableOfflineQueue: false,
        maxRetriesPerRequest: 1,
        maxLoadingRetryTime: 500,
        autoResendUnfulfilledCommands: false,
        reconnectOnError: reconnectOnReadonly,
      };
    case 'patient':
      return {
        enableOfflineQueue: true,
        maxRetriesPerRequest: null,
        maxLoadingRetryTime: 500,
        reconnectOnError: reconnectOnReadonly,
        socketTimeout: SILENCE_LIMIT_MS,
      };
  }
}
