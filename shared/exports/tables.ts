/** From a request to the sheets it asks for. */
import { analyticsTables } from './analytics-tables.ts';
import { changesTable } from './changes-table.ts';
import { errorsTable } from './errors-table.ts';
import type { ExportRequest } from './export-kinds.ts';
import { ordersTable } from './orders-table.ts';
import type { TableContext, Tables } from './table-context.ts';

export function openTables(context: TableContext, request: ExportRequest): Promise<Tables> {
  if (request.kind === 'orders') return ordersTable(context, request.filter);
  if (request.kind === 'changes') return changesTable(context, request.filter);
  if (request.kind === 'errors') return errorsTable(context, request.filter);
  return analyticsTables(context, request.filter);
}
