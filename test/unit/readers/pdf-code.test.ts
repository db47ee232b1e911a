import assert from 'node:assert/strict';
import { pdfOfObjects, pdfOfTable } from '../../support/formats/pdf-file.ts';
import { cellsOf } from './reading.ts';

const marked = globalThis as { brokenOut?: string };
const CODE = "0\\); globalThis.brokenOut = 'by a pdf'; //";

/**
 * A font whose matrix is code, text drawn in it, a function in PostScript, and scripts where a viewer would run them.
 */
function pdfWithCode(): Buffer {
  const stream = (head: string, body: string) =>
    `<< ${head} /Length ${Buffer.byteLength(body)} >>\nstream\n${body}\nendstream`;
  const script = `<< /S /JavaScript /JS (globalThis.brokenOut = 'by an action') >>`;
  return pdfOfObjects([
    `<< /Type /Catalog /Pages 2 0 R /OpenAction ${script} /AA << /WC ${script} >> /Names << /JavaScript << /Names [(a) ${script}] >> >> >>`,
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /AA << /O ${script} >> /Resources << /Font << /F1 5 0 R >> /ColorSpace << /C1 7 0 R >> >> >>`,
    stream('', '/C1 cs 0.5 scn BT /F1 12 Tf 20 200 Td (Order Price) Tj ET BT /F1 12 Tf 20 180 Td (ff1 15000) Tj ET'),
    `<< /Type /Font /Subtype /Type1 /BaseFont /Odd /FirstChar 32 /LastChar 126 /FontMatrix [0.001 0 0 0.001 0 (${CODE})] /FontDescriptor 6 0 R /Encoding /WinAnsiEncoding >>`,
    `<< /Type /FontDescriptor /FontName /Odd /Flags 4 /FontBBox [0 0 1 1] /ItalicAngle 0 /Ascent 1 /Descent 0 /CapHeight 1 /StemV 1 /FontFile 9 0 R >>`,
    '[/Separation /Odd /DeviceRGB 8 0 R]',
    stream('/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]', '{ dup dup }'),
    stream(
      '/Length1 60 /Length2 0 /Length3 0',
      `%!PS-AdobeFont-1.0: Odd\n/FontMatrix [0.001 0 0 0.001 0 (${CODE})] def\ncurrentfile eexec\n`,
    ),
  ]);
}

const rowsOf = async (bytes: Buffer): Promise<number> => (await cellsOf(bytes)).length;

describe('code in a pdf', () => {
  it('is never run: no text of a file becomes a function, and what a viewer would start is not looked at', async () => {
    const made: string[] = [];
    const real = globalThis.Function;
    const watched = new Proxy(real, {
      construct(target, given: string[]) {
        made.push(given.join());
        return Reflect.construct(target, given) as object;
      },
      apply(target, self, given: string[]) {
        made.push(given.join());
        return Reflect.apply(target, self, given) as unknown;
      },
    });
    globalThis.Function = watched;
    try {
      await rowsOf(pdfWithCode()).catch((error: { code?: string }) => assert.equal(error.code, 'bad_file'));
      const rows = Array.from({ length: 20 }, (_, n) => [`ff${n}`, 'machine-1', `${15_000 + n}`, 'paid', 'delivered']);
      assert.ok((await rowsOf(pdfOfTable([['Order', 'Machine', 'Price', 'Payment', 'Brewing'], ...rows]))) > 20);
    } finally {
      globalThis.Function = real;
    }
    assert.equal(marked.brokenOut, undefined);
    assert.deepEqual(made, []);
  });
});
