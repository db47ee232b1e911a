/** Archives that mean harm, and two formats in one file. */
import { gzipSync } from 'node:zlib';
import { zipOf } from '../../unit/readers/reading.ts';
import { csvBytes, type rowsOfHappyWorkers, xlsxBytes } from '../files.ts';
import { docxOf } from './office-formats.ts';
import { pdfOfTable } from './pdf-file.ts';
import { rar4, rar5 } from './rar-file.ts';
import { htmlTable, type TextRows } from './text-formats.ts';
import { LOADED, UNPACKED, BAD, FOREIGN, LIMIT, times, type Made } from './bomb-answers.ts';

export async function archiveBombs(large: boolean): Promise<Made> {
  const inflating = Buffer.alloc((large ? 400 : 64) * 1024 * 1024, ' ');
  const one = { name: 'a.csv', content: Buffer.from('x') };
  return [
    ['inflating.zip', await zipOf({ 'a.csv': inflating }), /^(archive_limit|unpacked)$/],
    ['many members.zip', await zipOf(Object.fromEntries(times(1_000, (i) => [`${i}.csv`, 'x']))), LIMIT],
    ['paths.zip', await zipOf({ '../../a.csv': 'x', '/b.csv': 'x', 'C:/c.csv': 'x' }), UNPACKED],
    ['nested.zip', await zipOf({ 'a.zip': await zipOf({ 'b.zip': await zipOf({ 'c.csv': 'x' }) }) }), UNPACKED],
    ['same name.zip', await zipOf({ 'a.csv': 'x', 'A.CSV': 'y', './a.csv': 'z' }), UNPACKED],
    ['encrypted.zip', await zipOf({ 'a.csv': 'x'.repeat(100) }, lockZip), UNPACKED],
    ['nothing inside.zip', Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'), /^(empty_file|unpacked|bad_file)$/],
    ['lying.rar', rar5([{ ...one, claimedBytes: 2 ** 40 }]), /^(unpacked|archive_limit|bad_file)$/],
    ['lying4.rar', rar4([{ ...one, claimedBytes: 0xffffffff }]), /^(unpacked|archive_limit|bad_file)$/],
    ['many members.rar', rar5(times(1_000, (i) => ({ name: `${i}.csv`, content: Buffer.from('x') }))), LIMIT],
    ['paths.rar', rar5([{ name: '../../../etc/x', content: Buffer.from('x') }]), UNPACKED],
    ['link.rar', rar5([{ name: 'a.csv', content: Buffer.from('/etc/passwd'), link: true }]), UNPACKED],
    ['encrypted.rar', rar5([{ ...one, encrypted: true }]), UNPACKED],
    ['encrypted4.rar', rar4([{ ...one, encrypted: true }]), UNPACKED],
    ['inflating.gz', gzipSync(inflating.subarray(0, 8 * 1024 * 1024)), FOREIGN],
  ];
}

/** Two formats in one file, and formats under the name of another. */
export async function polyglots(cells: ReturnType<typeof rowsOfHappyWorkers>, rows: TextRows): Promise<Made> {
  const csv = csvBytes(cells);
  const zip = await zipOf({ 'a.csv': csv });
  const xlsx = await xlsxBytes({ a: cells });
  const pdf = pdfOfTable(rows);
  return [
    [
      'pdf behind html.pdf',
      Buffer.concat([Buffer.from('PK\x03\x04 <html><table>'), pdfOfTable([['a', 'b', 'c']])]),
      BAD,
    ],
    ['csv before zip.csv', Buffer.concat([csv, zip]), /^(loaded|asked|bad_file)$/],
    [
      'program before zip.zip',
      Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), Buffer.alloc(2_000, 1), zip]),
      FOREIGN,
    ],
    ['zip before csv.csv', Buffer.concat([zip, csv]), /^(unpacked|bad_file)$/],
    ['pdf before a little more.pdf', Buffer.concat([pdf, xlsx.subarray(0, 1_000)]), LOADED],
    // more than 2 KB behind its end: nothing tells it from a document that was cut off
    ['pdf before xlsx.pdf', Buffer.concat([pdf, xlsx, Buffer.alloc(2_048)]), BAD],
    ['picture before pdf.pdf', Buffer.concat([Buffer.from('GIF89a/*'), pdf]), FOREIGN],
    ['html before csv.csv', Buffer.concat([Buffer.from('<html>\n'), csv]), FOREIGN],
    ['json before xml.json', '[]<a><b>1</b></a>', BAD],
    ['csv by name of a workbook.xlsx', csv, LOADED],
    ['workbook by name of a text.csv', xlsx, LOADED],
    ['pdf by name of a document.docx', pdf, LOADED],
    ['page by name of a record.json', htmlTable(rows), LOADED],
    ['no name at all', await docxOf(rows), LOADED],
  ];
}

/** The flag of encryption in both headers of the only member. */
function lockZip(bytes: Buffer): void {
  bytes.writeUInt16LE(bytes.readUInt16LE(6) | 1, 6);
  const central = bytes.indexOf(Buffer.from('504b0102', 'hex'));
  bytes.writeUInt16LE(bytes.readUInt16LE(central + 8) | 1, central + 8);
}
