/** A query read in batches inside its transaction: the database keeps the place, this process keeps one batch. */
import type { Knex } from 'knex';
import { selectRows } from '../db/rows.ts';

const BATCH_ROWS = 1_000;

/** One cursor of this name at a time and transaction. The signal is asked before each batch. */
export async function* readBatches<Row>(
  trx: Knex.Transaction,
  query: { sql: string; bindings: readonly unknown[] },
  signal: AbortSignal,
): AsyncGenerator<Row[]> {
  // Everything will be read: the server would plan for the first rows, with a nested loop that takes minutes for
  // millions.
  await trx.raw('set local cursor_tuple_fraction = 1');
  await trx.raw(`declare export_rows no scroll cursor for ${query.sql}`, query.bindings as never);
  for (;;) {
    signal.throwIfAborted();
    const rows = await selectRows<Row>(trx, `fetch ${BATCH_ROWS} from export_rows`);
    if (rows.length === 0) break;
    yield rows;
    if (rows.length < BATCH_ROWS) break;
  }
  await trx.raw('close export_rows');
}
