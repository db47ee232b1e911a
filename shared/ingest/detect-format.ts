/** What a file is, by its content and never by its name (rules.md 12). */
import { findDialect } from './readers/csv-dialect.ts';
import { badFile } from './readers/file-faults.ts';
import { readFileChunks, readFileHead } from './readers/file-chunks.ts';
import { detectOle2, isOle2 } from './readers/ole2.ts';
import { FileFault, type FileFormat, type ReadLimits } from './readers/reader.ts';
import { findByteOrderMark, guessUtf16, isUtf8Head } from './readers/text-encoding.ts';
import { isSpreadsheetXml } from './readers/xls-reader.ts';

/** Known, so that the answer can say what it is and what to do instead, but read by nobody. */
export const FOREIGN_FORMATS = [
  'html',
  'mht',
  'xlsb',
  'ods',
  'numbers',
  'odt',
  'pptx',
  'ppt',
  'rtf',
  'image',
  'gzip',
  '7z',
  'bzip2',
  'xz',
  'program',
  'sqlite',
] as const;
export type DetectedFormat = FileFormat | (typeof FOREIGN_FORMATS)[number];

export interface DetectOptions {
  encoding?: string;
  delimiter?: ',' | ';' | '\t' | '|';
  limits: ReadLimits;
  signal: AbortSignal;
}

const HEAD_BYTES = 64 * 1024;

/** First bytes, written as latin-1. */
const MAGIC: readonly [bytes: string, format: DetectedFormat][] = [
  ['Rar!\x1a\x07', 'rar'],
  ['{\\rtf', 'rtf'],
  ['\x89PNG', 'image'],
  ['GIF8', 'image'],
  ['\xff\xd8\xff', 'image'],
  ['\x1f\x8b', 'gzip'],
  ["7z\xbc\xaf'\x1c", '7z'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ', 'xz'],
  ['MZ\x90', 'program'],
  ['\x7fELF', 'program'],
  ['SQLite format 3\0', 'sqlite'],
];

/**
 * Throws FileFault `empty_file`, `encrypted` or `bad_file`; whether the format can be read is for readers/index.ts to
 * say.
 */
export async function detectFormat(path: string, options: DetectOptions): Promise<DetectedFormat> {
  const head = await readFileHead(path, HEAD_BYTES);
  if (await isBlank(path, head, options.signal)) throw new FileFault('empty_file');
  const known = MAGIC.find(([bytes]) => startsWith(head, bytes));
  if (known !== undefined) return known[1];
  if (startsWith(head, 'PK\x03\x04') || startsWith(head, 'PK\x05\x06')) return detectZip(path, options.limits);
  if (isOle2(head)) return detectOle2(path, head);
  // A PDF may begin with a few bytes of something else; readers of it look at the first 1 024.
  if (head.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  return detectText(head, options);
}

function startsWith(head: Buffer, bytes: string): boolean {
  return head.toString('latin1', 0, bytes.length) === bytes;
}

/** Nothing but a byte order mark, blanks and NULs. */
async function isBlank(path: string, head: Buffer, signal: AbortSignal): Promise<boolean> {
  const mark = findByteOrderMark(head);
  if (!isBlankBytes(head.subarray(mark?.bytes ?? 0))) return false;
  let skip = mark?.bytes ?? 0;
  for await (const chunk of readFileChunks(path, signal)) {
    if (!isBlankBytes(chunk.subarray(skip))) return false;
    skip = 0;
  }
  return true;
}

function isBlankBytes(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0 || byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

async function detectZip(path: string, limits: ReadLimits): Promise<DetectedFormat> {
  const { openZip } = await import('./readers/zip-container.ts');
  const zip = await openZip(path, limits);
  try {
    const names = new Set(zip.entries.map((entry) => entry.name.toLowerCase().replace(/^\/+/, '')));
    if (names.has('xl/workbook.bin')) return 'xlsb';
    if (names.has('xl/workbook.xml')) return 'xlsx';
    if (names.has('word/document.xml')) return 'docx';
    if (names.has('ppt/presentation.xml')) return 'pptx';
    // packed once more by older versions; an archive may hold a file of that name, but not with these beside it
    if (names.has('index/document.iwa') || (names.has('index.zip') && names.has('metadata/properties.plist')))
      return 'numbers';
    if (names.has('mimetype') && names.has('content.xml'))
      return names.has('styles.xml') && (await isOdt()) ? 'odt' : 'ods';
    // Writers may put the workbook anywhere, as long as the content types say so.
    if (names.has('[content_types].xml') && [...names].some((name) => /(^|\/)workbook\.xml$/.test(name))) return 'xlsx';
    if (names.has('_rels/.rels') && (await partHead('[content_types].xml')).includes('spreadsheetml.sheet.main+xml'))
      return 'xlsx';
    return 'zip';
  } finally {
    zip.close();
  }

  async function isOdt(): Promise<boolean> {
    return (await partHead('mimetype')).includes('opendocument.text');
  }

  /** The beginning of a member, its name in any case; empty where there is none. */
  async function partHead(name: string): Promise<string> {
    const part = zip.entries.find((entry) => entry.name.toLowerCase().replace(/^\/+/, '') === name);
    if (part === undefined) return '';
    let text = '';
    for await (const piece of zip.read(part)) {
      text += Buffer.from(piece).toString('latin1');
      if (text.length >= HEAD_BYTES) break;
    }
    return text;
  }
}

function detectText(head: Buffer, options: DetectOptions): DetectedFormat {
  const encoding =
    findByteOrderMark(head)?.encoding ?? guessUtf16(head) ?? (isUtf8Head(head) ? 'utf-8' : 'windows-1251');
  const text = new TextDecoder(encoding).decode(head).replaceAll('\0', '');
  const start = text.trimStart();
  if (/^\{\s*["}]/.test(start) || /^\[\s*(?:[{["\]-]|\d|true|false|null)/.test(start)) return 'json';
  if (isPage(start)) return htmlFormat(start);
  if (MESSAGE.test(start)) return 'mht';
  if (/^<(?:\?xml|!--|!doctype|[\p{L}_][\w.:-]*[\s/>])/iu.test(start))
    return /^<\?xml[^>]*>\s*(?:<!doctype\s+html|<html)\b/i.test(start)
      ? htmlFormat(start)
      : isSpreadsheetXml(start.slice(0, 8_192))
        ? 'xls'
        : 'xml';
  if (!isReadable(text)) throw badFile('not_text');
  const { delimiter, singleColumn } = findDialect(head, options);
  if (singleColumn || delimiter === '|') return 'txt';
  return delimiter === '\t' ? 'tsv' : 'csv';
}

/** A page saved as one file is written like a letter: Excel's *Single File Web Page*, what a browser calls .mht. */
const MESSAGE = /^(?:[a-z][a-z-]*: [^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version: 1\.0\b/i;

/** Pages begin with comments too; with what an XML root may be called as well they are told by the rows of a table. */
function isPage(start: string): boolean {
  const bare = start.replace(/^(?:<!--[\s\S]*?-->\s*)+/, '');
  return (
    /^<(?:!doctype\s+html|html|head|body|table|meta|style)\b/i.test(bare) ||
    (/^<(?:script|link|base|title|div|center|span|font|form|p|b|br|hr|img|h[1-6])\b/i.test(bare) &&
      /<table\b/i.test(bare) &&
      /<t[rd]\b/i.test(bare))
  );
}

/** A page with a table is what shops call .xls; whether it has one further down is for its reader to see. */
function htmlFormat(text: string): DetectedFormat {
  return /<table\b/i.test(text) || text.length >= HEAD_BYTES / 4 ? 'xls' : 'html';
}

/**
 * Text has hardly any control characters; noise has one in ten. NULs are judged by the share of the bytes they took.
 */
function isReadable(text: string): boolean {
  let controls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < 0x20 && !(code >= 0x09 && code <= 0x0d) && code !== 0x1a) || code === 0x7f) controls++;
  }
  return text.length > 0 && controls <= text.length / 100;
}
