import ExcelJS from 'exceljs';
import yazl from 'yazl';
import {
  asText,
  asValue,
  HEADERS,
  machineCells,
  paymentCells,
  serverCells,
  type ReportCell,
} from '../../scripts/make-month/layouts.ts';
import { placeOf } from '../../scripts/make-month/places.ts';
import { createRandom } from '../../scripts/make-month/random.ts';
import type { Gateway } from '../../scripts/make-month/sales.ts';
import type { MachineRow, PaymentRow, ServerRow } from '../../scripts/make-month/story.ts';
import { parseWallTime } from '../../scripts/make-month/wall-clock.ts';

/** Header and rows of one report; `rowsOf...` below make them, `csvBytes` and `xlsxBytes` turn them into files. */
export type Rows = ReportCell[][];

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1251';

const NOON = parseWallTime('2025-06-02 12:00:00');
const MACHINE = 'a7ca181f0000';
const { address, category } = placeOf(0);

/** A Happy Workers report: paid and delivered cash orders at noon, but for what each row says otherwise. */
export function rowsOfHappyWorkers(rows: readonly Partial<MachineRow>[]): Rows {
  const cells = rows.map((row, i) => {
    const createdAt = row.createdAt ?? NOON + i * 600;
    return machineCells({
      number: `TEST-${i + 1}`,
      machine: MACHINE,
      address,
      goods: 'Капучино',
      price: 15_000,
      kind: 'cash',
      createdAt,
      paidAt: createdAt,
      deliveredAt: createdAt + 40,
      refundedAt: null,
      brewFailed: false,
      ...row,
    });
  });
  return [[...HEADERS.happy_workers], ...cells];
}

export function rowsOfVendhub(rows: readonly Partial<ServerRow>[]): Rows {
  const cells = rows.map((row, i) =>
    serverCells({
      reportId: 9_000 + i,
      number: `TEST-${i + 1}`,
      machine: MACHINE,
      category,
      goods: 'Капучино',
      price: 15_000,
      kind: 'cash',
      at: NOON + i * 600 + 40,
      ...row,
    }),
  );
  return [[...HEADERS.vendhub], ...cells];
}

export function rowsOfPayments(gateway: Gateway, rows: readonly Partial<Omit<PaymentRow, 'gateway'>>[]): Rows {
  const random = createRandom(1);
  const cells = rows.map((row, i) =>
    paymentCells(
      {
        gateway,
        transactionId: `${gateway}-${i + 1}`,
        at: NOON + i * 600 - 5,
        amount: 15_000,
        cancelled: false,
        merchantOrderId: 17_000 + i,
        ...row,
      },
      i + 1,
      random,
    ),
  );
  return [[...HEADERS[gateway]], ...cells];
}

export interface CsvOptions {
  delimiter?: ',' | ';' | '\t' | '|';
  lineEnd?: '\r\n' | '\n' | '\r';
  encoding?: Encoding;
  /** Ignored for windows-1251, which has none. */
  bom?: boolean;
}

export function csvBytes(
  rows: Rows,
  { delimiter = ',', lineEnd = '\r\n', encoding = 'utf-8', bom = false }: CsvOptions = {},
): Buffer<ArrayBuffer> {
  const quote = (text: string) =>
    text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const text = rows.map((row) => row.map((cell) => quote(asText(cell))).join(delimiter) + lineEnd).join('');
  return encodeText(text, encoding, bom);
}

/** A workbook; cells keep their types, times of VendHub are serial numbers as in its real export. */
export async function xlsxBytes(sheets: Readonly<Record<string, Rows>>): Promise<Buffer<ArrayBuffer>> {
  const workbook = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    for (const row of rows) sheet.addRow(row.map(asValue));
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

export async function zipBytes(members: Readonly<Record<string, Uint8Array>>): Promise<Buffer<ArrayBuffer>> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of Object.entries(members)) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function encodeText(text: string, encoding: Encoding, bom = false): Buffer<ArrayBuffer> {
  if (encoding === 'windows-1251') return encodeWindows1251(text);
  return Buffer.from((bom ? '\ufeff' : '') + text, encoding);
}

/** Node decodes windows-1251 but does not encode it. Throws for a letter that it does not have. */
function encodeWindows1251(text: string): Buffer<ArrayBuffer> {
  const decoded = new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 256 }, (_, i) => i));
  const codes = new Map(Array.from(decoded, (letter, code) => [letter, code]));
  return Buffer.from(
    Array.from(text, (letter) => {
      const code = codes.get(letter);
      if (code === undefined) throw new Error(`windows-1251 has no ${letter}`);
      return code;
    }),
  );
}
