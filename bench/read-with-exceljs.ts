import exceljs from 'exceljs';
import { isMainModule } from '../shared/main-module.ts';

/**
 * Reads every cell of a workbook as exceljs streams it and prints how long that took; a process of its own for its
 * memory.
 */
async function main(path: string): Promise<void> {
  const startedAt = performance.now();
  const reader = new exceljs.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  let rows = 0;
  let filled = 0;
  for await (const sheet of reader) {
    for await (const row of sheet) {
      rows += 1;
      row.eachCell((cell) => {
        if (cell.value !== null) filled += 1;
      });
    }
  }
  console.log(JSON.stringify({ ms: performance.now() - startedAt, rows, filled }));
}

if (isMainModule(import.meta.url)) await main(process.argv[2] ?? '');
