/** The contract of readers, run against each. */
import { csvReader } from '../../../shared/ingest/readers/csv-reader.ts';
import { xlsxReader } from '../../../shared/ingest/readers/xlsx-reader.ts';
import { readerContract } from '../../contracts/reader-contract.ts';
import { csvBytes, xlsxBytes } from '../../support/files.ts';

const rowNumber = (index: number): number => index + 1;

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
readerContract('xlsx', { reader: xlsxReader, write: (rows) => xlsxBytes({ sheet1: rows }), rowNumber, noticesTruncation: true });
