import assert from 'node:assert/strict';
import { findStatedPeriod, type StatedPeriod } from '../../../../shared/ingest/recognise/stated-period.ts';

function find(rows: (string | number | null)[][]): StatedPeriod | null {
  return findStatedPeriod(rows.map((cells, index) => ({ row: index + 1, cells })));
}

const MARCH = { from: '2024-03-01T00:00:00+05:00', to: '2024-03-31T23:59:59+05:00' };

describe('the period that a report states', () => {
  it('is read from the lines above a Payme register, whose с is a Latin letter', () => {
    const period = find([
      ['ТИП ОТЧЕТА', '', 'Реестр платежей'],
      ['ДАТА СОЗДАНИЯ', '', '22-01-2025 20:34:30'],
      ['ПЕРИОД', '', 'c', '01-03-2024 09:55:50'],
      ['', '', 'по', '22-01-2025 20:34:30'],
      [],
      [],
    ]);
    assert.deepEqual(period, { from: '2024-03-01T09:55:50+05:00', to: '2025-01-22T20:34:30+05:00' });
  });

  const readable: [string, (string | null)[][]][] = [
    ['in one cell', [['Период: с 01.03.2024 по 31.03.2024']]],
    ['with a dash', [['За период 01.03.2024 - 31.03.2024']]],
    ['with a long dash', [['Период', '01.03.2024 — 31.03.2024']]],
    ['in two cells', [['Период', '01.03.2024', '31.03.2024']]],
    [
      'in two lines',
      [
        ['Период с:', '01.03.2024'],
        ['Период по:', '31.03.2024'],
      ],
    ],
    [
      'as beginning and end',
      [
        ['Начало периода', '2024-03-01'],
        ['Конец периода', '2024-03-31'],
      ],
    ],
    ['in English', [['Period from 2024-03-01 to 2024-03-31']]],
    ['without the word', [['Реестр платежей с 01/03/2024 по 31/03/2024']]],
    ['after a date of creation', [['Создан 22.01.2025'], ['Период 01.03.2024 - 31.03.2024']]],
  ];
  for (const [what, rows] of readable)
    it(`${what}; an end that is a date means the end of that day`, () => assert.deepEqual(find(rows), MARCH));

  const unreadable: [string, (string | null)[][]][] = [
    ['nothing stated', [['Отчёт по чекам'], []]],
    ['only a date of creation', [['ДАТА СОЗДАНИЯ', '22-01-2025 20:34:30']]],
    [
      'only a beginning',
      [
        ['ПЕРИОД', 'с', '01-03-2024'],
        ['', 'по', ''],
      ],
    ],
    [
      'a beginning and then a date of creation',
      [
        ['ПЕРИОД', 'с', '01-03-2024'],
        ['ДАТА СОЗДАНИЯ', '22-01-2025'],
      ],
    ],
    ['two dates of other things', [['Договор от 01.02.2023 № 5 дата 31.03.2024']]],
    ['an end that does not exist', [['Период с 01.02.2024 по 31.02.2024']]],
    ['an end before the beginning', [['Период с 31.03.2024 по 01.03.2024']]],
    ['months first', [['Period from 03/25/2024 to 03/31/2024']]],
    ['a beginning and the next line begins with a date', [['За 01.03.2024'], ['31.03.2024 10:00 печать']]],
  ];
  for (const [what, rows] of unreadable) it(`is not made up from ${what}`, () => assert.equal(find(rows), null));
});
