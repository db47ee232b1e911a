import type pg from 'pg';
import { migrations } from '../../../migrations/index.ts';
import type { DoctorCode } from '../codes/entry.ts';
import { expectedSchema } from '../expected-schema.ts';
import { type Ladder, Trouble } from '../ladder.ts';
import { errorCode } from '../wire.ts';
import { ask } from './postgres-login.ts';

export async function checkMigrations(client: pg.Client): Promise<string> {
  const [there] = await ask<{ found: string | null }>(client, `select to_regclass('migrations')::text as found`);
  if (!there?.found) throw new Trouble('postgres.migrations_missing', 'no table migrations');
  const applied = new Set((await ask<{ name: string }>(client, 'select name from migrations')).map(({ name }) => name));
  const known = migrations.map(({ name }) => name);
  if (applied.size === 0) throw new Trouble('postgres.migrations_missing', 'migrations has no row');
  const ahead = [...applied].filter((name) => !known.includes(name));
  if (ahead.length > 0) throw new Trouble('postgres.migrations_ahead', `unknown=${ahead.join(',')}`);
  const pending = known.filter((name) => !applied.has(name));
  if (pending.length > 0) throw new Trouble('postgres.migrations_pending', `pending=${pending.join(',')}`);
  return `last=${known.at(-1) ?? ''} count=${applied.size}`;
}

export async function checkSchema(client: pg.Client): Promise<string> {
  const expected = await expectedSchema();
  const relations = await ask<{ name: string; kind: string; valid: boolean | null }>(
    client,
    `select c.relname as name, c.relkind as kind, i.indisvalid as valid
     from pg_class c
     left join pg_index i on i.indexrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'i', 'I')`,
  );
  const tables = new Set(relations.filter(({ kind }) => kind === 'r' || kind === 'p').map(({ name }) => name));
  const indexes = new Set(
    relations.filter(({ kind, valid }) => (kind === 'i' || kind === 'I') && valid !== false).map(({ name }) => name),
  );
  const missingTables = expected.tables.filter((name) => !tables.has(name));
  if (missingTables.length > 0) throw new Trouble('postgres.table_missing', `missing=${missingTables.join(',')}`);
  const { rows: present } = await client.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and not a.attisdropped`,
  );
  const columns = new Set(present.map(({ name }) => name));
  const wanted = [...expected.columns].flatMap(([table, names]) => [...names].map((name) => `${table}.${name}`));
  const missingColumns = wanted.filter((name) => !columns.has(name));
  if (missingColumns.length > 0) throw new Trouble('postgres.column_missing', `missing=${missingColumns.join(',')}`);
  const missing = [...expected.indexes.keys()].filter((name) => !indexes.has(name));
  if (missing.length > 0) throw new Trouble('postgres.index_missing', `missing=${missing.join(',')}`);
  const [denied] = await ask<{ names: string | null }>(
    client,
    `select string_agg(name, ',') as names from unnest($1::text[]) name
     where not has_table_privilege(name, 'select, insert')`,
    [expected.tables],
  );
  if (denied?.names) throw new Trouble('postgres.permission_denied', `tables=${denied.names}`);
  return `tables=${tables.size} indexes=${indexes.size}`;
}

/** Looking through millions of records must not keep the doctor. */
const RECORDS_LIMIT_MS = 2_000;
const STATEMENT_CANCELLED = '57014';
const MOST_COUNTED = 1_000;

/**
 * Records whose order or file is not there: guards and not keys of the schema keep them (docs/decisions), so that what
 * a stranger's hand or a restore in part left behind shows here. Keys are read in their order, never all rows.
 */
export async function checkRecords(client: pg.Client, ladder: Ladder): Promise<string> {
  const tables = ['happy_workers_orders', 'vendhub_sales', 'fiscal_receipts', 'gateway_payments'];
  const missing = (table: string, column: string, holder: string): string => `
    select '${table}.${column}' as what, (select count(*)::int from (
      select
      from ${table} r
      where not exists (select from ${holder} h where h.id = r.${column})
      limit ${MOST_COUNTED}
    ) found) as count`;
  try {
    await client.query(`begin; set local statement_timeout = ${RECORDS_LIMIT_MS}`);
    const found = await ask<{ what: string; count: number }>(
      client,
      `select what, count from (${[
        ...tables.map((table) => missing(table, 'order_id', 'orders')),
        ...tables.map((table) => missing(table, 'file_id', 'uploaded_files')),
        missing('order_issues', 'order_id', 'orders'),
      ].join(' union all ')}) checked where count > 0`,
    );
    const facts = found.map(({ what, count }) => `${what}=${count}`).join(' ');
    if (found.length > 0) ladder.note('postgres.dangling_records', facts);
    return found.length > 0 ? facts : 'every record has its order and its file';
  } catch (error) {
    if (errorCode(error) !== STATEMENT_CANCELLED) throw error;
    return `not looked through within ${RECORDS_LIMIT_MS} ms`;
  } finally {
    await client.query('rollback');
  }
}

const WRITE_CODES: Readonly<Record<string, DoctorCode>> = {
  '42501': 'postgres.permission_denied',
  '53100': 'postgres.disk_full',
  '25006': 'postgres.read_only',
};

/** Nothing of it stays: the transaction is rolled back. */
export async function writeAndRead(client: pg.Client): Promise<string> {
  await client.query('begin');
  try {
    await client.query(`insert into notices (notice_key, kind) values ('doctor:' || gen_random_uuid(), 'doctor')`);
    const [row] = await ask<{ count: number }>(
      client,
      `select count(*)::int as count from notices where kind = 'doctor'`,
    );
    return `rows written and read=${row?.count}, rolled back`;
  } catch (error) {
    const code = errorCode(error);
    throw new Trouble(WRITE_CODES[code] ?? 'postgres.write_failed', `insert=${code}`, { cause: error });
  } finally {
    await client.query('rollback').catch(() => undefined);
  }
}
