import assert from 'node:assert/strict';
import { lastWord } from '../../../shared/ingest/child/last-word.ts';

const failed = (code: string, path?: string): Error => Object.assign(new Error(code), { code, syscall: 'open', path });

describe('whose fault a failed reading is', () => {
  it('is the file, when its reader looks for a file beside it (a volume of an archive)', () => {
    assert.equal(lastWord(failed('ENOENT', '/spool/report.part2.rar'), ['/spool/report.part1.rar']).type, 'fault');
    assert.equal(lastWord(new TypeError('x is undefined'), ['/spool/a']).type, 'fault');
  });

  it('is the lack of memory, wherever it runs out', () => {
    for (const error of [
      new RangeError('Array buffer allocation failed'),
      Object.assign(new Error('not enough memory'), { code: 'Z_MEM_ERROR', errno: -4 }),
      Object.assign(new Error('Initialization failed'), { code: 'ERR_ZLIB_INITIALIZATION_FAILED' }),
    ]) {
      assert.deepEqual(lastWord(error, []), { type: 'fault', code: 'parser_memory', params: {} }, error.message);
    }
  });

  it('is the machine, when the given file, its folder or a handle fails', () => {
    assert.equal(lastWord(failed('ENOENT', '/spool/a'), ['/spool/a']).type, 'error');
    assert.equal(lastWord(failed('ENOSPC', '/out/m0'), ['/spool/a', '/out']).type, 'error');
    assert.equal(lastWord(failed('EIO'), ['/spool/a']).type, 'error');
  });
});
