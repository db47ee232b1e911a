import assert from 'node:assert/strict';
import { changeOf } from '../../../web/src/analytics/change.ts';
import { previewHeader } from '../../../web/src/files/preview-header.ts';
import { periodBefore } from '../../../web/src/parts/periods.ts';

describe('the period before', () => {
  it('of whole months are as many whole months, of other days as many days; an open period has none', () => {
    assert.deepEqual(periodBefore({ from: '2025-03-01', to: '2025-03-31' }), { from: '2025-02-01', to: '2025-02-28' });
    assert.deepEqual(periodBefore({ from: '2025-01-01', to: '2025-03-31' }), { from: '2024-10-01', to: '2024-12-31' });
    assert.deepEqual(periodBefore({ from: '2025-03-03', to: '2025-03-09' }), { from: '2025-02-24', to: '2025-03-02' });
    assert.deepEqual(periodBefore({ from: '2025-03-01', to: '2025-03-01' }), { from: '2025-02-28', to: '2025-02-28' });
    assert.equal(periodBefore({ from: '', to: '2025-03-01' }), null);
  });

  it('is told as a share with a sign; of nothing there is none', () => {
    assert.deepEqual(changeOf('112000', '100000'), { text: '+12\u00a0%', tone: 'up' });
    assert.deepEqual(changeOf('96600', '100000'), { text: '\u22123,4\u00a0%', tone: 'down' });
    assert.deepEqual(changeOf('100000', '100000'), { text: '±0\u00a0%', tone: 'same' });
    assert.equal(changeOf('100000', '0'), null);
  });
});

describe('the header in a preview', () => {
  it('is the row that says what was recognised, with blanks between its columns', () => {
    const rows = [
      ['Отчёт', null],
      [null, 'Номер\n зак.', '', 'Сумма'],
      ['1', '2', '3', '4'],
    ];
    assert.deepEqual(previewHeader(rows, ['Номер зак.', 'Сумма']), {
      row: 1,
      headers: ['', 'Номер зак.', '', 'Сумма'],
    });
    assert.equal(previewHeader(rows, ['Номер', 'Сумма']), null);
    assert.equal(previewHeader(rows, []), null);
  });
});
