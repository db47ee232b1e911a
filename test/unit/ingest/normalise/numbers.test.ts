import assert from 'node:assert/strict';
import {
  detectNumberStyle,
  normaliseInteger,
  normaliseMoney,
  normaliseNumber,
} from '../../../../shared/ingest/normalise/numbers.ts';
import { moneyToCents } from '../../../../shared/ingest/sources/amounts.ts';

describe('a number by the rule, cell by cell', () => {
  const cases: [string, string | undefined][] = [
    ['15000', '15000'],
    ['15 000', '15000'],
    ['15\u00a0000', '15000'],
    ['15\u2009000', '15000'],
    ['15\u202f000', '15000'],
    ["15'000", '15000'],
    ['15’000', '15000'],
    ['15000 сум', '15000'],
    ['15 000 СУМ.', '15000'],
    ["15000 so'm", '15000'],
    ['15000 soʻm', '15000'],
    ['UZS 15000', '15000'],
    ['15000.00', '15000'],
    ['15000,50', '15000.5'],
    ['15.000', '15000'],
    ['15,000', '15000'],
    ['1.234.567', '1234567'],
    ['1,234,567', '1234567'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['1 234 567,8', '1234567.8'],
    ['0.500', '0.5'],
    ['0,500', '0.5'],
    ['1500.000', '1500'],
    ['12.5', '12.5'],
    ['1.50', '1.5'],
    ['0', '0'],
    ['0.00', '0'],
    ['007', '7'],
    ['-5000', '-5000'],
    ['−5000', '-5000'],
    ['+5000', '5000'],
    ['-0.00', '0'],
    ['1.234.56', undefined],
    ['12,34.56', undefined],
    ['1,234,56.7', undefined],
    ['1.234,567,8', undefined],
    ['15000.', undefined],
    ['.5', undefined],
    ['1e5', undefined],
    ['5e71181f0000', undefined],
    ['15000 USD', undefined],
    ['десять', undefined],
    ['', undefined],
    ['сум', undefined],
  ];
  for (const [text, expected] of cases)
    it(`${JSON.stringify(text)}: ${expected ?? 'refused'}`, () => assert.equal(normaliseNumber(text, null), expected));
});

describe('a number in a column of known style', () => {
  const cases: [string, 'point' | 'comma', string | undefined][] = [
    ['15.000', 'point', '15'],
    ['15.000', 'comma', '15000'],
    ['15,000', 'point', '15000'],
    ['15,000', 'comma', '15'],
    ['15000.00', 'comma', undefined],
    ['15000,00', 'point', undefined],
    ['1,234.56', 'comma', undefined],
    ['15000', 'comma', '15000'],
  ];
  for (const [text, style, expected] of cases) {
    it(`${text} with decimal ${style}: ${expected ?? 'refused'}`, () =>
      assert.equal(normaliseNumber(text, style), expected));
  }
});

describe('the style of a column', () => {
  const cases: [string, (string | number | null)[], 'point' | 'comma' | null, boolean][] = [
    ['plain numbers need none', ['15000', '15 000', null, ''], null, false],
    ['one cell that fits only one decides', ['15.000', '12.50', '7.000'], 'point', false],
    ['several thousands decide too', ['15.000', '1.234.567'], 'comma', false],
    ['both signs in one cell decide', ['15,000', '1,234.56'], 'point', false],
    ['a leading zero decides', ['15.000', '0.000'], 'point', false],
    ['nothing but groups of three fits both', ['15.000', '7.000'], null, true],
    ['of either sign', ['15,000', '7000'], null, true],
    ['numbers of the format take no part', [15.5, 7.25, '15.000'], null, true],
    ['words take no part', ['N/A', 'нет', '15000,5'], 'comma', false],
    ['a mixed column is read as most of its cells are', ['1,5', '2,5', '3.5'], 'comma', false],
  ];
  for (const [what, cells, style, ambiguous] of cases) {
    it(what, () => {
      const detected = detectNumberStyle(cells);
      assert.deepEqual([detected.style, detected.ambiguous], [style, ambiguous]);
    });
  }
});

describe('money', () => {
  const readable: [string | number, string][] = [
    ['15000.00', '15000'],
    ['15000.5', '15000.50'],
    ['15000.05', '15000.05'],
    [15_000, '15000'],
    [0.5, '0.50'],
    [15_000.25, '15000.25'],
    ['299.99999999999994', '300'],
    [0.1 + 0.2, '0.30'],
    ['-299.99999999999994', '-300'],
    ['9999999999999.99', '9999999999999.99'],
  ];
  for (const [cell, value] of readable)
    it(`${cell} is ${value}`, () => assert.deepEqual(normaliseMoney(cell, null), { value }));

  it('refuses more decimals than two, amounts without bound and words', () => {
    assert.deepEqual(normaliseMoney('1500.125', null), { code: 'money_precision' });
    assert.deepEqual(normaliseMoney('12345678901234', null), { code: 'number_too_large' });
    assert.deepEqual(normaliseMoney(1e21, null), { code: 'number_too_large' });
    assert.deepEqual(normaliseMoney('дорого', null), { code: 'number_unreadable' });
  });

  it('is compared in whole cents', () => {
    assert.equal(moneyToCents('15000'), 1_500_000);
    assert.equal(moneyToCents('-0.50'), -50);
    assert.equal(moneyToCents('0.10') + moneyToCents('0.20'), moneyToCents('0.30'));
  });
});

describe('whole numbers', () => {
  it('drop what a spreadsheet adds and keep their digits', () => {
    for (const [cell, value] of [
      ['8774', '8774'],
      ['8774.0', '8774'],
      [8774, '8774'],
      ['8 774', '8774'],
      ['08774', '8774'],
    ] as const) {
      assert.equal(normaliseInteger(cell), value);
    }
    for (const cell of ['8774.5', 'A-1', '1234567890123456789', 1.5]) assert.equal(normaliseInteger(cell), undefined);
  });
});
