/** What operators chose for header sets, remembered (rules.md section 3 step 4). */
import { CACHE_TAG_MAPPINGS, type Cache } from '../cache/cache.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import type { ColumnEvidence, MappingOverrides } from './child/protocol.ts';
import { normaliseHeader } from './recognise/headers.ts';

/** The remembered choice for this header set, or null; notes that it was used. */
export async function findMapping(db: Db, signature: string): Promise<MappingOverrides | null> {
  const { rows } = await db.raw<{ rows: { overrides: MappingOverrides }[] }>(
    `update header_mappings set last_used_at = now() where signature = ? returning overrides`,
    [signature],
  );
  return rows[0]?.overrides ?? null;
}

export async function hasMapping(db: Db, signature: string): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>('select 1 from header_mappings where signature = ?', [signature]);
  return rows.length > 0;
}

/** A remembered mapping whose columns are nearly, but not quite, those of a file. */
export interface MappingDrift {
  /** of the remembered header set */
  signature: string;
  source: string;
  /** headers as they stand in the file */
  added: string[];
  /** headers as they were remembered */
  removed: string[];
}

interface MappingRow {
  signature: string;
  source: string;
  headers: string[];
  overrides: MappingOverrides;
}

/** Headers in common among all of both sets, from which on they are taken for the same report. */
const SAME_REPORT = 0.6;
const MOST_MAPPINGS = 500;
/**
 * Ten files that come together ask once. Short, since a process that cannot hear of a new mapping must not miss it for
 * long.
 */
const DRIFT_TTL_MS = 30_000;

export interface MappingLookup {
  db: Db;
  cache: Cache;
}

/**
 * The remembered mapping that comes nearest to these headers without being theirs; null when none is near.
 * @param isRecognised the file is, without the operator's word: only mappings that say otherwise of one of its columns
 */
export async function findDrift(
  lookup: MappingLookup,
  columns: readonly Pick<ColumnEvidence, 'header' | 'field'>[],
  isRecognised: boolean,
): Promise<{ drift: MappingDrift; overrides: MappingOverrides } | null> {
  const rows = await lookup.cache.getOrLoad(
    `mappings:${isRecognised}`,
    { tags: [CACHE_TAG_MAPPINGS], ttlMs: DRIFT_TTL_MS },
    () => latestMappings(lookup.db, isRecognised),
  );
  const own = new Map(columns.map(({ header }) => [normaliseHeader(header), header]));
  const fields = new Map(columns.map(({ header, field }) => [normaliseHeader(header), field]));
  const saysOtherwise = ({ overrides }: MappingRow): boolean =>
    Object.entries(overrides.columns ?? {}).some(([header, chosen]) => {
      const field = fields.get(normaliseHeader(header));
      return field !== undefined && field !== chosen;
    });
  let best: { row: MappingRow; share: number } | null = null;
  for (const row of rows) {
    if (isRecognised && !saysOtherwise(row)) continue;
    const theirs = new Set(row.headers.map(normaliseHeader));
    const common = [...theirs].filter((header) => own.has(header)).length;
    const share = common / (theirs.size + own.size - common);
    if (share >= SAME_REPORT && share < 1 && (best === null || share > best.share)) best = { row, share };
  }
  if (best === null) return null;
  const { signature, source, headers: remembered, overrides } = best.row;
  const theirs = new Set(remembered.map(normaliseHeader));
  const drift = {
    signature,
    source,
    added: [...own].flatMap(([key, header]) => (theirs.has(key) ? [] : [header])),
    removed: remembered.filter((header) => !own.has(normaliseHeader(header))),
  };
  return { drift, overrides };
}

async function latestMappings(db: Db, columnsOnly: boolean): Promise<MappingRow[]> {
  const { rows } = await db.raw<{ rows: MappingRow[] }>(
    `select signature, source, headers, overrides from header_mappings
     where not ? or overrides->'columns' is not null and overrides->'columns' <> '{}'::jsonb
     order by coalesce(last_used_at, created_at) desc limit ${MOST_MAPPINGS}`,
    [columnsOnly],
  );
  return rows;
}

/** The overrides remembered under a signature, with the columns that still exist. */
export async function mappingForHeaders(
  db: DbOrTransaction,
  signature: string,
  headers: readonly string[],
): Promise<MappingOverrides | null> {
  const { rows } = await db.raw<{ rows: MappingRow[] }>(
    'select signature, source, headers, overrides from header_mappings where signature = ?',
    [signature],
  );
  const mapping = rows[0];
  if (mapping === undefined) return null;
  const own = new Set(headers.map(normaliseHeader));
  const columns = Object.entries(mapping.overrides.columns ?? {}).filter(([header]) =>
    own.has(normaliseHeader(header)),
  );
  const { columns: _columns, ...rest } = mapping.overrides;
  const source = mapping.source as MappingOverrides['source'];
  return { ...rest, source, ...(columns.length > 0 ? { columns: Object.fromEntries(columns) } : {}) };
}

export interface RememberedMapping {
  signature: string;
  overrides: MappingOverrides & { source: NonNullable<MappingOverrides['source']> };
  headers: readonly string[];
  userId: string;
}

/** Remembers a choice for every later file with the same header set; the newest choice counts. */
export async function rememberMapping(db: DbOrTransaction, mapping: RememberedMapping): Promise<void> {
  await db.raw(
    `insert into header_mappings (signature, source, headers, overrides, created_by) values (?, ?, ?, ?, ?)
     on conflict (signature) do update
     set source = excluded.source, headers = excluded.headers, overrides = excluded.overrides,
       created_by = excluded.created_by, created_at = now()`,
    [
      mapping.signature,
      mapping.overrides.source,
      [...mapping.headers],
      JSON.stringify(mapping.overrides),
      mapping.userId,
    ],
  );
}
