import type { Request } from 'express';

/** How long the rest of a refused body is read and thrown away. */
export const DISCARD_LIMIT_MS = 5_000;

/**
 * Reads on and throws away what a client still sends, so that it gets to read the answer; after the limit the
 * connection is cut. A body left unread would fill the sender's buffers, and closing at once would reset the connection
 * before the answer is read.
 */
export function discardBody(request: Request, limitMs: number = DISCARD_LIMIT_MS): void {
  if (request.complete || request.destroyed) return;
  request.unpipe();
  request.resume();
  const { socket } = request;
  const timer = setTimeout(() => {
    if (!request.complete) socket.destroy();
  }, limitMs);
  const stop = () => clearTimeout(timer);
  request.once('end', stop);
  request.once('close', stop);
}
