/** Applying what was looked at: the files run for real, accepted now and in the order in which they were seen. */
import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { AppError } from '../errors.ts';
import { announcePlacing } from '../ingest/order-of-acceptance.ts';
import { refreshSession } from '../ingest/session-state.ts';
import { type ActionDeps, startNewRun } from './file-actions.ts';
import type { Uploader } from './accept-upload.ts';

interface SeenFile {
  id: string;
  session_id: string;
  is_container: boolean;
}

/** What is applied: a file with what it holds, or all files of a session that were seen. */
export type Applied = { fileId: string } | { sessionId: string };

/** @throws AppError not_found; conflict: nothing of it has been looked at and waits to be applied */
export async function applyPreviews({ db }: ActionDeps, of: Applied, by: Uploader): Promise<void> {
  await transactionWithKnownEnd(db, async (trx) => {
    const files = await seenFiles(trx, of);
    await announcePlacing(trx);
    for (const file of files) {
      await execute(trx, 'update uploaded_files set preview = false, came_out = null, seq = default where id = ?', [
        file.id,
      ]);
      if (file.is_container)
        await execute(
          trx,
          `update uploaded_files set status = 'completed', completed_at = clock_timestamp() where id = ?`,
          [file.id],
        );
      else await startNewRun(trx, { ...file, preview: false }, null);
    }
    await refreshSession(trx, (files[0] as SeenFile).session_id);
    await recordAudit(trx, {
      actorId: by.userId,
      action: 'files.applied',
      subject: 'fileId' in of ? `file:${of.fileId}` : `session:${of.sessionId}`,
      address: by.address,
      requestId: by.requestId,
      details: { files: files.length },
    });
  });
}

async function seenFiles(trx: Knex.Transaction, of: Applied): Promise<SeenFile[]> {
  const [start, id] = 'fileId' in of ? ['id = ?', of.fileId] : ['session_id = ?', of.sessionId];
  const files = await selectRows<SeenFile>(
    trx,
    `with recursive wanted as (
       select id from uploaded_files where ${start}
       union
       select f.id from uploaded_files f join wanted w on f.parent_id = w.id
     )
     select f.id, f.session_id, exists (select 1 from uploaded_files m where m.parent_id = f.id) as is_container
     from uploaded_files f
     where f.id in (select id from wanted) and f.preview and f.status = 'previewed'
     order by f.seq
     for update`,
    [id],
  );
  if (files.length > 0) return files;
  const table = 'fileId' in of ? 'uploaded_files' : 'processing_sessions';
  if ((await selectRow(trx, `select 1 from ${table} where id = ?`, [id])) === null) throw new AppError('not_found');
  throw new AppError('conflict', { details: { reason: 'nothing_previewed' } });
}
