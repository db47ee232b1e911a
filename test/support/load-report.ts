/**
 * Loads the text of one report through the product's own reading, staging, merge and reconciliation, without the reader
 * child and the outbox: hundreds of small worlds in seconds. The whole way of a file has tests of its own.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import type { MatchingConfig } from '../../shared/config.ts';
import { mergeAndReconcile, type Merged } from '../../shared/ingest/merge-and-reconcile.ts';
import type { Identities } from '../../shared/ingest/merge-identities.ts';
import { csvReader } from '../../shared/ingest/readers/csv-reader.ts';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';
import type { RawRow } from '../../shared/ingest/readers/reader.ts';
import { recogniseTable } from '../../shared/ingest/recognise/recognise.ts';
import { findStatedPeriod } from '../../shared/ingest/recognise/stated-period.ts';
import { createRowMapper } from '../../shared/ingest/row-mapper.ts';
import { sources } from '../../shared/ingest/sources/index.ts';
import type { Source } from '../../shared/ingest/sources/source.ts';
import { copyRowsInto, createStaging, dropStaging, type Staging, stagingOf } from '../../shared/ingest/staging.ts';
import type { Executor } from '../../shared/reconcile/context.ts';
import { takeMergeLock } from '../../shared/reconcile/merge-lock.ts';

export interface LoadedReport extends Merged {
  fileId: string;
}

/** Of the one claim of each file. */
const FENCE = '1';

/** A session and an accepted file row; `seq` is the order of acceptance. */
export async function acceptFile(client: Client, name: string): Promise<{ fileId: string; seq: string }> {
  await client.query(
    `insert into users (email, status, role) values ('loader@example.test', 'approved', 'operator') on conflict
      do nothing`,
  );
  const sessionId = randomUUID();
  const fileId = randomUUID();
  await client.query(
    `insert into processing_sessions (id, created_by) select $1, id from users where email = 'loader@example.test'`,
    [sessionId],
  );
  const { rows } = await client.query<{ seq: string }>(
    // of the claim that its staging tables are named for, or an api beside it would drop them
    `insert into uploaded_files
       (id, session_id, name, size_bytes, sha256, storage_key, status, fence, created_by)
     select $1, $2, $3, 1, $4, $5, 'processing', ${FENCE}, id
     from users
     where email = 'loader@example.test'
     returning seq`,
    [fileId, sessionId, name, createHash('sha256').update(fileId).digest('hex'), fileId],
  );
  return { fileId, seq: rows[0]?.seq as string };
}

export interface StagedReport {
  source: Source;
  staging: Staging;
  /** what it covers, as far as it says */
  covered: { from: string; to: string }[];
}

/** Reads a report into staging tables of the file; rows that are rejected fail the test that made them. */
export async function stageReport(client: Client, fileId: string, text: string, fence = FENCE): Promise<StagedReport> {
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-report-'));
  try {
    const path = join(folder, 'report.csv');
    await writeFile(path, text);
    const rows = await readRows(path);
    const table = recogniseTable(rows.slice(0, 15), { overrides: {}, sheet: null });
    if (table.source === null) throw new Error(`the report is not recognised: ${JSON.stringify(table.question)}`);
    const source = sources[table.source];
    const headerAt = rows.findIndex((row) => row.row === table.headerRow);
    const body = rows.slice(headerAt + 1);
    const mapper = createRowMapper({
      source,
      sheet: null,
      header: table.header,
      columnFields: table.columnFields,
      styles: {},
      sample: body.slice(0, 1000),
    });
    for (const row of body) mapper.push(row);
    const rejects = mapper.takeRejects();
    if (mapper.counts().rejected > 0) throw new Error(`rows were rejected: ${rejects}`);
    const { timeFrom, timeTo } = mapper.finish();
    const stated = findStatedPeriod(rows.slice(0, headerAt));
    const staging = stagingOf(fileId, fence);
    await createStaging(client, staging, source);
    await pipeline(Readable.from([mapper.takeRowBytes()]), copyRowsInto(client, staging, source));
    const covered = timeFrom !== null && timeTo !== null ? [{ from: timeFrom, to: timeTo }] : [];
    return { source, staging, covered: stated === null ? covered : [...covered, stated] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface AcceptedReport {
  fileId: string;
  seq: string;
}

/** Loads an accepted file. */
export async function loadReport(
  client: Client,
  matching: MatchingConfig,
  accepted: AcceptedReport,
  text: string,
  identities: Identities | null = null,
  { receipt = false, executor }: { receipt?: boolean; executor?: Executor } = {},
): Promise<LoadedReport> {
  const staged = await stageReport(client, accepted.fileId, text);
  await client.query('begin');
  await takeMergeLock(client);
  const merged = await mergeStagedReport(client, matching, accepted, { ...staged, identities, receipt, executor });
  await client.query('commit');
  await dropStaging(client, staged.staging);
  return { fileId: accepted.fileId, ...merged };
}

/** The product's merge and reconciliation of a staged report, and its end, in a transaction of the caller's. */
export async function mergeStagedReport(
  client: Client,
  matching: MatchingConfig,
  { fileId, seq }: AcceptedReport,
  {
    receipt,
    executor,
    ...staged
  }: StagedReport & { identities: Identities | null; receipt: boolean; executor?: Executor },
): Promise<Merged> {
  const merged = await mergeAndReconcile(client, { fileId, seq, ...staged }, { matching, receipt, executor });
  await client.query(`update uploaded_files set status = 'completed', source = $2 where id = $1`, [
    fileId,
    staged.source.name,
  ]);
  return merged;
}

async function readRows(path: string): Promise<RawRow[]> {
  const opened = await csvReader.open(path, {
    limits: DEFAULT_READ_LIMITS,
    signal: new AbortController().signal,
    onBytes: () => undefined,
  });
  const rows: RawRow[] = [];
  try {
    for await (const table of opened.tables()) for await (const batch of table.rows) rows.push(...batch);
  } finally {
    await opened.close();
  }
  return rows;
}

/** Everything that reports brought, gone; the schema and the people stay. */
export async function emptyDatabase(client: Client): Promise<void> {
  await client.query(`
    truncate orders, order_issues, order_statuses, order_changes, manual_decisions, happy_workers_orders,
      vendhub_sales, fiscal_receipts, gateway_payments, source_coverage, source_days, machines, goods, row_errors,
      undone_orders, file_effects, undos, uploaded_files, processing_sessions, file_progress
    restart identity cascade`);
}
