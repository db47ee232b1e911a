/** Reads a loaded file once more into staging tables of its own, the way it was read then. */
import type { Knex } from 'knex';
import { withConnection } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import type { LoadEnd } from '../ingest/child/run-reader.ts';
import type { MappingOverrides } from '../ingest/child/protocol.ts';
import type { Identities } from '../ingest/merge-identities.ts';
import { numberCartRows } from '../ingest/merge.ts';
import type { ProcessDeps } from '../ingest/process-deps.ts';
import { stageRows } from '../ingest/stage-rows.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { dropStaging, type Staging, stagingOf } from '../ingest/staging.ts';
import { StoredFileMissingError } from '../storage/file-store.ts';

export interface LoadedFile {
  id: string;
  seq: string;
  name: string;
  source: SourceName;
  size_bytes: string;
  storage_key: string;
  overrides: { identities?: Identities };
  recognition: { overrides?: MappingOverrides; sheets?: (string | null)[]; sheet?: string | null } | null;
  corrects: string | null;
}

/** The bytes of a file that must be read again are not in the store. */
export class BytesMissing extends Error {
  readonly file: { id: string; name: string };
  constructor(file: { id: string; name: string }, options: { cause: unknown }) {
    super('the bytes of a file that must be read again are missing', options);
    this.name = 'BytesMissing';
    this.file = file;
  }
}

export async function findLoaded(trx: Knex.Transaction, id: string): Promise<LoadedFile> {
  const row = await selectRow<LoadedFile>(
    trx,
    `select id, seq, name, source, size_bytes, storage_key, overrides, recognition, corrects from uploaded_files
      where id = ?`,
    [id],
  );
  if (row === null) throw new Error('a file that holds keys is not there');
  return row;
}

/**
 * Name of the staging tables of a file that is read again for a run; the sweeper of staging drops what a killed one
 * leaves.
 *
 * @param nth of those that the transaction reads: a dry run over several files reads the same file for each of them,
 *   and holds the tables that it has read until it ends
 */
export function stagingAgain(fileId: string, undo: { id: string; fence: string }, nth: number): Staging {
  return stagingOf(fileId, `${nth}_u${undo.id.slice(0, 8)}${undo.fence}`);
}

export function dropAgain(deps: ProcessDeps, stagings: readonly Staging[]): Promise<void> {
  return withConnection(deps.db, async (client) => {
    for (const staging of stagings) await dropStaging(client, staging);
  });
}

/** @throws BytesMissing */
export async function stageAgain(
  deps: ProcessDeps,
  file: LoadedFile,
  staging: Staging,
  signal: AbortSignal,
): Promise<LoadEnd> {
  const local = await deps.store.openLocal(file.storage_key, signal).catch((error: unknown) => {
    throw error instanceof StoredFileMissingError ? new BytesMissing(file, { cause: error }) : error;
  });
  const { source, recognition, corrects } = file;
  try {
    const end = await stageRows(deps, staging, {
      path: local.path,
      name: file.name,
      sizeBytes: Number(file.size_bytes),
      overrides: recognition?.overrides ?? {},
      signal,
      onProbe: () =>
        Promise.resolve({
          source,
          sheets: recognition?.sheets ?? [recognition?.sheet ?? null],
          ...(corrects === null ? {} : { corrects }),
        }),
    });
    if (end === null) throw new Error('the reader child ended without a probe');
    if (source === 'happy_workers') await withConnection(deps.db, (client) => numberCartRows(client, staging));
    return end;
  } finally {
    await local.release();
  }
}
