import type { Cell } from '../readers/reader.ts';
import { cleanForJson, copyValue, escapeCopy, COPY_NULL } from './copy-text.ts';

/** Enough to find the cell; the whole row can be read again from the file. */
const MAX_VALUE_CHARS = 1_000;

export interface RowFault {
  /** header of the column as in the file; null = the row as a whole */
  header: string | null;
  field: string | null;
  code: string;
  /** a warning leaves the row as it is; anything else refuses it */
  severity?: 'error' | 'warning';
  params?: Record<string, string | number>;
  cell: Cell | undefined;
}

export interface RejectWriter {
  /** The next faults belong to this row. */
  start(rowIndex: number, sourceRow: number, rowSheet?: string): void;
  add(fault: RowFault): void;
  /** Faults that refuse the current row. */
  count(): number;
  /** Lines of REJECT_COLUMNS since the last call. */
  take(): string;
}

export function createRejectWriter(sheet: string | null): RejectWriter {
  const tableText = copyValue(sheet);
  let sheetText = tableText;
  let lines = '';
  let rowIndex = 0;
  let sourceRow = 0;
  let faultCount = 0;
  return {
    start(index, row, rowSheet) {
      sheetText = rowSheet === undefined ? tableText : copyValue(rowSheet);
      rowIndex = index;
      sourceRow = row;
      faultCount = 0;
    },
    add({ header, field, code, severity = 'error', params, cell }) {
      if (severity === 'error') faultCount += 1;
      const value =
        cell === null || cell === undefined ? COPY_NULL : escapeCopy(String(cell).slice(0, MAX_VALUE_CHARS));
      const details = params === undefined ? '{}' : cleanForJson(JSON.stringify(params));
      lines +=
        `${rowIndex}\t${sheetText}\t${sourceRow}\t${copyValue(header)}\t${copyValue(field)}\t${code}\t${severity}\t` +
        `${escapeCopy(details)}\t${value}\n`;
    },
    count: () => faultCount,
    take() {
      const taken = lines;
      lines = '';
      return taken;
    },
  };
}
