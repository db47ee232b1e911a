/**
 * Tables of a Word document, from its XML. The header and rows of a table stand where Word shows them; merged cells
 * stay empty.
 */
import type { OpenedTables, Reader, ReadOptions } from './reader.ts';
import { badFile } from './file-faults.ts';
import { createTableTracker, tablesInOrder, tablesWithRows, type TableRow } from './table-tracker.ts';
import { indexParts, partText } from './xlsx-workbook.ts';
import { attributesOf, createXmlScanner } from './xml-scanner.ts';
import { openZip, type ZipContainer, type ZipEntry } from './zip-container.ts';

export const docxReader: Reader = {
  format: 'docx',
  async open(path, options) {
    const zip = await openZip(path, options.limits);
    try {
      return await openedDocx(zip, options);
    } catch (error) {
      zip.close();
      throw error;
    }
  },
};

async function openedDocx(zip: ZipContainer, options: ReadOptions): Promise<OpenedTables> {
  const body = indexParts(zip).get('word/document.xml');
  if (body === undefined) throw badFile('damaged');
  const tables = await tablesWithRows(() => scan(zip, body, options, () => {}), options.limits);
  if (tables.length === 0) throw badFile('no_tables');
  return {
    delimiter: null,
    encoding: null,
    warnings: [],
    tables: () => tablesInOrder(() => scan(zip, body, options, options.onBytes), tables, options.sheet),
    close: async () => zip.close(),
  };
}

async function* scan(
  zip: ZipContainer,
  body: ZipEntry,
  { limits, signal }: ReadOptions,
  onBytes: (consumed: number) => void,
): AsyncGenerator<TableRow[], void, undefined> {
  const tracker = createTableTracker(limits, (text) => text.replace(/\n+$/, ''));
  let inText = false;
  /** a second form of what was given before, for older programs */
  let fallback = 0;
  let paragraphs = 0;
  let inStyle = false;
  const scanner = createXmlScanner(
    {
      open(name, raw) {
        if (name === 'Fallback') fallback++;
        if (fallback > 0) return;
        // Tab stops of a paragraph's style are named like tabs.
        if (name === 'pPr') inStyle = true;
        if (inStyle) return;
        if (name === 'tbl') tracker.openTable();
        else if (name === 'tr') tracker.openRow();
        else if (name === 'tc') {
          paragraphs = 0;
          tracker.openCell(1, 1);
        } else if (name === 'gridSpan') tracker.widen(numberOf(raw, 1));
        else if (name === 'gridBefore') tracker.skip(numberOf(raw, 0));
        else if (name === 'p' && paragraphs++ > 0) tracker.text('\n');
        else if (name === 't') inText = true;
        else if (name === 'tab') tracker.text('\t');
        else if (name === 'br' || name === 'cr') tracker.text('\n');
      },
      close(name) {
        if (name === 'Fallback') fallback--;
        else if (fallback > 0) return;
        else if (name === 'pPr') inStyle = false;
        else if (name === 'tbl') tracker.closeTable();
        else if (name === 'tr') tracker.closeRow();
        else if (name === 'tc') tracker.closeCell();
        else if (name === 't') inText = false;
      },
      text(piece) {
        if (inText && fallback === 0) tracker.text(piece);
      },
    },
    limits.maxDepth,
  );
  for await (const piece of partText(zip, body, onBytes)) {
    signal.throwIfAborted();
    scanner.write(piece);
    const rows = tracker.take();
    if (rows.length > 0) yield rows;
  }
  scanner.end();
  const rows = tracker.take();
  if (rows.length > 0) yield rows;
}

function numberOf(raw: string, otherwise: number): number {
  return Number(attributesOf(raw).find(([name]) => name === 'val')?.[1] ?? otherwise);
}
