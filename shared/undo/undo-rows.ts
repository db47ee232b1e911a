/** Runs that take files back, as rows of undos. */
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { AppError } from '../errors.ts';
import type { ReceiptPart } from './receipt-part.ts';

export interface UndoRow {
  id: string;
  file_ids: string[];
  dry_run: boolean;
  reason: string | null;
  status: 'queued' | 'processing' | 'completed' | 'failed' | 'blocked';
  progress: number;
  blocked_code: string | null;
  blocked_params: Record<string, string | number>;
  parts: ReceiptPart[];
  created_at: Date;
  created_by: string;
  completed_at: Date | null;
}

const COLUMNS =
  'id, file_ids, dry_run, reason, status, progress, blocked_code, blocked_params, parts, created_at, created_by, ' +
  'completed_at';

export function findUndo(db: DbOrTransaction, id: string): Promise<UndoRow | null> {
  return selectRow<UndoRow>(db, `select ${COLUMNS} from undos where id = ?`, [id]);
}

/** The last run over the file, dry ones included. */
export function lastUndoOf(db: DbOrTransaction, fileId: string): Promise<UndoRow | null> {
  return selectRow<UndoRow>(
    db,
    `select ${COLUMNS}
     from undos
     where file_ids @> array[?]::uuid[]
     order by created_at desc, id desc
     limit 1`,
    [fileId],
  );
}

export interface UndoRequest {
  of: { fileId: string } | { sessionId: string };
  dryRun: boolean;
  reason: string | null;
  by: { userId: string; requestId: string; address: string };
}

/** What may be taken back; the others brought nothing. */
const UNDOABLE = `('completed', 'completed_with_errors', 'duplicate', 'queued', 'processing')`;

/**
 * Queues a run over a file with what came out of it, or over all files of a session, newest accepted first.
 * @throws AppError not_found; conflict (nothing of it was loaded, or a run over it is at work)
 */
export async function createUndo(db: Db, { of, dryRun, reason, by }: UndoRequest): Promise<string> {
  return transactionWithKnownEnd(db, async (trx) => {
    // who asks at the same moment waits, and then sees this run
    if (!dryRun) await execute(trx, `select pg_advisory_xact_lock(hashtextextended('vhm24r undos', 0))`, []);
    const fileIds = await filesOf(trx, of);
    if (!dryRun) {
      const open = await selectRow<{ id: string }>(
        trx,
        `select id from undos where not dry_run and status in ('queued', 'processing') and file_ids && ?::uuid[]
          limit 1`,
        [fileIds],
      );
      if (open !== null) throw new AppError('conflict', { details: { reason: 'undo_at_work', undoId: open.id } });
    }
    const id = randomUUID();
    await trx.raw(
      `insert into undos (id, file_ids, dry_run, reason, created_by, address, request_id)
        values (?, ?::uuid[], ?, ?, ?, ?, ?)`,
      [id, fileIds, dryRun, reason, by.userId, by.address, by.requestId],
    );
    if (!dryRun)
      await recordAudit(trx, {
        actorId: by.userId,
        action: 'files.undo_asked',
        subject: 'fileId' in of ? `file:${of.fileId}` : `session:${of.sessionId}`,
        address: by.address,
        requestId: by.requestId,
        details: { undoId: id, files: fileIds.length, reason },
      });
    return id;
  });
}

/** What came out of these files meanwhile (a duplicate was unfolded) and may be taken back, newest accepted first. */
export async function membersBeside(trx: Knex.Transaction, fileIds: readonly string[]): Promise<string[]> {
  const rows = await selectRows<{ id: string }>(
    trx,
    `with recursive inside as (
       select id, seq, status from uploaded_files where parent_id = any (?::uuid[])
       union select f.id, f.seq, f.status from uploaded_files f join inside i on f.parent_id = i.id
     )
     select id
     from inside
     where status in ${UNDOABLE} and id <> all (?::uuid[])
     order by seq desc`,
    [fileIds, fileIds],
  );
  return rows.map(({ id }) => id);
}

async function filesOf(trx: Knex.Transaction, of: UndoRequest['of']): Promise<string[]> {
  const [start, value] = 'fileId' in of ? ['id = ?', of.fileId] : ['session_id = ?', of.sessionId];
  const rows = await selectRows<{ id: string; undoable: boolean }>(
    trx,
    `with recursive wanted as (
       select id, seq, status from uploaded_files where ${start}
       union select f.id, f.seq, f.status from uploaded_files f join wanted w on f.parent_id = w.id
     ) select id, status in ${UNDOABLE} as undoable from wanted order by seq desc`,
    [value],
  );
  if (rows.length === 0) throw new AppError('not_found');
  const undoable = rows.filter((row) => row.undoable).map((row) => row.id);
  if (undoable.length === 0) throw new AppError('conflict', { details: { reason: 'nothing_to_undo' } });
  return undoable;
}
