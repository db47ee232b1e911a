/** Reading while writing: the database is at work on the next rows while this process words those before. */
import type { RowBatch, Sheet } from './sheet.ts';

/** So few are written in one go that the answers of the database are taken up, and it is asked on, in between. */
const WRITTEN_AT_ONCE = 200;

/** The same rows in the same order; one batch is read ahead. Ends the reading of rows when it is ended. */
export async function* rowsAhead(rows: Sheet['rows']): AsyncGenerator<RowBatch> {
  const batches = read(rows);
  let next = begun(batches);
  try {
    for (;;) {
      const { done, value: batch } = await next;
      if (done === true) return;
      next = begun(batches);
      for (let from = 0; from < batch.length; from += WRITTEN_AT_ONCE) yield batch.slice(from, from + WRITTEN_AT_ONCE);
    }
  } finally {
    // the statement under way belongs to a transaction that ends next
    await next.catch(() => undefined);
    await batches.return(undefined);
  }
}

async function* read(rows: Sheet['rows']): AsyncGenerator<RowBatch> {
  yield* rows;
}

/** A fault is thrown where the rows are awaited; nobody may be there when it happens. */
function begun(batches: AsyncGenerator<RowBatch>): Promise<IteratorResult<RowBatch>> {
  const next = batches.next();
  next.catch(() => undefined);
  return next;
}
