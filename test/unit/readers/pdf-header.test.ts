/** Headers of a table on paper, broken over lines by columns too narrow for their names. */
import assert from 'node:assert/strict';
import { takeHeader } from '../../../shared/ingest/readers/pdf-header.ts';
import type { LaidLine } from '../../../shared/ingest/readers/pdf-layout.ts';

const laid = (lines: (string | null)[][]): LaidLine[] =>
  lines.map((cells, at) => ({ line: { y: 20 + at * 8, size: 6, cells: [] }, cells }));

describe('a header broken over lines', () => {
  it('has its names whole, within a word and between words', () => {
    const lines = laid([
      ['Название', 'Сум', 'Комисси', 'merchantI', 'receiptId', 'Дата и'],
      ['сервиса', 'ма', 'я', 'd', null, 'время'],
      ['Кофе', '15000', '300', '9011', '0b0b', '07.01.2025, 10:00:07'],
      ['Кофе', '16000', '320', '9011', '0b0c', '07.01.2025, 10:05:07'],
    ]);
    takeHeader(lines, null, 6);
    assert.deepEqual(lines[0]?.cells, [
      'Название сервиса',
      'Сумма',
      'Комиссия',
      'merchantId',
      'receiptId',
      'Дата и время',
    ]);
    assert.equal(lines.length, 3);
  });

  it('keeps the blank of a name that nobody knows', () => {
    const lines = laid([
      ['Название', 'Сумма', 'receiptId', 'Особая'],
      ['сервиса', null, null, 'отметка'],
      ['Кофе', '15000', '0b0b', 'x'],
    ]);
    takeHeader(lines, null, 4);
    assert.equal(lines[0]?.cells[3], 'Особая отметка');
  });
});
