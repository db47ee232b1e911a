/** RAR 4 and 5 with stored members, as `rar -m0` writes them: enough to try what an archive can do to its reader. */
import { crc32 } from 'node:zlib';

export interface RarMember {
  name: string;
  content: Uint8Array;
  encrypted?: boolean;
  /** target of a link, which the content stands for */
  link?: boolean;
  /** what the header says instead of the content's length */
  claimedBytes?: number;
}

export function rar4(members: readonly RarMember[]): Buffer {
  const parts = [Buffer.from('526172211a0700', 'hex'), block4(0x73, 0, Buffer.alloc(6))];
  for (const { name, content, encrypted = false, link = false, claimedBytes } of members) {
    const data = Buffer.from(content);
    const raw = Buffer.from(name.replaceAll('/', '\\'), 'latin1');
    const head = Buffer.alloc(25);
    head.writeUInt32LE(data.length, 0);
    head.writeUInt32LE(claimedBytes ?? data.length, 4);
    head[8] = 3;
    head.writeUInt32LE(crc32(data), 9);
    head.writeUInt32LE(0x5a6b7c8d, 13);
    head[17] = 20;
    head[18] = 0x30;
    head.writeUInt16LE(raw.length, 19);
    head.writeUInt32LE(link ? 0o120777 : 0o100644, 21);
    parts.push(block4(0x74, 0x8000 | (encrypted ? 0x04 : 0), Buffer.concat([head, raw])), data);
  }
  parts.push(block4(0x7b, 0x4000, Buffer.alloc(0)));
  return Buffer.concat(parts);
}

function block4(type: number, flags: number, body: Buffer): Buffer {
  const block = Buffer.alloc(7 + body.length);
  block[2] = type;
  block.writeUInt16LE(flags, 3);
  block.writeUInt16LE(block.length, 5);
  body.copy(block, 7);
  block.writeUInt16LE(crc32(block.subarray(2)) & 0xffff, 0);
  return block;
}

export function rar5(members: readonly RarMember[]): Buffer {
  const parts = [Buffer.from('526172211a070100', 'hex'), block5([1, 0, 0])];
  for (const { name, content, encrypted = false, link = false, claimedBytes } of members) {
    const data = link ? Buffer.alloc(0) : Buffer.from(content);
    const raw = Buffer.from(name, 'utf8');
    const extra: Buffer[] = [];
    if (encrypted) extra.push(record(1, Buffer.concat([Buffer.from([0, 0, 15]), Buffer.alloc(32)])));
    if (link) extra.push(record(5, Buffer.concat([numbers([1, 0, content.length]), Buffer.from(content)])));
    const extras = Buffer.concat(extra);
    const crc = Buffer.alloc(4);
    crc.writeUInt32LE(crc32(data));
    parts.push(
      block5(
        [
          2,
          2 | (extras.length > 0 ? 1 : 0),
          ...(extras.length > 0 ? [extras.length] : []),
          data.length,
          4,
          claimedBytes ?? data.length,
          link ? 0o120777 : 0o100644,
        ],
        Buffer.concat([crc, numbers([0, 1, raw.length]), raw, extras]),
      ),
      data,
    );
  }
  parts.push(block5([5, 0, 0]));
  return Buffer.concat(parts);
}

function record(type: number, body: Buffer): Buffer {
  const inner = Buffer.concat([numbers([type]), body]);
  return Buffer.concat([numbers([inner.length]), inner]);
}

function block5(fields: number[], rest: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([numbers(fields), rest]);
  const sized = Buffer.concat([numbers([body.length]), body]);
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(sized));
  return Buffer.concat([crc, sized]);
}

function numbers(values: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (const value of values) {
    let rest = value;
    while (rest >= 0x80) {
      bytes.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    bytes.push(rest);
  }
  return Buffer.from(bytes);
}
