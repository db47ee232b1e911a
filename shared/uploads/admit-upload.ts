/**
 * What every door for uploads does once the bytes are stored: accepts them and brings each file to whoever can process
 * it.
 */
import type { DatabaseWatch } from '../db/watch.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import type { Dispatcher } from '../queue/dispatcher.ts';
import type { RedisHandle } from '../redis/redis.ts';
import type { ProcessingMode } from '../work/kind.ts';
import {
  type AcceptedSession,
  acceptUpload,
  type StoredUpload,
  type UploadDeps,
  type Uploader,
} from './upload-service.ts';

export interface AdmitDeps extends UploadDeps {
  watch: Pick<DatabaseWatch, 'guard'>;
  redis: Pick<RedisHandle, 'isUp'>;
  dispatcher: Pick<Dispatcher, 'dispatch'>;
}

export interface Admitted extends AcceptedSession {
  /** the way that its files go: a door that waits for their end does so where they are processed in this process */
  mode: ProcessingMode;
}

/**
 * @param source null where it is to be recognised
 * @param preview only look at what it would do
 * @throws what acceptUpload throws, and AppError service_unavailable while PostgreSQL does not answer
 */
export async function admitUpload(
  { db, store, watch, redis, dispatcher }: AdmitDeps,
  uploads: readonly StoredUpload[],
  { by, source, preview = false }: { by: Uploader; source: SourceName | null; preview?: boolean },
): Promise<Admitted> {
  const expected: ProcessingMode = redis.isUp() ? 'queue' : 'in-process';
  const accepted = await watch.guard(() =>
    acceptUpload({ db, store }, uploads, { by, source, preview, mode: expected }),
  );
  const tickets = preview
    ? [{ name: 'preview-session' as const, id: accepted.sessionId }]
    : accepted.files.map(({ id }) => ({ name: 'process-file' as const, id }));
  const ways = await Promise.all(
    tickets.map((ticket) => dispatcher.dispatch({ ...ticket, fence: '0', requestId: by.requestId }, true)),
  );
  return { ...accepted, mode: ways.includes('in-process') || !redis.isUp() ? 'in-process' : 'queue' };
}
