/** What the taking back of one file comes to, counted in its transaction. */
import type { Client } from 'pg';
import type { SourceName } from '../ingest/sources/source.ts';
import type { Applied } from './record-difference.ts';

export interface ReceiptPart {
  id: string;
  name: string;
  source: SourceName | null;
  rows: { removed: number; restored: number; kept: number };
  fields: { restored: number; kept: number };
  orders: { removed: number; changed: number };
  /** sums in UZS, decimal text; `to` null: the order is gone */
  statuses: { from: string; to: string | null; count: number; sum: string }[];
  issues: { code: string; raised: number; cleared: number }[];
  decisions: { stale: number };
  /** Tashkent instants; lost: no file that is left covers it */
  coverage: { source: SourceName; from: string; to: string; lost: boolean }[];
}

interface Begun {
  file: { id: string; name: string; source: SourceName };
  /** last line of history before */
  lastChange: string;
  fieldsGiven: number;
}

/** Notes what the receipt compares with afterwards. */
export async function beginReceipt(client: Client, file: Begun['file']): Promise<Begun> {
  await client.query(`create temporary table issues_before on commit drop as select order_id, code from order_issues`);
  await client.query(`create temporary table prices_before (id bigint not null, price numeric not null) on commit drop`);
  const { rows } = await client.query<{ last: string; given: number }>(
    `select (select coalesce(max(id), 0) from order_changes) as last,
       (select count(*)::int from order_changes where file_id = $1 and cause = 'file' and change_type in ('filled', 'changed')) as given`,
    [file.id],
  );
  return { file, lastChange: rows[0]?.last ?? '0', fieldsGiven: rows[0]?.given ?? 0 };
}

export async function takeReceipt(client: Client, begun: Begun, applied: Applied & { ordersChanged: number }): Promise<ReceiptPart> {
  const { file, lastChange, fieldsGiven } = begun;
  return {
    ...file,
    rows: { removed: applied.removed, restored: applied.restored, kept: applied.kept },
    fields: { restored: applied.fieldsRestored, kept: Math.max(0, fieldsGiven - applied.fieldsRestored) },
    orders: { removed: applied.ordersRemoved, changed: applied.ordersChanged },
    statuses: await statusesSince(client, lastChange),
    issues: await issuesSince(client),
    decisions: { stale: applied.stale },
    coverage: await coverageOf(client, file),
  };
}

async function statusesSince(client: Client, lastChange: string): Promise<ReceiptPart['statuses']> {
  const { rows } = await client.query<{ from: string; to: string | null; count: number; sum: string }>(
    `select c.old_value as from, c.new_value as to, count(*)::int as count, trim_scale(coalesce(sum(coalesce(o.price, g.price)), 0))::text as sum
     from order_changes c left join orders o on o.id = c.order_id left join prices_before g on g.id = c.order_id
     where c.id > $1 and c.cause = 'undo' and c.field = 'status'
     group by 1, 2 order by 1, 2`,
    [lastChange],
  );
  return rows;
}

async function issuesSince(client: Client): Promise<ReceiptPart['issues']> {
  const { rows } = await client.query<ReceiptPart['issues'][number]>(`
    select code, count(*) filter (where raised)::int as raised, count(*) filter (where not raised)::int as cleared from (
      select code, true as raised from (select order_id, code from order_issues except select order_id, code from issues_before) r
      union all select code, false from (select order_id, code from issues_before except select order_id, code from order_issues) c
    ) d group by code order by code`);
  return rows;
}

/** What the file covered, parted into what is lost with it and what others cover too. */
async function coverageOf(client: Client, file: Begun['file']): Promise<ReceiptPart['coverage']> {
  const shown = (end: string): string => `to_char(${end} at time zone 'Asia/Tashkent', 'YYYY-MM-DD"T"HH24:MI:SS"+05:00"')`;
  const { rows } = await client.query<ReceiptPart['coverage'][number]>(
    `with own as (
       select coalesce(range_agg(c), '{}') as covered from file_effects e cross join unnest(e.covered) c where e.file_id = $1
     ), left_covered as (
       select coalesce(range_agg(tstzrange(covered_from, covered_to, '[]')), '{}') as covered from source_coverage where source = $2
     ), pieces as (
       select unnest(o.covered - l.covered) as piece, true as lost from own o, left_covered l
       union all select unnest(o.covered * l.covered), false from own o, left_covered l
     )
     select $2 as source, ${shown('lower(piece)')} as from, ${shown('upper(piece)')} as to, lost from pieces order by lower(piece)`,
    [file.id, file.source],
  );
  return rows;
}
