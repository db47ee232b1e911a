import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_READ_LIMITS } from '../../../shared/ingest/readers/limits.ts';
import { FileFault, type ReadLimits } from '../../../shared/ingest/readers/reader.ts';
import { zipArchive } from '../../../shared/ingest/readers/zip-archive.ts';
import { encodeAs, faultOf, withFile, workbookOf, zipOf } from './reading.ts';
import { isLong } from '../../support/long.ts';

const CENTRAL_HEADER = Buffer.from('504b0102', 'hex');
const LOCAL_HEADER = Buffer.from('504b0304', 'hex');

interface Extracted {
  members: Record<string, string>;
  faults: Record<string, string>;
  files: string[];
}

function extract(zip: Buffer, limits: Partial<ReadLimits> = {}): Promise<Extracted> {
  return withFile(zip, async (path, folder) => {
    const outDir = join(folder, 'out');
    await mkdir(outDir);
    const options = {
      limits: { ...DEFAULT_READ_LIMITS, ...limits },
      signal: new AbortController().signal,
      onBytes: () => {},
    };
    const result: Extracted = { members: {}, faults: {}, files: [] };
    for await (const item of zipArchive.extract(path, outDir, options)) {
      if (item.fault === undefined) {
        const content = await readFile(item.path);
        assert.equal(item.sizeBytes, content.length);
        result.members[item.memberPath] = content.toString('utf8');
      } else
        result.faults[item.memberPath] =
          `${item.fault.code}${item.fault.params['limit'] ?? item.fault.params['reason'] ?? ''}`;
    }
    result.files = (await readdir(outDir)).toSorted();
    return result;
  });
}

/** Changes the headers of the n-th member: `central` and `local` get the offset of each. */
function patch(index: number, change: (zip: Buffer, central: number, local: number) => void): (zip: Buffer) => void {
  return (zip) => {
    let central = zip.indexOf(CENTRAL_HEADER);
    for (let i = 0; i < index; i++) central = zip.indexOf(CENTRAL_HEADER, central + 1);
    change(zip, central, zip.readUInt32LE(central + 42));
  };
}

describe('a zip of reports', () => {
  it('gives every member its own file, under names that are not theirs', async () => {
    const { members, files } = await extract(
      await zipOf({ 'март/отчёт.csv': 'a;b', 'report.xlsx': 'c', 'deep/er/x.csv': '' }),
    );
    assert.deepEqual(members, { 'март/отчёт.csv': 'a;b', 'report.xlsx': 'c', 'deep/er/x.csv': '' });
    assert.deepEqual(files, ['m0', 'm1', 'm2']);
  });

  it('reads names that Windows wrote in cp866', async () => {
    const name = 'отчёт за июль.csv';
    const zip = await zipOf({ ['x'.repeat(name.length)]: 'a' });
    const raw = encodeAs(name, 'ibm866');
    for (let at = zip.indexOf('xxxx'); at >= 0; at = zip.indexOf('xxxx', at + 1)) raw.copy(zip, at);
    patch(0, (bytes, central, local) => {
      bytes.writeUInt16LE(0, central + 8);
      bytes.writeUInt16LE(0, local + 6);
    })(zip);
    assert.deepEqual(Object.keys((await extract(zip)).members), [name]);
  });

  it('passes over folders and what systems leave behind', async () => {
    const { members, faults } = await extract(
      await zipOf({ 'a/': '', '__MACOSX/a/._r.csv': 'x', 'a/.DS_Store': 'x', 'Thumbs.db': 'x', 'a/r.csv': '1' }),
    );
    assert.deepEqual([members, faults], [{ 'a/r.csv': '1' }, {}]);
  });

  it('refuses tricks one by one and still gives the good members', async () => {
    const { members, faults, files } = await extract(
      await zipOf({
        '../up.csv': 'x',
        '/root.csv': 'x',
        'C:/drive.csv': 'x',
        'a/../../b.csv': 'x',
        '..\\win.csv': 'x',
        'new\nline.csv': 'x',
        'good.csv': '1',
        'GOOD.csv': '2',
        'inner.zip': await zipOf({ 'x.csv': '1' }),
        'inner.rar': 'Rar!\x1a\x07\x00',
        'book.xlsx': await workbookOf({ sheets: { a: '' } }),
      }),
    );
    assert.deepEqual(faults, {
      '../up.csv': 'archive_path',
      '/root.csv': 'archive_path',
      'C:/drive.csv': 'archive_path',
      'a/../../b.csv': 'archive_path',
      '../win.csv': 'archive_path',
      'new\ufffdline.csv': 'archive_path',
      'GOOD.csv': 'archive_duplicate',
      'inner.zip': 'archive_nested',
      'inner.rar': 'archive_nested',
    });
    assert.deepEqual(Object.keys(members), ['good.csv', 'book.xlsx']);
    assert.deepEqual(files, ['m10', 'm6']);
  });

  it('refuses links and encrypted members', async () => {
    const zip = await zipOf({ 'link.csv': '/etc/passwd', 'secret.csv': 'x', 'good.csv': '1' });
    patch(0, (bytes, central) => {
      bytes.writeUInt8(3, central + 5);
      bytes.writeUInt32LE(0o120777 * 65_536, central + 38);
    })(zip);
    patch(1, (bytes, central, local) => {
      bytes.writeUInt16LE(bytes.readUInt16LE(central + 8) | 1, central + 8);
      bytes.writeUInt16LE(bytes.readUInt16LE(local + 6) | 1, local + 6);
    })(zip);
    const { members, faults } = await extract(zip);
    assert.deepEqual(faults, { 'link.csv': 'archive_link', 'secret.csv': 'encrypted' });
    assert.deepEqual(members, { 'good.csv': '1' });
  });

  it('refuses members that are too large, packed too tightly or lie about their size, and goes on', async () => {
    const zip = await zipOf({
      'large.csv': 'x'.repeat(200_000),
      'bomb.csv': Buffer.alloc(60_000_000),
      'liar.csv': 'y'.repeat(1_000),
      'good.csv': '1',
    });
    patch(2, (bytes, central) => bytes.writeUInt32LE(10, central + 24))(zip);
    assert.deepEqual((await extract(zip)).faults, { 'bomb.csv': 'archive_limitratio', 'liar.csv': 'bad_filedamaged' });
    const { members, faults, files } = await extract(zip, { maxMemberBytes: 100_000 });
    assert.deepEqual(faults, {
      'large.csv': 'archive_limitmember_size',
      'bomb.csv': 'archive_limitmember_size',
      'liar.csv': 'bad_filedamaged',
    });
    assert.deepEqual([members, files], [{ 'good.csv': '1' }, ['m3']]);
  });

  it('counts what all members inflate to', async () => {
    const zip = await zipOf({ 'a.csv': 'x'.repeat(300_000), 'b.csv': 'x'.repeat(300_000), 'c.csv': 'x' });
    assert.deepEqual((await extract(zip, { maxInflatedBytes: 500_000 })).faults, {
      'b.csv': 'archive_limitinflated',
      'c.csv': 'archive_limitinflated',
    });
  });

  it('refuses as a whole what is empty, cut short or holds too much', async () => {
    await assert.rejects(extract(await zipOf({ 'a/': '', '.DS_Store': 'x' })), faultOf('empty_file'));
    await assert.rejects(
      extract(await zipOf({ 'a.csv': '1', 'b.csv': '2', 'c.csv': '3' }), { maxMembers: 2 }),
      faultOf('archive_limit', 'members'),
    );
    const whole = await zipOf({ 'a.csv': '1' });
    await assert.rejects(extract(whole.subarray(0, -5)), faultOf('bad_file'));
    const broken = Buffer.from(whole);
    broken.fill(0, broken.indexOf(CENTRAL_HEADER), broken.indexOf(CENTRAL_HEADER) + 4);
    await assert.rejects(extract(broken), faultOf('bad_file', 'damaged'));
    const moved = Buffer.from(whole);
    moved.fill(0, moved.indexOf(LOCAL_HEADER), moved.indexOf(LOCAL_HEADER) + 4);
    assert.deepEqual((await extract(moved)).faults, { 'a.csv': 'bad_filedamaged' });
  });

  it('refuses entries that share bytes, however harmless each of them looks', async () => {
    const zip = await zipOf({ 'a.csv': 'x'.repeat(100), 'b.csv': 'x'.repeat(100), 'c.csv': '3' });
    const at = (index: number, change: (central: number, zip: Buffer) => void) =>
      patch(index, (bytes, central) => change(central, bytes));
    const first = zip.readUInt32LE(zip.indexOf(CENTRAL_HEADER) + 42);
    const same = Buffer.from(zip);
    at(1, (central, bytes) => bytes.writeUInt32LE(first, central + 42))(same);
    await assert.rejects(extract(same), faultOf('archive_limit', 'overlap'));
    const within = Buffer.from(zip);
    at(1, (central, bytes) => bytes.writeUInt32LE(first + 4, central + 42))(within);
    await assert.rejects(extract(within), faultOf('archive_limit', 'overlap'));
  });

  it('counts the whole archive, members that are out already included', async () => {
    const zeros = Buffer.alloc(30_000_000);
    const zip = await zipOf({ 'a.csv': zeros, 'b.csv': zeros, 'c.csv': '3' });
    await assert.rejects(extract(zip), faultOf('archive_limit', 'total_ratio'));
  });

  it('meets a writer that lies in any header field with a code, soon and within its caps', async () => {
    const honest = await zipOf({ 'a.csv': 'x'.repeat(2_000), 'b.csv': 'y;1\n'.repeat(50), 'dir/c.csv': '3' });
    const fields = {
      local: [4, 6, 8, 10, 14, 18, 22, 26, 28],
      central: [4, 6, 8, 10, 12, 16, 20, 24, 28, 30, 32, 34, 36, 38, 42],
    };
    const end = honest.indexOf(Buffer.from('504b0506', 'hex'));
    const places = [8, 10, 12, 16, 20].map((field) => end + field);
    for (let index = 0; index < 3; index++) {
      patch(index, (_zip, central, local) => {
        places.push(...fields.central.map((field) => central + field), ...fields.local.map((field) => local + field));
      })(honest);
    }
    for (const place of places) {
      for (const lie of isLong ? [0, 1, 0xffff, 0xffffffff, 0x7fffffff] : [1, 0xffffffff]) {
        const lying = Buffer.from(honest);
        if (lie > 0xffff && place + 4 <= lying.length) lying.writeUInt32LE(lie, place);
        else lying.writeUInt16LE(lie & 0xffff, place);
        const result = await extract(lying, { maxInflatedBytes: 100_000 }).catch((error: unknown) => error);
        if (result instanceof Error) assert.ok(result instanceof FileFault, `${place} ${lie}: ${String(result)}`);
        else assert.ok(Object.values((result as Extracted).members).join('').length <= 2_300);
      }
    }
  });
});
