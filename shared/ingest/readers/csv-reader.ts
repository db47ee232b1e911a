/**
 * csv, tsv and txt. papaparse (fast) reads the files that csv-scan.ts found clean, csv-parse (forgiving) the others; both
 * give the same rows for the same clean file, which a test checks.
 */
import { badFile } from './file-faults.ts';
import { findDialect, type Dialect } from './csv-dialect.ts';
import { createCsvScanner, type CsvScan } from './csv-scan.ts';
import { readFileChunks, readFileHead } from './file-chunks.ts';
import type { Cell, OpenedTables, RawRow, Reader, ReadLimits, ReadOptions, Warning } from './reader.ts';
import { createUtf8Judge, findByteOrderMark, type Utf8Verdict } from './text-encoding.ts';

const HEAD_BYTES = 64 * 1024;
/** An unfinished record is parsed again with every chunk, so it must not grow for ever. */
const MAX_RECORD_CHARS = 4_000_000;

/** Batches of records as the parser splits them. */
type Records = AsyncGenerator<string[][], void, undefined>;

export const csvReader: Reader = {
  format: 'csv',
  async open(path, options) {
    const { dialect, scan, utf8 } = await examine(path, options);
    if (scan.unclosedQuoteLine !== null) throw badFile('unclosed_quote', { row: scan.unclosedQuoteLine });
    const warnings: Warning[] = [];
    if (utf8 !== 'valid' && dialect.encoding === 'utf-8') warnings.push({ code: 'encoding_damaged', params: { encoding: 'utf-8' } });
    if (scan.hasNul) warnings.push({ code: 'nul_removed', params: {} });
    return openedCsv(path, options, dialect, scan, warnings);
  },
};

/** The head gives the delimiter, one pass over all bytes the rest. */
async function examine(path: string, options: ReadOptions): Promise<{ dialect: Dialect; scan: CsvScan; utf8: Utf8Verdict }> {
  const head = await readFileHead(path, HEAD_BYTES);
  const first = findDialect(head, options);
  const wide = first.encoding === 'utf-16le' || first.encoding === 'utf-16be';
  const scanner = createCsvScanner(first.delimiter);
  const judge = createUtf8Judge();
  let markBytes = findByteOrderMark(head)?.bytes ?? 0;
  for await (const whole of readFileChunks(path, options.signal)) {
    const chunk = whole.subarray(markBytes);
    markBytes = 0;
    if (wide) {
      const even = chunk.subarray(0, chunk.length - (chunk.length % 2));
      const bytes = first.encoding === 'utf-16be' ? Buffer.from(even).swap16() : even;
      scanner.push(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2));
    } else {
      scanner.push(chunk);
      judge.push(chunk);
    }
  }
  const utf8 = wide ? 'valid' : judge.finish();
  const dialect = wide ? first : findDialect(head, { encoding: options.encoding, delimiter: first.delimiter, utf8 });
  return { dialect, scan: scanner.finish(), utf8 };
}

function openedCsv(path: string, options: ReadOptions, dialect: Dialect, scan: CsvScan, warnings: Warning[]): OpenedTables {
  const { delimiter } = dialect;
  const clean = scan.newline !== null && !scan.strayQuotes;
  return {
    delimiter,
    encoding: dialect.encoding,
    warnings,
    async *tables() {
      const text = decoded(path, dialect, scan, options);
      const records = clean ? cleanRecords(text, delimiter, scan.newline!) : untidyRecords(text, delimiter);
      yield { sheet: null, rows: numberedRows(records, scan.breaksInCells, options.limits) };
    },
    close: async () => {},
  };
}

async function* decoded(path: string, dialect: Dialect, scan: CsvScan, options: ReadOptions): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(dialect.encoding);
  let consumed = 0;
  let last = '';
  for await (const chunk of readFileChunks(path, options.signal)) {
    consumed += chunk.length;
    options.onBytes(consumed);
    const text = decoder.decode(chunk, { stream: true });
    if (last !== '') yield scan.hasNul ? last.replaceAll('\0', '') : last;
    last = text;
  }
  last += decoder.decode();
  // Ctrl-Z ended text files under DOS.
  if (last.endsWith('\x1a')) last = last.slice(0, -1);
  if (last !== '') yield scan.hasNul ? last.replaceAll('\0', '') : last;
}

/** papaparse in its pull form: the parser gives the finished rows of what it is handed and says where it stopped. */
async function* cleanRecords(text: AsyncIterable<string>, delimiter: string, newline: '\n' | '\r' | '\r\n'): Records {
  const { default: papa } = await import('papaparse');
  let tail = '';
  for await (const chunk of text) {
    const input = tail + chunk;
    const { data, meta } = new papa.Parser({ delimiter, newline }).parse(input, 0, true) as { data: string[][]; meta: { cursor: number } };
    tail = input.slice(meta.cursor);
    if (tail.length > MAX_RECORD_CHARS) throw badFile('record_too_long', { max: MAX_RECORD_CHARS });
    if (data.length > 0) yield data;
  }
  if (tail !== '') yield new papa.Parser({ delimiter, newline }).parse(tail, 0, false).data as string[][];
}

/** csv-parse takes what people make: line ends of several kinds, text after a closing quote. */
async function* untidyRecords(text: AsyncIterable<string>, delimiter: string): Records {
  const [{ parse, CsvError }, { Readable, pipeline }] = await Promise.all([import('csv-parse'), import('node:stream')]);
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_RECORD_CHARS,
  });
  // The error arrives at the loop below; the callback only keeps it from being thrown a second time.
  pipeline(Readable.from(text), parser, () => {});
  let batch: string[][] = [];
  try {
    for await (const record of parser) {
      batch.push(record as string[]);
      if (batch.length < 500) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw badFile('record_too_long', { max: MAX_RECORD_CHARS });
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') throw badFile('unclosed_quote', { row: Number(error['lines'] ?? 0) });
    throw badFile('damaged', { detail: error.code });
  }
  if (batch.length > 0) yield batch;
}

/** Gives each record the number of its first line, as a text editor shows it. */
async function* numberedRows(records: Records, breaksInCells: boolean, limits: ReadLimits): AsyncGenerator<RawRow[], void, undefined> {
  let line = 1;
  let count = 0;
  for await (const batch of records) {
    const rows: RawRow[] = [];
    for (const record of batch) {
      const row = line++;
      if (++count > limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
      if (record.length > limits.maxColumns) throw badFile('too_many_columns', { row, max: limits.maxColumns });
      const cells = record as Cell[];
      for (let i = 0; i < record.length; i++) {
        const cell = record[i]!;
        if (cell === '') cells[i] = null;
        else if (cell.length > limits.maxCellChars) throw badFile('cell_too_long', { row, max: limits.maxCellChars });
        else if (breaksInCells) line += lineBreaks(cell);
      }
      rows.push({ row, cells });
    }
    yield rows;
  }
}

function lineBreaks(cell: string): number {
  let count = 0;
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i);
    if (code === 10 || (code === 13 && cell.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}
