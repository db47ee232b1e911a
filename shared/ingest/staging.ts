/**
 * Staging: an unlogged table per file and claim that COPY fills and one merge empties. A table of its own keeps claims
 * apart and costs no bloat; the sweeper drops those whose claim is gone.
 */
import type { Writable } from 'node:stream';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { FieldType, Source } from './sources/source.ts';
import { keptFields } from './sources/index.ts';
import { REJECT_COLUMNS, STAGING_LEAD } from './child/protocol.ts';

export interface Staging {
  rows: string;
  rejects: string;
}

/**
 * Names of the staging tables of a claim: schema staging, f_ (rows) and e_ (rejects), the file's id without dashes, the
 * fence.
 */
export function stagingOf(fileId: string, fence: string): Staging {
  const suffix = `${fileId.replaceAll('-', '')}_${fence}`;
  return { rows: `staging.f_${suffix}`, rejects: `staging.e_${suffix}` };
}

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

/** Makes both tables, empty. */
export async function createStaging(client: Client, staging: Staging, source: Source): Promise<void> {
  const columns = keptFields(source).map(
    (field) => `${field.column} ${SQL_TYPES[field.type]}${field.column === 'order_number' ? ' collate "C"' : ''}`,
  );
  await client.query(`
    drop table if exists ${staging.rows}, ${staging.rejects};
    create unlogged table ${staging.rows} (
      row_index bigint not null, sheet text, source_row bigint not null, natural_key text collate "C" not null,
      coarse bigint not null default 0, ${columns.join(', ')}, extra jsonb
    ) with (autovacuum_enabled = false);
    create unlogged table ${staging.rejects} (
      row_index bigint not null, sheet text, source_row bigint not null, column_name text, field text,
        code text not null,
      severity text not null default 'error', params jsonb not null, value text
    ) with (autovacuum_enabled = false)`);
}

export async function dropStaging(client: Client, staging: Staging): Promise<void> {
  await client.query(`drop table if exists ${staging.rows}, ${staging.rejects}`);
}

/** A sink for COPY text of accepted rows. */
export function copyRowsInto(client: Client, staging: Staging, source: Source): Writable {
  const columns = [...STAGING_LEAD, ...keptFields(source).map((field) => field.column), 'extra'];
  return client.query(copyFrom(`copy ${staging.rows} (${columns.join(', ')}) from stdin`));
}

/** A sink for COPY text of rejected rows. */
export function copyRejectsInto(client: Client, staging: Staging): Writable {
  return client.query(copyFrom(`copy ${staging.rejects} (${REJECT_COLUMNS.join(', ')}) from stdin`));
}
