import assert from 'node:assert/strict';
import { sessionText } from '../../../cli/texts.ts';

describe('the last line of an upload on the command line', () => {
  const ended = (...states: string[]) =>
    sessionText({ status: 'completed_with_errors', files: states.map((status) => ({ status })) }, 'en');

  it('does not speak of rejected rows where a question is open or a file failed', () => {
    assert.equal(ended('completed', 'needs_mapping'), 'there is a question');
    assert.equal(ended('completed', 'failed'), 'completed, not everything was loaded');
    assert.equal(ended('completed_with_errors'), 'completed, not everything was loaded');
    assert.equal(sessionText({ status: 'completed', files: [] }, 'en'), 'completed');
  });
});
