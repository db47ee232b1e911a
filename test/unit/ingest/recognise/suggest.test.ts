import assert from 'node:assert/strict';
import { recogniseTable } from '../../../../shared/ingest/recognise/recognise.ts';

type Cells = (string | number | null)[];

function suggestions(rows: Cells[]) {
  const table = recogniseTable(
    rows.map((cells, index) => ({ row: index + 1, cells })),
    { overrides: {}, sheet: null },
  );
  assert.notEqual(table.question, null, 'nothing is asked');
  return table.suggestions;
}

describe('what an unknown column may be', () => {
  it('is told by a header that is like a known one, and by what the cells hold', () => {
    const rows: Cells[] = [
      ['Номер зак.', 'Код машины', 'Товар (наименование)', 'Цена, сум', 'Создан', 'Состояние'],
      [
        'ff0000025520250701025853a7ca181f0000',
        'a7ca181f0000',
        'Горячий шоколад',
        '15 000',
        '30.06.2025 23:58:50',
        'Оплачено',
      ],
      ['ff0000025620250701030853a7ca181f0000', 'a7ca181f0000', 'Латте', '12 000', '01.07.2025 00:08:50', 'Возврат'],
    ];
    assert.deepEqual(suggestions(rows).happy_workers, {
      'Номер зак.': 'order_number',
      'Код машины': 'machine_code',
      'Товар (наименование)': 'goods_name',
      'Цена, сум': 'order_price',
      Создан: 'creation_time',
      Состояние: 'payment_status',
    });
  });

  it('knows the ids of each gateway by their look', () => {
    const rows: Cells[] = [
      ['Транзакция', 'Сумма платежа', 'Когда'],
      ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '20000', '27.04.2025, 19:10:40'],
      ['3f2504e0-4f89-11d3-9a0c-0305e82c3302', '11000', '27.04.2025, 19:20:40'],
    ];
    const { uzum, payme } = suggestions(rows);
    assert.deepEqual(uzum, { Транзакция: 'transaction_id', 'Сумма платежа': 'amount', Когда: 'transaction_time' });
    assert.notEqual(payme?.['Транзакция'], undefined, 'likeness of the header still speaks for it');
  });

  it('is nothing where neither header nor cells say anything, and never a field that the cells cannot be', () => {
    const rows: Cells[] = [
      ['Колонка 1', 'Сумма заказа', 'x'],
      ['abc', 'нет', 'q'],
      ['def', 'да', 'w'],
    ];
    for (const [source, found] of Object.entries(suggestions(rows))) {
      assert.equal(found['Колонка 1'], undefined, source);
      assert.notEqual(found['Сумма заказа'], 'order_price', source);
      assert.notEqual(found['Сумма заказа'], 'amount', source);
    }
  });

  it('is what a row cannot do without, where it is the only column left that can hold it', () => {
    const header = ['Номер заказа', 'Время', 'Сколько', 'Код ИКПУ', 'Тип платежа', 'Машинный код'];
    const row = ['ff00', '2025-06-03 10:00:00', '15000', '1', 'Payme', 'e5f7a25b0000'];
    assert.equal(suggestions([header, row]).vendhub?.['Сколько'], 'order_price');
    const two = suggestions([
      [...header, 'Ещё'],
      [...row, '12000'],
    ]);
    assert.equal(two.vendhub?.['Сколько'], undefined, 'either of two may be it');
  });

  it('gives each field once', () => {
    const rows: Cells[] = [
      ['Время 1', 'Время 2', 'Время 3'],
      ['30.06.2025 23:58:50', '30.06.2025 23:58:51', '30.06.2025 23:59:50'],
    ];
    for (const found of Object.values(suggestions(rows))) {
      const fields = Object.values(found);
      assert.equal(new Set(fields).size, fields.length);
    }
  });
});
