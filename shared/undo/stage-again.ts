/** Reads a loaded file once more into staging tables of its own, the way it was read then. */
import type { Knex } from 'knex';
import { type HeldConnection, openConnection, withConnection } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { type LoadEnd, runLoad } from '../ingest/child/run-reader.ts';
import type { MappingOverrides } from '../ingest/child/protocol.ts';
import type { Identities } from '../ingest/merge-identities.ts';
import { numberCartRows } from '../ingest/merge.ts';
import type { ProcessDeps } from '../ingest/process-deps.ts';
import { DEFAULT_READ_LIMITS } from '../ingest/readers/limits.ts';
import { sources } from '../ingest/sources/index.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { copyRejectsInto, copyRowsInto, createStaging, dropStaging, type Staging, stagingOf } from '../ingest/staging.ts';
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
    `select id, seq, name, source, size_bytes, storage_key, overrides, recognition, corrects from uploaded_files where id = ?`,
    [id],
  );
  if (row === null) throw new Error('a file that holds keys is not there');
  return row;
}

/** Name of the staging tables of a file that is read again for a run; the sweeper of staging drops what a killed one leaves. */
export function stagingAgain(fileId: string, undo: { id: string; fence: string }): Staging {
  return stagingOf(fileId, `u${undo.id.slice(0, 8)}${undo.fence}`);
}

export function dropAgain(deps: ProcessDeps, stagings: readonly Staging[]): Promise<void> {
  return withConnection(deps.db, async (client) => {
    for (const staging of stagings) await dropStaging(client, staging);
  });
}

/** @throws BytesMissing */
export async function stageAgain(deps: ProcessDeps, file: LoadedFile, staging: Staging, signal: AbortSignal): Promise<LoadEnd> {
  const source = sources[file.source];
  const local = await deps.store.openLocal(file.storage_key, signal).catch((error: unknown) => {
    throw error instanceof StoredFileMissingError ? new BytesMissing(file, { cause: error }) : error;
  });
  const held: HeldConnection[] = [];
  const sink = async (): Promise<HeldConnection> => {
    const connection = await openConnection(deps.db);
    held.push(connection);
    await connection.client.query('set statement_timeout = 0; set lock_timeout = 0');
    return connection;
  };
  const giveBack = async (error?: unknown): Promise<void> => {
    await Promise.all(held.splice(0).map((connection) => connection.release(error)));
  };
  try {
    const end = await runLoad({
      path: local.path,
      name: file.name,
      sizeBytes: Number(file.size_bytes),
      overrides: file.recognition?.overrides ?? {},
      limits: DEFAULT_READ_LIMITS,
      caps: deps.readerCaps,
      signal,
      onStderr: (tail) => deps.logger.warn('reader child wrote', { tail }),
      onProbe: () =>
        Promise.resolve({
          source: file.source,
          sheets: file.recognition?.sheets ?? [file.recognition?.sheet ?? null],
          ...(file.corrects === null ? {} : { corrects: file.corrects }),
        }),
      async openRows() {
        const { client } = await sink();
        await createStaging(client, staging, source);
        return copyRowsInto(client, staging, source);
      },
      async openRejects() {
        const { client } = await sink();
        return copyRejectsInto(client, staging);
      },
      onRestart: () => giveBack(new Error('the file is read again')),
    });
    if (end === null) throw new Error('the reader child ended without a probe');
    if (source.name === 'happy_workers') await withConnection(deps.db, (client) => numberCartRows(client, staging));
    await Promise.all(held.map(({ client }) => client.query('reset statement_timeout; reset lock_timeout')));
    await giveBack();
    return end;
  } catch (error) {
    await giveBack(error);
    throw error;
  } finally {
    await local.release();
  }
}
