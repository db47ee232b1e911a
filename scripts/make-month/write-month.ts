import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  layoutOf,
  machineCells,
  paymentCells,
  receiptCells,
  REPORT_NAMES,
  serverCells,
  type ReportCell,
  type ReportContext,
  type ReportName,
} from './layouts.ts';
import { createRandom } from './random.ts';
import { createReorderBuffer } from './reorder.ts';
import { openCsvFile, openXlsxFile, type ReportFile } from './report-files.ts';
import type { SalesPlan } from './sales.ts';
import { ANOMALIES, createStoryteller, type PaymentRow, type ReceiptRow } from './story.ts';
import { openTruthFile } from './truth-file.ts';

export interface MonthOptions {
  outFolder: string;
  plan: SalesPlan;
  seed: number;
  machineCount: number;
  /** Share of sales with something wrong, 0 to 1. */
  anomalyShare: number;
  formats: readonly ('csv' | 'xlsx')[];
  /** VendHub's number of the first row; months of one operator share none. Default 8774. */
  firstReportId?: number;
}

export interface MonthSummary {
  /** Rows per report. */
  counts: Record<ReportName, number>;
  byStatus: Record<string, number>;
}

/** Near the ends of the period nothing goes wrong: what is missing there could as well be outside a report. */
const CALM_BORDER_S = 7_200;
/** A sale writes nothing earlier than this before its own time. */
const LOOK_BACK_S = 60;
const FLUSH_EVERY = 500;

/** Writes the six reports and truth.json. The same options give the same rows. */
export async function writeMonth(options: MonthOptions): Promise<MonthSummary> {
  const { plan, seed } = options;
  mkdirSync(options.outFolder, { recursive: true });
  // Sales are read again and again from a generator of their own; whatever else is drawn must not shift them.
  const random = createRandom(seed ^ 0x5f3759df);
  const context: ReportContext = { first: plan.first, last: plan.last, moduleId: `LG${random.digits(12)}` };
  const files = new Map(REPORT_NAMES.map((name) => [name, openReport(name, options, context)]));
  const counts = Object.fromEntries(REPORT_NAMES.map((name) => [name, 0])) as Record<ReportName, number>;
  const truth = openTruthFile(join(options.outFolder, 'truth.json'), seed);

  const add = (name: ReportName, cells: readonly ReportCell[]) => {
    for (const file of files.get(name) ?? []) file.add(cells);
  };
  const receipts = createReorderBuffer<ReceiptRow>();
  const payments = createReorderBuffer<PaymentRow>();
  const releaseBefore = (before: number) => {
    receipts.release(before, (row) => add('fiscal_bills', receiptCells(row, ++counts.fiscal_bills, context.moduleId)));
    payments.release(before, (row) => add(row.gateway, paymentCells(row, ++counts[row.gateway], random)));
  };

  const storyteller = createStoryteller(
    random,
    { machineCount: options.machineCount, begins: plan.begins, firstReportId: options.firstReportId },
    {
      machine: (row) => {
        counts.happy_workers += 1;
        add('happy_workers', machineCells(row));
      },
      server: (row) => {
        counts.vendhub += 1;
        add('vendhub', serverCells(row));
      },
      receipt: (row) => receipts.add(row.at, row),
      payment: (row) => payments.add(row.at, row),
      order: truth.order,
      orphanReceipt: (checkNumber) => truth.orphan(`fiscal:${context.moduleId}:${checkNumber}`, 'fiscal_only'),
      orphanPayment: (gateway, transactionId) => truth.orphan(`${gateway}:${transactionId}`, `${gateway}_only`),
    },
  );

  let written = 0;
  for (const sale of plan.read()) {
    releaseBefore(sale.at - LOOK_BACK_S);
    const calm = sale.at - plan.first <= CALM_BORDER_S || plan.last - sale.at <= CALM_BORDER_S;
    storyteller.tell(sale, !calm && random.next() < options.anomalyShare ? random.pick(ANOMALIES) : 'none');
    written += 1;
    if (written % FLUSH_EVERY === 0) for (const file of [...files.values()].flat()) await file.flush();
  }
  releaseBefore(Infinity);
  for (const file of [...files.values()].flat()) await file.close();
  truth.close(counts);
  return { counts, byStatus: truth.byStatus() };
}

function openReport(name: ReportName, options: MonthOptions, context: ReportContext): ReportFile[] {
  const layout = layoutOf(name, context);
  return options.formats.map((format) => {
    const path = join(options.outFolder, `${name}.${format}`);
    return format === 'csv' ? openCsvFile(path, layout) : openXlsxFile(path, layout);
  });
}
