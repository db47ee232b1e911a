import type { MappingOverrides } from '../child/protocol.ts';
import { normaliseHeader, type SourceHeaders } from './headers.ts';

/** How well one source explains a header row (rules.md 3 step 3). */
export interface Assessment {
  source: SourceHeaders['source'];
  /** canonical field per column, null = extra data */
  columnFields: (string | null)[];
  /** file headers the source knows / all headers, 0..1 */
  strength: number;
  exclusiveCount: number;
  /** canonical R fields that no header gave */
  missing: string[];
}

/** The operator's columns by normalised header; of two spellings of one header the one that names a field counts. */
export function columnOverrides(overrides: MappingOverrides): ReadonlyMap<string, string | null> {
  const chosen = new Map<string, string | null>();
  for (const [header, field] of Object.entries(overrides.columns ?? {})) {
    const key = normaliseHeader(header);
    chosen.set(key, field ?? chosen.get(key) ?? null);
  }
  return chosen;
}

/** `headers` are normalised, null where the cell is empty. */
export function assess(
  { source, aliases, exclusive }: SourceHeaders,
  headers: readonly (string | null)[],
  chosen: ReadonlyMap<string, string | null>,
): Assessment {
  const fieldNames = new Set(source.fields.map((field) => field.name));
  const best = new Map<string, { column: number; rank: number }>();
  const exclusives = new Set<string>();
  let headerCount = 0;
  let knownCount = 0;
  headers.forEach((header, column) => {
    if (header === null) return;
    headerCount += 1;
    const override = chosen.get(header);
    // A chosen field outranks every alias; null keeps the column as extra data.
    const claim = override === undefined ? aliases.get(header) : { field: override ?? '', rank: -1 };
    if (claim === undefined || !fieldNames.has(claim.field)) return;
    knownCount += 1;
    if (exclusive.has(header)) exclusives.add(header);
    const holder = best.get(claim.field);
    if (holder === undefined || claim.rank < holder.rank) best.set(claim.field, { column, rank: claim.rank });
  });
  const columnFields = headers.map((): string | null => null);
  for (const [field, { column }] of best) columnFields[column] = field;
  return {
    source,
    columnFields,
    strength: headerCount === 0 ? 0 : knownCount / headerCount,
    exclusiveCount: exclusives.size,
    missing: source.fields.filter((field) => field.need === 'R' && !best.has(field.name)).map((field) => field.name),
  };
}
