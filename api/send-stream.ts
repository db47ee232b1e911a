/**
 * Answers that are streams. Each person may have a few at a time: what is read slowly holds a file, a child process or
 * a connection as long. (Whoever takes nothing for a while is cut off: middleware/idle-connections.ts.)
 */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { createTurns } from '../shared/limits/turns.ts';
import type { Logger } from '../shared/logger.ts';

/** A browser fetches one or two; a script may wait for its own. */
const AT_ONCE = 6;

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
  /** Not to be awaited by a handler: a slow reader may take long. Both ends are closed when either fails. */
  send(body: Readable, response: Response): void;
}

export function createStreamSender(logger: Logger): StreamSender {
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
      pipeline(body, response).catch((error: unknown) => logger.info('a streamed answer ended early', { error }));
    },
  };
}
