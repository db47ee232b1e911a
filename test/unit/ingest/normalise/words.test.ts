import assert from 'node:assert/strict';
import { normaliseCode, restoreLeadingZero } from '../../../../shared/ingest/normalise/identifiers.ts';
import { isNullText } from '../../../../shared/ingest/normalise/nulls.ts';
import { normaliseWord, type VocabularyType } from '../../../../shared/ingest/normalise/vocabularies.ts';

describe('no value', () => {
  for (const text of [
    '',
    'N/A',
    'n/a',
    'nan',
    'NaN',
    'None',
    'null',
    'NULL',
    '-',
    'Нет данных',
    'нет данных',
    'Не определен',
    'Не определён',
    '--',
    '———',
    '…',
    '(null)',
    '<NULL>',
    '\\N',
    'nil',
    'undefined',
    'NaT',
    'NA',
    'н/д',
  ]) {
    it(JSON.stringify(text), () => assert.ok(isNullText(text)));
  }
  it('is not a word that only begins like one', () => {
    for (const text of ['0', '-1', '.5', 'Нет', 'Nata', '\\Nord', 'nano', 'Не определена точка', 'Nonesuch'])
      assert.ok(!isNullText(text), text);
  });
});

describe('words of a closed vocabulary', () => {
  const cases: [VocabularyType, string, string[]][] = [
    [
      'payment_type',
      'cash',
      ['Cash payment', 'Оплата наличными', 'Наличные', 'cash', 'naqd', 'CASH_PAYMENT', 'НАЛИЧНЫЕ'],
    ],
    [
      'payment_type',
      'qr',
      ['Custom payment', 'Таможенный платеж', 'Таможенный платёж', 'QR', 'QR платежи', 'userDefined', 'user-defined'],
    ],
    ['payment_type', 'payme', ['Payme', 'PAYME', 'Пэйми']],
    ['payment_type', 'click', ['Click', 'клик', 'КЛИК']],
    ['payment_type', 'uzum', ['Uzum', 'УЗУМ', 'uzum']],
    ['payment_type', 'card', ['Pay card', 'Оплата кредита', 'credit', 'Карта', 'Карты']],
    ['payment_type', 'vip', ['VIP', 'vip', 'ВИП']],
    ['payment_type', 'test', ['testShipment', 'Test Shipment', 'test', 'Тестовая отгрузка', 'test_shipment']],
    ['order_type', 'normal', ['Normal order', 'Обычный порядок']],
    ['order_type', 'cart', ['Shopping cart order', 'Корзина', 'Заказ из корзины']],
    ['payment_status', 'paid', ['Paid', 'Оплачено', 'ОПЛАЧЕНО']],
    ['payment_status', 'refunded', ['Refunded', 'Возвращен', 'Возвращён', 'Возврат']],
    ['payment_status', 'unpaid', ['Unpaid', 'Not paid', 'Не оплачено', 'Не оплачен', 'Неоплачено']],
    ['payment_status', 'unknown', ['Частично', 'Paid?']],
    ['brew_status', 'delivered', ['Delivered', 'Доставлен', 'Доставка подтверждена']],
    ['brew_status', 'delivery_failure', ['Delivery failure', 'Сбой доставки']],
    ['brew_status', 'not_delivered', ['Not delivered', 'Не доставлено']],
    ['gateway_state', 'success', ['ОПЛАЧЕНО', 'Успешно подтвержден', 'Успешно подтверждён', 'SUCCESS', 'success']],
    [
      'gateway_state',
      'cancelled',
      ['ОТМЕНЕНО', 'Отменен', 'Отменён', 'Аннулирован', 'CANCELLED', 'REVERSED', 'FAILED'],
    ],
    ['gateway_state', 'unknown', ['На проверке', 'OK']],
    ['receipt_operation', 'sale', ['Продажа', 'ПРОДАЖА']],
    ['receipt_operation', 'return', ['Возврат']],
    ['receipt_operation', 'other', ['Аванс', 'Кредит']],
  ];
  for (const [type, code, words] of cases) {
    for (const word of words)
      it(`${type}: ${word} is ${code}`, () => assert.equal(normaliseWord(type, word).value, code));
  }

  it('see through a Latin letter in a Cyrillic word', () =>
    assert.equal(normaliseWord('gateway_state', 'OПЛAЧЕНO').value, 'success'));

  it('keep the raw text of an unknown payment type, order type and brew status, and never take it for qr', () => {
    for (const type of ['payment_type', 'order_type', 'brew_status'] as const) {
      assert.deepEqual(normaliseWord(type, 'Бартер Ко'), { value: 'Бартер Ко', known: false });
    }
    for (const scheme of ['UZCARD', 'HUMO'])
      assert.deepEqual(normaliseWord('payment_type', scheme), { value: scheme, known: false });
  });
});

describe('identifiers', () => {
  it('of machines lose blanks and capitals', () => assert.equal(normaliseCode('A7CA 181F\u00a00000'), 'a7ca181f0000'));
  it('get back the one leading zero that a spreadsheet ate', () => {
    assert.equal(restoreLeadingZero('2202004001000000', 17), '02202004001000000');
    for (const text of ['02202004001000000', '220200400100000', '220200400100000X'])
      assert.equal(restoreLeadingZero(text, 17), text);
  });
});
