/**
 * Answers that are streams. A reader that takes nothing for a while is cut off, and each person may have a few at a
 * time: what is read slowly holds a file, a child process or a connection as long.
 */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { createTurns } from '../shared/limits/turns.ts';
import type { Logger } from '../shared/logger.ts';

/** Without a byte taken by the reader, ms. */
const STILL_MS = 30_000;
/** A browser fetches one or two; a script may wait for its own. */
const AT_ONCE = 6;
const STILL_CHECKS = 10;

/** What routes that stream get besides the resources. */
export interface StreamDeps {
  streams: StreamSender;
}

export interface StreamSender {
  /**
   * A share of this person's streams; it ends with the answer.
   * @throws AppError rate_limited
   */
  admit(userId: string, response: Response): Promise<void>;
  /**
   * Not to be awaited by a handler: a slow reader may take long. Both ends are closed when either fails or stands
   * still.
   */
  send(body: Readable, response: Response): void;
}

export function createStreamSender(logger: Logger, stillMs = STILL_MS): StreamSender {
  const turns = createTurns({ atOnce: AT_ONCE, waiting: AT_ONCE, waitMs: 5_000 });
  return {
    async admit(userId, response) {
      const release = await turns.take(userId);
      // compression, the log, the metrics and the stream itself listen too
      response.setMaxListeners(20);
      if (response.closed || response.destroyed) release();
      else response.once('close', release);
    },
    send(body, response) {
      const { socket } = response;
      let known = -1;
      let stillChecks = 0;
      const watch = setInterval(() => {
        // what the kernel has taken of what was written; the buffers before it are full while nobody reads
        const taken = (socket?.bytesWritten ?? 0) - (socket?.writableLength ?? 0);
        // a slow source is not the reader's fault
        const waitsForReader = response.writableNeedDrain || (socket?.writableLength ?? 0) > 0;
        stillChecks = taken === known && waitsForReader ? stillChecks + 1 : 0;
        known = taken;
        if (stillChecks >= STILL_CHECKS) response.destroy(new Error(`the reader took nothing for ${stillMs} ms`));
      }, stillMs / STILL_CHECKS);
      pipeline(body, response)
        .catch((error: unknown) => logger.info('a streamed answer ended early', { error }))
        .finally(() => clearInterval(watch));
    },
  };
}
