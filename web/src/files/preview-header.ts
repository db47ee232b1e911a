export interface PreviewHeader {
  /** index of the header among the rows of the preview */
  row: number;
  /** header by column; empty where the cell is */
  headers: string[];
}

const shown = (cell: string | null): string => (cell ?? '').replace(/\s+/g, ' ').trim();

/** Which row of a preview is the header that was recognised; null when none says the same. */
export function previewHeader(
  rows: readonly (readonly (string | null)[])[],
  headers: readonly string[],
): PreviewHeader | null {
  if (headers.length === 0) return null;
  const wanted = headers.map(shown).join('\n');
  const row = rows.findIndex((cells) => cells.map(shown).filter(Boolean).join('\n') === wanted);
  return row < 0 ? null : { row, headers: (rows[row] ?? []).map(shown) };
}
