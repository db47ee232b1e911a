/**
 * What the reader child and its parent say to each other. Rows never pass through here: accepted rows travel as
 * PostgreSQL COPY text on the child's stdout, rejected rows as COPY text on fd 4; the parent pipes bytes into the
 * database without looking at them. Messages travel on the IPC channel.
 *
 * - Any task: child -> ready; parent -> (warm, answered by ready)*, task; and the last word may be fault (the file's
 *   own) or error (the machine's).
 * - load: child -> probe; parent -> plan | stop | look_again, which leads to another probe; child -> (progress)*, end |
 *   restart
 * - extract (archives): child writes members into `outDir` and -> (member | member_fault)*, extracted
 * - row: child -> row (one raw row read again)
 * - rows: child writes the raw rows that are asked for to its stdout, one RowLine a line, and -> rows_end
 */
import type { Cell, FileFaultCode, FileFormat, RawRow, ReadLimits, Warning } from '../readers/reader.ts';
import type { SourceName } from '../sources/source.ts';

/** Number style of a money column: which sign is the decimal point. */
export type NumberStyle = 'point' | 'comma';

/**
 * How a column of times is read where its cells leave it open: which of two numbers before the year is the day, or that
 * its days have no clock and count as midnight.
 */
export type TimeStyle = 'day_first' | 'month_first' | 'date_only';
export const COLUMN_STYLES = ['point', 'comma', 'day_first', 'month_first', 'date_only'] as const;
export type ColumnStyle = NumberStyle | TimeStyle;

/** Everything an operator may fix by POST /files/:id/mapping; undefined = find out. */
export interface MappingOverrides {
  source?: SourceName;
  /** header (as in the file) -> canonical field, or null to keep it as extra data */
  columns?: Record<string, string | null>;
  sheet?: string;
  headerRow?: number;
  delimiter?: ',' | ';' | '\t' | '|';
  encoding?: string;
  /** canonical money field -> number style, canonical time field -> time style */
  styles?: Record<string, ColumnStyle>;
}

export type ReaderTask =
  | { task: 'load'; path: string; name: string; overrides: MappingOverrides; limits: ReadLimits }
  | { task: 'extract'; path: string; outDir: string; limits: ReadLimits }
  /** `sheets` as they were loaded; `wantedPath` is a file with the row_index of each wanted row, rising, one a line */
  | {
      task: 'rows';
      path: string;
      overrides: MappingOverrides;
      sheets: (string | null)[];
      wantedPath: string;
      limits: ReadLimits;
    }
  | { task: 'row'; path: string; overrides: MappingOverrides; sheet: string | null; row: number; limits: ReadLimits };

/** The header of a table, or one of its rows. */
export type RowLine =
  | { sheet: string | null; header: (string | null)[] }
  | { rowIndex: number; sheet: string | null; row: number; cells: Cell[] };

/** A row of a correction that was accepted, and the row of the earlier file that it mends. */
export interface CorrectionMade {
  rowIndex: number;
  sheet: string | null;
  row: number;
}

export interface ColumnEvidence {
  header: string;
  field: string | null;
  style: string | null;
  evidence: string | null;
}

/** What only the operator knows about the rows of a file; answered by `styles`. */
export interface FileQuestion {
  code: 'times_without_clock' | 'date_order_ambiguous';
  params: Record<string, string | number>;
}

/** One table (sheet) as recognised; rules.md section 3 step 4. */
export interface Recognition {
  source: SourceName | null;
  /** file headers the source knows / all headers, 0..1 */
  strength: number;
  runnerUp: { source: SourceName; strength: number } | null;
  /** canonical R fields that no header gave */
  missing: string[];
  /** headers kept as extra data */
  unknown: string[];
  headerRow: number | null;
  sheet: string | null;
  /** holds enough rows of enough cells to be a report */
  isTable: boolean;
  columns: ColumnEvidence[];
  /** null = accepted; otherwise why the operator must choose */
  question: { code: string; params: Record<string, string | number>; candidates: SourceName[] } | null;
  /** what unknown columns may be, by source and header; for the question alone, {} without one */
  suggestions: Partial<Record<SourceName, Record<string, string>>>;
  /** the first rows, as text */
  preview: (string | null)[][];
  /** normalised headers, sorted and joined; the same header set gives the same signature */
  signature: string;
  /** id of the file that this table says it corrects: an error workbook that came back */
  corrects: string | null;
  /** how the headers differ from those of a remembered mapping; filled in by the parent */
  drift?: { signature: string; source: string; added: string[]; removed: string[] };
}

export type ChildMessage =
  /** Node is up. A child that dies before this was stopped by the machine, not by the file. */
  | { type: 'ready' }
  | {
      type: 'probe';
      format: FileFormat;
      /** to be unpacked by the task `extract`; it has no tables */
      archive: boolean;
      delimiter: string | null;
      encoding: string | null;
      /** one entry a table that holds anything */
      tables: Recognition[];
      warnings: Warning[];
    }
  | { type: 'progress'; rowsRead: number; rowsStaged: number; bytes: number }
  | {
      type: 'end';
      rowsRead: number;
      rowsStaged: number;
      rowsRejected: number;
      rowsSkipped: number;
      /** min and max of the accepted rows' times; null when there are none */
      timeFrom: string | null;
      timeTo: string | null;
      /** period stated above the header, only where both ends can be read */
      statedFrom: string | null;
      statedTo: string | null;
      warnings: Warning[];
      columns: ColumnEvidence[];
      /** what the rows leave open: nothing may be loaded before the operator has answered */
      question: FileQuestion | null;
    }
  /** Accepted rows of a correction, in batches before `end`. */
  | { type: 'corrected'; rows: CorrectionMade[] }
  /**
   * A later value contradicts the number style or the zone assumed from the first rows: empty staging and start again
   * with these.
   */
  | { type: 'restart'; overrides: MappingOverrides; zoneShiftHours?: number }
  | { type: 'member'; index: number; path: string; memberPath: string; sizeBytes: number }
  | { type: 'member_fault'; memberPath: string; fault: { code: string; params: Record<string, string | number> } }
  | { type: 'extracted' }
  | { type: 'row'; header: (string | null)[]; row: RawRow | null }
  | { type: 'rows_end' }
  | { type: 'fault'; code: FileFaultCode; params: Record<string, string | number> }
  /** A disk or a system call failed: trying again may help. */
  | { type: 'error'; message: string };

export type ProbeMessage = Extract<ChildMessage, { type: 'probe' }>;
export type EndMessage = Extract<ChildMessage, { type: 'end' }>;
export type PlanMessage = Extract<ParentMessage, { type: 'plan' }>;

export type ParentMessage =
  /** before the task: load what reading takes, a file will come */
  | { type: 'warm' }
  | { type: 'task'; task: ReaderTask; zoneShiftHours?: number }
  /** load these tables as this source; `columns` is the final header -> field map of each sheet */
  | {
      type: 'plan';
      source: SourceName;
      sheets: (string | null)[];
      columns?: Record<string, string | null>;
      /** rejected rows at which the file is given up as a wrong one */
      errorCeiling?: number;
      /** take the rows as mending those of this file */
      corrects?: string;
    }
  /** what the parent learnt from the probe says how the file is read: look at it again so */
  | { type: 'look_again'; overrides: MappingOverrides }
  | { type: 'stop' };

/**
 * Columns of a staging row, before the source's own kept columns (SourceField.column !== null, in order) and `extra`
 * (jsonb text or null): row_index (0-based order in the file), sheet, source_row, natural_key, coarse (bit n is set
 * where the cell of the n-th kept column says less than its field can hold).
 */
export const STAGING_LEAD = ['row_index', 'sheet', 'source_row', 'natural_key', 'coarse'] as const;

/**
 * Columns of a reject on fd 4: one line a fault; a row with several faults gives several lines, counted once. A row
 * whose faults are all of severity `warning` was loaded.
 */
export const REJECT_COLUMNS = [
  'row_index',
  'sheet',
  'source_row',
  'column_name',
  'field',
  'code',
  'severity',
  'params',
  'value',
] as const;
