import { closeSync, openSync, writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { asText, asValue, type ReportCell, type ReportLayout } from './layouts.ts';

/**
 * One report being written. Rows go out as they come; memory does not grow with their number (xlsx: with its distinct
 * texts).
 */
export interface ReportFile {
  add(cells: readonly ReportCell[]): void;
  /** Lets what was added leave the memory; to be awaited now and then. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const BUFFER_CHARS = 1 << 20;
const BOM = '\ufeff';

export function openCsvFile(path: string, layout: ReportLayout): ReportFile {
  const file = openSync(path, 'w');
  const { separator } = layout;
  let buffer = BOM;
  const write = () => {
    writeSync(file, buffer);
    buffer = '';
  };
  const add = (cells: readonly ReportCell[]) => {
    buffer += `${cells.map((cell) => quote(asText(cell), separator)).join(separator)}\r\n`;
    if (buffer.length > BUFFER_CHARS) write();
  };
  for (const line of layout.lead) add(line);
  add(layout.header);
  return {
    add,
    flush: async () => {},
    close: async () => {
      write();
      closeSync(file);
    },
  };
}

export function openXlsxFile(path: string, layout: ReportLayout): ReportFile {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true });
  const sheet = workbook.addWorksheet(layout.sheet);
  const add = (cells: readonly ReportCell[]) => sheet.addRow(cells.map(asValue)).commit();
  for (const line of layout.lead) add(line);
  add(layout.header);
  return {
    add,
    flush: () => nextTurn(),
    close: async () => {
      sheet.commit();
      await workbook.commit();
    },
  };
}

function quote(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
