import assert from 'node:assert/strict';
import { rehearse } from '../../../shared/ingest/child/rehearse.ts';

/** Of each sample. */
const ROWS = 12;

describe('what a child reads before its file is there', () => {
  it('is a report in each of the formats, read to its end', async () => {
    assert.equal(await rehearse(), 2 * ROWS);
  });
});
