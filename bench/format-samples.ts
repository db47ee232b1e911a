/** One table in each format, for the benchmark of readers. */
import { docOf } from '../test/support/formats/doc-file.ts';
import { biffOf, docxOf } from '../test/support/formats/office-formats.ts';
import { pdfOfTable } from '../test/support/formats/pdf-file.ts';
import {
  htmlTable,
  jsonArray,
  jsonLines,
  spreadsheetXml,
  xmlOfFields,
  type TextRows,
} from '../test/support/formats/text-formats.ts';
import { csvBytes, xlsxBytes } from '../test/support/files.ts';

export interface FormatSample {
  name: string;
  /** of the rows of the benchmark */
  share: number;
  /** libraries that read the same file, by the names that read-format.ts knows */
  bare: readonly string[];
  write(rows: TextRows): Promise<Uint8Array> | Uint8Array;
}

const filled = (rows: TextRows): string[][] => rows.map((row) => row.map((cell) => cell ?? ''));

export const FORMAT_SAMPLES: readonly FormatSample[] = [
  { name: 'csv', share: 5, bare: ['papaparse', 'csv-parse'], write: (rows) => csvBytes(filled(rows)) },
  { name: 'xlsx', share: 1, bare: ['exceljs', 'sheetjs'], write: (rows) => xlsxBytes({ sheet1: filled(rows) }) },
  { name: 'json', share: 2.5, bare: ['JSON.parse'], write: jsonArray },
  { name: 'json-lines', share: 2.5, bare: ['JSON.parse of lines'], write: jsonLines },
  { name: 'xml', share: 1, bare: ['own scanner', 'saxes'], write: xmlOfFields },
  {
    name: 'xml-spreadsheet',
    share: 1,
    bare: ['own scanner', 'saxes', 'sheetjs'],
    write: (rows) => spreadsheetXml({ sheet1: rows }),
  },
  { name: 'html', share: 1, bare: ['htmlparser2', 'sheetjs'], write: (rows) => Buffer.from(htmlTable(rows)) },
  { name: 'xls', share: 0.2, bare: ['sheetjs'], write: (rows) => biffOf({ sheet1: rows }) },
  { name: 'docx', share: 0.5, bare: [], write: (rows) => docxOf(rows) },
  { name: 'doc', share: 0.1, bare: ['word-extractor'], write: docOf },
  { name: 'pdf', share: 0.2, bare: ['unpdf'], write: (rows) => pdfOfTable(rows) },
];
