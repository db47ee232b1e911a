/** Orders as the API shows them (api.md section 4). */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { type DecisionRow, decisionsOf, decisionView } from './decision-rows.ts';
import { fieldChangesOf, type ImportFilter } from './field-changes.ts';
import { type Legs, legsOf } from './legs.ts';
import type { OrderRow } from './list-orders.ts';
import type { ListedOrder, OrderView } from './order-schema.ts';
import { reasonsOf } from './reasons.ts';
import { foundBy, type SearchCode } from './search.ts';
import { reasonText } from '../texts/order-reasons.ts';
import type { Lang } from '../texts/languages.ts';

export function orderView(row: OrderRow, legs: Legs, decisions: readonly DecisionRow[]): OrderView {
  const [decision] = decisions;
  return {
    id: row.id,
    orderNumber: row.order_number,
    machineCode: row.machine_code,
    machineName: row.machine_name,
    status: row.status,
    pending: row.pending,
    settled: row.settled,
    issues: row.issues,
    paymentType: row.payment_type,
    price: row.price,
    time: tashkentIso(row.time),
    goodsName: row.goods_name,
    version: row.version,
    lastChange: row.last_change,
    sale: row.sale,
    decision: decision === undefined ? null : decisionView(decision),
    legs,
  };
}

/** In whose words rows are told, and what they were looked for by. */
export interface ViewOptions {
  lang: Lang;
  matching: Pick<MatchingConfig, 'fiscalWindowS'>;
  /** whose changes are told; those of all imports where it names none */
  imports: ImportFilter;
  /** the search text */
  q?: string | undefined;
}

/** Views of rows with their legs, decisions, field changes and reasons: a query for each, for all of them. */
export async function orderViews(
  db: DbOrTransaction,
  rows: readonly OrderRow[],
  { lang, matching, imports, q }: ViewOptions,
): Promise<ListedOrder[]> {
  const ids = rows.map((row) => row.id);
  const [legs, decisions, changes, reasons, found] = await Promise.all([
    legsOf(db, ids),
    decisionsOf(db, ids),
    fieldChangesOf(db, ids, imports),
    reasonsOf(db, ids, matching),
    q === undefined ? new Map<string, SearchCode[]>() : foundBy(db, q, ids),
  ]);
  return rows.map((row) => {
    const reason = reasons.get(row.id);
    const why = reason?.why ?? null;
    return {
      ...orderView(row, legs.get(row.id) as Legs, decisions.get(row.id) ?? []),
      changes: changes.get(row.id) ?? [],
      difference: reason?.difference ?? null,
      why: why === null ? null : { ...why, message: reasonText(why.code, why.params, lang) },
      found: found.get(row.id) ?? [],
    };
  });
}
