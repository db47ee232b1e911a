/**
 * Whether a file means the records whose keys it names. Ids that a system started again at the same number would
 * silently overwrite another month (rules.md 4.1): such a file is held and the operator asked. Where he took its rows
 * as new ones, their keys carry the month of their time, and later files that name the same keys and month mean those.
 */
import type { Client } from 'pg';
import { emptyWorkTable } from '../reconcile/work-tables.ts';
import { columnOf } from './merging/terms.ts';
import type { Source } from './sources/source.ts';
import type { Staging } from './staging.ts';

/** What the operator said about rows that would replace others: they are new, or they do replace them. */
export type Identities = 'new' | 'replace';

/** Above this share of a file's rows, and from this number on, somebody is asked. */
const MOST_REPLACED_SHARE = 0.05;
const FEWEST_REPLACED = 20;
/** A correction moves a time by less. */
const SAME_RECORD = `interval '7 days'`;
const SAMPLES = 3;

/** The file waits for the operator's word; nothing of it was merged. */
export class RecordsWouldBeReplaced extends Error {
  readonly params: Record<string, string | number>;

  constructor(params: Record<string, string | number>) {
    super(`${params['count']} of ${params['rows']} rows would replace other records`);
    this.name = 'RecordsWouldBeReplaced';
    this.params = params;
  }
}

export interface IdentityInput {
  client: Client;
  source: Source;
  staging: Staging;
  /** order of acceptance */
  seq: string;
  /** rows staged */
  staged: number;
  /** null = not asked yet */
  identities: Identities | null;
}

/**
 * Looks at the rows in `matches` that change what a record is, and gives those of another period a key of their own.
 * @returns true when keys were changed, so that `matches` must be found anew
 * @throws RecordsWouldBeReplaced
 */
export async function resolveIdentities(input: IdentityInput): Promise<boolean> {
  const { client, source, staging, identities, staged } = input;
  const time = columnOf(source, source.timeField);
  const numbered = source.table === 'vendhub_sales';
  const join = source.table === 'gateway_payments' ? `and r.gateway = '${source.name}'` : '';
  // Rows of a file accepted before one that is loaded already change nothing, yet they may mean other records all the
  // same.
  const rows = !(await isOvertaken(input))
    ? `work_matches m join ${staging.rows} s on s.row_index = m.row_index
      join ${source.table} r on r.order_id = m.order_id and r.id = m.record_id`
    : `${staging.rows} s join ${source.table} r on r.natural_key = s.natural_key ${join}`;
  const found = await client.query(`
    insert into work_collisions (row_index, natural_key, period_key, old_number, new_number, old_time, new_time)
    select s.row_index, s.natural_key,
      s.natural_key || '@' || to_char(s.${time} at time zone 'Asia/Tashkent', 'YYYY-MM') as period_key,
      ${numbered ? 'r.order_number' : 'null'} as old_number, ${numbered ? 's.order_number' : 'null'} as new_number,
      r.${time} as old_time, s.${time} as new_time
    from ${rows}
    where ${numbered ? 's.order_number <> r.order_number or ' : ''}
      s.${time} not between r.${time} - ${SAME_RECORD} and r.${time} + ${SAME_RECORD}`);
  const collided = found.rowCount ?? 0;
  if (collided === 0) return false;
  const known = `exists (select 1 from ${source.table} r where r.natural_key = c.period_key ${join})`;
  const renamed = await client.query(`
    update ${staging.rows} s set natural_key = c.period_key
    from work_collisions c where s.row_index = c.row_index and ${identities === 'new' ? 'true' : known}`);
  const replaced = collided - (renamed.rowCount ?? 0);
  if (identities === null && replaced >= FEWEST_REPLACED && replaced > staged * MOST_REPLACED_SHARE) {
    throw new RecordsWouldBeReplaced({ count: replaced, rows: staged, ...(await samplesOf(client, known)) });
  }
  await emptyWorkTable(client, 'work_collisions', collided);
  return (renamed.rowCount ?? 0) > 0;
}

/** A file accepted later was quicker. */
export async function isOvertaken({
  client,
  source,
  seq,
}: Pick<IdentityInput, 'client' | 'source' | 'seq'>): Promise<boolean> {
  const overtaken = await client.query(
    `select 1 from uploaded_files
     where seq > $1 and source = $2 and status in ('completed', 'completed_with_errors') limit 1`,
    [seq, source.name],
  );
  return overtaken.rowCount !== 0;
}

/** A few of them, old and new, one text each. */
async function samplesOf(client: Client, known: string): Promise<{ samples: string }> {
  const shown = (column: string): string => `to_char(c.${column} at time zone 'Asia/Tashkent', 'DD.MM.YYYY HH24:MI')`;
  const { rows } = await client.query<{ sample: string }>(`
    select c.natural_key || ': ' || concat_ws(' ', c.old_number, ${shown('old_time')}) || ' → '
      || concat_ws(' ', c.new_number, ${shown('new_time')}) as sample
    from work_collisions c where not ${known} order by c.row_index limit ${SAMPLES}`);
  return { samples: rows.map((row) => row.sample).join('; ') };
}
