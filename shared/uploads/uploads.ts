/**
 * The one way in. Page, scripts, bot, folder and mail are doors to it: a door finds out who sends and what, hands over
 * the bytes, and says in its own way what became of them. Roles, rates, limits, hashing, storing and dispatching are
 * here.
 */
import { reaches, type Role } from '../auth/principal.ts';
import type { Db } from '../db/client.ts';
import type { DatabaseWatch } from '../db/watch.ts';
import { AppError } from '../errors.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { rateLimited, type RateLimits } from '../limits/rate-limits.ts';
import type { Dispatcher } from '../queue/dispatcher.ts';
import type { RedisHandle } from '../redis/redis.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { ProcessingMode } from '../work/kind.ts';
import { acceptUpload, type AcceptedSession, type Uploader } from './accept-upload.ts';
import type { Door } from './doors.ts';
import {
  removeStored,
  storeFile,
  tooMany,
  type IncomingFile,
  type StoredUpload,
  type UploadLimits,
} from './store-file.ts';

/** The least role of whoever uploads (api.md 4). */
export const UPLOAD_ROLE: Role = 'operator';

export interface Admitted extends AcceptedSession {
  /** the way that its files go: a door that waits for their end does so where they are processed in this process */
  mode: ProcessingMode;
}

export interface AcceptOptions {
  by: Uploader;
  door: Door;
  /** the door's own name of what it brings, the same however often it is brought: it becomes one session */
  doorKey?: string;
  /** null where it is to be recognised */
  source: SourceName | null;
  /** only look at what it would do */
  preview?: boolean;
}

export interface Uploads {
  readonly limits: UploadLimits;
  /**
   * Whether this person may bring reports now; counts as one upload. For doors without a route, whose table asks the
   * same.
   * @throws AppError forbidden, rate_limited
   */
  admit(person: { userId: string; role: Role }): Promise<void>;
  /** @throws AppError file_too_large, and what storeFile throws */
  store(file: IncomingFile, signal: AbortSignal): Promise<StoredUpload>;
  /** Takes back what was stored for nothing. */
  discard(stored: readonly StoredUpload[]): Promise<void>;
  /**
   * Makes a session of what is stored and brings each file to whoever can process it. The bytes are its own from here
   * on, also when it rejects.
   * @throws AppError too_many_files, service_unavailable while PostgreSQL does not answer; what acceptUpload throws
   */
  accept(stored: readonly StoredUpload[], options: AcceptOptions): Promise<Admitted>;
}

export interface UploadsDeps {
  db: Db;
  store: FileStore;
  limits: UploadLimits;
  rates: Pick<RateLimits, 'takeUser'>;
  watch: Pick<DatabaseWatch, 'guard'>;
  redis: Pick<RedisHandle, 'isUp'>;
  dispatcher: Pick<Dispatcher, 'dispatch'>;
}

export function createUploads({ db, store, limits, rates, watch, redis, dispatcher }: UploadsDeps): Uploads {
  return {
    limits,

    async admit({ userId, role }) {
      if (!reaches(role, UPLOAD_ROLE)) throw new AppError('forbidden', { details: { needed: UPLOAD_ROLE } });
      const state = await rates.takeUser(userId, { upload: true });
      if (state !== null && !state.allowed) throw rateLimited(state);
    },

    store: (file, signal) => storeFile(store, file, { limits, signal }),

    discard: (stored) => removeStored(store, stored),

    async accept(stored, { by, door, doorKey, source, preview = false }) {
      if (stored.length === 0) throw new AppError('validation_failed', { details: { reason: 'no_file' } });
      if (stored.length > limits.maxFiles) {
        await removeStored(store, stored);
        throw tooMany(limits);
      }
      const expected: ProcessingMode = redis.isUp() ? 'queue' : 'in-process';
      const accepted = await watch.guard(() =>
        acceptUpload({ db, store }, stored, { by, door, doorKey, source, preview, mode: expected }),
      );
      if (accepted.before) return { ...accepted, mode: expected };
      const tickets = preview
        ? [{ name: 'preview-session' as const, id: accepted.sessionId }]
        : accepted.files.map(({ id }) => ({ name: 'process-file' as const, id }));
      const ways = await Promise.all(
        tickets.map((ticket, at) =>
          dispatcher.dispatch({ ...ticket, fence: '0', requestId: by.requestId, turn: accepted.ahead + at + 1 }, true),
        ),
      );
      return { ...accepted, mode: ways.includes('in-process') || !redis.isUp() ? 'in-process' : 'queue' };
    },
  };
}
