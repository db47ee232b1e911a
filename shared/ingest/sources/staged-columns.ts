/** Columns of the tables in which rows of a source wait to be merged. */
import { keptFields, sources } from './index.ts';
import type { FieldType, SourceField } from './source.ts';

const SQL_TYPES: Record<FieldType, string> = {
  text: 'text',
  code: 'text',
  int: 'bigint',
  money: 'numeric(16, 2)',
  timestamp: 'timestamptz',
  date: 'date',
  payment_type: 'text',
  order_type: 'text',
  payment_status: 'text',
  brew_status: 'text',
  gateway_state: 'text',
  receipt_operation: 'text',
};

const columnOf = ({ column, type }: SourceField): string =>
  `${column} ${SQL_TYPES[type]}${column === 'order_number' ? ' collate "C"' : ''}`;

const LEAD = `row_index bigint not null, sheet text, source_row bigint not null, natural_key text collate "C" not null,
      coarse bigint not null default 0`;
/** Of the rows that were refused. */
export const REJECT_COLUMNS_SQL = `row_index bigint not null, sheet text, source_row bigint not null, column_name text,
      field text, code text not null, severity text not null default 'error', params jsonb not null, value text`;

/** Of the rows that were accepted, with these fields. */
export function stagedColumns(fields: readonly SourceField[]): string {
  return [LEAD, ...fields.map(columnOf), 'extra jsonb'].join(', ');
}

/** The kept fields of all sources, each column once. */
export function everyField(): SourceField[] {
  const all = Object.values(sources).flatMap((source) => keptFields(source));
  return [...new Map(all.map((field) => [field.column, field])).values()];
}
