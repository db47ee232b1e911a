/** Where the records of orders come from: the legs of GET /orders. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { SOURCE_NAMES } from '../ingest/sources/index.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import type { Leg, LegRecord } from './order-schema.ts';
import { happyWorkersKey, recordIdOf } from './records.ts';

/** The first record of a source is the one of the earliest time, then of the lowest key. */
export type Legs = Record<SourceName, Leg | null>;

interface LegRow {
  source: SourceName;
  order_id: string;
  id: string;
  natural_key: string;
  order_number: string | null;
  machine_code: string | null;
  file_id: string;
  sheet: string | null;
  source_row: string;
}

const NO_LEGS = Object.fromEntries(SOURCE_NAMES.map((name) => [name, null])) as Legs;

/** Legs by order id, one query for all. */
export async function legsOf(db: DbOrTransaction, orderIds: readonly string[]): Promise<Map<string, Legs>> {
  const legs = new Map<string, Legs>(orderIds.map((id) => [id, { ...NO_LEGS }]));
  if (orderIds.length === 0) return legs;
  const ids = [...orderIds];
  const rows = await selectRows<LegRow>(
    db,
    `select * from (
       select 'happy_workers' as source, order_id, id, natural_key, order_number, machine_code, file_id, sheet,
         source_row, creation_time as time
       from happy_workers_orders where order_id = any(?::bigint[])
       union all
       select 'vendhub', order_id, id, natural_key, null, null, file_id, sheet, source_row, event_time
       from vendhub_sales where order_id = any(?::bigint[])
       union all
       select 'fiscal_bills', order_id, id, natural_key, null, null, file_id, sheet, source_row, fiscal_time
       from fiscal_receipts where order_id = any(?::bigint[])
       union all
       select gateway, order_id, id, natural_key, null, null, file_id, sheet, source_row, transaction_time
       from gateway_payments where order_id = any(?::bigint[])
     ) records order by order_id, time, natural_key collate "C"`,
    [ids, ids, ids, ids],
  );
  const machines = new Map<string, Set<string>>();
  for (const { order_id: orderId, machine_code: machine } of rows) {
    if (machine !== null) machines.set(orderId, (machines.get(orderId) ?? new Set()).add(machine));
  }
  for (const row of rows) {
    const legsOfOrder = legs.get(row.order_id);
    if (legsOfOrder === undefined) continue;
    const record: LegRecord = {
      recordId: recordIdOf(row),
      key: keyOf(row, (machines.get(row.order_id)?.size ?? 0) > 1),
      fileId: row.file_id,
      sheet: row.sheet,
      row: Number(row.source_row),
    };
    const first = legsOfOrder[row.source];
    if (first === null) legsOfOrder[row.source] = record;
    else (first.more ??= []).push(record);
  }
  return legs;
}

function keyOf(row: LegRow, withMachine: boolean): string {
  if (row.source !== 'happy_workers') return row.natural_key;
  return happyWorkersKey(
    { naturalKey: row.natural_key, orderNumber: row.order_number ?? '', machineCode: row.machine_code ?? '' },
    { withMachine },
  );
}
