import assert from 'node:assert/strict';
import { normaliseHeader, sourceHeaders } from '../../../shared/ingest/recognise/headers.ts';
import { keptFields, sourceList, sources } from '../../../shared/ingest/sources/index.ts';
import type { CanonicalValues, SourceName } from '../../../shared/ingest/sources/source.ts';

const REQUIRED: Record<SourceName, string[]> = {
  happy_workers: ['order_number', 'goods_name', 'payment_status', 'machine_code', 'order_price', 'creation_time'],
  vendhub: ['order_number', 'event_time', 'order_price', 'payment_type', 'machine_code'],
  fiscal_bills: ['fiscal_time', 'fiscal_check_number', 'amount'],
  payme: ['transaction_time', 'amount', 'transaction_id'],
  click: ['transaction_time', 'amount', 'transaction_id'],
  uzum: ['amount', 'transaction_id', 'transaction_time'],
};

describe('the table of sources', () => {
  for (const source of sourceList) {
    describe(source.name, () => {
      it('needs exactly the fields that the specification marks R', () => {
        assert.deepEqual(
          source.fields.filter((field) => field.need === 'R').map((field) => field.name),
          REQUIRED[source.name],
        );
      });

      it('gives no header to two fields, and no column to two fields', () => {
        const headers = source.fields.flatMap((field) =>
          field.headers.map((header) => [normaliseHeader(header), field.name] as const),
        );
        for (const [header, field] of headers)
          assert.equal(headers.find(([other]) => other === header)?.[1], field, header);
        const columns = keptFields(source).map((field) => field.column);
        assert.equal(new Set(columns).size, columns.length);
      });

      it('calls a header exclusive only when it knows it and no other source does', () => {
        const own = sourceHeaders.find((one) => one.source === source);
        assert.ok(own && own.exclusive.size > 0);
        for (const header of own.exclusive) {
          assert.ok(own.aliases.has(header), `${header} is no header of ${source.name}`);
          for (const other of sourceHeaders)
            if (other !== own) assert.ok(!other.aliases.has(header), `${header} is in ${other.source.name} too`);
        }
      });

      it('names fields that exist as its time and its amount', () => {
        const names = source.fields.map((field) => field.name);
        assert.ok(names.includes(source.timeField));
        if (source.amountField !== null) assert.ok(names.includes(source.amountField));
      });
    });
  }

  it('keeps the state of all three gateways in one column that only moves forward', () => {
    for (const [name, field] of [
      ['payme', 'payment_state'],
      ['click', 'payment_status'],
      ['uzum', 'status'],
    ] as const) {
      const found = sources[name].fields.find((one) => one.name === field);
      assert.equal(found?.column, 'payment_status');
      assert.deepEqual(found?.forwardOnly, ['unknown', 'pending', 'success', 'cancelled']);
    }
  });

  it('does not keep the row number of an export', () => {
    for (const name of ['payme', 'fiscal_bills'] as const) {
      assert.ok(sources[name].fields.some((field) => field.name === 'row_no' && field.column === null));
      assert.ok(!keptFields(sources[name]).some((field) => field.name === 'row_no'));
    }
  });
});

describe('natural keys', () => {
  const hw = { order_number: 'ff01', machine_code: 'm1', goods_name: 'Latte', taste_name: null, order_type: 'normal' };
  const cases: [string, SourceName, CanonicalValues, string][] = [
    ['an order', 'happy_workers', hw, 'ff01:m1'],
    [
      'a cart by its type',
      'happy_workers',
      { ...hw, order_type: 'cart', taste_name: 'Vanilla' },
      'ff01:m1:Latte:Vanilla:',
    ],
    ['a cart by its number', 'happy_workers', { ...hw, order_number: 'Cart0a1' }, 'Cart0a1:m1:Latte::'],
    ['a VendHub row', 'vendhub', { report_id: '8774' }, '8774'],
    [
      'a VendHub row without id',
      'vendhub',
      { report_id: null, order_number: 'ff01', goods_id: '380', event_time: '2025-06-30 23:59:50+05' },
      'ff01:380:2025-06-30 23:59:50+05',
    ],
    ['a receipt', 'fiscal_bills', { fiscal_module: 'LG1', fiscal_check_number: '885' }, 'LG1:885'],
    [
      'a receipt without module',
      'fiscal_bills',
      { fiscal_module: null, fiscal_check_number: '885', fiscal_time: '2025-06-16 07:06:42+05', amount: '15000' },
      '885:2025-06-16 07:06:42+05:15000',
    ],
    ['a Payme payment', 'payme', { transaction_id: '65e161f7a587f9a6c4ad0f6d' }, '65e161f7a587f9a6c4ad0f6d'],
    ['a Click payment', 'click', { transaction_id: '4035885044' }, '4035885044'],
    [
      'an Uzum payment',
      'uzum',
      { transaction_id: '344be1fc-828e-45bd-a149-74f12046acd5' },
      '344be1fc-828e-45bd-a149-74f12046acd5',
    ],
  ];
  for (const [what, source, values, key] of cases)
    it(`${what}: ${key}`, () => assert.equal(sources[source].naturalKey(values), key));
});
