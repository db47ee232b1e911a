import { cleanForJson } from '../mapping/copy-text.ts';
import { unguarded, visibleText } from '../normalise/cell-text.ts';
import { foldWords } from '../normalise/look-alikes.ts';
import type { Cell } from '../readers/reader.ts';
import { sourceList } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';

/** The form in which headers are compared (rules.md 3 step 1). */
export function normaliseHeader(text: string): string {
  return foldWords(unguarded(visibleText(text).trim()))
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

/**
 * A header as a person sees it: one line, without invisible characters, text guard and outer blanks; null when nothing
 * is left.
 */
export function displayHeader(cell: Cell): string | null {
  if (cell === null) return null;
  const text = unguarded(visibleText(cleanForJson(String(cell))).trim())
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? null : text;
}

export interface SourceHeaders {
  source: Source;
  /** normalised header -> the field it names and its place in the field's list; the lower place wins */
  aliases: ReadonlyMap<string, { field: string; rank: number }>;
  /** normalised headers that occur in no other source */
  exclusive: ReadonlySet<string>;
}

function headersOf(source: Source): SourceHeaders {
  const aliases = new Map<string, { field: string; rank: number }>();
  for (const field of source.fields) {
    field.headers.forEach((header, rank) => {
      const key = normaliseHeader(header);
      if (!aliases.has(key)) aliases.set(key, { field: field.name, rank });
    });
  }
  const exclusive = source.exclusiveHeaders.flatMap(
    (entry) => source.fields.find((field) => field.name === entry)?.headers ?? [entry],
  );
  return { source, aliases, exclusive: new Set(exclusive.map(normaliseHeader)) };
}

/** The alias table of every source, in the order of the sources. */
export const sourceHeaders: readonly SourceHeaders[] = sourceList.map(headersOf);

const KNOWN = new Set(sourceHeaders.flatMap(({ aliases }) => [...aliases.keys()]));

/** Whether any source knows this header. */
export function isKnownHeader(cell: Cell): boolean {
  return typeof cell === 'string' && KNOWN.has(normaliseHeader(cell));
}

/** How many different known headers a row holds; repeated words, as data rows have them, count once. */
export function countKnownHeaders(cells: readonly Cell[]): number {
  const found = new Set<string>();
  for (const cell of cells) {
    if (typeof cell !== 'string' || cell.length > 200) continue;
    const header = normaliseHeader(cell);
    if (KNOWN.has(header)) found.add(header);
  }
  return found.size;
}
