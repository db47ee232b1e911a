/** The formats that can be written. A further one is a line here. */
import type { Readable } from 'node:stream';
import { createCsvStream } from './csv-writer.ts';
import type { ExportFormat } from './export-kinds.ts';
import { createJsonStream } from './json-writer.ts';
import type { Labels } from './labels.ts';
import type { SpoolFolder } from '../storage/spool-folder.ts';
import type { Sheet } from './sheet.ts';
import { createPdfStream } from './pdf-writer.ts';
import { createXlsStream } from './xls-writer.ts';
import { createXlsxStream } from './xlsx-writer.ts';

export interface FormatWriter {
  contentType: string;
  /** @param spool where a format keeps what it cannot send yet */
  write(sheets: readonly Sheet[], labels: Labels, spool: Pick<SpoolFolder, 'newFile'>): Readable;
}

const wordsOf = (labels: Labels) => ({ yes: labels.value('yes'), no: labels.value('no') });

export const FORMAT_WRITERS: Readonly<Record<ExportFormat, FormatWriter>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    write: (sheets, labels) =>
      createCsvStream(sheets, { several: sheets.length > 1, words: wordsOf(labels), lang: labels.lang }),
  },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: (sheets, labels) => createXlsxStream(sheets, { words: wordsOf(labels) }),
  },
  xls: {
    contentType: 'application/vnd.ms-excel',
    write: (sheets, labels, spool) => createXlsStream(sheets, { words: wordsOf(labels), spool }),
  },
  pdf: {
    contentType: 'application/pdf',
    write: (sheets, labels) => createPdfStream(sheets, { words: wordsOf(labels) }),
  },
  json: {
    contentType: 'application/json; charset=utf-8',
    write: (sheets) => createJsonStream(sheets, { several: sheets.length > 1 }),
  },
};
