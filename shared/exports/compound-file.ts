/** The container of Excel 97 ([MS-CFB]) around one stream whose size is known: all but the bytes of the stream. */
const SECTOR = 512;
const ENTRIES = SECTOR / 4;
/** Sectors of the table that the header itself names. */
const IN_HEADER = 109;
const FREE = 0xffffffff;
const END = 0xfffffffe;
const TABLE = 0xfffffffd;
const TABLE_OF_TABLE = 0xfffffffc;
/** Smaller streams would stand in sectors of another kind. */
const LEAST_BYTES = 4_096;

export interface CompoundFile {
  /** before the bytes of the stream */
  head: Buffer;
  /** zeros behind the stream: it begins a sector and ends one, and is never a small one */
  padding: number;
  /** behind both */
  tail: Buffer;
}

/** @param name of the one stream @param sizeBytes of its content */
export function compoundFile(name: string, sizeBytes: number): CompoundFile {
  const size = Math.max(sizeBytes, LEAST_BYTES);
  const data = Math.ceil(size / SECTOR);
  // the tables describe themselves, too
  let tables = 0;
  let tablesOfTables = 0;
  for (;;) {
    const wanted = Math.ceil((data + 1 + tables + tablesOfTables) / ENTRIES);
    const further = Math.ceil(Math.max(0, wanted - IN_HEADER) / (ENTRIES - 1));
    if (wanted === tables && further === tablesOfTables) break;
    tables = wanted;
    tablesOfTables = further;
  }
  const directory = data;
  const firstTable = data + 1;
  const firstOfTables = firstTable + tables;

  const header = Buffer.alloc(SECTOR, 0);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  for (const [at, value] of [
    [24, 0x003e],
    [26, 0x0003],
    [28, 0xfffe],
    [30, 9],
    [32, 6],
  ] as const)
    header.writeUInt16LE(value, at);
  for (const [at, value] of [
    [44, tables],
    [48, directory],
    [56, LEAST_BYTES],
    [60, END],
    [68, tablesOfTables === 0 ? END : firstOfTables],
    [72, tablesOfTables],
  ] as const)
    header.writeUInt32LE(value, at);
  for (let at = 0; at < IN_HEADER; at++) header.writeUInt32LE(at < tables ? firstTable + at : FREE, 76 + at * 4);

  const table = Buffer.alloc(tables * SECTOR, 0xff);
  const set = (sector: number, next: number) => table.writeUInt32LE(next, sector * 4);
  for (let sector = 0; sector < data; sector++) set(sector, sector === data - 1 ? END : sector + 1);
  set(directory, END);
  for (let at = 0; at < tables; at++) set(firstTable + at, TABLE);
  for (let at = 0; at < tablesOfTables; at++) set(firstOfTables + at, TABLE_OF_TABLE);

  const beyond = Buffer.alloc(tablesOfTables * SECTOR, 0xff);
  for (let at = IN_HEADER; at < tables; at++) {
    const index = at - IN_HEADER;
    const sector = Math.floor(index / (ENTRIES - 1));
    beyond.writeUInt32LE(firstTable + at, sector * SECTOR + (index % (ENTRIES - 1)) * 4);
  }
  for (let at = 0; at < tablesOfTables; at++)
    beyond.writeUInt32LE(at === tablesOfTables - 1 ? END : firstOfTables + at + 1, (at + 1) * SECTOR - 4);

  return {
    head: header,
    padding: data * SECTOR - sizeBytes,
    tail: Buffer.concat([directoryOf(name, size), table, beyond]),
  };
}

function directoryOf(name: string, sizeBytes: number): Buffer {
  const sector = Buffer.alloc(SECTOR, 0);
  const entry = (at: number, title: string, type: number, child: number, first: number, size: number) => {
    const base = at * 128;
    sector.write(title, base, 'utf16le');
    sector.writeUInt16LE(title === '' ? 0 : (title.length + 1) * 2, base + 64);
    sector[base + 66] = type;
    sector[base + 67] = 1;
    sector.writeUInt32LE(FREE, base + 68);
    sector.writeUInt32LE(FREE, base + 72);
    sector.writeUInt32LE(child, base + 76);
    sector.writeUInt32LE(first, base + 116);
    sector.writeUInt32LE(size, base + 120);
  };
  entry(0, 'Root Entry', 5, 1, END, 0);
  entry(1, name, 2, FREE, 0, sizeBytes);
  entry(2, '', 0, FREE, 0, 0);
  entry(3, '', 0, FREE, 0, 0);
  return sector;
}
