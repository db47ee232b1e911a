/**
 * Live progress of sessions. One poll of PostgreSQL every 500 ms per watched session, shared by everybody who watches it; so it is right
 * whichever process works on the files, and with Redis down.
 *
 * An event's id is the state of every file as its receiver knows it after that event. It needs no memory here: whoever comes back with
 * the last id, to this process or another, gets exactly the files whose state is another one since.
 */
import type { Db } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import { withDeadline } from '../lifecycle.ts';
import { filesOfSessions, findSession, type FileRow, type SessionRow } from './files-repository.ts';
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
  watchedCount(): number;
  /** aborted by close(): streams end, their readers come back elsewhere */
  readonly closed: AbortSignal;
  close(): void;
}

interface Watched {
  listeners: Set<(snapshot: SessionSnapshot) => void>;
  timer: NodeJS.Timeout | null;
  last: SessionSnapshot | null;
}

export function createSessionFeed(deps: { db: Db; logger: Logger; pollMs?: number }): SessionFeed {
  const { db, logger, pollMs = POLL_MS } = deps;
  const watched = new Map<string, Watched>();
  const controller = new AbortController();
  let failing = false;

  async function look(sessionId: string, entry: Watched): Promise<void> {
    try {
      const snapshot = await withDeadline(
        Promise.all([findSession(db, sessionId), filesOfSessions(db, [sessionId])]),
        POLL_LIMIT_MS,
        'looking at a session',
      );
      failing = false;
      const [session, files] = snapshot;
      if (session === null) return;
      entry.last = { session, files };
      for (const listener of entry.listeners) listener(entry.last);
    } catch (error) {
      if (!failing) logger.warn('watched sessions cannot be read, it is tried again', { error });
      failing = true;
    }
  }

  function schedule(sessionId: string, entry: Watched, delayMs: number): void {
    entry.timer = setTimeout(() => {
      void look(sessionId, entry).finally(() => {
        if (watched.get(sessionId) === entry) schedule(sessionId, entry, pollMs);
      });
    }, delayMs);
  }

  return {
    watch(sessionId, listener) {
      let entry = watched.get(sessionId);
      if (entry === undefined) {
        entry = { listeners: new Set(), timer: null, last: null };
        watched.set(sessionId, entry);
        schedule(sessionId, entry, 0);
      }
      entry.listeners.add(listener);
      const { last } = entry;
      const joined = entry;
      if (last !== null) {
        setImmediate(() => {
          if (joined.listeners.has(listener)) listener(last);
        });
      }
      return () => {
        joined.listeners.delete(listener);
        if (joined.listeners.size > 0 || watched.get(sessionId) !== joined) return;
        if (joined.timer !== null) clearTimeout(joined.timer);
        watched.delete(sessionId);
      };
    },
    watchedCount: () => watched.size,
    closed: controller.signal,
    close() {
      controller.abort();
      for (const entry of watched.values()) if (entry.timer !== null) clearTimeout(entry.timer);
      watched.clear();
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
    [file.status, file.phase, file.progress_phase, file.progress_rows_read, file.progress_rows_staged, file.progress_bytes].join(','),
  );
  return `${session.status};${parts.join(';')}`;
}
