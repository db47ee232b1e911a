import assert from 'node:assert/strict';
import { countKnownHeaders, isKnownHeader, normaliseHeader } from '../../../../shared/ingest/recognise/headers.ts';

describe('headers are compared', () => {
  const cases: [string, string, string][] = [
    ['without BOM', '\ufeffНомер заказа', 'номер заказа'],
    ['without outer blanks', '  Order number\t', 'order number'],
    ['with _ as a blank', 'merchant_trans_id', 'merchant trans id'],
    ['with - as a blank', 'Идент-р', 'идент р'],
    [
      'with line breaks as one blank',
      'ИДЕНТИФИКАТОР ПЛАТЕЖА \r\n (ПЛАТЕЖНАЯ СИСТЕМА)',
      'идентификатор платежа (платежная система)',
    ],
    ['with repeated and no-break blanks as one', 'Дата \u00a0 и  время', 'дата и время'],
    ['with ё as е', 'Причина отмёны', 'причина отмены'],
    ['with decomposed letters composed', 'Н\u043e\u043c\u0435\u0440 заказа \u0438\u0306', 'номер заказа й'],
    ['with a Latin last letter in a Cyrillic word', 'НАЗВАНИЕ ПОСТАВЩИКA', 'название поставщика'],
    ['with every look-alike folded', 'жABCEHKMOPTX', 'жавсенкмортх'],
    ['but Latin words stay Latin', 'ePos Terminal ID', 'epos terminal id'],
    ['also beside Cyrillic ones', 'ID товара', 'id товара'],
  ];
  for (const [what, header, expected] of cases) it(what, () => assert.equal(normaliseHeader(header), expected));
});

describe('known headers', () => {
  it('are known in any spelling that normalises to the same', () => {
    for (const header of ['Номер заказа', 'ORDER_NUMBER', 'НАЗВАНИЕ ПОСТАВЩИКA', 'receiptId', 'Click ID'])
      assert.ok(isKnownHeader(header), header);
  });

  it('are never known by a part of them', () => {
    for (const header of ['Order', 'Номер заказа клиента', 'Timestamp', 'ID записи', '', '8774'])
      assert.ok(!isKnownHeader(header), header);
    assert.ok(!isKnownHeader(null));
    assert.ok(!isKnownHeader(15_000));
  });

  it('count once in a row that repeats a word, as rows of data do', () => {
    assert.equal(countKnownHeaders(['Карта', 'Карта', null, 15_000, 'Латте']), 1);
    assert.equal(countKnownHeaders(['Дата', 'Сумма', 'Click ID']), 3);
  });
});
