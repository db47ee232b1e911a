/**
 * What to do with a file once its tables are recognised: load it, split it, ask the operator, or unpack it. Pure.
 */
import type { LoadProbe } from './child/run-reader.ts';
import type { Recognition } from './child/protocol.ts';
import type { SourceName } from './sources/source.ts';

const ARCHIVE_FORMATS: ReadonlySet<string> = new Set(['zip', 'rar']);

export interface SheetFile {
  source: SourceName | null;
  sheet: string | null;
}

export type FilePlan =
  | { kind: 'archive' }
  /** one source: these sheets, in file order */
  | { kind: 'load'; source: SourceName; sheets: (string | null)[]; recognition: Recognition }
  /**
   * sheets of different sources, or one beside that nobody knows (`source` null): each becomes a file of the session
   */
  | { kind: 'split'; parts: SheetFile[] }
  | { kind: 'ask'; recognition: Recognition | null };

/**
 * rules.md section 3: accepted tables decide; with none accepted the operator is asked about the table that comes
 * closest.
 */
export function planFile(probe: LoadProbe): FilePlan {
  if (ARCHIVE_FORMATS.has(probe.format)) return { kind: 'archive' };
  const accepted = probe.tables.filter(
    (table): table is Recognition & { source: SourceName } => table.source !== null && table.question === null,
  );
  const first = accepted[0];
  if (first === undefined) return { kind: 'ask', recognition: closest(probe.tables) };
  // A sheet that may be a report must not be left out without a word: it gets a question of its own.
  const unknown = probe.tables.filter((table) => table.isTable && !accepted.some((known) => known === table));
  if (unknown.length === 0 && accepted.every((table) => table.source === first.source)) {
    return { kind: 'load', source: first.source, sheets: accepted.map((table) => table.sheet), recognition: first };
  }
  const parts = [...accepted, ...unknown].map(({ source, question, sheet }) => ({
    source: question === null ? source : null,
    sheet,
  }));
  const order = probe.tables.map(({ sheet }) => sheet);
  return { kind: 'split', parts: parts.toSorted((a, b) => order.indexOf(a.sheet) - order.indexOf(b.sheet)) };
}

function closest(tables: readonly Recognition[]): Recognition | null {
  let best: Recognition | null = null;
  for (const table of tables) if (best === null || table.strength > best.strength) best = table;
  return best;
}
