/** The formats that can be written. A further one is a line here. */
import type { Readable } from 'node:stream';
import { createCsvStream } from './csv-writer.ts';
import type { ExportFormat } from './export-kinds.ts';
import { createJsonStream } from './json-writer.ts';
import type { Labels } from './labels.ts';
import type { Sheet } from './sheet.ts';
import { createXlsxStream } from './xlsx-writer.ts';

export interface FormatWriter {
  contentType: string;
  write(sheets: readonly Sheet[], labels: Labels): Readable;
}

const wordsOf = (labels: Labels) => ({ yes: labels.value('yes'), no: labels.value('no') });

export const FORMAT_WRITERS: Partial<Record<ExportFormat, FormatWriter>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    write: (sheets, labels) =>
      createCsvStream(sheets, { several: sheets.length > 1, words: wordsOf(labels), lang: labels.lang }),
  },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: (sheets, labels) => createXlsxStream(sheets, { words: wordsOf(labels) }),
  },
  json: {
    contentType: 'application/json; charset=utf-8',
    write: (sheets) => createJsonStream(sheets, { several: sheets.length > 1 }),
  },
};
