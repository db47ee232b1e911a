import assert from 'node:assert/strict';
import type { Cell } from '../../../../shared/ingest/readers/reader.ts';
import { recogniseTable } from '../../../../shared/ingest/recognise/recognise.ts';
import { HW, hw, hwRow, UZUM, uzum, uzumRow } from '../mapped-rows.ts';

const CLICK: Cell[] = [
  'Дата',
  'Сервис',
  'Способ оплаты',
  'Сумма',
  'Идент-р',
  'Click ID',
  'Billing ID',
  'Статус платежа',
];
const clickRow = (id: number): Cell[] => {
  const time = `2025-01-06 10:00:0${id}`;
  return [time, 'Vendhub', '', '15000', '40001', String(id), '7', 'Успешно подтвержден'];
};

function recognise(rows: Cell[][]) {
  const numbered = rows.map((cells, index) => ({ row: index + 1, cells }));
  return recogniseTable(numbered, { overrides: {}, sheet: null });
}

describe('a sheet with more than one table', () => {
  it('that was sorted with its header keeps the rows above it', () => {
    const { headerRow, above } = recognise([['Отчёт'], clickRow(1), clickRow(2), CLICK]);
    assert.equal(headerRow, 4);
    assert.deepEqual(
      above.map(({ row }) => row),
      [2, 3],
    );
    assert.deepEqual(recognise([['Итого', '', '', '15000'], CLICK, clickRow(1)]).above, []);
  });

  it('is read from its first report, however many headers another below it has', () => {
    const wide = [...UZUM, 'Сервис', 'Клиент', 'Касса'];
    const { source, headerRow } = recognise([CLICK, clickRow(1), [], wide, uzumRow()]);
    assert.deepEqual([source, headerRow], ['click', 1]);
  });

  it('takes nothing of a report beside it for its own', () => {
    const rows = [
      [...CLICK, null, ...UZUM],
      [...clickRow(1), null, ...uzumRow()],
    ];
    const { source, columnFields, beside, strength } = recognise(rows);
    assert.deepEqual([source, beside, strength], ['click', { source: 'uzum', column: 9 }, 1]);
    assert.deepEqual(columnFields.slice(8), Array(9).fill(null));
    assert.equal(recognise([[...CLICK.slice(0, 4), null, ...CLICK.slice(4)], []]).beside, null);
  });

  it('has the rows below the header of another report refused by name, up to its own header', () => {
    const { counts, rejects } = uzum([uzumRow(), [], HW, hwRow(), UZUM, uzumRow({ receiptId: 'b' })]);
    assert.deepEqual(counts, { read: 6, staged: 2, rejected: 2, skipped: 2 });
    assert.deepEqual(
      rejects.map(({ source_row, code }) => `${source_row} ${code}`),
      ['4 other_table', '5 other_table'],
    );
  });

  it('has the rows below its own headers in another order refused: their values would change places', () => {
    const turned = (row: Cell[]): Cell[] => [...row.slice(0, -2), row.at(-1)!, row.at(-2)!];
    const { rows, rejects } = hw([hwRow(), turned(HW), turned(hwRow({ 'Order number': 'A2' }))]);
    assert.equal(rows.length, 1);
    assert.deepEqual([...new Set(rejects.map(({ code }) => code))], ['other_table']);
  });
});
