/** What Ctrl+P gives: the pdf that Chromium prints. */
import assert from 'node:assert/strict';
import { extractText } from 'unpdf';
import { openPageStack, type PageStack } from './page-stack.ts';

describe('the list of orders on paper', function () {
  this.timeout(120_000);
  let stack: PageStack;

  before(async () => {
    stack = await openPageStack({ withExamples: true });
  });
  afterEach(() => stack.closePages());
  after(() => stack?.close());

  it('begins every page with its heads, and keeps time and number apart', async () => {
    const { page, faults } = await stack.signedIn('/orders');
    await page.locator('.slot').first().waitFor();
    const printed = new Uint8Array(await page.pdf({ preferCSSPageSize: true }));
    const { text } = await extractText(printed, { mergePages: false });
    assert.ok(text.length > 2, `${text.length} pages`);
    for (const [at, words] of text.entries())
      if (/ff[0-9a-f]{6}/.test(words)) assert.match(words, /Время.*Заказ.*Автомат.*Сумма/s, `page ${at + 1}`);
    assert.doesNotMatch(text.join('\n'), /\d\d:\d\dff/);
    assert.deepEqual(faults, []);
  });
});
