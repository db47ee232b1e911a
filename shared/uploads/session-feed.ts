/**
 * Live progress of sessions. One poll of PostgreSQL every 500 ms for all watched sessions of this api, shared by
 * everybody who watches; so it is right whichever process works on the files, and with Redis down.
 *
 * An event's id is the state of every file as its receiver knows it after that event. It needs no memory here: whoever
 * comes back with the last id, to this process or another, gets exactly the files whose state is another one since.
 */
import type { Db } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import { withDeadline } from '../lifecycle.ts';
import { filesOfSessions, findSessions, type FileRow, type SessionRow } from './files-repository.ts';
import { isFinalSession, type FileStatus } from '../ingest/session-state.ts';

const POLL_MS = 500;
const POLL_LIMIT_MS = 3_000;

export interface SessionSnapshot {
  session: SessionRow;
  files: FileRow[];
}

export interface SessionFeed {
  /** Calls back with each new look at the session, beginning soon; returns the way to stop. */
  watch(sessionId: string, listener: (snapshot: SessionSnapshot) => void): () => void;
  /** aborted by close(): streams end, their readers come back elsewhere */
  readonly closed: AbortSignal;
  close(): void;
}

interface Watched {
  listeners: Set<(snapshot: SessionSnapshot) => void>;
  last: SessionSnapshot | null;
}

export function createSessionFeed(deps: { db: Db; logger: Logger; pollMs?: number }): SessionFeed {
  const { db, logger, pollMs = POLL_MS } = deps;
  const watched = new Map<string, Watched>();
  const controller = new AbortController();
  let failing = false;
  let polling = false;
  let woken = false;
  let resume: () => void = () => undefined;

  /** One look at all of these; those who watch are told. */
  async function look(ids: readonly string[]): Promise<void> {
    try {
      const [sessions, files] = await withDeadline(
        Promise.all([findSessions(db, ids), filesOfSessions(db, ids)]),
        POLL_LIMIT_MS,
        'looking at watched sessions',
      );
      failing = false;
      const filesOf = new Map<string, FileRow[]>(sessions.map(({ id }) => [id, []]));
      for (const file of files) filesOf.get(file.session_id)?.push(file);
      for (const session of sessions) {
        const entry = watched.get(session.id);
        if (entry === undefined) continue;
        entry.last = { session, files: filesOf.get(session.id) ?? [] };
        for (const listener of entry.listeners) listener(entry.last);
      }
    } catch (error) {
      if (!failing) logger.warn('watched sessions cannot be read, it is tried again', { error });
      failing = true;
    }
  }

  /**
   * Until nobody watches any more. Who comes between two rounds is looked at by itself, so that nobody waits for the
   * first event.
   */
  async function poll(): Promise<void> {
    polling = true;
    for (let dueMs = performance.now(); watched.size > 0;) {
      const isDue = performance.now() >= dueMs;
      const ids = [...watched].filter(([, { last }]) => isDue || last === null).map(([id]) => id);
      if (ids.length > 0) await look(ids);
      if (isDue) dueMs = performance.now() + pollMs;
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, dueMs - performance.now()));
          resume = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      woken = false;
    }
    polling = false;
  }

  function wake(): void {
    woken = true;
    resume();
  }

  return {
    watch(sessionId, listener) {
      const known = watched.get(sessionId);
      const entry = known ?? { listeners: new Set(), last: null };
      entry.listeners.add(listener);
      if (known === undefined) {
        watched.set(sessionId, entry);
        // everybody who comes in this turn is in the same look
        setImmediate(() => (polling ? wake() : void poll()));
      } else {
        setImmediate(() => {
          if (entry.last !== null && entry.listeners.has(listener)) listener(entry.last);
        });
      }
      return () => {
        entry.listeners.delete(listener);
        if (entry.listeners.size === 0 && watched.get(sessionId) === entry) watched.delete(sessionId);
        if (watched.size === 0) wake();
      };
    },
    closed: controller.signal,
    close() {
      controller.abort();
      watched.clear();
      wake();
    },
  };
}

const STATUS_LETTERS: Record<FileStatus, string> = {
  queued: 'q',
  processing: 'p',
  needs_mapping: 'm',
  completed: 'c',
  completed_with_errors: 'e',
  failed: 'f',
  duplicate: 'd',
  cancelled: 'x',
  undone: 'u',
  previewed: 'v',
};

/** What a file's `file` event tells about: another code means another event. */
export function fileStateCode(row: FileRow): string {
  return `${row.run}${STATUS_LETTERS[row.status]}${row.mode === null ? '' : row.mode.charAt(0)}`;
}

/** The codes of all files in order of acceptance. */
export function parseEventId(id: string | undefined): string[] {
  return id !== undefined && /^[0-9a-z.]{1,20000}$/.test(id) ? id.split('.') : [];
}

export type FeedEvent =
  | { event: 'file'; id: string; file: FileRow }
  | { event: 'progress'; id: string; snapshot: SessionSnapshot }
  | { event: 'done'; id: string; snapshot: SessionSnapshot };

/** Turns looks at a session into events for one receiver. */
export function createEventCursor(lastEventId: string | undefined): (snapshot: SessionSnapshot) => FeedEvent[] {
  const known = parseEventId(lastEventId);
  let lastProgress = '';
  return (snapshot) => {
    const events: FeedEvent[] = [];
    snapshot.files.forEach((file, index) => {
      const code = fileStateCode(file);
      if (known[index] === code) return;
      for (let before = known.length; before < index; before++) known[before] = '0';
      known[index] = code;
      events.push({ event: 'file', id: known.join('.'), file });
    });
    const id = known.join('.') || '0';
    const progress = progressKey(snapshot);
    if (progress !== lastProgress) {
      lastProgress = progress;
      events.push({ event: 'progress', id, snapshot });
    }
    if (isFinalSession(snapshot.session.status)) events.push({ event: 'done', id, snapshot });
    return events;
  };
}

function progressKey({ session, files }: SessionSnapshot): string {
  const parts = files.map((file) =>
    [
      file.status,
      file.phase,
      file.progress_phase,
      file.progress_rows_read,
      file.progress_rows_staged,
      file.progress_bytes,
    ].join(','),
  );
  return `${session.status};${parts.join(';')}`;
}
