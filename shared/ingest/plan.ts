/**
 * What to do with a file once its tables are recognised: load it, split it, ask the operator, or unpack it. Pure.
 */
import type { LoadProbe } from './child/run-reader.ts';
import type { Recognition } from './child/protocol.ts';
import type { SourceName } from './sources/source.ts';

const ARCHIVE_FORMATS: ReadonlySet<string> = new Set(['zip', 'rar']);

export type FilePlan =
  | { kind: 'archive' }
  /** one source: these sheets, in file order */
  | { kind: 'load'; source: SourceName; sheets: (string | null)[]; recognition: Recognition }
  /** sheets of different sources: each becomes a file of the session */
  | { kind: 'split'; parts: { source: SourceName; sheet: string | null }[] }
  | { kind: 'ask'; recognition: Recognition | null };

/** domain.md section 3: accepted tables decide; with none accepted the operator is asked about the table that comes closest. */
export function planFile(probe: LoadProbe): FilePlan {
  if (ARCHIVE_FORMATS.has(probe.format)) return { kind: 'archive' };
  const accepted = probe.tables.filter(
    (table): table is Recognition & { source: SourceName } => table.source !== null && table.question === null,
  );
  const first = accepted[0];
  if (first === undefined) return { kind: 'ask', recognition: closest(probe.tables) };
  if (accepted.every((table) => table.source === first.source)) {
    return { kind: 'load', source: first.source, sheets: accepted.map((table) => table.sheet), recognition: first };
  }
  return { kind: 'split', parts: accepted.map((table) => ({ source: table.source, sheet: table.sheet })) };
}

function closest(tables: readonly Recognition[]): Recognition | null {
  let best: Recognition | null = null;
  for (const table of tables) if (best === null || table.strength > best.strength) best = table;
  return best;
}
