/** Files that were loaded before their keys were noted are looked through once. */
import { connectionOf } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { namedBy } from '../ingest/merging/name-sql.ts';
import type { ProcessDeps } from '../ingest/process-deps.ts';
import { sources } from '../ingest/sources/index.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { coveredBy, noteCovered, noteKeys, noteNames } from '../ingest/file-effects.ts';
import { saysSomething } from '../reconcile/coverage.ts';
import { dropAgain, findLoaded, stageAgain, stagingAgain } from './stage-again.ts';

/** @throws BytesMissing */
export async function lookThrough(
  deps: ProcessDeps,
  sourceName: SourceName,
  undo: { id: string; fence: string },
  signal: AbortSignal,
): Promise<void> {
  const unknown = await selectRows<{ id: string }>(
    deps.db,
    `select id from uploaded_files f where source = ? and status in ('completed', 'completed_with_errors')
       and not exists (select 1 from file_effects e where e.file_id = f.id) order by seq`,
    [sourceName],
  );
  const source = sources[sourceName];
  for (const { id } of unknown) {
    const staging = stagingAgain(id, undo, 0);
    try {
      const file = await deps.db.transaction((trx) => findLoaded(trx, id));
      const end = await stageAgain(deps, file, staging, signal);
      await deps.db.transaction(async (trx) => {
        const client = await connectionOf(trx);
        await client.query('set local statement_timeout = 0');
        await client.query(
          `delete from ${staging.rows}
            where row_index in (select row_index from row_errors where file_id = $1 and severity = 'error')`,
          [id],
        );
        const noted = { fileId: id, source, staging };
        await noteKeys(client, noted);
        if (namedBy(source) !== null) await noteNames(client, noted);
        for (const range of coveredBy(end).filter(saysSomething)) await noteCovered(client, id, range);
      });
    } finally {
      await dropAgain(deps, [staging]);
    }
  }
}
