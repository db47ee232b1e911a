/** What the taking in of one file comes to beside its counts of rows, told in its transaction. */
import type { Client } from 'pg';
import { type CoveragePiece, coverageOf, type Outcomes, outcomesOf } from '../reconcile/receipt.ts';
import type { SourceName } from './sources/source.ts';

/** Changed values that a receipt shows. */
export const MOST_SAMPLES = 200;

export interface ChangeSample {
  /** null: a receipt or payment that stands alone */
  orderNumber: string | null;
  machineCode: string | null;
  source: SourceName | null;
  field: string;
  oldValue: string | null;
  newValue: string | null;
  changeType: string;
}

export interface FileReceipt extends Outcomes {
  coverage: CoveragePiece[];
  /** lines of history that it writes, changed values of records first */
  samples: ChangeSample[];
}

interface Begun {
  /** last line of history before */
  lastChange: string;
}

/** Notes what the receipt compares with afterwards. Before the work tables are made. */
export async function beginReceipt(client: Client): Promise<Begun> {
  await client.query(
    `create temporary table coverage_before on commit drop as select source, covered_from, covered_to
      from source_coverage`,
  );
  const { rows } = await client.query<{ last: string }>(`select coalesce(max(id), 0) as last from order_changes`);
  return { lastChange: rows[0]?.last ?? '0' };
}

export async function takeReceipt(
  client: Client,
  { lastChange }: Begun,
  file: { id: string; source: SourceName },
): Promise<FileReceipt> {
  return {
    ...(await outcomesOf(client)),
    coverage: await coverageOf(client, file, 'coverage_before'),
    samples: await samplesOf(client, lastChange, file.id),
  };
}

async function samplesOf(client: Client, lastChange: string, fileId: string): Promise<ChangeSample[]> {
  const { rows } = await client.query<ChangeSample>(
    `select o.order_number as "orderNumber", o.machine_code as "machineCode", c.source, c.field,
      c.old_value as "oldValue",
       c.new_value as "newValue", c.change_type as "changeType"
     from order_changes c
     left join orders o on o.id = c.order_id
     where c.file_id = $1 and c.id > $2 and c.cause = 'file'
     order by c.change_type in ('filled', 'changed') desc, c.id
     limit ${MOST_SAMPLES}`,
    [fileId, lastChange],
  );
  return rows;
}
