/** Files that are broken or mean harm, made from good ones by a seed, and some that are made to hurt. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeAs, workbookOf, workbookParts, zipOf } from '../../unit/readers/reading.ts';
import { csvBytes, rowsOfHappyWorkers, xlsxBytes } from '../files.ts';
import { createRandom } from '../../../scripts/make-month/random.ts';
import { biff5Of, biffOf, docxOf } from './office-formats.ts';
import { pdfOfTable } from './pdf-file.ts';
import { rar4, rar5 } from './rar-file.ts';
import * as text from './text-formats.ts';

export interface HostileFile {
  name: string;
  content: Uint8Array;
}

/** A good report in every format. */
export async function goodFiles(): Promise<HostileFile[]> {
  const cells = rowsOfHappyWorkers(Array.from({ length: 40 }, (_, i) => ({ number: `ff${i}` })));
  const rows = cells.map((row) => row.map((cell) => (cell === '' ? null : String(typeof cell === 'object' ? 45_000 : cell))));
  const csv = csvBytes(cells);
  const word = await readFile(join(import.meta.dirname, '../../fixtures/click.doc'));
  return [
    { name: 'good.csv', content: csv },
    { name: 'good.tsv', content: csvBytes(cells, { delimiter: '\t', encoding: 'utf-16le', bom: true }) },
    { name: 'good.xlsx', content: await xlsxBytes({ sheet1: cells }) },
    { name: 'good97.xls', content: biffOf({ sheet1: rows }) },
    { name: 'good5.xls', content: biff5Of('a', rows, (cell) => encodeAs(cell, 'windows-1251')) },
    { name: 'html.xls', content: Buffer.from(text.htmlTable(rows)) },
    { name: 'xml.xls', content: text.spreadsheetXml({ sheet1: rows }) },
    { name: 'good.json', content: text.jsonArray(rows) },
    { name: 'lines.json', content: text.jsonLines(rows) },
    { name: 'good.xml', content: text.xmlOfFields(rows) },
    { name: 'good.pdf', content: pdfOfTable(rows) },
    { name: 'good.doc', content: word },
    { name: 'good.docx', content: await docxOf(rows) },
    { name: 'good.zip', content: await zipOf({ 'a/sales.csv': csv, 'b.csv': 'x' }) },
    { name: 'good4.rar', content: rar4([{ name: 'sales.csv', content: csv }]) },
    { name: 'good5.rar', content: rar5([{ name: 'sales.csv', content: csv }]) },
  ];
}

/** `count` files, each made from a good one by the seed; the same seed makes the same files. */
export function mutated(good: readonly HostileFile[], seed: number, count: number): HostileFile[] {
  const random = createRandom(seed);
  const below = (max: number): number => Math.floor(random.next() * max);
  const mutations: ((bytes: Buffer, other: Buffer) => Buffer)[] = [
    (bytes) => bytes.subarray(0, below(bytes.length)),
    (bytes) => {
      for (let flips = 1 + below(20); flips > 0; flips--) bytes[below(bytes.length)]! ^= 1 << below(8);
      return bytes;
    },
    (bytes) => {
      const at = below(bytes.length);
      return bytes.fill(0, at, at + 1 + below(600));
    },
    (bytes) => {
      const at = below(bytes.length);
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(Array.from({ length: 1 + below(300) }, () => below(256))),
        bytes.subarray(at),
      ]);
    },
    (bytes, other) => Buffer.concat([bytes.subarray(0, below(bytes.length)), other.subarray(below(other.length))]),
    (bytes, other) => Buffer.concat([bytes, other]),
    (bytes) => {
      const at = below(bytes.length);
      const size = 1 + below(bytes.length - at);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
    },
    (bytes) => {
      // Lengths and offsets of binary formats, turned to their largest.
      const at = below(Math.max(1, bytes.length - 4));
      bytes.writeUInt32LE(0xffffffff - below(3), Math.min(at, Math.max(0, bytes.length - 4)));
      return bytes;
    },
  ];
  return Array.from({ length: count }, (_, i) => {
    const file = good[i % good.length]!;
    const kind = below(mutations.length);
    const other = good[below(good.length)]!;
    return {
      name: `${file.name} #${i} mutation ${kind}`,
      content: mutations[kind]!(Buffer.from(file.content), Buffer.from(other.content)),
    };
  });
}

const CELL = (text: string, place = 'A1') => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;

/** Made to take time, memory or the reader's word; `large` adds those that take seconds to write. */
export async function bombs(large: boolean): Promise<HostileFile[]> {
  const header = 'Номер заказа,Машинный код,Наименование товара,Цена заказа,Время создания,Статус платежа,Статус варки';
  const wide = Array.from({ length: large ? 1_000_000 : 100_000 }, (_, i) => i).join(',');
  const deep = large ? 20_000_000 : 2_000_000;
  const pdfLoop = Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF\n',
  );
  const entity = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>';
  const inflating = Buffer.alloc((large ? 400 : 120) * 1024 * 1024, ' ');
  const sheetBomb = workbookParts({ sheets: { a: '' } });
  sheetBomb['xl/worksheets/sheet1.xml'] = Buffer.concat([Buffer.from('<worksheet><sheetData>'), inflating]);
  const files: [string, Uint8Array | string][] = [
    ['empty.csv', ''],
    ['only mark.csv', '\ufeff'],
    ['only header.csv', header],
    ['nul bytes.csv', `${header}\n\0\0\0,\0`],
    ['only nul.xlsx', Buffer.alloc(5_000)],
    ['unclosed quote.csv', `${header}\n"a,b\n${'x,y\n'.repeat(50_000)}`],
    ['mixed line ends.csv', `${header}\r\na,b\rc,d\ne,f`],
    ['long line.csv', 'x'.repeat(6_000_000)],
    ['million columns.csv', `${wide}\n${wide}`],
    ['deep.json', '['.repeat(deep)],
    ['deep objects.json', '{"a":'.repeat(deep / 5)],
    ['endless string.json', `["${'x'.repeat(6_000_000)}`],
    ['endless number.json', `[${'1'.repeat(6_000_000)}`],
    ['many keys.json', `[{${Array.from({ length: 50_000 }, (_, i) => `"k${i}":1`).join()}}]`],
    ['entity.xml', entity],
    ['deep.xml', '<a>'.repeat(deep / 3)],
    ['many attributes.xml', `<a><b ${Array.from({ length: 100_000 }, (_, i) => `a${i}="1"`).join(' ')}/></a>`],
    ['huge cell.xml', `<a><b><c>${'x'.repeat(5_000_000)}</c></b></a>`],
    ['endless tag.xml', `<a ${'x'.repeat(5_000_000)}`],
    ['colspan.xls', '<table><tr><td colspan=1000000000>x</td></tr></table>'],
    ['rowspan.xls', `<table><tr>${'<td rowspan=1000000000>x'.repeat(900)}</tr>${'<tr><td>y</td></tr>'.repeat(3_000)}</table>`],
    ['nested tables.xls', '<table><tr><td>'.repeat(200_000)],
    [
      'index.xls',
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row><Cell ss:Index="900000000"><Data>x</Data></Cell></Row></Table></Worksheet></Workbook>',
    ],
    ['far cell.xlsx', await workbookOf({ sheets: { a: `<row r="1048576">${CELL('x', 'XFD1048576')}</row>` } })],
    ['sheet of blanks.xlsx', await zipOf(sheetBomb)],
    ['10000 sheets.xlsx', await workbookOf({ sheets: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`s${i}`, ''])) })],
    ['doctype.xlsx', await workbookOf({ sheets: { a: '' }, parts: { 'xl/workbook.xml': entity } })],
    [
      'formulas.xlsx',
      await workbookOf({ sheets: { a: `<row r="1"><c r="A1"><f>WEBSERVICE("http://127.0.0.1:1/")</f><v>1</v></c></row>` } }),
    ],
    [
      'macros.xlsm',
      await workbookOf({ sheets: { a: `<row r="1">${CELL('x')}</row>` }, parts: { 'xl/vbaProject.bin': Buffer.alloc(900, 7) } }),
    ],
    [
      'deep.docx',
      await zipOf({ 'word/document.xml': `<w:document>${'<w:tbl><w:tr><w:tc>'.repeat(100_000)}`, '[Content_Types].xml': '<T/>' }),
    ],
    ['inflating.zip', await zipOf({ 'a.csv': inflating })],
    ['many members.zip', await zipOf(Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`${i}.csv`, 'x'])))],
    ['paths.zip', await zipOf({ '../../a.csv': 'x', '/b.csv': 'x', 'C:/c.csv': 'x' })],
    ['nested.zip', await zipOf({ 'a.zip': await zipOf({ 'b.zip': await zipOf({ 'c.csv': 'x' }) }) })],
    ['lying.rar', rar5([{ name: 'a.csv', content: Buffer.from('x'), claimedBytes: 2 ** 40 }])],
    ['lying4.rar', rar4([{ name: 'a.csv', content: Buffer.from('x'), claimedBytes: 0xffffffff }])],
    ['paths.rar', rar5([{ name: '../../../etc/x', content: Buffer.from('x') }])],
    ['loop.pdf', pdfLoop],
    ['no pages.pdf', '%PDF-1.4\n%%EOF\n'],
    ['polyglot.pdf', Buffer.concat([Buffer.from('PK\x03\x04 <html><table>'), pdfOfTable([['a', 'b', 'c']])])],
    ['html as csv.csv', '<html><body>Session expired</body></html>'],
    ['picture.xlsx', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['program.csv', Buffer.concat([Buffer.from('MZ\x90\0\x03', 'latin1'), Buffer.alloc(3_000, 1)])],
    ['noise.doc', Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7_919 + (i >> 3) * 31) % 256))],
    ['ole2 loop.xls', oleLoop()],
  ];
  return files.map(([name, content]) => ({ name, content: typeof content === 'string' ? Buffer.from(content) : content }));
}

/** A container whose sectors lead round in a circle. */
function oleLoop(): Buffer {
  const file = Buffer.from(biffOf({ a: [['x']] }));
  const table = (file.readUInt32LE(76) + 1) * 512;
  for (let entry = 1; entry < 10; entry++) file.writeUInt32LE(entry === 9 ? 3 : entry + 1, table + entry * 4);
  return file;
}
