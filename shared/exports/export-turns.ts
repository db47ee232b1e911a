/**
 * Whose export is written next. A job only says that something waits: which row is taken is decided when a place is
 * free, so that twenty exports of one person do not stand before the one of another.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { isStatementStopped } from '../db/faults.ts';
import { selectRow } from '../db/rows.ts';
import { orderConditions, whereOf } from '../orders/order-filter.ts';
import type { ExportRequest } from './export-kinds.ts';

/** Rows up to which an export is small: a few seconds' work in any format. */
export const SMALL_ROWS = 20_000;
const COUNT_LIMIT_MS = 1_000;

/** In each process one place of EXPORTS_AT_ONCE is kept for small ones: a large one may take half an hour. */
export const EXPORTS_AT_ONCE = 2;

/**
 * The row that is due next: of whoever has none at work before others, small ones before large ones, then of whoever
 * was served longest ago, then the oldest. Null when none is due.
 * @param onlySmall the places for large ones are taken
 */
export async function nextExport(
  db: DbOrTransaction,
  { onlySmall }: { onlySmall: boolean },
): Promise<{ id: string; small: boolean } | null> {
  return selectRow<{ id: string; small: boolean }>(
    db,
    `with at_work as (
       select created_by, count(*) as n from exports where status = 'processing' and lease_until >= clock_timestamp()
       group by 1
     ), served as (
       select created_by, max(claimed_at) as at from exports group by 1
     )
     select e.id, e.small
     from exports e
     left join at_work w using (created_by)
     left join served s using (created_by)
     where (e.status = 'queued' and e.next_attempt_at <= clock_timestamp() or e.status = 'processing'
       and e.lease_until < clock_timestamp())
       and (e.small or not ?)
     order by coalesce(w.n, 0), e.small desc, s.at nulls first, e.created_at, e.id limit 1`,
    [onlySmall],
  );
}

/** Whether it is known to hold few rows; counted no further than that, and not for long. */
export async function isSmall(trx: DbOrTransaction, request: ExportRequest): Promise<boolean> {
  if (request.kind === 'analytics') return true;
  if (request.kind === 'errors') return isWithin(trx, 'from row_errors where file_id = ?', [request.filter.fileId]);
  const { fileId, ...filter } = { fileId: undefined, ...request.filter };
  const where = whereOf(await orderConditions(trx, filter));
  if (request.kind === 'orders') return isWithin(trx, `from orders o where ${where.sql}`, where.bindings);
  if (fileId !== undefined)
    return isWithin(
      trx,
      `from order_changes c join orders o on o.id = c.order_id
       where ${where.sql} and c.file_id = ?`,
      [...where.bindings, fileId],
    );
  // order by order, however many more lines there are of others
  return isWithin(
    trx,
    `from orders o cross join lateral (
       select from order_changes c where c.order_id = o.id limit ${SMALL_ROWS + 1}
     ) changes
     where ${where.sql}`,
    where.bindings,
  );
}

async function isWithin(trx: DbOrTransaction, from: string, bindings: readonly unknown[]): Promise<boolean> {
  try {
    return await trx.transaction(async (inner) => {
      await inner.raw(`set local statement_timeout = ${COUNT_LIMIT_MS}`);
      const row = await selectRow<{ count: number }>(
        inner,
        `select count(*)::int as count from (select 1 ${from} limit ${SMALL_ROWS + 1}) counted`,
        bindings,
      );
      await inner.raw('set local statement_timeout to default');
      return (row?.count ?? 0) <= SMALL_ROWS;
    });
  } catch (error) {
    if (isStatementStopped(error)) return false;
    throw error;
  }
}
