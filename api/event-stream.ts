import type { Request, Response } from 'express';

const HEARTBEAT_MS = 10_000;
/** A reader this far behind is not reading; it may come back with its last event. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

export interface EventStream {
  readonly signal: AbortSignal;
  send(event: string, id: string, data: unknown): void;
  end(): void;
}

/** Server-sent events on this response; `signal` is aborted when the client is gone or the stream has ended. */
export function openEventStream(request: Request, response: Response): EventStream {
  const controller = new AbortController();
  response.status(200);
  response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  response.setHeader('Cache-Control', 'no-cache, no-transform');
  // proxies that buffer would turn live into late
  response.setHeader('X-Accel-Buffering', 'no');
  // without a body there is nothing that could go on
  if (request.method === 'HEAD') {
    controller.abort();
    response.end();
    return { signal: controller.signal, send: () => undefined, end: () => undefined };
  }
  response.flushHeaders();
  request.socket.setNoDelay(true);
  response.write('retry: 1000\n\n');
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  const onClose = (): void => {
    clearInterval(heartbeat);
    controller.abort();
  };
  // whoever went while it was asked whether he may read is told of no more
  if (response.closed || response.destroyed) onClose();
  else response.once('close', onClose);
  return {
    signal: controller.signal,
    send(event, id, data) {
      if (response.writableEnded) return;
      response.write(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
      if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
    },
    end() {
      clearInterval(heartbeat);
      controller.abort();
      response.end();
    },
  };
}
