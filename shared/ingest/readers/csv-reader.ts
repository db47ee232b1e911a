/**
 * csv, tsv and txt. The delimiter and the number of cells that a record has are found in the first lines; what quotes
 * mean is decided by csv-records.ts.
 */
import { badFile } from './file-faults.ts';
import { findDialect, type Dialect } from './csv-dialect.ts';
import { createRecordSplitter, type CsvRecord } from './csv-records.ts';
import { findWidth, splitText } from './csv-width.ts';
import { countKnownHeaders } from '../recognise/headers.ts';
import { readFileChunks, readFileHead } from './file-chunks.ts';
import type { Cell, OpenedTables, RawRow, Reader, ReadLimits, ReadOptions, Warning } from './reader.ts';
import { createUtf8Judge, withoutMarks, type Utf8Verdict } from './text-encoding.ts';

const HEAD_BYTES = 64 * 1024;
const BATCH_ROWS = 5_000;
/** The header stands within them, and holds so many names at least. */
const HEADER_LINES = 60;
const KNOWN_HEADERS = 2;

export const csvReader: Reader = {
  format: 'csv',
  async open(path, options) {
    const { dialect, head, utf8, hasNul } = await examine(path, options);
    const warnings: Warning[] = [];
    if (utf8 !== 'valid' && dialect.encoding === 'utf-8')
      warnings.push({ code: 'encoding_damaged', params: { encoding: 'utf-8' } });
    if (hasNul) warnings.push({ code: 'nul_removed', params: {} });
    const { delimiter, encoding } = dialect;
    const start = withoutMarks(new TextDecoder(encoding).decode(head));
    const text = start.replaceAll('\0', '');
    const width = findWidth(text, delimiter);
    const filling = fillingOf(text, delimiter, width);
    return {
      delimiter,
      encoding,
      warnings,
      async *tables() {
        const rows = rowsOf(decoded(path, dialect, hasNul, options), { delimiter, width, filling }, options.limits);
        yield { sheet: null, rows };
      },
      close: async () => {},
    } satisfies OpenedTables;
  },
};

interface Examined {
  dialect: Dialect;
  head: Buffer;
  utf8: Utf8Verdict;
  hasNul: boolean;
}

/** The head gives the delimiter, one pass over all bytes the rest. */
async function examine(path: string, options: ReadOptions): Promise<Examined> {
  const head = await readFileHead(path, HEAD_BYTES);
  const first = findDialect(head, options);
  const wide = first.encoding === 'utf-16le' || first.encoding === 'utf-16be';
  const judge = createUtf8Judge();
  let hasNul = false;
  for await (const chunk of readFileChunks(path, options.signal)) {
    if (wide) hasNul ||= new Uint16Array(chunk.buffer, chunk.byteOffset, chunk.length >> 1).includes(0);
    else {
      hasNul ||= chunk.includes(0);
      judge.push(chunk);
    }
  }
  const utf8 = wide ? 'valid' : judge.finish();
  const dialect = wide ? first : findDialect(head, { encoding: options.encoding, delimiter: first.delimiter, utf8 });
  return { dialect, head, utf8, hasNul };
}

async function* decoded(
  path: string,
  dialect: Dialect,
  hasNul: boolean,
  options: ReadOptions,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(dialect.encoding);
  let consumed = 0;
  let last = '';
  for await (const chunk of readFileChunks(path, options.signal)) {
    consumed += chunk.length;
    options.onBytes(consumed);
    const decoded = decoder.decode(chunk, { stream: true });
    const text = consumed === chunk.length ? withoutMarks(decoded) : decoded;
    if (last !== '') yield hasNul ? last.replaceAll('\0', '') : last;
    last = text;
  }
  last += decoder.decode();
  // Ctrl-Z ended text files under DOS.
  if (last.endsWith('\x1a')) last = last.slice(0, -1);
  if (last !== '') yield hasNul ? last.replaceAll('\0', '') : last;
}

async function* rowsOf(
  text: AsyncIterable<string>,
  { filling, ...split }: { delimiter: string; width: number | null; filling: RegExp | null },
  limits: ReadLimits,
): AsyncGenerator<RawRow[], void, undefined> {
  const splitter = createRecordSplitter(split);
  let count = 0;
  function* batches(records: CsvRecord[]): Generator<RawRow[], void, undefined> {
    count += records.length;
    if (count > limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
    for (let at = 0; at < records.length; at += BATCH_ROWS) {
      const batch = records.slice(at, at + BATCH_ROWS);
      if (filling !== null) for (const { cells } of batch) dropFilling(cells, filling);
      yield batch.map((record) => rowOf(record, limits));
    }
  }
  for await (const piece of text) yield* batches(splitter.push(piece, false));
  yield* batches(splitter.push('', true));
}

/**
 * What a program that took another sign for the delimiter fills its lines up with, told by the header: no name of a
 * column ends so.
 */
function fillingOf(start: string, delimiter: string, width: number | null): RegExp | null {
  const lines = start.split(/\r\n|[\r\n]/, HEADER_LINES).join('\n');
  for (const { cells } of splitText(lines, delimiter, width)) {
    const sign = /([,;|\t])\1*$/.exec(cells.at(-1) ?? '')?.[1];
    if (sign !== undefined && sign !== delimiter && countKnownHeaders(cells) >= KNOWN_HEADERS)
      return new RegExp(`\\${sign}+$`);
  }
  return null;
}

function dropFilling(cells: string[], filling: RegExp): void {
  const last = cells.length - 1;
  if (last >= 0) cells[last] = cells[last]!.replace(filling, '');
}

/** Takes the record's own array. */
function rowOf({ line: row, cells: texts, fault, isCut }: CsvRecord, limits: ReadLimits): RawRow {
  if (texts.length > limits.maxColumns) throw badFile('too_many_columns', { row, max: limits.maxColumns });
  const cells = texts as Cell[];
  for (let i = 0; i < texts.length; i++) {
    const cell = texts[i]!;
    if (cell === '') cells[i] = null;
    else if (cell.length > limits.maxCellChars) throw badFile('cell_too_long', { row, max: limits.maxCellChars });
  }
  if (isCut === true) return { row, cells, isCut };
  return fault === undefined ? { row, cells } : { row, cells, fault };
}
