import assert from 'node:assert/strict';
import { wideLines } from '../../scripts/file-sizes.ts';

describe('the rule of 120 columns', () => {
  const wide = 'x'.repeat(121);

  it('names lines that are wider, and none that is as wide', () => {
    assert.deepEqual(wideLines('shared/a.ts', ['x'.repeat(120), wide, '', `const a = '${wide}';`]), [2, 4]);
  });

  it('lets texts, and in tests titles and samples, be as long as they are; product code has neither', () => {
    const lines = [`  it('${wide}', () => {`, `    '${wide}',`, `    const a = '${wide}';`];
    assert.deepEqual(wideLines('web/src/texts/ru/a.ts', lines), []);
    assert.deepEqual(wideLines('test/unit/a.test.ts', lines), [3]);
    assert.deepEqual(wideLines('shared/a.ts', lines), [1, 2, 3]);
  });
});
