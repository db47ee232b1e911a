import assert from 'node:assert/strict';
import { BAD_FILE_REASONS, CONTAINER_LIMITS } from '../../../shared/ingest/readers/file-faults.ts';
import { FILE_ENDS } from '../../../shared/ingest/readers/reader.ts';
import { fileErrorTexts, type TextTable } from '../../../shared/texts/tables.ts';

const texts: TextTable = fileErrorTexts;

describe('texts of file errors', () => {
  it('has a sentence for every code that an upload may end with, and for every reason', () => {
    const limits = CONTAINER_LIMITS.map((limit) => `archive_limit.${limit}`);
    const reasons = BAD_FILE_REASONS.map((reason) => `bad_file.${reason}`);
    const foreign = ['image', 'program', '7z', 'gzip'].map((format) => `unsupported_format.${format}`);
    assert.deepEqual(Object.keys(texts).toSorted(), [...FILE_ENDS, ...limits, ...reasons, ...foreign].toSorted());
  });

  it('says the same in both languages: the same parameters, Russian in Cyrillic', () => {
    const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
    for (const [code, { ru, en, hint }] of Object.entries(texts)) {
      assert.deepEqual(holes(ru), holes(en), code);
      assert.match(ru, /[а-яё]{3}/i, code);
      assert.doesNotMatch(en, /[а-яё]/i, code);
      if (hint !== undefined) assert.match(hint.ru, /[а-яё]{3}/i, code);
    }
  });
});
