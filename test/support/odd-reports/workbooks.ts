/** The small reports of lines.ts as workbooks, with what only a workbook can hold. */
import * as XLSX from '@e965/xlsx';

const cellsOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(';'));

/** @param change what the sheets hold beside texts, by the name of the sheet */
export function workbook(
  sheets: Readonly<Record<string, string>>,
  bookType: 'xlsx' | 'biff8' = 'xlsx',
  change: (made: Record<string, XLSX.WorkSheet>) => void = () => {},
): Uint8Array {
  const book = XLSX.utils.book_new();
  for (const [name, csv] of Object.entries(sheets)) {
    const rows = cellsOf(csv).map((row) => row.map((cell) => (cell === '' ? undefined : cell)));
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), name);
  }
  change(book.Sheets);
  return XLSX.write(book, { type: 'buffer', bookType }) as Buffer;
}

/** Makes date cells of the texts `YYYY-MM-DD HH:mm:ss` in a column, as a spreadsheet does that reads them. */
export function dateCells(sheet: XLSX.WorkSheet, column: string): void {
  for (const [place, cell] of Object.entries(sheet) as [string, XLSX.CellObject][]) {
    if (!new RegExp(`^${column}\\d+$`).test(place) || !/^\d{4}-/.test(String(cell.v))) continue;
    const days = (Date.parse(`${String(cell.v).replace(' ', 'T')}Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;
    sheet[place] = { t: 'n', v: days, z: 'dd.mm.yyyy hh:mm' };
  }
}

export interface XmlSheet {
  name: string;
  rows: string;
  visible?: 'SheetVisible' | 'SheetHidden' | 'SheetVeryHidden';
}

/** As Excel 2003 writes it: what is a number stands as one. */
export function spreadsheetXml({ before = '', sheets }: { before?: string; sheets: readonly XmlSheet[] }): Uint8Array {
  const cell = (text: string) =>
    `<Cell><Data ss:Type="${/^\d+\.\d+$/.test(text) ? 'Number' : 'String'}">${text}</Data></Cell>`;
  const sheet = ({ name, rows, visible }: XmlSheet) =>
    `<Worksheet ss:Name="${name}"><Table>${cellsOf(rows)
      .map((row) => `<Row>${row.map(cell).join('')}</Row>`)
      .join('')}</Table>${
      visible === undefined
        ? ''
        : `<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>${visible}</Visible></WorksheetOptions>`
    }</Worksheet>`;
  return Buffer.from(`<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
${before}${sheets.map(sheet).join('')}</Workbook>`);
}
