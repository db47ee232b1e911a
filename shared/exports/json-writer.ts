/**
 * JSON for programs: one table is a list of objects, several are an object of such lists by name. Names are the same in
 * every language; sums are decimal text as everywhere in the API, times ISO 8601 with offset. Nothing is put before
 * what a spreadsheet would calculate: none opens it.
 */
import { Readable } from 'node:stream';
import { tashkentIso } from '../tashkent-time.ts';
import type { Cell, Sheet, Sheets } from './sheet.ts';

/** @param several whether the tables stand in an object by their names */
export function createJsonStream(sheets: Sheets, { several }: { several: boolean }): Readable {
  return Readable.from(textOf(sheets, several), { objectMode: false, highWaterMark: 64 * 1024 });
}

async function* textOf(sheets: Sheets, several: boolean): AsyncGenerator<string> {
  let before = several ? '{' : '';
  for await (const sheet of sheets) {
    yield several ? `${before}${JSON.stringify(sheet.name)}:[` : `${before}[`;
    yield* rowsOf(sheet);
    yield ']';
    before = ',\n';
  }
  yield several ? '}\n' : '\n';
}

async function* rowsOf({ columns, rows }: Sheet): AsyncGenerator<string> {
  const names = columns.map(({ key, header }) => JSON.stringify(key ?? header));
  let before = '\n';
  for await (const batch of rows) {
    if (batch.length === 0) continue;
    const lines = batch.map((row) => `{${names.map((name, at) => `${name}:${valueOf(row[at] ?? null)}`).join(',')}}`);
    yield before + lines.join(',\n');
    before = ',\n';
  }
}

function valueOf(cell: Cell): string {
  if (cell === null) return 'null';
  if (typeof cell === 'string' || typeof cell === 'boolean') return JSON.stringify(cell);
  if (cell instanceof Date) return JSON.stringify(tashkentIso(cell));
  if ('marked' in cell) return JSON.stringify(cell.marked);
  if ('money' in cell) return JSON.stringify(cell.money);
  // decimal text is a number of JSON as it stands, without a float in between
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(cell.number) ? cell.number : JSON.stringify(cell.number);
}
