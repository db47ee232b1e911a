/**
 * A zip file opened for reading under caps: office files and archives alike. What its headers say about sizes is
 * checked against what comes out, and so is the checksum, so that a flipped bit is a damaged file and not a wrong
 * value.
 */
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { archiveLimit, badFile, isMemoryFault } from './file-faults.ts';
import { RATIO_FREE_BYTES } from './limits.ts';
import { FileFault, type ReadLimits } from './reader.ts';

const INFLATE_CHUNK_BYTES = 128 * 1024;
/**
 * Office files hold a few dozen parts, archives a few hundred members; a directory of a million entries is an attack.
 */
const MAX_ENTRIES = 20_000;
/** Before name and data. */
const LOCAL_HEADER_BYTES = 30;
const UNICODE_PATH_FIELD = 0x7075;
const UTF8_FLAG = 0x800;

export interface ZipEntry {
  /** Decoded, `/` between its parts. */
  name: string;
  isDirectory: boolean;
  isSymbolicLink: boolean;
  isEncrypted: boolean;
  compressedBytes: number;
  entry: Entry;
}

export interface ZipReadOptions {
  /** Cap of this entry alone. */
  maxBytes?: number;
  onCompressedBytes?(consumed: number): void;
}

export interface ZipContainer {
  entries: ZipEntry[];
  /** Inflated bytes of one entry. Throws FileFault when a cap is passed or the data is not what its headers promise. */
  read(entry: ZipEntry, options?: ZipReadOptions): AsyncGenerator<Buffer, void, undefined>;
  close(): void;
}

/** Opens a zip file. Throws FileFault `bad_file` when it is damaged or cut short. */
export async function openZip(path: string, limits: ReadLimits): Promise<ZipContainer> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: false }).catch(
    (error: unknown) => {
      throw asZipFault(error, 'truncated');
    },
  );
  try {
    if (zip.entryCount > MAX_ENTRIES) throw archiveLimit('members', MAX_ENTRIES);
    const entries: ZipEntry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(describe(entry));
    assertApart(entries);
    return container(zip, entries, limits);
  } catch (error) {
    zip.close();
    throw asZipFault(error, 'damaged');
  }
}

/**
 * Local header, name and data of each member are its own: entries that share bytes are a bomb, however each looks by
 * itself.
 */
function assertApart(entries: readonly ZipEntry[]): void {
  const parts = entries
    .map(({ entry }) => ({
      from: entry.relativeOffsetOfLocalHeader,
      to: endOf(entry),
    }))
    .sort((a, b) => a.from - b.from);
  let end = 0;
  for (const part of parts) {
    if (part.from < end) throw archiveLimit('overlap', 0);
    end = part.to;
  }
}

/** Where its data ends at the earliest: its name stands before them, too. */
const endOf = (entry: Entry): number => entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.compressedSize;

function container(zip: ZipFile, entries: ZipEntry[], limits: ReadLimits): ZipContainer {
  let inflatedBytes = 0;

  async function* inflated(file: ZipEntry, options: ZipReadOptions): AsyncGenerator<Buffer, void, undefined> {
    const { entry } = file;
    if (file.isEncrypted) throw new FileFault('encrypted');
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw badFile('compression');
    // of a place far outside the file no read ever comes back
    if (endOf(entry) > zip.fileSize) throw badFile('damaged');
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const inflate = entry.compressionMethod === 8 ? createInflateRaw({ chunkSize: INFLATE_CHUNK_BYTES }) : null;
    // Errors arrive at the loop below, which reads the last stream; the callback only keeps them from being thrown
    // twice.
    const source = inflate === null ? packed : pipeline(packed, inflate, () => {});
    let bytes = 0;
    let checksum = 0;
    try {
      for await (const piece of source) {
        const chunk = piece as Buffer;
        bytes += chunk.length;
        inflatedBytes += chunk.length;
        if (bytes > entry.uncompressedSize) throw badFile('damaged');
        if (options.maxBytes !== undefined && bytes > options.maxBytes)
          throw archiveLimit('member_size', options.maxBytes);
        if (inflatedBytes > limits.maxInflatedBytes) throw archiveLimit('inflated', limits.maxInflatedBytes);
        if (bytes > RATIO_FREE_BYTES && bytes > entry.compressedSize * limits.maxRatio)
          throw archiveLimit('ratio', limits.maxRatio);
        checksum = crc32(chunk, checksum);
        options.onCompressedBytes?.(inflate === null ? bytes : inflate.bytesWritten);
        yield chunk;
      }
    } finally {
      packed.destroy();
      inflate?.destroy();
    }
    if (bytes !== entry.uncompressedSize || checksum !== entry.crc32) throw badFile('damaged');
  }

  return {
    entries,
    read: async function* (file, options = {}) {
      try {
        yield* inflated(file, options);
      } catch (error) {
        throw asZipFault(error, 'damaged');
      }
    },
    close: () => zip.close(),
  };
}

/** Faults of the disk stay what they are (they may heal); what the decoder complains about is the file's own. */
function asZipFault(error: unknown, reason: 'truncated' | 'damaged'): unknown {
  if (error instanceof FileFault || !(error instanceof Error)) return error;
  return error.name === 'AbortError' || 'syscall' in error || isMemoryFault(error) ? error : badFile(reason);
}

function describe(entry: Entry): ZipEntry {
  const name = decodeName(entry).replaceAll('\\', '/');
  const unixMode = entry.externalFileAttributes >>> 16;
  return {
    name,
    isDirectory: name.endsWith('/'),
    isSymbolicLink: entry.versionMadeBy >>> 8 === 3 && (unixMode & 0o170000) === 0o120000,
    isEncrypted: entry.isEncrypted(),
    compressedBytes: entry.compressedSize,
    entry,
  };
}

/**
 * Names: flag bit 11 or the field 0x7075 say utf-8; without them it is utf-8 if it can be, else cp866, which Windows in
 * Russian writes (the format's own cp437 makes mojibake of it).
 */
function decodeName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  if ((entry.generalPurposeBitFlag & UTF8_FLAG) !== 0) return raw.toString('utf8');
  if (entry.extraFields.some((field) => field.id === UNICODE_PATH_FIELD)) {
    return getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('ibm866').decode(raw);
  }
}
