/** The contract of readers, run against each. */
import { csvReader } from '../../../shared/ingest/readers/csv-reader.ts';
import { docxReader } from '../../../shared/ingest/readers/docx-reader.ts';
import { jsonReader } from '../../../shared/ingest/readers/json-reader.ts';
import { pdfReader } from '../../../shared/ingest/readers/pdf-reader.ts';
import { xlsReader } from '../../../shared/ingest/readers/xls-reader.ts';
import { xlsxReader } from '../../../shared/ingest/readers/xlsx-reader.ts';
import { xmlReader } from '../../../shared/ingest/readers/xml-reader.ts';
import { readerContract } from '../../contracts/reader-contract.ts';
import { csvBytes, xlsxBytes } from '../../support/files.ts';
import { biff5Of, biffOf, docxOf } from '../../support/formats/office-formats.ts';
import { pdfOfTable } from '../../support/formats/pdf-file.ts';
import {
  htmlTable,
  jsonArray,
  jsonLines,
  jsonOfArrays,
  spreadsheetXml,
  xmlOfFields,
} from '../../support/formats/text-formats.ts';
import { encodeAs } from './reading.ts';

const rowNumber = (index: number): number => index + 1;
/** Formats with names instead of a header row: the records count from 1. */
const recordNumber = (index: number): number => index;

readerContract('csv', { reader: csvReader, write: (rows) => csvBytes(rows), rowNumber, noticesTruncation: false });
readerContract('csv with mixed line ends', {
  reader: csvReader,
  write: (rows) => {
    const bytes = csvBytes(rows, { lineEnd: '\n' }).toString();
    return Buffer.from(bytes.endsWith('\n') ? `${bytes.slice(0, -1)}\r\n` : bytes);
  },
  rowNumber,
  noticesTruncation: false,
});
readerContract('xlsx', {
  reader: xlsxReader,
  write: (rows) => xlsxBytes({ sheet1: rows }),
  rowNumber,
  noticesTruncation: true,
  largeRows: 8_000,
});
readerContract('json, an array of records', {
  reader: jsonReader,
  write: jsonArray,
  rowNumber: recordNumber,
  noticesTruncation: true,
  named: true,
  largeRows: 8_000,
});
readerContract('json, an array of arrays', {
  reader: jsonReader,
  write: jsonOfArrays,
  rowNumber,
  noticesTruncation: true,
  largeRows: 8_000,
});
readerContract('json lines', {
  reader: jsonReader,
  write: jsonLines,
  rowNumber: recordNumber,
  noticesTruncation: false,
  named: true,
  largeRows: 8_000,
});
readerContract('xml', {
  reader: xmlReader,
  write: xmlOfFields,
  rowNumber: recordNumber,
  noticesTruncation: true,
  named: true,
  trimsBlanks: true,
  largeRows: 8_000,
});
readerContract('xml spreadsheet', {
  reader: xlsReader,
  write: (rows) => spreadsheetXml({ sheet1: rows }),
  rowNumber,
  noticesTruncation: true,
  largeRows: 8_000,
});
readerContract('html table', {
  reader: xlsReader,
  write: (rows) => Buffer.from(htmlTable(rows)),
  rowNumber,
  noticesTruncation: false,
  trimsBlanks: true,
  largeRows: 12_000,
});
readerContract('xls of Excel 97', {
  reader: xlsReader,
  write: (rows) => biffOf({ sheet1: rows }),
  rowNumber,
  noticesTruncation: true,
  atOnce: true,
  simpleWriter: true,
  largeRows: 3_000,
});
readerContract('xls of Excel 5', {
  reader: xlsReader,
  write: (rows) => biff5Of('Лист1', rows, (text) => encodeAs(text, 'windows-1251')),
  rowNumber,
  noticesTruncation: true,
  atOnce: true,
  simpleWriter: true,
  largeRows: 3_000,
});
readerContract('docx', {
  reader: docxReader,
  write: (rows) => docxOf(rows),
  rowNumber,
  noticesTruncation: true,
  largeRows: 8_000,
});
readerContract('pdf', {
  reader: pdfReader,
  write: (rows) => pdfOfTable(rows),
  rowNumber,
  noticesTruncation: true,
  trimsBlanks: true,
  paged: true,
  largeRows: 1_200,
});
