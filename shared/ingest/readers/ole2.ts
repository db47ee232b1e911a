/**
 * The container of old Office files (and of encrypted new ones): only its directory is read, to tell which program
 * wrote it.
 */
import { open } from 'node:fs/promises';
import { badFile } from './file-faults.ts';
import { FileFault } from './reader.ts';

const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const MAX_DIRECTORY_SECTORS = 64;
const HEADER_FAT_SLOTS = 109;
const ENTRY_BYTES = 128;

export function isOle2(head: Buffer): boolean {
  return head.subarray(0, 8).equals(SIGNATURE);
}

/**
 * Throws FileFault `encrypted` for a password-protected xlsx or docx, `bad_file` for a container that holds nothing
 * known.
 */
export async function detectOle2(path: string, head: Buffer): Promise<'xls' | 'doc' | 'ppt'> {
  const names = await directoryNames(path, head);
  if (names.has('encryptedpackage') || names.has('encryptioninfo')) throw new FileFault('encrypted');
  if (names.has('workbook') || names.has('book')) return 'xls';
  if (names.has('worddocument')) return 'doc';
  if (names.has('powerpoint document')) return 'ppt';
  throw badFile('damaged');
}

/** Names of streams and storages in lower case: the container compares them so. */
async function directoryNames(path: string, head: Buffer): Promise<Set<string>> {
  const names = new Set<string>();
  if (head.length < 512) return names;
  const shift = head.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return names;
  const sectorBytes = 1 << shift;
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(sectorBytes);
    const readSector = async (sector: number): Promise<Buffer | null> => {
      const { bytesRead } = await handle.read(buffer, 0, sectorBytes, (sector + 1) * sectorBytes);
      // The last sector of a file need not be filled up.
      return bytesRead > 0 ? buffer.fill(0, bytesRead) : null;
    };
    let sector = head.readUInt32LE(48);
    for (let step = 0; step < MAX_DIRECTORY_SECTORS && sector < 0xfffffffa; step++) {
      const directory = await readSector(sector);
      if (directory === null) break;
      for (let at = 0; at < sectorBytes; at += ENTRY_BYTES) {
        const nameBytes = directory.readUInt16LE(at + 64);
        if (nameBytes >= 2 && nameBytes <= 64)
          names.add(directory.toString('utf16le', at, at + nameBytes - 2).toLowerCase());
      }
      // The next sector stands in the allocation table, whose own first sectors are listed in the header.
      const slot = Math.floor((sector * 4) / sectorBytes);
      if (slot >= HEADER_FAT_SLOTS) break;
      const table = await readSector(head.readUInt32LE(76 + slot * 4));
      if (table === null) break;
      sector = table.readUInt32LE((sector * 4) % sectorBytes);
    }
  } finally {
    await handle.close();
  }
  return names;
}

const SPECIAL_SECTORS = 0xfffffffa;

/**
 * The bytes of a container filled up to whole sectors. Throws FileFault `bad_file` when its allocation table names
 * sectors that the file does not have: it was cut short. Some writers do not fill up the last sector; what that one
 * should hold is for a reader to check that asks for `lastMayBeShort`.
 */
export function wholeOle2(bytes: Buffer, lastMayBeShort: boolean): Buffer {
  if (bytes.length < 512) throw badFile('truncated');
  const shift = bytes.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) throw badFile('damaged');
  const sectorBytes = 1 << shift;
  const missing = (sectorBytes - (bytes.length % sectorBytes)) % sectorBytes;
  const padded = missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing)]);
  let last = -1;
  const tables = Math.min(bytes.readUInt32LE(44), HEADER_FAT_SLOTS);
  for (let slot = 0; slot < tables; slot++) {
    const table = bytes.readUInt32LE(76 + slot * 4);
    if (table >= SPECIAL_SECTORS) continue;
    const start = (table + 1) * sectorBytes;
    if (start >= padded.length) throw badFile('truncated');
    // Only sectors that others lead to: some writers mark the unused end of the table as ends of chains.
    for (let entry = 0; entry < sectorBytes / 4; entry++) {
      const next = padded.readUInt32LE(start + entry * 4);
      if (next < SPECIAL_SECTORS) last = Math.max(last, next);
    }
  }
  if ((last + 2) * sectorBytes > (lastMayBeShort ? padded : bytes).length) throw badFile('truncated');
  return padded;
}
