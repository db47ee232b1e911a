import assert from 'node:assert/strict';
import { BAD_FILE_REASONS } from '../../../shared/ingest/readers/file-faults.ts';
import { fileErrorTexts } from '../../../shared/texts/file-errors.ts';
import type { TextTable } from '../../../shared/texts/text.ts';

const texts: TextTable = fileErrorTexts;

describe('texts of file errors', () => {
  it('has a sentence for every code that an upload may end with, and for every reason', () => {
    const codes =
      'empty_file bad_file unsupported_format encrypted archive_limit archive_nested archive_path archive_link archive_duplicate parser_timeout parser_memory poison stored_file_missing user_blocked';
    const limits = ['inflated', 'ratio', 'total_ratio', 'overlap', 'members', 'member_size'].map((limit) => `archive_limit.${limit}`);
    const reasons = BAD_FILE_REASONS.map((reason) => `bad_file.${reason}`);
    assert.deepEqual(Object.keys(texts).toSorted(), [...codes.split(' '), ...limits, ...reasons].toSorted());
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
