/** A file that is claimed: what of its row the work on it needs. */
import type { Knex } from 'knex';
import { lockClaim } from '../work/claim.ts';
import type { Claim, Kind, Outbox, WorkDeps } from '../work/kind.ts';
import type { MappingOverrides } from './child/protocol.ts';
import type { Foreseen } from './foreseen.ts';
import type { Identities } from './merge-identities.ts';
import type { SourceName } from './sources/source.ts';

export interface ClaimedFile extends Claim {
  sessionId: string;
  parentId: string | null;
  /** order of acceptance */
  seq: string;
  run: number;
  name: string;
  sizeBytes: number;
  sha256: string;
  storageKey: string;
  source: SourceName | null;
  overrides: MappingOverrides & { acceptDrift?: boolean; identities?: Identities };
  createdBy: string;
  memberPath: string | null;
  /** it is only looked at */
  preview: boolean;
  /** what it was seen to do before it was applied; null: nobody looked */
  foreseen: Foreseen | null;
}

/** Attempts and claims that died are counted apart: a file is tried for ever, unless processes die of it. */
export const FILES: Outbox = {
  table: 'uploaded_files',
  lossesIn: 'claims_lost',
  countsRuns: true,
  isCancellable: true,
  notesClaimant: true,
  whenQueued: `phase = 'waiting', claimed_by = null`,
};

/** How a file is claimed; its session is opened with it. */
export const claimingFile: Kind<WorkDeps, ClaimedFile>['claiming'] = {
  columns: `e.session_id, e.parent_id, e.seq, e.name, e.size_bytes, e.sha256, e.storage_key, e.source, e.overrides,
    e.created_by, e.member_path, e.preview, e.foreseen`,
  set: `phase = 'detecting', mode = :mode, claimed_by = :instanceId,
    started_at = coalesce(started_at, clock_timestamp())`,
  also: `opened as (
    update processing_sessions s set status = 'processing', started_at = coalesce(started_at, clock_timestamp())
    from claimed where s.id = claimed.session_id and s.status = 'queued'
  )`,
  read: (row, claim) => ({
    ...claim,
    run: Number(row['run']),
    sessionId: row['session_id'] as string,
    parentId: row['parent_id'] as string | null,
    seq: String(row['seq']),
    name: row['name'] as string,
    sizeBytes: Number(row['size_bytes']),
    sha256: row['sha256'] as string,
    storageKey: row['storage_key'] as string,
    source: row['source'] as SourceName | null,
    overrides: row['overrides'] as ClaimedFile['overrides'],
    createdBy: String(row['created_by']),
    memberPath: row['member_path'] as string | null,
    preview: row['preview'] as boolean,
    foreseen: row['foreseen'] as Foreseen | null,
  }),
};

/** First statement of every transaction that writes for a claimed file. @throws ClaimEnded */
export function lockFile(trx: Knex.Transaction, file: ClaimedFile): Promise<void> {
  return lockClaim(FILES, trx, file);
}

/** The same where the file is cancelled: that somebody asked for it stops nothing. @throws ClaimEnded lost */
export function lockToCancel(trx: Knex.Transaction, file: ClaimedFile): Promise<void> {
  return lockClaim({ ...FILES, isCancellable: false }, trx, file);
}
