/** The small parts of a workbook: which sheets there are and where, which styles are dates, which epoch. */
import { posix } from 'node:path';
import { badFile } from './file-faults.ts';
import type { ReadLimits, Warning } from './reader.ts';
import { attribute, createXmlScanner } from './xml-scanner.ts';
import { isDateFormat, isPercentFormat, leadingZeros } from './xlsx-values.ts';
import type { ZipContainer, ZipEntry } from './zip-container.ts';

export interface SheetPart {
  name: string;
  hidden: boolean;
  entry: ZipEntry;
}

/** What the number format of a cell makes of its value. */
export interface CellStyle {
  isDate: boolean;
  isPercent: boolean;
  /** digits that are always shown, zeros in front: 12 for `000000000000`; 0 = as many as there are */
  zeros: number;
}

export interface Workbook {
  /** In the order of the tabs, hidden ones included, charts and dialogs left out. */
  sheets: SheetPart[];
  date1904: boolean;
  styles: CellStyle[];
  sharedStrings: ZipEntry | null;
  /** `sheet_without_part` for each sheet that is listed and not there. */
  warnings: Warning[];
}

/** Styles and the list of sheets are small in any real workbook. */
const MAX_SMALL_PART_BYTES = 32 * 1024 * 1024;

interface Relationship {
  id: string;
  /** last word of the type's address, the same in strict and transitional files */
  kind: string;
  target: string;
}

/** Text of a part in pieces: utf-8 unless a byte order mark or the XML declaration says otherwise. */
export async function* partText(zip: ZipContainer, entry: ZipEntry, onCompressedBytes?: (consumed: number) => void) {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of zip.read(entry, { onCompressedBytes })) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    yield decoder.decode(chunk, { stream: true });
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

function encodingOf(head: Buffer): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0)) return 'utf-16le';
  if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c)) return 'utf-16be';
  const declared = /^[^>]{0,100}encoding\s*=\s*["']([\w-]{1,30})["']/.exec(head.toString('latin1', 0, 200))?.[1];
  if (declared === undefined || /^utf-?16/i.test(declared)) return 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    throw badFile('unknown_encoding', { encoding: declared });
  }
}

/** Zip names as OPC compares them: any case, backslashes of careless writers already turned by the container. */
export function indexParts(zip: ZipContainer): Map<string, ZipEntry> {
  return new Map(zip.entries.filter((entry) => !entry.isDirectory).map((entry) => [partName(entry.name), entry]));
}

function partName(name: string): string {
  return posix.normalize(name).replace(/^\/+/, '').toLowerCase();
}

export async function readWorkbook(zip: ZipContainer, limits: ReadLimits): Promise<Workbook> {
  const parts = indexParts(zip);
  const root = await relationships(zip, parts.get('_rels/.rels'), '', limits);
  const main = mainPartName(parts, root);
  const folder = posix.dirname(main);
  const related = await relationships(
    zip,
    parts.get(posix.join(folder, '_rels', `${posix.basename(main)}.rels`)),
    folder,
    limits,
  );
  const byKind = (kind: string): ZipEntry | null => {
    const target = related.find((relation) => relation.kind === kind)?.target;
    return parts.get(target ?? posix.join(folder, `${kind.toLowerCase()}.xml`)) ?? null;
  };

  const listed: { name: string; id: string; hidden: boolean }[] = [];
  let date1904 = false;
  const mainPart = parts.get(main);
  if (mainPart === undefined) throw badFile('damaged');
  await scanPart(zip, mainPart, limits, (name, attributes) => {
    if (name === 'workbookPr') date1904 = /^(1|true|on)$/i.test(attribute(attributes, 'date1904') ?? '');
    else if (name === 'sheet') {
      if (listed.length >= limits.maxSheets) throw badFile('too_many_sheets', { max: limits.maxSheets });
      const hidden = /hidden/i.test(attribute(attributes, 'state') ?? '');
      listed.push({ name: attribute(attributes, 'name') ?? '', id: relationId(attributes), hidden });
    }
  });

  const sheets: SheetPart[] = [];
  const warnings: Warning[] = [];
  for (const { name, id, hidden } of listed) {
    const relation = related.find((candidate) => candidate.id === id);
    if (relation !== undefined && relation.kind !== 'worksheet') continue;
    const entry = relation === undefined ? undefined : parts.get(relation.target);
    if (entry === undefined) warnings.push({ code: 'sheet_without_part', params: { sheet: name } });
    else sheets.push({ name, hidden, entry });
  }
  if (sheets.length === 0) throw badFile(warnings.length > 0 ? 'damaged' : 'no_sheets');
  const styles = byKind('styles');
  return {
    sheets,
    date1904,
    styles: styles === null ? [] : await readStyles(zip, styles, limits),
    sharedStrings: byKind('sharedStrings'),
    warnings,
  };
}

/** The workbook itself: what the package says, else where it usually is, else wherever a part has its name. */
function mainPartName(parts: Map<string, ZipEntry>, root: readonly Relationship[]): string {
  const named = root.find((relation) => relation.kind === 'officeDocument')?.target;
  if (named !== undefined && parts.has(named)) return named;
  if (parts.has('xl/workbook.xml')) return 'xl/workbook.xml';
  return [...parts.keys()].find((name) => posix.basename(name) === 'workbook.xml') ?? 'xl/workbook.xml';
}

/** `r:id`, whatever prefix the writer bound to the namespace of relationships. */
function relationId(attributes: string): string {
  return attribute(attributes, 'r:id') ?? /\s[\w.-]+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '';
}

async function relationships(
  zip: ZipContainer,
  entry: ZipEntry | undefined,
  folder: string,
  limits: ReadLimits,
): Promise<Relationship[]> {
  const found: Relationship[] = [];
  if (entry === undefined) return found;
  await scanPart(zip, entry, limits, (name, attributes) => {
    if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
    const target = (attribute(attributes, 'Target') ?? '').replaceAll('\\', '/');
    found.push({
      id: attribute(attributes, 'Id') ?? '',
      kind: (attribute(attributes, 'Type') ?? '').split('/').at(-1)!,
      target: partName(target.startsWith('/') ? target : `${folder}/${target}`),
    });
  });
  return found;
}

async function readStyles(zip: ZipContainer, entry: ZipEntry, limits: ReadLimits): Promise<CellStyle[]> {
  const codes = new Map<number, string>();
  const styles: CellStyle[] = [];
  let inCellFormats = false;
  await scanPart(
    zip,
    entry,
    limits,
    (name, attributes) => {
      if (name === 'numFmt')
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        const code = codes.get(id);
        styles.push({
          isDate: isDateFormat(id, code),
          isPercent: isPercentFormat(id, code),
          zeros: leadingZeros(code),
        });
      }
    },
    (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  );
  return styles;
}

async function scanPart(
  zip: ZipContainer,
  entry: ZipEntry,
  limits: ReadLimits,
  open: (name: string, attributes: string) => void,
  close: (name: string) => void = () => {},
): Promise<void> {
  const scanner = createXmlScanner({ open, close, text: () => {} }, limits.maxDepth);
  let chars = 0;
  for await (const chunk of partText(zip, entry)) {
    chars += chunk.length;
    if (chars > MAX_SMALL_PART_BYTES) throw badFile('damaged');
    scanner.write(chunk);
  }
  scanner.end();
}
