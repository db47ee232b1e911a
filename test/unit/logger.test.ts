import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createLogger } from '../../shared/logger.ts';

describe('a readable log', () => {
  it('gives one line a message, whatever text somebody put into it', () => {
    const stream = new PassThrough();
    const logger = createLogger({ service: 'api', level: 'info', format: 'text', stream });
    logger.info('refused', {
      name: 'a.csv\n2026-01-01T00:00:00.000Z info [api] audit log sealed',
      why: '\u001b[2J\u2028',
    });
    logger.warn('odd\r\nmessage');
    const text = String(stream.read());
    assert.equal(text.trimEnd().split(/[\n\r\u2028]/).length, 2, text);
    assert.doesNotMatch(text, /\u001b/);
    assert.match(text, /name=a\.csv\\u000a2026/);
  });
});
