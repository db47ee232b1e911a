/**
 * What a client may leave undone: an answer that it does not read lies in this process's memory, or holds what it is
 * made of; a body that it goes on sending after the answer holds a connection. Both end soon, whoever asked and
 * whatever for.
 */
import type { RequestHandler, Response } from 'express';
import { discardBody } from '../discard-body.ts';

/** Without a byte taken by the reader, ms. */
const STILL_MS = 30_000;
const STILL_CHECKS = 10;

export function endIdleConnections(stillMs = STILL_MS): RequestHandler {
  return (request, response, next) => {
    const timer = watchReader(response, stillMs);
    response.once('close', () => clearInterval(timer));
    response.once('finish', () => discardBody(request));
    next();
  };
}

/** Cuts the connection off once its reader took nothing for a while although something lies ready. */
function watchReader(response: Response, stillMs: number): NodeJS.Timeout {
  let known = -1;
  let stillChecks = 0;
  return setInterval(() => {
    const { socket } = response;
    // what the kernel has taken of what was written; the buffers before it are full while nobody reads
    const taken = (socket?.bytesWritten ?? 0) - (socket?.writableLength ?? 0);
    // a slow source is not the reader's fault
    const waitsForReader = socket !== null && (response.writableNeedDrain || socket.writableLength > 0);
    stillChecks = taken === known && waitsForReader ? stillChecks + 1 : 0;
    known = taken;
    if (stillChecks >= STILL_CHECKS) response.destroy(new Error(`the reader took nothing for ${stillMs} ms`));
  }, stillMs / STILL_CHECKS);
}
