import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { errorDocument } from '../../scripts/error-document.ts';

describe('docs/errors.md', () => {
  it('is what the tables of codes say: npm run -s errors:document > docs/errors.md', () => {
    assert.equal(readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8'), errorDocument());
  });
});
