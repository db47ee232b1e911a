import assert from 'node:assert/strict';
import { fileErrorTexts } from '../../../shared/texts/tables.ts';
import { canBeRetried } from '../../../web/src/files/can-be-retried.ts';

const ended = (status: 'failed' | 'cancelled' | 'completed', code: string | null) =>
  canBeRetried({ status, error: code === null ? null : { code, message: '', params: {}, hint: null } });

describe('trying a file again', () => {
  it('is offered only where it can end otherwise, whatever the fault', () => {
    const offered = Object.keys(fileErrorTexts).filter((code) => ended('failed', code));
    const families = [...new Set(offered.map((code) => code.replace(/\..*/, '')))].toSorted((a, b) =>
      a.localeCompare(b),
    );
    assert.deepEqual(families, [
      'archive_limit',
      'parser_memory',
      'parser_timeout',
      'poison',
      'preview_expired',
      'stored_file_missing',
      'user_blocked',
    ]);
  });
  it('is offered after a cancellation, never of what is loaded', () => {
    assert.ok(ended('cancelled', null));
    assert.ok(!ended('completed', null));
  });
});
