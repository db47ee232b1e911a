/**
 * Staging: an unlogged table per file and claim that COPY fills and one merge empties. A table of its own keeps claims
 * apart and costs no bloat; the sweeper drops those whose claim is gone.
 */
import type { Writable } from 'node:stream';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { keptFields } from './sources/index.ts';
import type { Source } from './sources/source.ts';
import { REJECT_COLUMNS_SQL, stagedColumns } from './sources/staged-columns.ts';
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

/** The work tables in which a transaction has the rows of a small file (held-rows.ts). */
export const HELD_STAGING: Staging = { rows: 'work_staged', rejects: 'work_rejects' };

/** Makes both tables, empty. */
export async function createStaging(client: Client, staging: Staging, source: Source): Promise<void> {
  await client.query(`
    drop table if exists ${staging.rows}, ${staging.rejects};
    create unlogged table ${staging.rows} (${stagedColumns(keptFields(source))})
      with (autovacuum_enabled = false);
    create unlogged table ${staging.rejects} (${REJECT_COLUMNS_SQL}) with (autovacuum_enabled = false)`);
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
