/**
 * The way of requests to an S3 server, with deadlines on progress and none on the whole: a long download may take as
 * long as it moves.
 */
import type { IncomingMessage } from 'node:http';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { StorageUnavailableError } from './file-store.ts';

const CONNECT_LIMIT_MS = 2_000;
/** Without a byte in either direction; so also from the end of the request to the first byte of the answer. */
const SILENCE_LIMIT_MS = 5_000;
/** Body of an answer: only while somebody waits for more of it. */
const IDLE_LIMIT_MS = 10_000;
/** A server found silent is not asked again so soon: who comes next is answered at once. */
const SILENT_FOR_MS = 2_000;

type Handled = Awaited<ReturnType<NodeHttpHandler['handle']>>;

/** @param Handler the SDK's, which is loaded late (s3-sdk.ts) */
export function createS3Handler(Handler: typeof NodeHttpHandler): NodeHttpHandler {
  let silentUntil = 0;
  const handler = new Handler({ connectionTimeout: CONNECT_LIMIT_MS, socketTimeout: SILENCE_LIMIT_MS });
  const handle = handler.handle.bind(handler);
  handler.handle = async (...args: Parameters<NodeHttpHandler['handle']>): Promise<Handled> => {
    if (performance.now() < silentUntil) throw new StorageUnavailableError('no_answer', 'silent a moment ago');
    try {
      const handled = await handle(...args);
      watchBody(handled.response.body as IncomingMessage);
      return handled;
    } catch (error) {
      if (!isSilence(error)) throw error;
      silentUntil = performance.now() + SILENT_FOR_MS;
      // a type of ours, which the client does not try again: a second deadline would be waited for
      throw new StorageUnavailableError('no_answer', 'TimeoutError', { cause: error });
    }
  };
  return handler;
}

/** The library calls a connection that was reset a timeout, too; that one may be tried again at once. */
function isSilence(error: unknown): boolean {
  const { name, code } = (error ?? {}) as NodeJS.ErrnoException;
  return name === 'TimeoutError' && code !== 'ECONNRESET' && code !== 'EPIPE';
}

function watchBody(body: IncomingMessage): void {
  body.socket.setTimeout(0);
  const watchedSince = () => performance.now();
  let movedAt = watchedSince();
  let seenBytes = body.socket.bytesRead;
  const timer = setInterval(() => {
    const { bytesRead } = body.socket;
    // full: the reader is the slow one
    const waits = body.readableFlowing !== false && body.readableLength < body.readableHighWaterMark;
    if (bytesRead !== seenBytes || !waits) movedAt = watchedSince();
    seenBytes = bytesRead;
    if (performance.now() - movedAt > IDLE_LIMIT_MS) body.destroy(new StorageUnavailableError('no_answer', 'idle'));
  }, 1_000);
  timer.unref();
  body.once('close', () => clearInterval(timer));
  body.once('end', () => clearInterval(timer));
}
