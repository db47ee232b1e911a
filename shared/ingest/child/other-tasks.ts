/** Tasks `extract` and `row` in the child. */
import { detectFormat } from '../detect-format.ts';
import { badFile } from '../readers/file-faults.ts';
import { handlerFor } from '../readers/index.ts';
import type { RawRow } from '../readers/reader.ts';
import { HEADER_SEARCH_ROWS, recogniseTable } from '../recognise/recognise.ts';
import type { ChildIo } from './child-io.ts';
import type { ReaderTask } from './protocol.ts';

export async function runExtractTask(task: Extract<ReaderTask, { task: 'extract' }>, io: ChildIo): Promise<void> {
  const signal = new AbortController().signal;
  const { limits } = task;
  const handler = handlerFor(await detectFormat(task.path, { limits, signal }));
  if (handler.kind !== 'archive') throw badFile('damaged');
  const archive = await handler.load();
  let index = 0;
  for await (const item of archive.extract(task.path, task.outDir, { limits, signal, onBytes: () => {} })) {
    if (item.fault === undefined) {
      const { path, memberPath, sizeBytes } = item;
      await io.send({ type: 'member', index, path, memberPath, sizeBytes });
    } else {
      const { code, params } = item.fault;
      await io.send({ type: 'member_fault', memberPath: item.memberPath, fault: { code, params } });
    }
    index++;
  }
  await io.send({ type: 'extracted' });
}

/** One raw row with the header above it; `row: null` when the file has no such row. */
export async function runRowTask(task: Extract<ReaderTask, { task: 'row' }>, io: ChildIo): Promise<void> {
  const signal = new AbortController().signal;
  const { overrides, limits, sheet } = task;
  const handler = handlerFor(await detectFormat(task.path, { ...overrides, limits, signal }));
  if (handler.kind !== 'tables') throw badFile('damaged');
  const reader = await handler.load();
  const opened = await reader.open(task.path, { ...overrides, sheet: undefined, limits, signal, onBytes: () => {} });
  try {
    for await (const table of opened.tables()) {
      // A table that goes over pages names them row by row.
      if (table.sheet !== sheet && table.sheet !== null) continue;
      const lead: RawRow[] = [];
      const leadRows = Math.max(HEADER_SEARCH_ROWS, overrides.headerRow ?? 0);
      let found: RawRow | null = null;
      for await (const batch of table.rows) {
        if (lead.length < leadRows) lead.push(...batch.slice(0, leadRows - lead.length));
        found = batch.find((row) => row.row === task.row && (row.sheet ?? table.sheet) === sheet) ?? null;
        if (found !== null) break;
        if (lead.length >= leadRows && batch.at(-1)?.sheet === undefined && (batch.at(-1)?.row ?? 0) > task.row) break;
      }
      const { header } = recogniseTable(lead, { overrides, sheet });
      await io.send({ type: 'row', header, row: found });
      return;
    }
    await io.send({ type: 'row', header: [], row: null });
  } finally {
    await opened.close();
  }
}
