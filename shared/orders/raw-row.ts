/**
 * The row that gave a record its values, read again from the stored file, in a child process as ever. Few at once, and
 * one of a person: each may read a large file up to its row.
 */
import type { Db } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { unavailable } from '../errors.ts';
import { runReadRow } from '../ingest/child/run-reader.ts';
import type { MappingOverrides } from '../ingest/child/protocol.ts';
import { DEFAULT_READ_LIMITS } from '../ingest/readers/limits.ts';
import { FileFault } from '../ingest/readers/reader.ts';
import { sources } from '../ingest/sources/index.ts';
import { createTurns } from '../limits/turns.ts';
import type { Logger } from '../logger.ts';
import { type FileStore, StoredFileMissingError } from '../storage/file-store.ts';
import { laterRowsSql } from './field-origins.ts';
import type { RawRowView } from './order-schema.ts';
import type { RecordRef } from './records.ts';

const OF_ALL = { atOnce: 3, waiting: 20, waitMs: 20_000 };
const OF_ONE_PERSON = { atOnce: 1, waiting: 4, waitMs: 20_000 };
const DEADLINE_MS = 60_000;

export interface RawRowReader {
  userId: string;
  /** aborted when they have gone */
  signal: AbortSignal;
}

export interface RawRows {
  /**
   * The row that gave `field` (its canonical name) the value it has; without a field, the row that last gave the record
   * any value. null when the file has no such row any more.
   * @throws AppError service_unavailable when the bytes cannot be had now, rate_limited after too long a wait
   */
  read(record: RecordRef & { recordId: string }, field: string | null, by: RawRowReader): Promise<RawRowView | null>;
}

interface Origin {
  file_id: string;
  file_name: string;
  sheet: string | null;
  source_row: string;
  storage_key: string;
  size_bytes: string;
  overrides: MappingOverrides;
  recognition: { headerRow?: number | null; delimiter?: string | null; encoding?: string | null } | null;
}

export function createRawRows({ db, store, logger }: { db: Db; store: FileStore; logger: Logger }): RawRows {
  const [all, own] = [createTurns(OF_ALL), createTurns(OF_ONE_PERSON)];

  async function inTurn<T>({ userId, signal }: RawRowReader, work: () => Promise<T>): Promise<T> {
    const giveBackOwn = await own.take(userId, signal);
    try {
      const giveBack = await all.take('everybody', signal);
      return await work().finally(giveBack);
    } finally {
      giveBackOwn();
    }
  }

  return {
    async read(record, field, by) {
      const { signal } = by;
      const origin = await selectRow<Origin>(
        db,
        `select f.id as file_id, f.name as file_name,
          case when c.file_id is null then r.sheet else c.sheet end as sheet,
           coalesce(c.source_row, r.source_row) as source_row, f.storage_key, f.size_bytes, f.overrides, f.recognition
         from ${sources[record.source].table} r
         left join lateral (${laterRowsSql(field)} limit 1) c on true
         join uploaded_files f on f.id = coalesce(c.file_id, r.file_id) where r.id = ?`,
        [record.source, ...(field === null ? [] : [field]), record.id],
      );
      if (origin === null) return null;
      const { recognition } = origin;
      // as the file was read then: what was found out goes in as if the operator had said it
      const found = {
        headerRow: recognition?.headerRow,
        delimiter: recognition?.delimiter,
        encoding: recognition?.encoding,
        ...origin.overrides,
        source: record.source,
      };
      const overrides = Object.fromEntries(
        Object.entries(found).filter(([, value]) => value !== null && value !== undefined),
      ) as MappingOverrides;
      return inTurn(by, async () => {
        signal.throwIfAborted();
        try {
          const local = await store.openLocal(origin.storage_key, signal);
          try {
            const { header, row } = await runReadRow({
              path: local.path,
              sizeBytes: Number(origin.size_bytes),
              limits: DEFAULT_READ_LIMITS,
              caps: { deadlineMs: DEADLINE_MS },
              signal,
              overrides,
              sheet: origin.sheet,
              row: Number(origin.source_row),
            });
            if (row === null) return null;
            const { file_id: fileId, file_name: fileName, sheet } = origin;
            return { recordId: record.recordId, fileId, fileName, sheet, row: row.row, header, cells: row.cells };
          } finally {
            await local.release();
          }
        } catch (error) {
          if (error instanceof StoredFileMissingError) throw unavailable(error, 60);
          // it could be read once; what stops it now is this machine
          if (error instanceof FileFault) {
            logger.warn('a row could not be read again', { fileId: origin.file_id, code: error.code });
            throw unavailable(error, 60);
          }
          throw error;
        }
      });
    },
  };
}
