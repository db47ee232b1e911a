/** Every format that can hold a table, with what writes one. */
import { encodeAs, zipOf } from '../../unit/readers/reading.ts';
import { csvBytes, xlsxBytes } from '../files.ts';
import { docOf } from './doc-file.ts';
import { biff5Of, biffOf, docxOf } from './office-formats.ts';
import { pdfOfTable } from './pdf-file.ts';
import { rar4, rar5 } from './rar-file.ts';
import * as text from './text-formats.ts';

export interface TableFormat {
  name: string;
  /** of the file's name */
  extension: string;
  /** Columns have names and nothing stands above them: lines above the header cannot be kept. */
  headerFirst?: boolean;
  write(rows: text.TextRows): Uint8Array | Promise<Uint8Array>;
}

const filled = (rows: text.TextRows): string[][] => rows.map((row) => row.map((cell) => cell ?? ''));

export const TABLE_FORMATS: readonly TableFormat[] = [
  {
    name: 'csv with semicolons in windows-1251',
    extension: 'csv',
    write: (rows) => encodeAs(separated(rows, ';'), 'windows-1251'),
  },
  {
    name: 'tsv in utf-16',
    extension: 'tsv',
    write: (rows) => csvBytes(filled(rows), { delimiter: '\t', encoding: 'utf-16le', bom: true }),
  },
  {
    name: 'txt with bars',
    extension: 'txt',
    write: (rows) => csvBytes(filled(rows), { delimiter: '|', lineEnd: '\n' }),
  },
  { name: 'xlsx', extension: 'xlsx', write: (rows) => xlsxBytes({ Лист1: filled(rows) }) },
  { name: 'xls of Excel 97', extension: 'xls', write: (rows) => biffOf({ Лист1: rows }) },
  {
    name: 'xls of Excel 5',
    extension: 'xls',
    write: (rows) => biff5Of('Лист1', rows, (cell) => encodeAs(cell, 'windows-1251')),
  },
  { name: 'xls that is html', extension: 'xls', write: (rows) => Buffer.from(text.htmlTable(rows)) },
  { name: 'xls that is xml', extension: 'xls', write: (rows) => text.spreadsheetXml({ Лист1: rows }) },
  { name: 'json of records', extension: 'json', headerFirst: true, write: text.jsonArray },
  { name: 'json of records within an object', extension: 'json', headerFirst: true, write: text.jsonWrapped },
  { name: 'json of arrays', extension: 'json', write: text.jsonOfArrays },
  { name: 'lines of json', extension: 'json', headerFirst: true, write: text.jsonLines },
  { name: 'xml', extension: 'xml', headerFirst: true, write: text.xmlOfFields },
  { name: 'docx', extension: 'docx', write: (rows) => docxOf(rows) },
  { name: 'doc', extension: 'doc', headerFirst: true, write: docOf },
  { name: 'pdf', extension: 'pdf', headerFirst: true, write: (rows) => pdfOfTable(rows) },
];

function separated(rows: text.TextRows, delimiter: string): string {
  const quote = (cell: string) =>
    cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return filled(rows)
    .map((row) => `${row.map(quote).join(delimiter)}\r\n`)
    .join('');
}

export type Packer = (members: Readonly<Record<string, Uint8Array>>) => Promise<Uint8Array> | Uint8Array;

const membersOf = (members: Readonly<Record<string, Uint8Array>>) =>
  Object.entries(members).map(([name, content]) => ({ name, content }));

export const PACKERS: Readonly<Record<'zip' | 'rar4' | 'rar5', Packer>> = {
  zip: (members) => zipOf(members),
  rar4: (members) => rar4(membersOf(members)),
  rar5: (members) => rar5(membersOf(members)),
};
