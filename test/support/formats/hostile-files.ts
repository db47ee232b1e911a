/** Files that are damaged, made from good ones by a seed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeAs, zipOf } from '../../unit/readers/reading.ts';
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
  const rows = cells.map((row) =>
    row.map((cell) => (cell === '' ? null : String(typeof cell === 'object' ? 45_000 : cell))),
  );
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
      return bytes.fill(0, at, Math.min(bytes.length, at + 1 + below(600)));
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
