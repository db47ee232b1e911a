/** Which members of a RAR are links: the one thing unrar's binding does not tell. Only headers are read. */
import { open, type FileHandle } from 'node:fs/promises';

const SIGNATURE_4 = Buffer.from('526172211a0700', 'hex');
const SIGNATURE_5 = Buffer.from('526172211a070100', 'hex');
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_HEADERS = 100_000;
const UNIX = 3;
const TYPE_MASK = 0o170000;
const LINK_TYPE = 0o120000;

/**
 * Places of links among the file headers, in their order, folders included. A damaged header ends the search: unrar
 * will say so.
 */
export async function findRarLinks(path: string): Promise<ReadonlySet<number>> {
  const handle = await open(path, 'r');
  try {
    const start = Buffer.alloc(8);
    await handle.read(start, 0, 8, 0);
    if (start.equals(SIGNATURE_5)) return await linksOf5(handle);
    if (start.subarray(0, 7).equals(SIGNATURE_4)) return await linksOf4(handle);
    return new Set();
  } finally {
    await handle.close();
  }
}

async function linksOf5(handle: FileHandle): Promise<Set<number>> {
  const links = new Set<number>();
  const buffer = Buffer.alloc(MAX_HEADER_BYTES);
  let at = 8;
  let index = 0;
  for (let n = 0; n < MAX_HEADERS; n++) {
    const { bytesRead } = await handle.read(buffer, 0, MAX_HEADER_BYTES, at);
    const reader = variableReader(buffer.subarray(0, bytesRead), 4);
    const headerSize = reader.next();
    const headerStart = reader.at();
    const type = reader.next();
    const flags = reader.next();
    if (headerSize <= 0 || headerSize > MAX_HEADER_BYTES || !Number.isSafeInteger(headerSize) || type === 5) break;
    const extraSize = (flags & 1) === 0 ? 0 : reader.next();
    const dataSize = (flags & 2) === 0 ? 0 : reader.next();
    const headerEnd = headerStart + headerSize;
    if (headerEnd > bytesRead || !Number.isSafeInteger(dataSize)) break;
    if (type === 2) {
      if (hasRedirection(buffer.subarray(headerEnd - extraSize, headerEnd))) links.add(index);
      index++;
    }
    at += headerEnd + dataSize;
  }
  return links;
}

/** Record type 5 of the extra area: a link of some kind. */
function hasRedirection(extra: Buffer): boolean {
  const reader = variableReader(extra, 0);
  while (reader.at() < extra.length) {
    const size = reader.next();
    const start = reader.at();
    if (size <= 0) return false;
    if (reader.next() === 5) return true;
    reader.move(start + size);
  }
  return false;
}

async function linksOf4(handle: FileHandle): Promise<Set<number>> {
  const links = new Set<number>();
  const buffer = Buffer.alloc(64);
  let at = 7;
  let index = 0;
  for (let n = 0; n < MAX_HEADERS; n++) {
    const { bytesRead } = await handle.read(buffer, 0, 64, at);
    if (bytesRead < 7) break;
    const type = buffer[2]!;
    const flags = buffer.readUInt16LE(3);
    const headSize = buffer.readUInt16LE(5);
    if (headSize < 7 || type === 0x7b) break;
    let dataSize = (flags & 0x8000) === 0 || bytesRead < 11 ? 0 : buffer.readUInt32LE(7);
    if (type === 0x74 && bytesRead >= 32) {
      if ((flags & 0x100) !== 0 && bytesRead >= 40) dataSize += buffer.readUInt32LE(32) * 2 ** 32;
      if (buffer[15] === UNIX && (buffer.readUInt32LE(28) & TYPE_MASK) === LINK_TYPE) links.add(index);
      index++;
    }
    at += headSize + dataSize;
  }
  return links;
}

/** Numbers of seven bits a byte, lowest first. */
function variableReader(bytes: Buffer, from: number): { next(): number; at(): number; move(to: number): void } {
  let at = from;
  return {
    next() {
      let value = 0;
      for (let shift = 0; shift < 56 && at < bytes.length; shift += 7) {
        const byte = bytes[at++]!;
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) return value;
      }
      return -1;
    },
    at: () => at,
    move: (to) => {
      at = to;
    },
  };
}
