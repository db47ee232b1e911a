/**
 * The columns that an error workbook has beside the user's own. A workbook that comes back with them is a correction:
 * they say which file and which of its rows each row mends, and they are no data.
 */
import { unneutralised } from '../../formula-guard.ts';
import type { Cell } from '../readers/reader.ts';

/** In the order in which the error workbook has them, behind the user's own columns. */
export const CORRECTION_HEADERS = {
  reason: 'reason',
  code: 'code',
  field: 'field',
  severity: 'severity',
  sheet: 'vhm24r_sheet',
  row: 'vhm24r_row',
  file: 'vhm24r_file',
} as const;

const OWN: ReadonlySet<string> = new Set(Object.values(CORRECTION_HEADERS));
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface CorrectionColumns {
  file: number;
  row: number;
  sheet: number;
  /** all that the workbook added, the reason and its codes, too */
  own: readonly number[];
}

/** null = an ordinary file. */
export function findCorrectionColumns(header: readonly (Cell | undefined)[]): CorrectionColumns | null {
  const at = (name: string): number => header.findIndex((cell) => typeof cell === 'string' && cell.trim() === name);
  const file = at(CORRECTION_HEADERS.file);
  const row = at(CORRECTION_HEADERS.row);
  if (file < 0 || row < 0) return null;
  const own = header.flatMap((cell, column) => (typeof cell === 'string' && OWN.has(cell.trim()) ? [column] : []));
  return { file, row, sheet: at(CORRECTION_HEADERS.sheet), own };
}

/** The header without those columns, their places left empty. */
export function withoutCorrectionColumns(header: readonly (string | null)[]): (string | null)[] {
  if (findCorrectionColumns(header) === null) return [...header];
  return header.map((text) => (text !== null && OWN.has(text.trim()) ? null : text));
}

export interface CorrectedRow {
  fileId: string;
  sheet: string | null;
  row: number;
}

/** What a row of a correction mends; null where the columns were emptied or overwritten. */
export function correctedRow(cells: readonly Cell[], columns: CorrectionColumns): CorrectedRow | null {
  const fileId = String(cells[columns.file] ?? '')
    .trim()
    .toLowerCase();
  const row = Number(cells[columns.row] ?? NaN);
  if (!UUID.test(fileId) || !Number.isSafeInteger(row) || row < 0) return null;
  const sheet = columns.sheet < 0 ? null : (cells[columns.sheet] ?? null);
  return { fileId, row, sheet: sheet === null ? null : String(sheet) };
}

/** The cells of a row as they were before exports put an apostrophe before what a spreadsheet would calculate. */
export function asTyped(cells: readonly Cell[], columns: CorrectionColumns): Cell[] {
  const own = cells.map((cell, at) => (columns.own.includes(at) ? null : cell));
  return own.map((cell) => (typeof cell === 'string' ? unneutralised(cell) : cell));
}
