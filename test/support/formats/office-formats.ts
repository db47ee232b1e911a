/** One table as an old or new office file. */
import * as XLSX from '@e965/xlsx';
import yazl from 'yazl';
import * as codePages from '@e965/xlsx/dist/cpexcel.full';
import { documentXml, type TextRows } from './text-formats.ts';

export function biffOf(sheets: Readonly<Record<string, TextRows>>, bookType: 'biff8' | 'biff5' = 'biff8'): Buffer {
  XLSX.set_cptable(codePages);
  const book = XLSX.utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = XLSX.utils.aoa_to_sheet(rows.map((row) => row.map((cell) => cell ?? undefined)));
    XLSX.utils.book_append_sheet(book, sheet, name);
  }
  return XLSX.write(book, { type: 'buffer', bookType, codepage: 1251 } as XLSX.WritingOptions) as Buffer;
}

export async function docxOf(...tables: readonly TextRows[]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  zip.addBuffer(
    Buffer.from('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    '[Content_Types].xml',
  );
  zip.addBuffer(Buffer.from(documentXml(tables)), 'word/document.xml');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Excel 5 in a Russian Windows: texts are bytes of a code page that the workbook names. */
export function biff5Of(name: string, rows: TextRows, encode: (text: string) => Buffer, codePage = 1251): Buffer {
  const record = (type: number, body: Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(body.length, 2);
    return Buffer.concat([head, body]);
  };
  const words = (...values: number[]) => {
    const body = Buffer.alloc(values.length * 2);
    values.forEach((value, i) => body.writeUInt16LE(value & 0xffff, i * 2));
    return body;
  };
  const cells = rows.flatMap((row, r) =>
    row.flatMap((text, c) => {
      if (text === null) return [];
      const bytes = encode(text);
      return [record(0x0204, Buffer.concat([words(r, c, 0, bytes.length), bytes]))];
    }),
  );
  const sheet = Buffer.concat([record(0x0809, words(0x0500, 0x0010, 0, 0)), ...cells, record(0x000a, Buffer.alloc(0))]);
  const title = encode(name);
  const globals = (offset: number) =>
    Buffer.concat([
      record(0x0809, words(0x0500, 0x0005, 0, 0)),
      record(0x0042, words(codePage)),
      record(0x0085, Buffer.concat([words(offset & 0xffff, offset >>> 16, 0), Buffer.from([title.length]), title])),
      record(0x000a, Buffer.alloc(0)),
    ]);
  const stream = Buffer.concat([globals(globals(0).length), sheet]);
  const container = XLSX.CFB.utils.cfb_new();
  XLSX.CFB.utils.cfb_add(container, '/Book', stream);
  return XLSX.CFB.write(container, { type: 'buffer' }) as Buffer;
}
