/**
 * The contract of an archive format: members unpacked into a folder of our own, under names of our own. Adding one
 * (rar) is a file beside zip-archive.ts and a line in index.ts.
 */
import type { FileFault, FileFormat, ReadLimits } from './reader.ts';

export interface ArchiveOptions {
  limits: ReadLimits;
  signal: AbortSignal;
  onBytes(consumed: number): void;
}

/** One member, in the order of the archive. `memberPath` is for showing only and never becomes a path on disk. */
export type ArchiveItem =
  | { memberPath: string; path: string; sizeBytes: number; fault?: undefined }
  /** refused; the other members still come */
  | { memberPath: string; fault: FileFault };

export interface Archive {
  format: FileFormat;
  /** Unpacks into `outDir` as m0, m1, ... Throws FileFault for what is wrong with the archive as a whole. */
  extract(path: string, outDir: string, options: ArchiveOptions): AsyncGenerator<ArchiveItem, void, undefined>;
}
