/** What goes by the name of .xls: Excel 5 to 2003 (BIFF), the XML spreadsheet of 2003, and HTML tables. */
import { readFileHead } from './file-chunks.ts';
import { isOle2 } from './ole2.ts';
import type { Reader } from './reader.ts';

const HEAD_BYTES = 8_192;

export const xlsReader: Reader = {
  format: 'xls',
  async open(path, options) {
    const head = await readFileHead(path, HEAD_BYTES);
    if (isOle2(head)) return (await import('./biff.ts')).openBiff(path, options);
    if (isSpreadsheetXml(head.toString('latin1').replaceAll('\0', '')))
      return (await import('./spreadsheet-xml.ts')).openSpreadsheetXml(path, options);
    return (await import('./html-table.ts')).openHtmlTables(path, options);
  },
};

/** Told by the namespace or the instruction that makes Windows open it with Excel. */
export function isSpreadsheetXml(start: string): boolean {
  return (
    /urn:schemas-microsoft-com:office:spreadsheet|progid="Excel\.Sheet"/.test(start) &&
    /<(?:[\w-]+:)?Workbook\b/.test(start)
  );
}
