/** What a mapper of rows is given, and what it gives (row-mapper.ts). */
import type { ColumnEvidence, ColumnStyle, FileQuestion, NumberStyle } from '../child/protocol.ts';
import type { RawRow, Warning } from '../readers/reader.ts';
import type { Source } from '../sources/source.ts';
import type { TimeGuard } from './time-guard.ts';

export interface RowMapperOptions {
  source: Source;
  sheet: string | null;
  /** as recogniseTable gives them */
  header: (string | null)[];
  columnFields: (string | null)[];
  /** styles that are known, by canonical field; those of money are found out from the sample */
  styles: Record<string, ColumnStyle>;
  /** the first 1 000 rows below the header (fewer where the table ends); they must be pushed too */
  sample: RawRow[];
  /** hours to take off every time; undefined = find out from the sample */
  zoneShiftHours?: number;
  /** rows read from earlier tables of the file, so that row_index goes on */
  firstRowIndex?: number;
  /**
   * the format has cells: nothing shifts a value into another column, and dates are cells of their own kind (rules.md
   * 4.1)
   */
  hasCells?: boolean;
  /** the workbook counts its days from 1904 */
  date1904?: boolean;
  /** where the file has several tables: their common guard, asked by the caller when all are read */
  times?: TimeGuard;
  /** the present, for rows dated in the future */
  nowMs?: number;
}

export interface RowCounts {
  /** every row below the header = staged + rejected + skipped */
  read: number;
  staged: number;
  /** rows, not faults */
  rejected: number;
  /** blank rows and totals */
  skipped: number;
}

export interface Contradiction {
  styles?: Record<string, NumberStyle>;
  zoneShiftHours?: number;
}

export interface MapperSummary {
  /** first and last time of the accepted rows, ISO 8601 with offset; null when there are none */
  timeFrom: string | null;
  timeTo: string | null;
  warnings: Warning[];
  columns: ColumnEvidence[];
  /** what the rows leave open for the operator to answer */
  question: FileQuestion | null;
}

export interface RowMapper {
  push(row: RawRow): void;
  /** Staging lines since the last call: STAGING_LEAD, kept fields, extra. */
  takeRows(): string;
  /** The same lines as UTF-8 bytes, without the detour over a string: what a writer to a pipe should take. */
  takeRowBytes(): Buffer;
  /** Reject lines since the last call: REJECT_COLUMNS, one line a fault. */
  takeRejects(): string;
  counts(): RowCounts;
  /** What the rows so far prove against what the sample let assume; ask after each batch and again after `finish`. */
  contradiction(): Contradiction | null;
  finish(): MapperSummary;
}
