import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createCopyBuffer } from '../../../../shared/ingest/mapping/copy-buffer.ts';
import { cleanForJson, encodeCell, escapeCopy } from '../../../../shared/ingest/mapping/copy-text.ts';

function written(value: string): string {
  const out = createCopyBuffer();
  out.text(value);
  return out.take().toString('utf8');
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\\', '\t', '\n', '\r', '\0', 'N', 'ж', '😀', '\ud800', '\udc00') }),
);

/** The example joins two halves of a pair when the NUL between them goes. */
const RUNS = { seed: 20_250_804, numRuns: 500, examples: [['\ud800\0\udc00']] as [string][] };

describe('a value in a COPY line', () => {
  it('escapes what would end a cell or a line and drops NUL', () => {
    assert.equal(written('a\\b\tc\nd\re\0f'), 'a\\\\b\\tc\\nd\\ref');
    assert.equal(written('\\N'), '\\\\N');
    assert.equal(written('\\.'), '\\\\.');
  });

  it('keeps every letter, and puts one sign for half a pair', () => {
    assert.equal(written('Кофе «Латте» 😀 €'), 'Кофе «Латте» 😀 €');
    assert.equal(written('a\ud800b'), 'a\ufffdb');
    assert.equal(written('\udc00'), '\ufffd');
  });

  it('is the same by hand and through the platform, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        assert.equal(written(value), Buffer.from(escapeCopy(value)).toString('utf8'));
        assert.equal(Buffer.from(encodeCell(value)).toString('utf8'), written(value));
      }),
      RUNS,
    );
  });

  it('reads back as it was written', () => {
    const letters: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };
    fc.assert(
      fc.property(anyText, (value) => {
        const line = written(value);
        assert.ok(!/[\t\n\r\0]/.test(line));
        const back = line.replace(/\\(.)/g, (_, letter: string) => letters[letter] ?? '?');
        assert.equal(back, Buffer.from(value.replace(/\p{Cs}/gu, '\ufffd').replaceAll('\0', '')).toString('utf8'));
      }),
      RUNS,
    );
  });

  it('grows with its lines and starts anew when taken', () => {
    const out = createCopyBuffer();
    const long = 'ж'.repeat(100_000);
    out.text(long);
    out.tab();
    out.bytes(encodeCell(null));
    out.endLine();
    assert.equal(out.take().toString('utf8'), `${long}\t\\N\n`);
    assert.equal(out.take().length, 0);
  });
});

describe('text for jsonb', () => {
  it('holds no NUL and no half of a pair', () =>
    assert.equal(cleanForJson('a\0b\ud800c\udc00😀'), 'ab\ufffdc\ufffd😀'));
});
