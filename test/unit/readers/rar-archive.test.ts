import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_READ_LIMITS } from '../../../shared/ingest/readers/limits.ts';
import { rarArchive } from '../../../shared/ingest/readers/rar-archive.ts';
import { FileFault, type ReadLimits } from '../../../shared/ingest/readers/reader.ts';
import { rar4, rar5, type RarMember } from '../../support/formats/rar-file.ts';
import { faultOf, withFile, zipOf } from './reading.ts';
import { isLong } from '../../support/long.ts';

interface Found {
  memberPath: string;
  content?: string;
  fault?: string;
}

async function extract(archive: Buffer, limits: Partial<ReadLimits> = {}): Promise<Found[]> {
  return withFile(archive, async (path, folder) => {
    const outDir = join(folder, 'out');
    await mkdir(outDir);
    const options = {
      limits: { ...DEFAULT_READ_LIMITS, ...limits },
      signal: new AbortController().signal,
      onBytes: () => {},
    };
    const found: Found[] = [];
    for await (const item of rarArchive.extract(path, outDir, options)) {
      if (item.fault === undefined)
        found.push({ memberPath: item.memberPath, content: await readFile(item.path, 'utf8') });
      else
        found.push({
          memberPath: item.memberPath,
          fault: [item.fault.code, item.fault.params['limit'] ?? item.fault.params['reason']].filter(Boolean).join(' '),
        });
    }
    assert.ok(
      (await readdir(outDir)).every((name) => /^m\d+$/.test(name)),
      'nothing is written under a name of the archive',
    );
    assert.deepEqual((await readdir(folder)).toSorted(), ['file', 'out']);
    return found;
  });
}

const report = Buffer.from('a,b\n1,2\n');

for (const [version, make] of [
  ['4', rar4],
  ['5', rar5],
] as const) {
  describe(`rar ${version}`, () => {
    const members = (...list: RarMember[]) => make(list);

    it('unpacks members with their folders, in order', async () => {
      const found = await extract(
        members({ name: 'june/sales.csv', content: report }, { name: 'x.csv', content: Buffer.from('z') }),
      );
      assert.deepEqual(found, [
        { memberPath: 'june/sales.csv', content: 'a,b\n1,2\n' },
        { memberPath: 'x.csv', content: 'z' },
      ]);
    });

    it('refuses each bad member by its own code, and the good ones still come', async () => {
      const inner = await zipOf({ 'x.csv': 'x' });
      const found = await extract(
        members(
          { name: 'good.csv', content: report },
          { name: '../evil.csv', content: report },
          { name: 'link.csv', content: Buffer.from('/etc/passwd'), link: true },
          { name: 'inner.zip', content: inner },
          { name: 'GOOD.csv', content: report },
          { name: 'large.csv', content: Buffer.alloc(2_000, 'x') },
          { name: 'also good.csv', content: report },
        ),
        { maxMemberBytes: 1_500 },
      );
      assert.deepEqual(
        found.map(({ memberPath, content, fault }) => [memberPath, content === undefined ? fault : 'ok']),
        [
          ['good.csv', 'ok'],
          ['../evil.csv', 'archive_path'],
          ['link.csv', 'archive_link'],
          ['inner.zip', 'archive_nested'],
          ['GOOD.csv', 'archive_duplicate'],
          ['large.csv', 'archive_limit member_size'],
          ['also good.csv', 'ok'],
        ],
      );
    });

    it('goes on behind a damaged member', async () => {
      const archive = members({ name: 'a.csv', content: Buffer.from('AAAAAAAA') }, { name: 'b.csv', content: report });
      archive[archive.indexOf('AAAAAAAA')] = 0x42;
      const found = await extract(archive);
      assert.deepEqual(
        found.map(({ content, fault }) => content ?? fault),
        ['bad_file damaged', 'a,b\n1,2\n'],
      );
    });

    it('names a password, an empty archive, too many members and half an archive', async () => {
      assert.deepEqual(await extract(members({ name: 'a.csv', content: report, encrypted: true })), [
        { memberPath: 'a.csv', fault: 'encrypted' },
      ]);
      await assert.rejects(extract(members()), faultOf('empty_file'));
      const many = Array.from({ length: 6 }, (_, i) => ({ name: `${i}.csv`, content: report }));
      await assert.rejects(extract(members(...many), { maxMembers: 5 }), faultOf('archive_limit', 'members'));
      const whole = members({ name: 'a.csv', content: Buffer.alloc(5_000, 'x') });
      const half = await extract(whole.subarray(0, 3_000)).then(
        (found) => found.map(({ fault }) => fault),
        (error: { code: string }) => [error.code],
      );
      assert.match(String(half[0]), /^bad_file/);
    });

    it('has none of the faults that this unrar is known for: links that lead out, chains of them, names that act', async () => {
      const found = await extract(
        members(
          { name: 'up', content: Buffer.from('..'), link: true },
          { name: 'up/evil.csv', content: report },
          { name: 'a', content: Buffer.from('/tmp'), link: true },
          { name: 'a/b', content: Buffer.from('up/..'), link: true },
          { name: 'a/b/evil.csv', content: report },
          { name: '..\\evil.csv', content: report },
          { name: 'red \u001b[31m.csv', content: report },
          { name: 'good.csv', content: report },
        ),
      );
      // each under a name of our own in our folder, or refused; extract() looks at what lies beside it
      assert.deepEqual(
        found.map(({ content, fault }) => (content === undefined ? fault : 'ok')),
        ['archive_link', 'ok', 'archive_link', 'archive_link', 'ok', 'archive_path', 'archive_path', 'ok'],
      );
      assert.ok(found.every(({ memberPath }) => !memberPath.includes('\u001b')));
    });

    it('counts the whole archive before anything of it is unpacked', async () => {
      const huge = (name: string, claimedBytes = 30_000_000) => ({ name, content: report, claimedBytes });
      await assert.rejects(extract(members(huge('a.csv'), huge('b.csv'))), faultOf('archive_limit', 'total_ratio'));
      const found = await extract(members({ name: 'a.csv', content: report }, { name: 'b.csv', content: report }), {
        maxInflatedBytes: 10,
      });
      assert.deepEqual(
        found.map(({ content, fault }) => content ?? fault),
        ['a,b\n1,2\n', 'archive_limit inflated'],
      );
    });

    it('meets a writer that lies in any byte of its headers with a code, and keeps within its caps', async function () {
      this.timeout(60_000);
      const honest = members(
        { name: 'a.csv', content: Buffer.alloc(400, 'x') },
        { name: 'dir/b.csv', content: report },
      );
      const isHeader = (place: number) => !honest.subarray(place, place + 8).equals(Buffer.alloc(8, 'x'));
      const places = Array.from(honest.keys()).filter(isHeader);
      for (const place of isLong ? places : places.filter((_, n) => n % 3 === 0)) {
        for (const lie of isLong ? [0, 1, 0x7f, 0x80, 0xff] : [0xff]) {
          const lying = Buffer.from(honest);
          lying[place] = lie;
          const result = await extract(lying, { maxInflatedBytes: 100_000 }).catch((error: unknown) => error);
          if (result instanceof Error)
            assert.ok(result instanceof FileFault, `byte ${place} = ${lie}: ${String(result)}`);
          else assert.ok((result as Found[]).reduce((sum, { content = '' }) => sum + content.length, 0) <= 500);
        }
      }
    });

    it('refuses a member that is not as long as it says', async () => {
      for (const claimedBytes of [3, 5_000]) {
        const found = await extract(members({ name: 'a.csv', content: report, claimedBytes })).catch(
          (error: { code: string }) => [{ memberPath: '', fault: error.code }],
        );
        assert.match(found[0]?.fault ?? 'taken', /^bad_file/);
      }
    });
  });
}
