/**
 * Answers that are streams. Each person may have a few at a time: what is read slowly holds a file, a child process or
 * a connection as long; and a table of all orders that is read slowly would go on for hours after its reader was
 * blocked. (Whoever takes nothing for a while is cut off: middleware/idle-connections.ts.)
 */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Auth } from '../shared/auth/auth.ts';
import { createTurns } from '../shared/limits/turns.ts';
import type { Logger } from '../shared/logger.ts';
import type { Principal } from './route.ts';

/** A browser fetches one or two; a script may wait for its own. */
const AT_ONCE = 6;
/** A revocation is known here half a second later at most, and must end its streams within one. */
const RECHECK_MS = 250;

/** What routes that stream get besides the resources. */
export interface StreamDeps {
  streams: StreamSender;
}

export interface StreamSender {
  /**
   * A share of this person's streams; it ends with the answer, and the answer with their sign-in.
   * @throws AppError rate_limited
   */
  admit(principal: Principal, response: Response): Promise<void>;
  /**
   * Not to be awaited by a handler: a slow reader may take long. Both ends are closed when either fails. For HEAD
   * nothing is read.
   */
  send(body: Readable, response: Response): void;
}

export interface StreamSenderDeps {
  auth: Pick<Auth, 'endedAmong'>;
  logger: Logger;
}

export function createStreamSender({ auth, logger }: StreamSenderDeps): StreamSender {
  const turns = createTurns({ atOnce: AT_ONCE, waiting: AT_ONCE, waitMs: 5_000 });
  const readers = new Map<Response, Principal>();
  let timer: NodeJS.Timeout | null = null;
  let checking = false;

  /** One look for all of them. While nobody can say, they read on: each was let in, and nothing new is. */
  async function recheck(): Promise<void> {
    if (checking) return;
    checking = true;
    // that a token runs out meanwhile is no hindrance
    const looked = [...readers].map(([response, principal]) => ({
      response,
      principal: { ...principal, expiresAtS: null },
    }));
    try {
      const ended = await auth.endedAmong(looked.map(({ principal }) => principal));
      for (const { response, principal } of looked)
        if (ended.has(principal)) response.destroy(new Error('the sign-in of the reader has ended'));
    } catch (error) {
      logger.debug('nobody can say whether the readers of streams may read on', { error, streams: looked.length });
    } finally {
      checking = false;
    }
  }

  function leave(response: Response): void {
    readers.delete(response);
    if (readers.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  }

  return {
    async admit(principal, response) {
      const release = await turns.take(principal.userId);
      // compression, the log, the metrics and the stream itself listen too
      response.setMaxListeners(20);
      if (response.closed || response.destroyed) return release();
      readers.set(response, principal);
      timer ??= setInterval(() => void recheck(), RECHECK_MS);
      response.once('close', () => {
        leave(response);
        release();
      });
    },
    send(body, response) {
      if (response.req.method === 'HEAD') {
        body.on('error', (error: unknown) => logger.debug('an answer that nobody reads failed', { error }));
        body.destroy();
        response.end();
        return;
      }
      pipeline(body, response).catch((error: unknown) => logger.info('a streamed answer ended early', { error }));
    },
  };
}
