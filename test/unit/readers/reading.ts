/** Reading files in tests: bytes in, tables out, with the folder that holds them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import yazl from 'yazl';
import { detectFormat, type DetectedFormat } from '../../../shared/ingest/detect-format.ts';
import { handlerFor } from '../../../shared/ingest/readers/index.ts';
import { DEFAULT_READ_LIMITS } from '../../../shared/ingest/readers/limits.ts';
import type { FileFault, RawRow, ReadLimits, ReadOptions, Warning } from '../../../shared/ingest/readers/reader.ts';

export interface ReadTable {
  sheet: string | null;
  rows: RawRow[];
}

export interface ReadFile {
  format: DetectedFormat;
  delimiter: string | null;
  encoding: string | null;
  warnings: Warning[];
  tables: ReadTable[];
}

export interface ReadingOptions {
  limits?: Partial<ReadLimits>;
  overrides?: Pick<ReadOptions, 'delimiter' | 'encoding' | 'sheet'>;
  signal?: AbortSignal;
}

/** Reads a file as the child does: format by content, then the reader for it. */
export async function readPath(
  path: string,
  { limits, overrides = {}, signal = new AbortController().signal }: ReadingOptions = {},
): Promise<ReadFile> {
  const options = { ...overrides, limits: { ...DEFAULT_READ_LIMITS, ...limits }, signal, onBytes: () => {} };
  const format = await detectFormat(path, options);
  const handler = handlerFor(format);
  if (handler.kind !== 'tables') throw new Error(`${format} is an archive`);
  const reader = await handler.load();
  const opened = await reader.open(path, options);
  try {
    const tables: ReadTable[] = [];
    for await (const { sheet, rows } of opened.tables()) {
      const all: RawRow[] = [];
      for await (const batch of rows) all.push(...batch);
      tables.push({ sheet, rows: all });
    }
    const { delimiter, encoding, warnings } = opened;
    return { format, delimiter, encoding, warnings, tables };
  } finally {
    await opened.close();
  }
}

export async function withFile<T>(
  content: string | Uint8Array,
  use: (path: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-read-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, content);
    return await use(path, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function readBytes(content: string | Uint8Array, options?: ReadingOptions): Promise<ReadFile> {
  return withFile(content, (path) => readPath(path, options));
}

/** The cells of the only table. */
export async function cellsOf(content: string | Uint8Array, options?: ReadingOptions): Promise<RawRow['cells'][]> {
  const { tables } = await readBytes(content, options);
  return (tables[0]?.rows ?? []).map(({ cells }) => cells);
}

/** For assert.rejects: a FileFault of this code and, where given, this reason or limit. */
export function faultOf(code: string, kind?: string): (error: unknown) => true {
  return (error) => {
    // By name: what a test file imports and what a reader imports later can be two copies of one module under tsx.
    if (!(error instanceof Error) || error.name !== 'FileFault') throw error;
    const { code: foundCode, params } = error as FileFault;
    const found = [foundCode, params['reason'] ?? params['limit'] ?? params['format']];
    if (found[0] !== code || (kind !== undefined && found[1] !== kind))
      throw new Error(`fault ${found.join(' ')} instead of ${code} ${kind ?? ''}`);
    return true;
  };
}

export type ZipMember = string | Uint8Array;

/** A zip with exactly these member names, which yazl would otherwise correct. */
export async function zipOf(
  members: Readonly<Record<string, ZipMember>>,
  adjust: (zip: Buffer) => void = () => {},
): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  const placeholders = new Map<string, string>();
  Object.entries(members).forEach(([name, content], index) => {
    // Names that the writer may refuse are put in afterwards, byte for byte: each costs a search of the whole archive.
    const placeholder = isPlainName(name) ? name : `${index}`.padStart(Buffer.byteLength(name), '~');
    if (placeholder !== name) placeholders.set(placeholder, name);
    zip.addBuffer(Buffer.from(content as string), placeholder);
  });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  for (const [placeholder, name] of placeholders) {
    for (let at = bytes.indexOf(placeholder); at >= 0; at = bytes.indexOf(placeholder, at + 1))
      bytes.write(name, at, 'utf8');
  }
  adjust(bytes);
  return bytes;
}

const isPlainName = (name: string): boolean =>
  /^[\w[][\w[\]. /-]*$/.test(name) && !name.endsWith('/') && !name.split('/').includes('..');

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

export interface WorkbookParts {
  /** sheetData content by sheet name */
  sheets: Record<string, string>;
  strings?: string;
  styles?: string;
  workbookPr?: string;
  /** replaces or adds parts */
  parts?: Record<string, ZipMember>;
}

/** A workbook written by hand, for what no library writes. */
export function workbookParts({
  sheets,
  strings,
  styles,
  workbookPr = '',
  parts = {},
}: WorkbookParts): Record<string, ZipMember> {
  const names = Object.keys(sheets);
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  const made: Record<string, ZipMember> = {
    '[Content_Types].xml': `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${workbookPr}<sheets>${names
      .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join('')}${strings === undefined ? '' : relation('rIdS', 'sharedStrings', 'sharedStrings.xml')}${
      styles === undefined ? '' : relation('rIdT', 'styles', 'styles.xml')
    }</Relationships>`,
  };
  names.forEach(
    (name, i) =>
      (made[`xl/worksheets/sheet${i + 1}.xml`] =
        `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetData>${sheets[name]}</sheetData></worksheet>`),
  );
  if (strings !== undefined) made['xl/sharedStrings.xml'] = `${DECLARATION}<sst xmlns="${MAIN}">${strings}</sst>`;
  if (styles !== undefined) made['xl/styles.xml'] = `${DECLARATION}<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`;
  return { ...made, ...parts };
}

export function workbookOf(parts: WorkbookParts): Promise<Buffer> {
  return zipOf(workbookParts(parts));
}

/** Node decodes these code pages but does not encode them. */
export function encodeAs(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const codes = codesOf(encoding);
  return Buffer.from(
    Array.from(text, (letter) => {
      const code = codes.get(letter);
      if (code === undefined) throw new Error(`${encoding} has no ${letter}`);
      return code;
    }),
  );
}

const codeTables = new Map<string, ReadonlyMap<string, number>>();

function codesOf(encoding: string): ReadonlyMap<string, number> {
  const known = codeTables.get(encoding);
  if (known !== undefined) return known;
  const letters = Array.from(new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, i) => i)));
  const codes = new Map(letters.map((letter, code) => [letter, code]));
  codeTables.set(encoding, codes);
  return codes;
}
