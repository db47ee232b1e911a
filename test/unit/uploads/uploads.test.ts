import assert from 'node:assert/strict';
import { attachmentHeader, cleanFileName } from '../../../shared/uploads/file-name.ts';
import type { FileRow, SessionRow } from '../../../shared/uploads/files-repository.ts';
import { createEventCursor } from '../../../shared/uploads/session-feed.ts';
import { sessionStatusOf, type FileStatus } from '../../../shared/ingest/session-state.ts';
import { assertStorageKey, newStorageKey } from '../../../shared/storage/storage-key.ts';

describe('the state of a session', () => {
  const cases: [FileStatus[], string][] = [
    [['queued', 'queued'], 'queued'],
    [['queued', 'completed'], 'processing'],
    [['processing', 'failed'], 'processing'],
    [['completed'], 'completed'],
    [['completed', 'duplicate'], 'completed'],
    [['duplicate'], 'completed'],
    [['completed', 'failed'], 'completed_with_errors'],
    [['completed', 'cancelled'], 'completed_with_errors'],
    [['completed', 'needs_mapping'], 'completed_with_errors'],
    [['needs_mapping'], 'completed_with_errors'],
    [['completed_with_errors'], 'completed_with_errors'],
    [['failed', 'failed'], 'failed'],
    [['failed', 'cancelled'], 'failed'],
    [['cancelled', 'cancelled'], 'cancelled'],
  ];
  for (const [files, expected] of cases)
    it(`${files.join(' + ')} is ${expected}`, () => assert.equal(sessionStatusOf(files), expected));
});

describe('file names', () => {
  it('keeps what people write and drops what acts', () => {
    assert.equal(cleanFileName('Отчёт (1).xlsx'), 'Отчёт (1).xlsx');
    assert.equal(cleanFileName('50%.pdf'), '50%.pdf');
    assert.equal(cleanFileName('и\u0306од.csv'), 'йод.csv');
    assert.equal(cleanFileName('a\nb\u0000c\u202ed\u200be.csv'), 'abcde.csv');
    assert.equal(cleanFileName('..\\..\\windows\\system.ini'), 'system.ini');
    for (const empty of ['', '..', '.', '/', '\u202e', '   ']) assert.equal(cleanFileName(empty), 'file');
  });

  it('cuts at 255 bytes between characters and keeps the ending', () => {
    for (const name of [`${'ы'.repeat(200)}.xlsx`, `${'😀'.repeat(100)}.csv`, 'x'.repeat(300)]) {
      const clean = cleanFileName(name);
      assert.ok(Buffer.byteLength(clean) <= 255 && Buffer.byteLength(clean) > 250);
      assert.doesNotMatch(clean, /\ufffd/);
      if (name.includes('.')) assert.ok(clean.endsWith(name.slice(name.lastIndexOf('.'))));
    }
  });

  it('travels in a header as RFC 6266 says, whatever is in it', () => {
    assert.equal(attachmentHeader('a b.csv'), `attachment; filename="a b.csv"; filename*=UTF-8''a%20b.csv`);
    for (const name of ['Отчёт.csv', 'a";filename=evil.exe', "it's (1)*.csv", '😀.csv']) {
      const header = attachmentHeader(name);
      assert.match(header, /^attachment; filename="[\x20-\x21\x23-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%._~!-]+$/);
      assert.equal(decodeURIComponent(header.slice(header.indexOf("''") + 2)), name);
    }
  });
});

describe('storage keys', () => {
  it('are new each time, and nothing else is one', () => {
    const key = newStorageKey('files');
    assertStorageKey(key);
    assert.notEqual(newStorageKey('files'), key);
    for (const other of ['', 'files/../x', `${key}/..`, `/${key}`, key.toUpperCase()])
      assert.throws(() => assertStorageKey(other), TypeError);
  });
});

describe('events of a session', () => {
  const file = (status: FileStatus, run = 1) => ({ status, run, mode: 'queue', phase: 'waiting' }) as FileRow;
  const snapshot = (status: string, ...files: FileRow[]) => ({ session: { status } as SessionRow, files });
  const names = (events: { event: string }[]) => events.map((event) => event.event);

  it('tells each change once, and progress only when there is some', () => {
    const next = createEventCursor(undefined);
    assert.deepEqual(names(next(snapshot('queued', file('queued'), file('queued')))), ['file', 'file', 'progress']);
    assert.deepEqual(names(next(snapshot('queued', file('queued'), file('queued')))), []);
    assert.deepEqual(names(next(snapshot('processing', file('completed'), file('queued')))), ['file', 'progress']);
    assert.deepEqual(names(next(snapshot('completed', file('completed'), file('completed')))), [
      'file',
      'progress',
      'done',
    ]);
  });

  it('goes on after any event, for whoever names it', () => {
    const before = createEventCursor(undefined)(
      snapshot('processing', file('completed'), file('queued'), file('failed')),
    );
    const changed = snapshot('processing', file('completed'), file('processing'), file('failed', 2), file('queued'));
    const rest = createEventCursor(before.at(-1)?.id)(changed).filter((event) => event.event === 'file');
    assert.deepEqual(
      rest.map((event) => changed.files.indexOf(event.file)),
      [1, 2, 3],
    );
    const half = createEventCursor(before[0]?.id)(changed).filter((event) => event.event === 'file');
    assert.equal(half.length, 3);
  });

  it('begins anew for an id that is none of ours', () => {
    for (const id of ['', 'x'.repeat(30_000), 'a\nb', '<script>']) {
      assert.equal(createEventCursor(id)(snapshot('queued', file('queued')))[0]?.event, 'file');
    }
  });
});
