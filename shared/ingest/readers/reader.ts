/**
 * The contract of a reader: one file format turned into tables of raw cells, streamed. Readers run only inside the
 * reader child process (../child); they never see the database. Adding a format is adding a file beside this and a
 * line in index.ts.
 */
import { FinalFault } from '../../faults.ts';

export const FILE_FORMATS = [
  'csv',
  'tsv',
  'txt',
  'xls',
  'xlsx',
  'json',
  'xml',
  'pdf',
  'doc',
  'docx',
  'zip',
  'rar',
] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/**
 * A cell as the file holds it. Text stays text; a number is given only where the format itself says number (xlsx, json)
 * and it is exactly representable, otherwise as its decimal text; a date cell is given as wall-clock text `YYYY-MM-DD
 * HH:mm:ss` (rounded to the second). null = empty.
 */
export type Cell = string | number | null;

export interface RawRow {
  /**
   * 1-based, as the user's own program shows it (for csv: the record's first line; for xlsx: the sheet's row number);
   * in formats without rows (json, xml) the place of the record, its names standing in row 0.
   */
  row: number;
  cells: Cell[];
  /** Where it differs from the table's: the page of a table that goes over pages. */
  sheet?: string;
  /** Why the reader cannot say which cells the row has; it counts as read and is refused. */
  fault?: RowFault;
  /** The file breaks off within the row: its last cell may go on. */
  isCut?: true;
}

/** Code and parameters of shared/texts/row-errors.ts. */
export interface RowFault {
  code: string;
  params: Record<string, string | number>;
}

export interface RawTable {
  /** Sheet, page group or null where the format has only one table. */
  sheet: string | null;
  /** A sheet that its workbook does not show. */
  hidden?: boolean;
  /** Its numbers that are times count days from 1904; date cells come as text, whatever the system. */
  date1904?: boolean;
  /** Batches of rows in file order; may be iterated once. */
  rows: AsyncIterable<RawRow[]>;
}

export interface ReadLimits {
  maxRows: number;
  maxColumns: number;
  maxCellChars: number;
  /** Bytes that compressed containers may inflate to in all. */
  maxInflatedBytes: number;
  /** Bytes that one member of an archive may have, as any upload. */
  maxMemberBytes: number;
  /** Inflated : compressed beyond the first 50 MB. */
  maxRatio: number;
  maxSharedStringBytes: number;
  maxDepth: number;
  maxMembers: number;
  maxSheets: number;
}

export interface ReadOptions {
  /** Overrides from the operator (POST /files/:id/mapping); undefined = find out. */
  delimiter?: ',' | ';' | '\t' | '|';
  encoding?: string;
  sheet?: string;
  limits: ReadLimits;
  signal: AbortSignal;
  /** Bytes of the file consumed so far, for progress. */
  onBytes(consumed: number): void;
}

export interface Reader {
  format: FileFormat;
  /** Opens a local file; tables come one after another. Throws FileFault for anything that is the file's own fault. */
  open(path: string, options: ReadOptions): Promise<OpenedTables>;
}

export interface OpenedTables {
  /** What the reader found out about the dialect; null where the format has no such thing. */
  delimiter: string | null;
  encoding: string | null;
  /** Complete only when the tables were read to their end. */
  warnings: Warning[];
  /**
   * May be called again: each call starts at the file's beginning, so a caller can look at the first rows of every
   * table and read them in earnest afterwards. A table that is left early (break, return) releases what it holds.
   */
  tables(): AsyncIterable<RawTable>;
  close(): Promise<void>;
}

/** Stored and sent as code and parameters; texts come from shared/texts by the reader's language. */
export interface Warning {
  code: string;
  params: Record<string, string | number>;
}

/** Why a file as a whole is not loaded; each has its sentence in shared/texts/file-errors.ts. */
export const FILE_FAULTS = [
  'empty_file',
  'bad_file',
  'unsupported_format',
  'encrypted',
  'archive_limit',
  'archive_nested',
  'archive_path',
  'archive_link',
  'archive_duplicate',
  'parser_timeout',
  'parser_memory',
  'poison',
  'stored_file_missing',
] as const;
export type FileFaultCode = (typeof FILE_FAULTS)[number];
/** Every code a file may end with: also because of its person, and because nobody wanted what a look at it showed. */
export const FILE_ENDS = [...FILE_FAULTS, 'user_blocked', 'preview_expired'] as const;

/** The file's own fault: final at once, no retry helps (api.md sections 3 and 4). */
export class FileFault extends FinalFault {
  declare readonly code: FileFaultCode;
  constructor(code: FileFaultCode, params: Record<string, string | number> = {}) {
    super(code, params);
    this.name = 'FileFault';
  }
}
