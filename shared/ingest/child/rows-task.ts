/**
 * Task `rows` in the child: the raw rows of a file that its rejects belong to, one JSON text a line, in the order of
 * the file.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { detectFormat } from '../detect-format.ts';
import { badFile } from '../readers/file-faults.ts';
import { handlerFor } from '../readers/index.ts';
import type { RawRow, RawTable } from '../readers/reader.ts';
import { HEADER_SEARCH_ROWS, recogniseTable } from '../recognise/recognise.ts';
import type { ChildIo } from './child-io.ts';
import type { ReaderTask, RowLine } from './protocol.ts';

export async function runRowsTask(task: Extract<ReaderTask, { task: 'rows' }>, io: ChildIo): Promise<void> {
  const signal = new AbortController().signal;
  const { overrides, limits, sheets } = task;
  const handler = handlerFor(await detectFormat(task.path, { ...overrides, limits, signal }));
  if (handler.kind !== 'tables') throw badFile('damaged');
  const reader = await handler.load();
  const opened = await reader.open(task.path, { ...overrides, limits, signal, onBytes: () => {} });
  const wanted = createInterface({ input: createReadStream(task.wantedPath), crlfDelay: Infinity })[
    Symbol.asyncIterator
  ]();
  try {
    const state: Wanted = { next: await nextIndex(wanted), index: 0, more: () => nextIndex(wanted) };
    for await (const table of opened.tables()) {
      if (!sheets.includes(table.sheet)) continue;
      if (state.next === null) break;
      await sendTable(table, task, state, io);
    }
    await io.endOutput();
    await io.send({ type: 'rows_end' });
  } finally {
    await wanted.return?.();
    await opened.close();
  }
}

interface Wanted {
  /** row_index asked for next; null = no more */
  next: number | null;
  /** row_index of the next row below a header */
  index: number;
  more(): Promise<number | null>;
}

async function nextIndex(lines: AsyncIterator<string>): Promise<number | null> {
  const line = await lines.next();
  return line.done === true || line.value === '' ? null : Number(line.value);
}

async function sendTable(
  table: RawTable,
  { overrides }: Extract<ReaderTask, { task: 'rows' }>,
  wanted: Wanted,
  io: ChildIo,
): Promise<void> {
  const leadRows = Math.max(HEADER_SEARCH_ROWS, overrides.headerRow ?? 0);
  let lead: RawRow[] | null = [];

  async function sendRows(rows: readonly RawRow[]): Promise<void> {
    let lines = '';
    for (const { row, cells, sheet } of rows) {
      if (wanted.index++ !== wanted.next) continue;
      lines += lineOf({ rowIndex: wanted.index - 1, sheet: sheet ?? table.sheet, row, cells });
      wanted.next = await wanted.more();
    }
    await io.writeRows(Buffer.from(lines));
  }

  async function sendLead(rows: readonly RawRow[]): Promise<void> {
    const { header, headerRow, above } = recogniseTable(rows, { overrides, sheet: table.sheet });
    await io.writeRows(Buffer.from(lineOf({ sheet: table.sheet, header })));
    await sendRows([...above, ...rows.slice(rows.findIndex(({ row }) => row === headerRow) + 1)]);
  }

  for await (const batch of table.rows) {
    if (lead === null) await sendRows(batch);
    else {
      lead.push(...batch);
      if (lead.length < leadRows) continue;
      await sendLead(lead);
      lead = null;
    }
  }
  if (lead !== null) await sendLead(lead);
}

function lineOf(line: RowLine): string {
  return `${JSON.stringify(line)}\n`;
}
