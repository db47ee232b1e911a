/**
 * Records of Excel 97 (BIFF8) as far as a plain table needs them. Layouts by [MS-XLS]; every number is little-endian.
 */
const RECORD = {
  bof: 0x0809,
  eof: 0x000a,
  codepage: 0x0042,
  window1: 0x003d,
  font: 0x0031,
  format: 0x041e,
  xf: 0x00e0,
  style: 0x0293,
  boundSheet: 0x0085,
  dimensions: 0x0200,
  columnInfo: 0x007d,
  window2: 0x023e,
  pane: 0x0041,
  setup: 0x00a1,
  wsBool: 0x0081,
  label: 0x0204,
  number: 0x0203,
  blank: 0x0201,
} as const;

/** The longest text that a cell of this kind holds. */
export const MAX_LABEL_CHARS = 255;

/** Styles by their index: 0 to 14 belong to the program, cells begin at 15. */
export const BIFF_STYLE = {
  plain: 15,
  header: 16,
  time: 17,
  money: 18,
  title: 19,
  total: 20,
  totalMoney: 21,
  marked: 22,
  moneyWithTiyin: 23,
};

const TIME_FORMAT = 164;
const MONEY_FORMAT = 165;
const TIYIN_FORMAT = 166;
const FORMATS: readonly [id: number, code: string][] = [
  [TIME_FORMAT, 'dd\\.mm\\.yyyy\\ hh:mm:ss'],
  [MONEY_FORMAT, '#,##0\\ "soʻm"'],
  [TIYIN_FORMAT, '#,##0.00\\ "soʻm"'],
];
const FONT = { plain: 0, bold: 1, title: 2 } as const;
const PINK = 45;
const WHITE_BEHIND = 0x40 | (0x41 << 7);

function record(type: number, ...parts: readonly Buffer[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([u16(type, size), ...parts], size + 4);
}

function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16LE(value, at * 2);
  return bytes;
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value, at * 4);
  return bytes;
}

const bytesOf = (...values: readonly number[]): Buffer => Buffer.from(values);

/** @param count how the number of characters is written: in one byte or in two */
function text(value: string, count: 1 | 2): Buffer {
  const length = count === 1 ? bytesOf(value.length) : u16(value.length);
  return Buffer.concat([length, bytesOf(1), Buffer.from(value, 'utf16le')]);
}

const bof = (type: number): Buffer => record(RECORD.bof, u16(0x0600, type, 0x0dbb, 0x07cc), u32(0x41, 0x06));

const endOfPart = (): Buffer => record(RECORD.eof);

const font = (points: number, isBold: boolean): Buffer =>
  record(RECORD.font, u16(points * 20, 0, 0x7fff, isBold ? 700 : 400, 0), bytesOf(0, 0, 0, 0), text('Calibri', 1));

function xf(options: { font?: number; format?: number; isStyle?: boolean; isWrapped?: boolean; fill?: number } = {}) {
  const { font: fontIndex = FONT.plain, format = 0, isStyle = false, isWrapped = false, fill } = options;
  return record(
    RECORD.xf,
    u16(fontIndex, format, isStyle ? 0xfff5 : 0x0001),
    bytesOf(isWrapped ? 0x08 : 0x20, 0, 0, isStyle ? 0xf4 : 0x7c),
    // no borders; the high bits of the second number are the pattern of the fill, 1 = solid
    u32(0, fill === undefined ? 0 : 1 << 26),
    u16(fill === undefined ? WHITE_BEHIND : fill | (0x41 << 7)),
  );
}

/** The part before the sheets. @param offsets where each sheet begins in the stream; as many as there are names */
export function workbookGlobals(names: readonly string[], offsets: readonly number[]): Buffer {
  const styles = [
    xf(),
    xf({ font: FONT.bold, isWrapped: true }),
    xf({ format: TIME_FORMAT }),
    xf({ format: MONEY_FORMAT }),
    xf({ font: FONT.title }),
    xf({ font: FONT.bold }),
    xf({ font: FONT.bold, format: MONEY_FORMAT }),
    xf({ fill: PINK }),
    xf({ format: TIYIN_FORMAT }),
  ];
  return Buffer.concat([
    bof(0x0005),
    record(RECORD.codepage, u16(0x04b0)),
    record(RECORD.window1, u16(0, 0, 0x4000, 0x2000, 0x0038, 0, 0, 1, 0x0258)),
    font(11, false),
    font(11, true),
    font(14, true),
    font(11, false),
    ...FORMATS.map(([id, code]) => record(RECORD.format, u16(id), text(code, 2))),
    ...Array.from({ length: BIFF_STYLE.plain }, () => xf({ isStyle: true })),
    ...styles,
    record(RECORD.style, u16(0x8000), bytesOf(0, 0xff)),
    ...names.map((name, at) => record(RECORD.boundSheet, u32(offsets[at] ?? 0), u16(0), text(name, 1))),
    endOfPart(),
  ]);
}

/**
 * What stands before the cells of a sheet; `linesAt` is where in it the number of lines stands, 4 bytes, which nobody
 * knows yet. Records have an order that programs insist on.
 */
export function sheetHead(widths: readonly number[]): { bytes: Buffer; linesAt: number } {
  const bytes = Buffer.concat([
    bof(0x0010),
    // fit to the width of the page
    record(RECORD.wsBool, u16(0x0100 | 0x04c1)),
    // A4, landscape, as many pages long as it takes
    record(RECORD.setup, u16(9, 100, 1, 1, 0, 0x0000, 600, 600), doubles(0.3, 0.3), u16(1)),
    ...widths.map((width, at) => record(RECORD.columnInfo, u16(at, at, width * 256, BIFF_STYLE.plain, 0, 0))),
    record(RECORD.dimensions, u32(0, 0), u16(0, widths.length, 0)),
  ]);
  return { bytes, linesAt: bytes.length - 10 };
}

/**
 * What stands behind the cells.
 * @param header the line of the header, from 1; it and what is above stay where they are
 * @param isShown the sheet that is seen first
 */
export const sheetTail = (header: number, isShown: boolean): Buffer =>
  Buffer.concat([
    record(RECORD.window2, u16(isShown ? 0x07be : 0x01be, 0, 0, 0x40, 0, 0, 0, 0, 0)),
    record(RECORD.pane, u16(0, header, header, 0, 2)),
    endOfPart(),
  ]);

function doubles(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [at, value] of values.entries()) bytes.writeDoubleLE(value, at * 8);
  return bytes;
}

/** Text beyond MAX_LABEL_CHARS is cut, and says so by its last character. @param line from 0 */
export function labelCell(line: number, column: number, style: number, value: string): Buffer {
  const kept = value.length > MAX_LABEL_CHARS ? `${value.slice(0, MAX_LABEL_CHARS - 1)}…` : value;
  return record(RECORD.label, u16(line, column, style), text(kept, 2));
}

export const numberCell = (line: number, column: number, style: number, value: number): Buffer =>
  record(RECORD.number, u16(line, column, style), doubles(value));

export const blankCell = (line: number, column: number, style: number): Buffer =>
  record(RECORD.blank, u16(line, column, style));
