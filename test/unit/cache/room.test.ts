import assert from 'node:assert/strict';
import { createParsedOnce } from '../../../shared/cache/parsed-once.ts';
import { createRoom } from '../../../shared/cache/room.ts';

describe('what one process keeps in a place that others share', () => {
  let nowMs = 0;
  const open = (maxBytes: number, maxKeys = 100) => {
    nowMs = 0;
    return createRoom({ maxBytes, maxKeys, nowMs: () => nowMs });
  };

  it('is so many bytes and keys at most, and room again when their time is over or they were dropped', () => {
    const room = open(100);
    assert.equal(room.take('a', 60, 10_000), true);
    assert.equal(room.take('b', 60, 10_000), false, 'beyond the room');
    assert.equal(room.take('c', 40, 5_000), true);
    nowMs = 5_001;
    assert.equal(room.take('d', 40, 10_000), true, 'c has ended');
    room.forget(['a']);
    assert.equal(room.take('b', 60, 10_000), true);
    room.clear();
    assert.equal(room.take('e', 100, 10_000), true);
    const few = open(1_000, 2);
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => few.take(key, 1, 10_000)),
      [true, true, false],
    );
  });

  it('counts what is stored again once', () => {
    const room = open(100);
    for (let n = 0; n < 50; n++) assert.equal(room.take('page', 80, 10_000), true);
    assert.equal(room.take('other', 20, 10_000), true);
  });
});

describe('answers that are parsed once', () => {
  it('take no more memory for being large: few of them are kept, each is right', () => {
    const serializer = createParsedOnce();
    const text = (n: number) => JSON.stringify({ n, rows: 'x'.repeat(1024 * 1024) });
    const first = text(0);
    const once = serializer.deserialize(first);
    assert.equal(serializer.deserialize(first), once, 'kept');
    for (let n = 1; n < 12; n++) assert.equal((serializer.deserialize(text(n)) as { n: number }).n, n);
    assert.notEqual(serializer.deserialize(first), once, 'twelve megabytes are more than is kept');
    const huge = JSON.stringify('x'.repeat(9 * 1024 * 1024));
    assert.equal((serializer.deserialize(huge) as string).length, 9 * 1024 * 1024);
  });
});
