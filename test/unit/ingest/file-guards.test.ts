import assert from 'node:assert/strict';
import type { Cell } from '../../../shared/ingest/readers/reader.ts';
import { hw, HW, hwRow, map, open, uzum, UZUM, uzumRow, warningCodes, type Given, type Line } from './mapped-rows.ts';

describe('payments', () => {
  const header = [
    'СОСТОЯНИЕ ОПЛАТЫ',
    'ВРЕМЯ ОПЛАТЫ',
    'ВРЕМЯ ОТМЕНЫ',
    'СУММА БЕЗ КОМИССИИ',
    'ИДЕНТИФИКАТОР ПЛАТЕЖА (ПЛАТЕЖНАЯ СИСТЕМА)',
    'RRN',
  ];
  /** 65e161f7 is 2024-03-01 10:04:23 in Tashkent. */
  const row = (state: Cell, cancelled: Cell = 'N/A', paid: Cell = '01-03-2024 10:05:33'): Cell[] => [
    state,
    paid,
    cancelled,
    '15000',
    '65e161f7a587f9a6c4ad0f6d',
    '000012345678',
  ];
  const payme = (rows: Cell[][], more: Partial<Given> = {}) => map({ source: 'payme', header, rows, ...more });

  it('with a time of cancellation are cancelled whatever their state says', () => {
    const { rows } = payme([row('ОПЛАЧЕНО'), row('ОПЛАЧЕНО', '02-03-2024 10:00:00'), row('ОТМЕНЕНО'), row('ОПЛАЧЕНО')]);
    assert.deepEqual(
      rows.map((one) => one['payment_state']),
      ['success', 'cancelled', 'cancelled', 'success'],
    );
  });

  it('count as successful in a file without the column, which says so; cancelled ones still show by their time', () => {
    const result = payme(
      [row(null), row(null, '02-03-2024 10:00:00'), row(null)].map((cells) => cells.slice(1)),
      { header: header.slice(1) },
    );
    assert.deepEqual(
      result.rows.map((one) => one['payment_state']),
      ['success', 'cancelled', 'success'],
    );
    assert.deepEqual(warningCodes(result), ['no_status_column']);
  });

  it('with a state nobody knows are unknown, and the file names the words', () => {
    const { rows, warnings } = payme([row('На проверке'), row(null), row('ОПЛАЧЕНО'), row('На проверке')]);
    assert.deepEqual(
      rows.map((one) => one['payment_state']),
      ['unknown', 'unknown', 'success', 'unknown'],
    );
    assert.deepEqual(warnings, [
      {
        code: 'unknown_status_values',
        params: { field: 'payment_state', column: 'СОСТОЯНИЕ ОПЛАТЫ', count: 3, values: 'На проверке, —' },
      },
    ]);
  });

  it('keep leading zeros of ids', () => assert.equal(payme([row('ОПЛАЧЕНО')]).rows[0]?.['rrn'], '000012345678'));

  it('whose ids were made hours before or after their times: the file says by how much', () => {
    const result = payme([row('ОПЛАЧЕНО', null, '01-03-2024 05:05:33'), row('ОПЛАЧЕНО', null, '01-03-2024 05:05:33')]);
    assert.deepEqual(result.warnings, [{ code: 'zone_suspect', params: { minutes: -299, rows: 2 } }]);
    assert.equal(result.rows[0]?.['transaction_time'], '2024-03-01 05:05:33+05');
  });

  it('of a median over 200 000 look like tiyin', () => {
    const amounts = (list: string[]): string[] => warningCodes(uzum(list.map((amount) => uzumRow({ Сумма: amount }))));
    assert.deepEqual(amounts(['1500000', '2000000', '15000']), ['tiyin_suspect']);
    assert.deepEqual(amounts(['1500000', '15000', '15000']), []);
    assert.deepEqual(amounts(['200000']), []);
    assert.deepEqual(uzum([uzumRow({ Сумма: '1500000' })]).warnings[0]?.params, { median: 1_500_000, limit: 200_000 });
  });

  it('dated in the future: the file says how many and the last', () => {
    const { warnings, timeFrom, timeTo } = uzum([
      uzumRow(),
      uzumRow({ 'Дата и время': '01.01.2026, 00:05:00' }),
      uzumRow({ 'Дата и время': '02.01.2026, 10:00:00' }),
    ]);
    assert.deepEqual(warnings, [
      { code: 'dates_in_future', params: { count: 1, latest: '2026-01-02T10:00:00+05:00' } },
    ]);
    assert.equal(timeFrom, '2025-04-27T19:10:40+05:00');
    assert.equal(timeTo, '2026-01-02T10:00:00+05:00');
  });

  it('the period is that of accepted rows only', () => {
    const result = uzum([uzumRow({ 'Дата и время': '01.01.2025, 00:00:00', Сумма: 'x' })]);
    assert.deepEqual([result.timeFrom, result.timeTo], [null, null]);
  });
});

describe('the number style of a column', () => {
  const amounts = (list: Cell[], more: Partial<Given> = {}) =>
    uzum(
      list.map((amount) => uzumRow({ Сумма: amount })),
      more,
    );
  const values = (result: { rows: Line[] }): (string | null | undefined)[] => result.rows.map((row) => row['amount']);

  it('is one for the column, by the cells that fit only one', () => {
    assert.deepEqual(values(amounts(['1.500', '12.50'])), ['1.50', '12.50']);
    assert.deepEqual(values(amounts(['1.500', '12,50'])), ['1500', '12.50']);
    assert.deepEqual(amounts(['1.500', '12,50']).warnings, []);
  });

  it('that fits both reads thousands and warns', () => {
    const result = amounts(['15.000', '7.000']);
    assert.deepEqual(values(result), ['15000', '7000']);
    assert.deepEqual(result.warnings, [
      { code: 'number_style_ambiguous', params: { field: 'amount', column: 'Сумма', value: '15.000' } },
    ]);
  });

  it('is taken from the operator where he fixed it, without a warning', () => {
    const result = amounts(['15.000', '7.000'], { styles: { amount: 'point' } });
    assert.deepEqual(values(result), ['15', '7']);
    assert.deepEqual(result.warnings, []);
  });

  it('refuses the cells that do not fit', () => {
    const { counts, rejects } = amounts(['1500.50', '12,50', '1600.50']);
    assert.deepEqual([counts.staged, counts.rejected], [2, 1]);
    assert.equal(rejects[0]?.['value'], '12,50');
  });

  it('does not concern cells that are numbers already', () => {
    assert.deepEqual(values(amounts([1.5, '1,5', 15_000])), ['1.50', '1.50', '15000']);
  });

  it('proved wrong by a later row asks to start again with the right one', () => {
    const given = {
      source: 'uzum' as const,
      header: UZUM,
      rows: ['1.500', '2.500', '12.50'].map((amount) => uzumRow({ Сумма: amount })),
    };
    const result = map({ ...given, sampleRows: 2 });
    assert.deepEqual(result.contradiction, { styles: { amount: 'point' } });
    const again = map({ ...given, sampleRows: 2, styles: { amount: 'point' } });
    assert.equal(again.contradiction, null);
    assert.deepEqual(values(again), ['1.50', '2.50', '12.50']);
    assert.deepEqual(again.warnings, []);
  });

  it('shown by a later row that agrees with what was read is settled without starting again', () => {
    for (const later of ['12,50', '1.234.567']) {
      const result = map({
        source: 'uzum',
        header: UZUM,
        rows: ['1.500', later].map((amount) => uzumRow({ Сумма: amount })),
        sampleRows: 1,
      });
      assert.equal(result.contradiction, null);
      assert.deepEqual(result.warnings, []);
    }
  });

  it('is shown with its evidence at the end', () => {
    const { columns } = amounts(['15000,50']);
    assert.deepEqual(
      columns.find(({ field }) => field === 'amount'),
      { header: 'Сумма', field: 'amount', style: 'comma', evidence: '15000,50' },
    );
  });
});

describe('the zone of a Happy Workers file', () => {
  /** Made at 07:01:28 on the device's clock in UTC+8, which is 04:01:28 in Tashkent. */
  const at = (creation: string): Cell[] => hwRow({ 'Creation time': creation, 'Delivery time': '2025-08-04 07:02:19' });
  const unreadable = hwRow({ 'Order number': 'ud1754262090000123456', 'Creation time': '2025-08-04 12:00:00' });

  it('is Tashkent when orders are created seconds after their number', () => {
    const result = hw([hwRow(), hwRow()]);
    assert.deepEqual(result.warnings, []);
    assert.equal(result.rows[0]?.['creation_time'], '2025-08-04 04:01:30+05');
  });

  for (const creation of ['2025-08-04 07:01:30', '2025-08-04 06:52:00', '2025-08-04 07:11:00']) {
    it(`is China's when the median is within 10 min of 3 h (${creation}): all times go back 3 h, and the file says so`, () => {
      const result = hw([at(creation), at(creation), unreadable, at('2025-08-04 04:01:30')]);
      assert.equal(result.rows[0]?.['delivery_time'], '2025-08-04 04:02:19+05');
      assert.equal(result.rows[2]?.['creation_time'], '2025-08-04 09:00:00+05');
      assert.deepEqual(warningCodes(result), ['zone_shifted']);
      assert.equal(result.warnings[0]?.params['hours'], 3);
      assert.equal(result.warnings[0]?.params['rows'], 3);
      assert.equal(result.contradiction, null);
    });
  }

  it('goes back over midnight, in the period too', () => {
    const row = hwRow({
      'Order number': 'ff00000304202508040002283266181f0000',
      'Creation time': '2025-08-04 00:02:30',
      'Delivery time': null,
    });
    const result = hw([row]);
    assert.equal(result.rows[0]?.['creation_time'], '2025-08-03 21:02:30+05');
    assert.equal(result.timeFrom, '2025-08-03T21:02:30+05:00');
  });

  it('is only doubted when it is off by anything else', () => {
    for (const creation of ['2025-08-04 05:01:30', '2025-08-03 23:01:30', '2025-08-04 07:12:30']) {
      const result = hw([at(creation)]);
      assert.deepEqual(warningCodes(result), ['zone_suspect'], creation);
      assert.equal(result.rows[0]?.['creation_time'], `${creation}+05`);
    }
  });

  it('cannot be told without readable numbers', () => assert.deepEqual(hw([unreadable]).warnings, []));

  it('shown only by rows after the sample asks to start again with the shift', () => {
    const rows = [unreadable, at('2025-08-04 07:01:30')];
    const result = hw(rows, { sampleRows: 1 });
    assert.deepEqual(result.contradiction, { zoneShiftHours: 3 });
    const again = hw(rows, { sampleRows: 1, zoneShiftHours: 3 });
    assert.equal(again.contradiction, null);
    assert.equal(again.rows[1]?.['creation_time'], '2025-08-04 04:01:30+05');
  });

  it('assumed from the sample and refuted by the first 1 000 rows asks to start again without it', () => {
    const rows = [at('2025-08-04 07:01:30'), ...Array.from({ length: 1_000 }, () => hwRow())];
    const { mapper, below } = open({ source: 'happy_workers', header: HW, rows, sampleRows: 1 });
    for (const row of below) mapper.push(row);
    assert.deepEqual(mapper.contradiction(), { zoneShiftHours: 0 });
  });

  it('is judged by the first 1 000 readable numbers, not by the rest', () => {
    const rows = [
      ...Array.from({ length: 1_000 }, () => hwRow()),
      ...Array.from({ length: 3_000 }, () => at('2025-08-04 07:01:30')),
    ];
    const result = hw(rows);
    assert.equal(result.contradiction, null);
    assert.deepEqual(result.warnings, []);
  });
});

describe('dates of an American Excel', () => {
  const dated = (times: string[]) =>
    uzum(times.map((time, i) => uzumRow({ 'Дата и время': time, receiptId: `r${i}` })));

  it('are asked about where some can only have the month first, whatever the others can be read as', () => {
    const { question, counts } = dated(['1/6/2025 10:00', '1/13/2025 10:00', '1/14/2025 10:00']);
    assert.equal(question?.code, 'date_order_ambiguous');
    assert.deepEqual([counts.staged, counts.rejected], [1, 2]);
    assert.equal(dated(['1/13/2025 10:00']).question?.code, 'date_order_ambiguous');
  });

  it('are refused one by one where another date proves that the day comes first', () => {
    const { question, counts } = dated(['14.01.2025 10:00', '1/13/2025 10:00', '15.01.2025 10:00']);
    assert.equal(question, null);
    assert.deepEqual([counts.staged, counts.rejected], [2, 1]);
  });
});
