import type { Cell, RawRow } from '../readers/reader.ts';
import { isNullText } from '../normalise/nulls.ts';
import { cleanForJson } from './copy-text.ts';

/**
 * A name for every column of the file: its header, a repeated one with its count, `column 7` for a column without
 * header. Extra data is kept under these.
 */
export function columnNames(header: readonly (string | null)[]): string[] {
  const taken = new Set<string>();
  return header.map((text, column) => {
    const base = text ?? `column ${column + 1}`;
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base} (${count})`;
    taken.add(name);
    return name;
  });
}

/** The raw cells of some columns as a JSON object, null when all are empty. */
export function createExtraWriter(
  names: readonly string[],
): (row: RawRow, columns: readonly number[]) => string | null {
  const keys = names.map((name) => JSON.stringify(cleanForJson(name)));
  // cells beyond the header have no name of the file's own
  const keyOf = (column: number): string => (keys[column] ??= JSON.stringify(`column ${column + 1}`));
  return ({ cells }, columns) => {
    let json = '';
    for (const column of columns) {
      const text = extraText(cells[column]);
      if (text !== null) json += `${json === '' ? '{' : ','}${keyOf(column)}:${JSON.stringify(cleanForJson(text))}`;
    }
    return json === '' ? null : `${json}}`;
  };
}

function extraText(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  const text = String(cell).trim();
  return isNullText(text) ? null : text;
}
