/**
 * The rejected rows of a file as a table to mend and send back: the user's own columns as they stand in the stored
 * file, read again in the reader child, then the reason. The last columns say where each row comes from;
 * recognise/correction-columns.ts takes them back.
 */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Db } from '../db/client.ts';
import { unavailable } from '../errors.ts';
import type { Cell as SheetCell, Column, Sheet } from '../exports/sheet.ts';
import { runReadRows } from '../ingest/child/run-reader.ts';
import type { MappingOverrides, RowLine } from '../ingest/child/protocol.ts';
import { DEFAULT_READ_LIMITS } from '../ingest/readers/limits.ts';
import { FileFault, type Cell } from '../ingest/readers/reader.ts';
import { CORRECTION_HEADERS } from '../ingest/recognise/correction-columns.ts';
import { createTurns } from '../limits/turns.ts';
import type { Logger } from '../logger.ts';
import { StoredFileMissingError, type FileStore } from '../storage/file-store.ts';
import type { SpoolFolder } from '../storage/spool-folder.ts';
import { rowErrorTexts } from '../texts/tables.ts';
import type { Lang } from '../texts/languages.ts';
import { renderText } from '../texts/text.ts';
import { createLineQueue, type LineQueue } from './line-queue.ts';
import type { FileRow, RowErrorRow } from './files-repository.ts';

/** Each is a child process: of all people, of one, and how long one may be read. */
const MOST_AT_ONCE = 6;
const OF_ONE_PERSON = 2;
const READ_LIMIT_MS = 10 * 60_000;
const FAULTS_AT_ONCE = 5_000;
const ROWS_PER_BATCH = 200;

export interface ErrorWorkbooks {
  /**
   * Sheets to be written, one a sheet of the file. The reading starts with the first and ends when `signal` is aborted
   * or all is read. Nobody has more than two at once, so that a few slow readers are in nobody's way.
   * @throws AppError service_unavailable when the stored bytes cannot be had now or too many are asked for at once,
   * rate_limited when this person has two already
   */
  open(file: FileRow, lang: Lang, reader: { userId: string; signal: AbortSignal }): Promise<AsyncIterable<Sheet>>;
}

interface Dependencies {
  db: Db;
  store: FileStore;
  spool: SpoolFolder;
  logger: Logger;
}

interface Reading {
  sheets?: (string | null)[];
  overrides?: MappingOverrides;
  columns?: { header: string }[];
}

export function createErrorWorkbooks({ db, store, spool, logger }: Dependencies): ErrorWorkbooks {
  let active = 0;
  const turns = createTurns({ atOnce: OF_ONE_PERSON, waiting: 4, waitMs: 5_000 });

  async function* sheetsOf(file: FileRow, lang: Lang, signal: AbortSignal, leave: () => void): AsyncGenerator<Sheet> {
    const reading = (file.recognition ?? {}) as Reading;
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(READ_LIMIT_MS)]);
    const [local, wanted] = await Promise.all([store.openLocal(file.storage_key, both), spool.newFile()]);
    const queue = createLineQueue<RowLine>();
    let run: Promise<void> | null = null;
    try {
      await writeWanted(db, file.id, wanted.path);
      run = runReadRows({
        path: local.path,
        sizeBytes: Number(file.size_bytes),
        limits: DEFAULT_READ_LIMITS,
        signal: both,
        overrides: {
          ...reading.overrides,
          ...(file.source === null ? {} : { source: file.source as MappingOverrides['source'] }),
        },
        sheets: reading.sheets ?? [null],
        wantedPath: wanted.path,
        onLine: (line) => queue.push(line),
        onStderr: (tail) => logger.warn('reader child wrote', { tail }),
      }).then(
        () => queue.end(),
        (error: unknown) => queue.fail(error),
      );
      const faults = createFaultReader(db, file.id);
      let line = await queue.next();
      if (line === null) yield emptySheet(reading);
      while (line !== null) {
        if (!('header' in line)) throw new Error('rows came before their header');
        const table = line;
        const rows = rowsOf(file.id, table, queue, faults, lang, (next) => (line = next));
        yield { name: table.sheet ?? 'errors', columns: columnsOf(table.header), rows };
        if (line === table) break;
      }
    } finally {
      stop.abort(new Error('the error workbook is done'));
      queue.close();
      await run;
      await Promise.all([local.release(), wanted.release()]);
      leave();
    }
  }

  return {
    async open(file, lang, { userId, signal }) {
      const release = await turns.take(userId, signal);
      if (active >= MOST_AT_ONCE) {
        release();
        throw unavailable(new Error('too many error workbooks are being made'));
      }
      active++;
      let isHere = true;
      const leave = (): void => {
        if (isHere) active--;
        isHere = false;
        release();
      };
      const sheets = sheetsOf(file, lang, signal, leave);
      // The first sheet shows whether the file can be read at all, while an answer can still say so.
      try {
        const first = await sheets.next();
        // a reader who has gone before anything was written never comes to the end of what is below
        const end = (): void => void sheets.return(undefined).catch(() => undefined);
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
        return {
          async *[Symbol.asyncIterator]() {
            try {
              if (first.done !== true) yield first.value;
              yield* sheets;
            } finally {
              await sheets.return(undefined);
            }
          },
        };
      } catch (error) {
        await sheets.return(undefined);
        // what failed before its own way out began
        leave();
        if (error instanceof StoredFileMissingError) throw unavailable(error, 60);
        if (error instanceof FileFault) {
          logger.warn('rejected rows could not be read again', { fileId: file.id, code: error.code });
          throw unavailable(error, 60);
        }
        throw error;
      }
    },
  };
}

/** The row_index of every rejected row, rising, for the child to go by. */
async function writeWanted(db: Db, fileId: string, path: string): Promise<void> {
  const out = createWriteStream(path, { mode: 0o600 });
  try {
    for (let after = '-1'; ;) {
      const { rows } = await db.raw<{ rows: { row_index: string }[] }>(
        `select distinct row_index
         from row_errors
         where file_id = ? and row_index > ?
         order by row_index
         limit ?`,
        [fileId, after, FAULTS_AT_ONCE],
      );
      const last = rows.at(-1);
      if (last === undefined) break;
      if (!out.write(rows.map((row) => `${row.row_index}\n`).join(''))) await once(out, 'drain');
      after = last.row_index;
    }
    const finished = once(out, 'finish');
    out.end();
    await finished;
  } finally {
    out.destroy();
  }
}

function columnsOf(header: readonly (string | null)[]): Column[] {
  const own = header.map((text) => ({
    header: text ?? '',
    width: Math.min(40, Math.max(12, (text ?? '').length + 2)),
  }));
  const added = Object.entries(CORRECTION_HEADERS).map(([name, text]) => ({
    header: text,
    width: name === 'reason' ? 48 : 18,
  }));
  return [...own, ...added];
}

function emptySheet({ columns = [] }: Reading): Sheet {
  return { name: 'errors', columns: columnsOf(columns.map((column) => column.header)), rows: [] };
}

type TableLine = Extract<RowLine, { header: unknown }>;

/** Ends at the next table's header, which goes to `onNext`; null = the file ends. */
async function* rowsOf(
  fileId: string,
  { header }: TableLine,
  queue: LineQueue<RowLine>,
  faults: FaultReader,
  lang: Lang,
  onNext: (line: RowLine | null) => void,
): AsyncGenerator<SheetCell[][]> {
  let batch: SheetCell[][] = [];
  for (;;) {
    const line = await queue.next();
    if (line === null || 'header' in line) {
      if (batch.length > 0) yield batch;
      onNext(line);
      return;
    }
    batch.push(rowOf(fileId, header, line, await faults.of(line.rowIndex), lang));
    if (batch.length < ROWS_PER_BATCH) continue;
    yield batch;
    batch = [];
  }
}

function rowOf(
  fileId: string,
  header: readonly (string | null)[],
  line: Extract<RowLine, { rowIndex: number }>,
  faults: readonly RowErrorRow[],
  lang: Lang,
): SheetCell[] {
  const bad = new Set(faults.map((fault) => fault.column_name));
  const own = header.map((text, at) => ownCell(line.cells[at] ?? null, text !== null && bad.has(text)));
  const reason = faults.map((fault) => {
    const text = renderText(rowErrorTexts, fault.code, fault.params, lang);
    return fault.column_name === null ? text : `${fault.column_name}: ${text}`;
  });
  const joined = (pick: (fault: RowErrorRow) => string | null) =>
    [...new Set(faults.flatMap((fault) => pick(fault) ?? []))].join('; ');
  return [
    ...own,
    reason.join('; '),
    joined((fault) => fault.code),
    joined((fault) => fault.field),
    faults.some((fault) => fault.severity === 'error') ? 'error' : 'warning',
    line.sheet,
    { number: String(line.row) },
    fileId,
  ];
}

function ownCell(cell: Cell, isBad: boolean): SheetCell {
  if (isBad) return { marked: cell === null ? '' : String(cell) };
  return typeof cell === 'number' ? { number: String(cell) } : cell;
}

interface FaultReader {
  /** Faults of a row; asked for in the order of the file. */
  of(rowIndex: number): Promise<RowErrorRow[]>;
}

function createFaultReader(db: Db, fileId: string): FaultReader {
  let held: RowErrorRow[] = [];
  let at = 0;
  let after = { rowIndex: '-1', id: '0' };
  let done = false;

  async function peek(): Promise<RowErrorRow | null> {
    if (at < held.length) return held[at]!;
    if (done) return null;
    const { rows } = await db.raw<{ rows: RowErrorRow[] }>(
      `select id, row_index, sheet, source_row, column_name, field, code, severity, params, value from row_errors
       where file_id = ? and (row_index, id) > (?::bigint, ?::bigint) order by row_index, id limit ?`,
      [fileId, after.rowIndex, after.id, FAULTS_AT_ONCE],
    );
    held = rows;
    at = 0;
    done = rows.length < FAULTS_AT_ONCE;
    const last = rows.at(-1);
    if (last !== undefined) after = { rowIndex: last.row_index, id: last.id };
    return held[0] ?? null;
  }

  return {
    async of(rowIndex) {
      const found: RowErrorRow[] = [];
      for (let fault = await peek(); fault !== null && Number(fault.row_index) <= rowIndex; fault = await peek()) {
        if (Number(fault.row_index) === rowIndex) found.push(fault);
        at++;
      }
      return found;
    },
  };
}
