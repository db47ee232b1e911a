/** What a cell of a page holds is what a person sees in it. */
import assert from 'node:assert/strict';
import { cellsOf } from './reading.ts';

const page = (...cells: string[]): string =>
  `<html><body><table><tr><th>a</th></tr><tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr></table></body></html>`;

describe('a cell of a page', () => {
  it('holds no key that it is only sorted by, and no text that is struck out or hidden', async () => {
    const [, row] = await cellsOf(
      page(
        '<span style="display:none">000000015000</span>15000',
        '<del>99000</del> 15000',
        '<s>99000</s>15000',
        '<i hidden>x<b>y</b></i>15<b>000</b>',
        '<span style="visibility: hidden">1</span>15000<script>7</script>',
        '<span class="money" style="color:red">15000</span>',
      ),
    );
    assert.deepEqual(row, ['15000', '15000', '15000', '15000', '15000', '15000']);
  });

  it('and its row stay where they are though the page does not show them: a row is never left out unseen', async () => {
    const html = page('1', '2').replace('<tr><td>', '<tr style="display:none"><td style="display:none" hidden>');
    assert.deepEqual((await cellsOf(html))[1], ['1', '2']);
  });
});
