/**
 * The tables of formats. Each is imported only when a file needs it: a reader child lives for one file, and what it
 * does not load it does not wait for.
 */
import type { DetectedFormat } from '../detect-format.ts';
import type { Archive } from './archive.ts';
import { FileFault, type FileFormat, type Reader } from './reader.ts';

const readers: Partial<Record<FileFormat, () => Promise<Reader>>> = {
  csv: async () => (await import('./csv-reader.ts')).csvReader,
  tsv: async () => (await import('./csv-reader.ts')).csvReader,
  txt: async () => (await import('./csv-reader.ts')).csvReader,
  xlsx: async () => (await import('./xlsx-reader.ts')).xlsxReader,
  xls: async () => (await import('./xls-reader.ts')).xlsReader,
  json: async () => (await import('./json-reader.ts')).jsonReader,
  xml: async () => (await import('./xml-reader.ts')).xmlReader,
  pdf: async () => (await import('./pdf-reader.ts')).pdfReader,
  doc: async () => (await import('./doc-reader.ts')).docReader,
  docx: async () => (await import('./docx-reader.ts')).docxReader,
};

const archives: Partial<Record<FileFormat, () => Promise<Archive>>> = {
  zip: async () => (await import('./zip-archive.ts')).zipArchive,
  rar: async () => (await import('./rar-archive.ts')).rarArchive,
};

/** Formats that are read, for GET /limits. */
export const readableFormats: readonly FileFormat[] = [
  ...Object.keys(readers),
  ...Object.keys(archives),
] as FileFormat[];

export type FormatHandler =
  | { kind: 'tables'; format: FileFormat; load(): Promise<Reader> }
  | { kind: 'archive'; format: FileFormat; load(): Promise<Archive> };

/** Throws FileFault `unsupported_format` for a format nobody reads. */
export function handlerFor(detected: DetectedFormat): FormatHandler {
  const format = detected as FileFormat;
  const reader = readers[format];
  if (reader !== undefined) return { kind: 'tables', format, load: reader };
  const archive = archives[format];
  if (archive !== undefined) return { kind: 'archive', format, load: archive };
  throw new FileFault('unsupported_format', { format: detected });
}
