/**
 * What processing a file needs and answers. Two ways lead in (BullMQ in the worker, the bounded pool in the api) and both end in
 * `processFile` of process-file.ts; neither knows anything else about it.
 */
import type { Cache } from '../cache/cache.ts';
import type { MatchingConfig } from '../config.ts';
import type { Db } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { SpoolFolder } from '../storage/spool-folder.ts';

export interface CommittedInfo {
  /** null: not a file, a re-run of reconciliation */
  fileId: string | null;
  sessionId: string | null;
  ordersChanged: number;
}

export interface ProcessDeps {
  db: Db;
  cache: Cache;
  store: FileStore;
  /** private folders for what must be on disk for a while, e.g. the members of an archive */
  spool: SpoolFolder;
  logger: Logger;
  matching: MatchingConfig;
  leaseMs: number;
  /** rejected rows of a source at which its file is stopped early */
  errorCeiling: Readonly<Record<string, number>>;
  /** called after a commit that changed what others may hold in a cache, or that queued further files (members of an archive) */
  onCommitted(info: CommittedInfo): void;
  /** caps of the reader child; absent = its own defaults */
  readerCaps?: Readonly<Record<string, number>>;
}

export type ProcessingMode = 'queue' | 'in-process';

export interface ProcessRun {
  mode: ProcessingMode;
  /** service_instances.id of the process */
  instanceId: string;
  /** aborted at shutdown: the claim is given back and the file goes on elsewhere */
  signal: AbortSignal;
}

/**
 * done: a final state was reached (or a question to the operator). not_mine: somebody else has it, or nothing is left to do.
 * retry_later: next_attempt_at says when; the sweeper brings it back.
 */
export type ProcessOutcome = 'done' | 'not_mine' | 'retry_later';
