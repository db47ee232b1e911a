/**
 * xlsx (and xlsm, whose macros nobody runs), read part by part as a stream. The libraries gave wrong values on real
 * files or held the whole workbook in memory.
 */
import type { OpenedTables, RawRow, Reader, ReadOptions } from './reader.ts';
import { createSheetParser } from './xlsx-sheet.ts';
import { createPackedStrings, readSharedStrings, type SharedStrings } from './xlsx-strings.ts';
import { partText, readWorkbook, type SheetPart, type Workbook } from './xlsx-workbook.ts';
import { openZip, type ZipContainer } from './zip-container.ts';

export const xlsxReader: Reader = {
  format: 'xlsx',
  async open(path, options) {
    const zip = await openZip(path, options.limits);
    try {
      return openedXlsx(zip, await readWorkbook(zip, options.limits), options);
    } catch (error) {
      zip.close();
      throw error;
    }
  },
};

function openedXlsx(zip: ZipContainer, workbook: Workbook, options: ReadOptions): OpenedTables {
  let strings: Promise<SharedStrings> | null = null;
  let finishedBytes = 0;

  function sharedStrings(): Promise<SharedStrings> {
    const part = workbook.sharedStrings;
    strings ??=
      part === null ? Promise.resolve(createPackedStrings(0)) : readSharedStrings(partText(zip, part), options.limits);
    return strings;
  }

  async function* sheetRows(sheet: SheetPart): AsyncGenerator<RawRow[], void, undefined> {
    const parser = createSheetParser({
      strings: await sharedStrings(),
      styles: workbook.styles,
      date1904: workbook.date1904,
      limits: options.limits,
    });
    const text = partText(zip, sheet.entry, (consumed) => options.onBytes(finishedBytes + consumed));
    for await (const chunk of text) {
      options.signal.throwIfAborted();
      parser.write(chunk);
      const rows = parser.takeRows();
      if (rows.length > 0) yield rows;
    }
    parser.end();
    const rest = parser.takeRows();
    if (rest.length > 0) yield rest;
    finishedBytes += sheet.entry.compressedBytes;
  }

  return {
    delimiter: null,
    encoding: null,
    warnings: workbook.warnings,
    async *tables() {
      finishedBytes = workbook.sharedStrings?.compressedBytes ?? 0;
      for (const sheet of workbook.sheets) {
        if (options.sheet === undefined || options.sheet === sheet.name)
          yield { sheet: sheet.name, hidden: sheet.hidden, date1904: workbook.date1904, rows: sheetRows(sheet) };
      }
    },
    close: async () => zip.close(),
  };
}
