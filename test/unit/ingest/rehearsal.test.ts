import { rehearse } from '../../../shared/ingest/child/rehearse.ts';

describe('what a child reads before its file is there', () => {
  it('is a report in each of the formats, read to its end', async () => {
    await rehearse();
  });
});
