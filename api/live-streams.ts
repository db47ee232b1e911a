/**
 * The live streams that are open in this api: how many a person and all may have, and that none outlives its reader's
 * sign-in. One look for all of them, not one each.
 */
import { setMaxListeners } from 'node:events';
import type { Request, Response } from 'express';
import type { Auth } from '../shared/auth/auth.ts';
import { unavailable } from '../shared/errors.ts';
import { createTurns } from '../shared/limits/turns.ts';
import type { Logger } from '../shared/logger.ts';
import type { SessionFeed } from '../shared/uploads/session-feed.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import type { Principal } from './route.ts';

export const STREAMS_OF_ONE = 10;
export const MOST_STREAMS = 500;
/** A revocation is known here half a second later at most, and must end its streams within one. */
const RECHECK_MS = 250;

export interface LiveStreams {
  /**
   * A stream for this reader; it ends with their sign-in, with the service, and with the client.
   * @throws AppError rate_limited where they have STREAMS_OF_ONE, service_unavailable where all have MOST_STREAMS
   */
  open(principal: Principal, request: Request, response: Response): Promise<EventStream>;
}

export interface LiveStreamsDeps {
  auth: Pick<Auth, 'endedAmong'>;
  logger: Logger;
  /** its `closed` is aborted when the service goes down */
  feed: Pick<SessionFeed, 'closed'>;
}

export function createLiveStreams({ auth, logger, feed }: LiveStreamsDeps): LiveStreams {
  const turns = createTurns({ atOnce: STREAMS_OF_ONE, waiting: 0, waitMs: 10_000 });
  const readers = new Map<EventStream, Principal>();
  let taken = 0;
  let timer: NodeJS.Timeout | null = null;
  let checking = false;

  async function recheck(): Promise<void> {
    if (checking) return;
    checking = true;
    const looked = [...readers];
    try {
      const ended = await auth.endedAmong(looked.map(([, principal]) => principal));
      for (const [stream, principal] of looked) if (ended.has(principal)) stream.end();
    } catch (error) {
      logger.info('live streams were ended: nobody can say whether their readers may read on', {
        error,
        streams: looked.length,
      });
      for (const [stream] of looked) stream.end();
    } finally {
      checking = false;
    }
  }

  return {
    async open(principal, request, response) {
      if (taken >= MOST_STREAMS) throw unavailable(new Error('too many live streams are open'), 30);
      taken += 1;
      const release = await turns.take(principal.userId).catch((error: unknown) => {
        taken -= 1;
        throw error;
      });
      const stream = openEventStream(request, response);
      readers.set(stream, principal);
      timer ??= setInterval(() => void recheck(), RECHECK_MS);
      const onClosed = (): void => stream.end();
      // each stream listens for the end of the service
      setMaxListeners(MOST_STREAMS + 10, feed.closed);
      feed.closed.addEventListener('abort', onClosed, { once: true });
      const leave = (): void => {
        feed.closed.removeEventListener('abort', onClosed);
        readers.delete(stream);
        taken -= 1;
        release();
        if (readers.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
      if (stream.signal.aborted) leave();
      else stream.signal.addEventListener('abort', leave, { once: true });
      if (feed.closed.aborted) stream.end();
      return stream;
    },
  };
}
