/** Task `load` in the child: look at every table, ask the parent what to do, then turn rows into COPY lines. */
import { extname } from 'node:path';
import { detectFormat } from '../detect-format.ts';
import { handlerFor } from '../readers/index.ts';
import { badFile } from '../readers/file-faults.ts';
import {
  FileFault,
  type FileFormat,
  type OpenedTables,
  type RawRow,
  type RawTable,
  type Reader,
  type Warning,
} from '../readers/reader.ts';
import { HEADER_SEARCH_ROWS, recogniseTable } from '../recognise/recognise.ts';
import { findStatedPeriod, type StatedPeriod } from '../recognise/stated-period.ts';
import { isMonthFirst } from '../mapping/open-columns.ts';
import { createTimeGuard, type TimeGuard } from '../mapping/time-guard.ts';
import type { Contradiction, MapperSummary, RowMapper } from '../mapping/row-mapper-contract.ts';
import { createRowMapper } from '../row-mapper.ts';
import { sources } from '../sources/index.ts';
import type { ChildIo } from './child-io.ts';
import { createCorrectionNotes } from './correction-notes.ts';
import type { MappingOverrides, PlanMessage, ReaderTask, Recognition } from './protocol.ts';

export type LoadTask = Extract<ReaderTask, { task: 'load' }>;

/** Rows that decide how numbers and the zone are read (row-mapper.ts). */
const SAMPLE_ROWS = 1_000;
/** Beyond the 15 rows that may hold the header: they show how the columns are written. */
const EVIDENCE_ROWS = 50;
const MAX_HEADER_ROW = 10_000;
const PROGRESS_EVERY_MS = 250;
/** In these a delimiter inside a value shifts what follows; in all others a cell stands where it stands. */
const TEXT_FORMATS: ReadonlySet<FileFormat> = new Set(['csv', 'tsv', 'txt']);

interface Totals {
  rowsRead: number;
  rowsStaged: number;
  rowsRejected: number;
  rowsSkipped: number;
}

interface TableEnd {
  summary: MapperSummary;
  stated: StatedPeriod | null;
}

export async function runLoadTask(task: LoadTask, zoneShiftHours: number | undefined, io: ChildIo): Promise<void> {
  let overrides: MappingOverrides | null = task.overrides;
  while (overrides !== null) overrides = await lookAndLoad({ ...task, overrides }, zoneShiftHours, io);
}

/** How the parent wants the file looked at again; null when all is said. */
async function lookAndLoad(
  task: LoadTask,
  zoneShiftHours: number | undefined,
  io: ChildIo,
): Promise<MappingOverrides | null> {
  const signal = new AbortController().signal;
  const { overrides, limits } = task;
  const handler = handlerFor(await detectFormat(task.path, { ...overrides, limits, signal }));
  if (handler.kind === 'archive') {
    await io.send({
      type: 'probe',
      format: handler.format,
      archive: true,
      delimiter: null,
      encoding: null,
      tables: [],
      warnings: [],
    });
    await io.receive();
    return null;
  }
  let bytes = 0;
  const reader: Reader = await handler.load();
  const opened = await reader.open(task.path, {
    ...overrides,
    limits,
    signal,
    onBytes: (consumed) => (bytes = consumed),
  });
  try {
    const { tables, leftOut } = await probeTables(opened, overrides);
    const { delimiter, encoding, warnings } = opened;
    const misnamed = [...extensionWarnings(task.name, handler.format), ...leftOut];
    await io.send({
      type: 'probe',
      format: handler.format,
      archive: false,
      delimiter,
      encoding,
      tables,
      warnings: [...misnamed, ...warnings],
    });
    const plan = await io.receive();
    if (plan.type === 'look_again') return plan.overrides;
    if (plan.type !== 'plan') return null;
    await loadTables({
      opened,
      overrides,
      plan,
      zoneShiftHours,
      io,
      misnamed,
      times: createTimeGuard(Date.now()),
      hasCells: !TEXT_FORMATS.has(handler.format),
      bytesRead: () => bytes,
    });
    return null;
  } finally {
    await opened.close();
  }
}

/** Tables that hold anything; hidden sheets only where no other holds a table. What is left out is said. */
async function probeTables(
  opened: OpenedTables,
  overrides: MappingOverrides,
): Promise<{ tables: Recognition[]; leftOut: Warning[] }> {
  const wanted = Math.max(HEADER_SEARCH_ROWS, Math.min(overrides.headerRow ?? 0, MAX_HEADER_ROW)) + EVIDENCE_ROWS;
  const shown: Recognition[] = [];
  const hidden: Recognition[] = [];
  const besides: Warning[] = [];
  let seenTables = 0;
  for await (const table of opened.tables()) {
    seenTables++;
    const rows = await firstRows(table, wanted);
    if (rows.every(({ cells }) => cells.every((cell) => cell === null))) continue;
    const {
      header: _header,
      columnFields: _columnFields,
      above: _above,
      beside,
      ...recognition
    } = recogniseTable(rows, { overrides, sheet: table.sheet });
    if (beside !== null) {
      const { source, column } = beside;
      besides.push({ code: 'table_beside_skipped', params: { sheet: table.sheet ?? '', source, column: column + 1 } });
    }
    (table.hidden === true ? hidden : shown).push({ ...recognition, isTable: looksLikeTable(rows) });
  }
  if (seenTables === 0) throw badFile('no_such_sheet', { sheet: overrides.sheet ?? '' });
  if (shown.length + hidden.length === 0) throw new FileFault('empty_file');
  if (!shown.some(({ isTable, source }) => isTable || source !== null))
    return { tables: [...shown, ...hidden], leftOut: besides };
  return {
    tables: shown,
    leftOut: [
      ...hidden.map(({ sheet }) => ({ code: 'hidden_sheet_skipped', params: { sheet: sheet ?? '' } })),
      ...smallSheets(shown),
      ...besides,
    ],
  };
}

const NAMED_SHEETS = 20;

/** What is too small for a report beside one that is recognised is not read, and the file says so. */
function smallSheets(tables: readonly Recognition[]): Warning[] {
  if (!tables.some(({ source }) => source !== null)) return [];
  const small = tables.filter(({ isTable, source }) => !isTable && source === null);
  const names = small.slice(0, NAMED_SHEETS).map(({ sheet }) => sheet ?? '');
  return small.length === 0
    ? []
    : [{ code: 'small_sheets_skipped', params: { count: small.length, sheets: names.join(', ') } }];
}

/** Three rows of three cells or more: what a report could be. A title, a note, the data of a chart are less. */
const TABLE_ROWS = 3;
const TABLE_CELLS = 3;

function looksLikeTable(rows: readonly RawRow[]): boolean {
  return (
    rows.filter(
      ({ cells }) => cells.filter((cell) => cell !== null && String(cell).trim() !== '').length >= TABLE_CELLS,
    ).length >= TABLE_ROWS
  );
}

/** Leaves the table after the rows it takes, which releases what the reader holds for it. */
async function firstRows(table: RawTable, wanted: number): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const batch of table.rows) {
    rows.push(...batch.slice(0, wanted - rows.length));
    if (rows.length >= wanted) break;
  }
  return rows;
}

interface LoadContext {
  opened: OpenedTables;
  overrides: MappingOverrides;
  plan: PlanMessage;
  zoneShiftHours: number | undefined;
  io: ChildIo;
  misnamed: Warning[];
  /** one for all tables */
  times: TimeGuard;
  hasCells: boolean;
  bytesRead(): number;
}

/** Ends with `end`, or with `restart` as soon as a row proves the first ones were read wrongly. */
async function loadTables(context: LoadContext): Promise<void> {
  const { opened, plan, io } = context;
  const totals: Totals = { rowsRead: 0, rowsStaged: 0, rowsRejected: 0, rowsSkipped: 0 };
  const ends: TableEnd[] = [];
  let progressAt = 0;

  /** Takes what the mapper has, under back-pressure; returns what the rows so far contradict. */
  async function drain(mapper: RowMapper): Promise<Contradiction | null> {
    await io.writeRejects(mapper.takeRejects());
    await io.writeRows(mapper.takeRowBytes());
    const now = Date.now();
    if (now - progressAt >= PROGRESS_EVERY_MS) {
      progressAt = now;
      const { read, staged } = mapper.counts();
      await io.send({
        type: 'progress',
        rowsRead: totals.rowsRead + read,
        rowsStaged: totals.rowsStaged + staged,
        bytes: context.bytesRead(),
      });
    }
    return mapper.contradiction();
  }

  for await (const table of opened.tables()) {
    if (!plan.sheets.includes(table.sheet)) continue;
    const outcome = await loadTable(context, table, totals.rowsRead, totals.rowsRejected, drain);
    if ('contradiction' in outcome) return restart(context, outcome.contradiction);
    const { read, staged, rejected, skipped } = outcome.counts;
    totals.rowsRead += read;
    totals.rowsStaged += staged;
    totals.rowsRejected += rejected;
    totals.rowsSkipped += skipped;
    ends.push(outcome);
  }

  // A file covers what it states only if all its tables state something.
  const stated = ends.some((end) => end.stated === null) ? [] : ends.map((end) => end.stated!);
  await io.endOutput();
  await io.send({
    type: 'end',
    ...totals,
    timeFrom: context.times.from(),
    timeTo: context.times.to(),
    statedFrom: stated.map((period) => period.from).toSorted()[0] ?? null,
    statedTo:
      stated
        .map((period) => period.to)
        .toSorted()
        .at(-1) ?? null,
    warnings: distinct([
      ...context.misnamed,
      ...opened.warnings,
      ...ends.flatMap(({ summary }) => summary.warnings),
      ...context.times.warnings(),
    ]),
    columns: ends.flatMap(({ summary }) => summary.columns),
    question: ends.at(-1)?.summary.question ?? null,
  });
}

async function restart({ overrides, zoneShiftHours, io }: LoadContext, proved: Contradiction): Promise<void> {
  await io.send({
    type: 'restart',
    overrides: { ...overrides, styles: { ...overrides.styles, ...proved.styles } },
    zoneShiftHours: proved.zoneShiftHours ?? zoneShiftHours,
  });
}

type TableOutcome = ({ counts: ReturnType<RowMapper['counts']> } & TableEnd) | { contradiction: Contradiction };

async function loadTable(
  context: LoadContext,
  table: RawTable,
  firstRowIndex: number,
  rejectedBefore: number,
  drain: (mapper: RowMapper) => Promise<Contradiction | null>,
): Promise<TableOutcome> {
  const { overrides, plan, zoneShiftHours } = context;
  const batches = table.rows[Symbol.asyncIterator]();
  try {
    const lead = await takeLead(batches, overrides.headerRow ?? 0);
    const recognised = recogniseTable(lead, {
      overrides: { ...overrides, source: plan.source, columns: plan.columns ?? overrides.columns },
      sheet: table.sheet,
    });
    const headerAt = lead.findIndex(({ row }) => row === recognised.headerRow);
    const correction =
      plan.corrects === undefined ? null : createCorrectionNotes(lead[headerAt]?.cells ?? [], plan.corrects);
    const below = [...recognised.above, ...lead.slice(headerAt + 1)];
    // The sample is read as the rows are.
    if (correction !== null) for (const row of below) correction.prepare(row);
    const mapper = createRowMapper({
      source: sources[plan.source],
      sheet: table.sheet,
      header: recognised.header,
      columnFields: recognised.columnFields,
      styles: overrides.styles ?? {},
      sample: below.slice(0, SAMPLE_ROWS),
      zoneShiftHours,
      firstRowIndex,
      hasCells: context.hasCells,
      date1904: table.date1904,
      times: context.times,
    });
    for (
      let rows: RawRow[] | undefined = below;
      rows !== undefined;
      rows = (await batches.next()).value as RawRow[] | undefined
    ) {
      if (correction === null) for (const row of rows) mapper.push(row);
      else for (const row of rows) correction.push(row, mapper, firstRowIndex);
      const contradiction = await drain(mapper);
      if (contradiction !== null) return { contradiction };
      const { rejected } = mapper.counts();
      const max = plan.errorCeiling ?? Infinity;
      if (rejectedBefore + rejected >= max) throw badFile('too_many_errors', { count: rejectedBefore + rejected, max });
    }
    await correction?.send(context.io);
    const summary = mapper.finish();
    // What only the whole file can show, the zone of a short one among it, shows now.
    const contradiction = await drain(mapper);
    if (contradiction !== null) return { contradiction };
    const stated = findStatedPeriod(lead.slice(0, Math.max(headerAt, 0)), {
      monthFirst: isMonthFirst(overrides.styles ?? {}),
    });
    return { counts: mapper.counts(), summary, stated };
  } finally {
    await batches.return?.();
  }
}

/** The rows up to the header and the sample below it. */
async function takeLead(batches: AsyncIterator<RawRow[]>, headerRow: number): Promise<RawRow[]> {
  const wanted = Math.max(HEADER_SEARCH_ROWS, Math.min(headerRow, MAX_HEADER_ROW)) + SAMPLE_ROWS;
  const rows: RawRow[] = [];
  while (rows.length < wanted) {
    const next = await batches.next();
    if (next.done === true) break;
    for (const row of next.value) rows.push(row);
  }
  return rows;
}

function distinct(warnings: Warning[]): Warning[] {
  const seen = new Set<string>();
  return warnings.filter((warning) => {
    const key = JSON.stringify(warning);
    return seen.has(key) ? false : seen.add(key);
  });
}

const EXTENSIONS: Record<FileFormat, readonly string[]> = {
  csv: ['.csv', '.tsv', '.txt'],
  tsv: ['.csv', '.tsv', '.txt'],
  txt: ['.csv', '.tsv', '.txt'],
  xlsx: ['.xlsx', '.xlsm', '.xltx'],
  xls: ['.xls', '.xlt', '.html', '.htm', '.xml'],
  json: ['.json', '.jsonl', '.ndjson', '.txt'],
  xml: ['.xml'],
  pdf: ['.pdf'],
  doc: ['.doc', '.dot'],
  docx: ['.docx', '.docm'],
  zip: ['.zip'],
  rar: ['.rar'],
};

/** A wrong extension is only mentioned: content decides. */
function extensionWarnings(name: string, format: FileFormat): Warning[] {
  const extension = extname(name).toLowerCase();
  const expected = EXTENSIONS[format];
  if (extension === '' || expected.includes(extension)) return [];
  return [{ code: 'extension_mismatch', params: { extension: extension.slice(1, 20), format } }];
}
