import assert from 'node:assert/strict';
import { questionTexts, rowErrorTexts, type TextTable, warningTexts } from '../../../shared/texts/tables.ts';
import { renderHint, renderText } from '../../../shared/texts/text.ts';

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted();

describe('texts of reports', () => {
  for (const [name, table] of Object.entries({ rowErrorTexts, warningTexts, questionTexts } as Record<
    string,
    TextTable
  >)) {
    for (const [code, text] of Object.entries(table)) {
      it(`${name}: ${code} says the same in both languages`, () => {
        assert.match(text.ru, /[а-я]/i);
        assert.doesNotMatch(text.en, /[а-я]/i);
        assert.deepEqual(placeholders(text.ru), placeholders(text.en));
        if (text.hint) assert.ok(text.hint.ru !== '' && text.hint.en !== '');
      });
    }
  }

  it('fill in what is given and leave a code that nobody knows as it is', () => {
    assert.equal(
      renderText(rowErrorTexts, 'row_too_wide', { cells: 5, columns: 3 }, 'en'),
      'The row has 5 cells, the header 3',
    );
    assert.equal(renderText(rowErrorTexts, 'no_such_code', {}, 'ru'), 'no_such_code');
    assert.equal(renderText(rowErrorTexts, 'constructor', {}, 'ru'), 'constructor');
    assert.equal(renderHint(rowErrorTexts, 'constructor', {}, 'ru'), null);
    assert.match(renderText(rowErrorTexts, 'row_too_wide', {}, 'en'), /\{cells\}/);
  });
});
