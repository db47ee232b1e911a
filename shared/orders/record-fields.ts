/** Source records in full: every canonical field in camelCase beside where the record comes from. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { keptFields, SOURCE_NAMES, sources } from '../ingest/sources/index.ts';
import type { SourceField, SourceName } from '../ingest/sources/source.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { fieldOriginsOf } from './field-origins.ts';
import type { Legs } from './legs.ts';
import type { Leg, LegRecord, ValueOrigin } from './order-schema.ts';
import { camelCase, parseRecordId } from './records.ts';

/** A record of a leg with its canonical fields: money as decimal text, times ISO 8601, identifiers text. */
export type FullRecord = LegRecord & {
  fileName: string;
  extra: Record<string, string> | null;
  origins: Record<string, ValueOrigin>;
} & Record<string, unknown>;
export type FullLeg = FullRecord & { more?: FullRecord[] };
export type FullLegs = Record<SourceName, FullLeg | null>;

function selectOf(field: SourceField & { column: string }): string {
  const column = `r.${field.column}`;
  if (field.type === 'money') return `trim_scale(${column})::text`;
  if (field.type === 'date' || field.type === 'int') return `${column}::text`;
  return column;
}

function shown(field: SourceField, value: unknown): unknown {
  if (value instanceof Date) return tashkentIso(value);
  // whole numbers that count something; ids stay text
  if (field.type === 'int' && value !== null && !field.name.endsWith('_id')) return Number(value);
  return value;
}

/** Reads the records that the legs name, one query a source that has any. */
export async function fullLegs(db: DbOrTransaction, legs: Legs): Promise<FullLegs> {
  const full = Object.fromEntries(SOURCE_NAMES.map((name) => [name, null])) as FullLegs;
  for (const [source, leg] of Object.entries(legs) as [SourceName, Leg | null][]) {
    if (leg === null) continue;
    const { more, ...first } = leg;
    const records = [first, ...(more ?? [])];
    const fields = await fieldsOf(
      db,
      source,
      records.map((record) => parseRecordId(record.recordId)?.id ?? '0'),
    );
    const [head, ...others] = records.map((record) => ({ ...record, ...fields.get(record.recordId) }) as FullRecord);
    full[source] = { ...(head as FullRecord), ...(others.length === 0 ? {} : { more: others }) };
  }
  return full;
}

async function fieldsOf(
  db: DbOrTransaction,
  source: SourceName,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const definition = sources[source];
  const fields = keptFields(definition);
  const rows = await selectRows<Record<string, unknown>>(
    db,
    `select r.id, f.name as file_name, r.extra, ${fields.map((field, at) => `${selectOf(field)} as f${at}`).join(', ')}
     from ${definition.table} r
     join uploaded_files f on f.id = r.file_id
     where r.id = any(?::bigint[])`,
    [[...ids]],
  );
  const origins = await fieldOriginsOf(db, source, ids);
  return new Map(
    rows.map((row) => [
      `${source}-${String(row['id'])}`,
      {
        fileName: row['file_name'],
        ...Object.fromEntries(fields.map((field, at) => [camelCase(field.name), shown(field, row[`f${at}`])])),
        extra: row['extra'],
        origins: origins.get(String(row['id'])) ?? {},
      },
    ]),
  );
}
