/**
 * What the statements of a merge are made of: joins, comparisons and assignments, from the definition of the source.
 */
import { keptFields } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import type { Staging } from '../staging.ts';

export interface MergeField {
  name: string;
  column: string;
  /** of the field, or `extra`: what the report holds beside its fields */
  type: string;
  forwardOnly: readonly string[] | undefined;
}

/** Rows are `s` in the staging, records `r` in the table of the source, matches `m`. */
export interface MergeTerms {
  source: Source;
  staging: Staging;
  table: Source['table'];
  isOrders: boolean;
  isGateway: boolean;
  /** the kept fields, then `extra` */
  fields: readonly MergeField[];
  /** condition: the row names the record */
  join: string;
  /** of a match to its row */
  rowOfMatch: string;
  /** of a match to its record */
  recordOfMatch: string;
  /** work table that is told of records, alone and with its column */
  touchedTable: 'work_touched_orders' | 'work_touched_receipts' | 'work_touched_payments';
  touched: string;
  /** that column in the record */
  touchedColumn: string;
  /** the value that a row gives the column */
  incoming(column: string): string;
  /** whether the match sets the n-th field */
  isSet(index: number): string;
  /** whether the match sets the field of this name */
  setsField(isField: (field: MergeField) => boolean): string;
  /** condition: the row belongs to this round; null = there are no rounds */
  inRound(version: number | null): string;
}

export function mergeTerms(source: Source, staging: Staging): MergeTerms {
  const { table } = source;
  const isGateway = table === 'gateway_payments';
  const isOrders = table === 'happy_workers_orders' || table === 'vendhub_sales';
  const fields: MergeField[] = [
    ...keptFields(source).map((field) => ({
      name: field.name,
      column: field.column,
      type: field.type,
      forwardOnly: field.forwardOnly,
    })),
    { name: 'extra', column: 'extra', type: 'extra', forwardOnly: undefined },
  ];
  const isSet = (index: number): string => `m.sets[${index + 1}]`;
  const touchedTable = isOrders
    ? 'work_touched_orders'
    : table === 'fiscal_receipts'
      ? 'work_touched_receipts'
      : 'work_touched_payments';
  const touchedColumn = isOrders ? 'order_id' : 'id';
  return {
    source,
    staging,
    table,
    isOrders,
    isGateway,
    fields,
    join: `r.natural_key = s.natural_key${isGateway ? ` and r.gateway = '${source.name}'` : ''}`,
    rowOfMatch: `join ${staging.rows} s on s.row_index = m.row_index`,
    recordOfMatch: `join ${table} r on r.order_id = m.order_id and r.id = m.record_id`,
    touchedTable,
    touched: `${touchedTable} (${touchedColumn})`,
    touchedColumn,
    incoming: (column) => (column === 'extra' ? `(coalesce(r.extra, '{}') || s.extra)` : `s.${column}`),
    isSet,
    setsField: (isField) => isSet(fields.findIndex(isField)),
    inRound(version) {
      if (version === null) return 'true';
      if (version === 1)
        return 'not exists (select 1 from repeats p where p.row_index = s.row_index and p.version is distinct from 1)';
      return `exists (select 1 from repeats p where p.row_index = s.row_index and p.version = ${version})`;
    },
  };
}

/** Shown values of history: instants in Tashkent time, amounts without idle zeros. */
export function shown(expression: string, type: string): string {
  if (type === 'timestamp')
    return `to_char(${expression} at time zone 'Asia/Tashkent', 'YYYY-MM-DD"T"HH24:MI:SS"+05:00"')`;
  if (type === 'money') return `trim_scale(${expression})::text`;
  return `${expression}::text`;
}

/** The Tashkent day of an instant, SQL. */
export function dayOf(instant: string): string {
  return `(${instant} at time zone 'Asia/Tashkent')::date`;
}

export function columnOf(source: Source, fieldName: string): string {
  const column = source.fields.find((field) => field.name === fieldName)?.column;
  if (column === undefined || column === null) throw new Error(`${source.name} has no column for ${fieldName}`);
  return column;
}
