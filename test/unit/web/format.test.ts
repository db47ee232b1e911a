import assert from 'node:assert/strict';
import {
  dayOf,
  formatAmount,
  formatAverage,
  formatCount,
  formatDay,
  formatMoney,
  formatPercent,
  formatShare,
  formatTime,
  sizeParts,
} from '../../../web/src/i18n/format.ts';
import { russianForm } from '../../../web/src/i18n/plural.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('numbers, money and times on the page', () => {
  it('writes money in groups of three with its currency, and keeps fractions only where there are some', () => {
    assert.equal(plain(formatMoney('15000.00')), '15 000 soʻm');
    assert.equal(plain(formatMoney('15000.5')), '15 000,50 soʻm');
    assert.equal(plain(formatMoney('-3000')), '−3 000 soʻm');
    assert.equal(plain(formatMoney('123456789012345678.01')), '123 456 789 012 345 678,01 soʻm');
    assert.equal(formatMoney(null), '—');
  });

  it('says an average in whole soʻm', () => {
    assert.equal(plain(formatAverage('33074.77')), '33 075 soʻm');
    assert.equal(plain(formatAverage('33074.49')), '33 074 soʻm');
    assert.equal(plain(formatAverage('-0.40')), '0 soʻm');
    assert.equal(formatAverage(null), '—');
  });

  it('keeps the group together: no line may break inside a number', () => {
    assert.ok(!/ /.test(formatMoney('15000')));
    assert.ok(!/ /.test(formatCount(1_000_000)));
  });

  it('shows times in Tashkent whatever zone they were written in', () => {
    assert.equal(plain(formatTime('2024-02-29T20:30:00Z')), '01.03.2024 01:30:00');
    assert.equal(plain(formatTime('2024-03-01T01:30:00+05:00', false)), '01.03.2024 01:30');
    assert.equal(formatDay('2024-02-29T20:30:00Z'), '01.03.2024');
    assert.equal(formatDay('2024-03-01'), '01.03.2024');
    assert.equal(dayOf('2024-02-29T20:30:00Z'), '2024-03-01');
  });

  it('rounds shares and sizes for reading', () => {
    assert.equal(plain(formatShare(0.975, 1)), '97,5 %');
    assert.equal(plain(formatShare(1, 1)), '100 %');
    assert.equal(plain(formatShare(-0.044, 1)), '−4,4 %');
    assert.equal(plain(formatPercent('-4.44')), '−4,44 %');
    assert.equal(plain(formatPercent('0.00')), '0 %');
    assert.deepEqual(sizeParts(104_857_600), { figure: '100', unit: 'mb' });
    assert.deepEqual(sizeParts(1_300), { figure: '1,3', unit: 'kb' });
    assert.equal(formatAmount('not a number'), 'not a number');
  });

  it('chooses the Russian form by the number: 1 файл, 2 файла, 5 файлов, 11 файлов, 21 файл', () => {
    const forms = [1, 2, 5, 11, 12, 21, 22, 25, 100, 101, 111, 0].map((count) => russianForm(count, 3));
    assert.deepEqual(forms, [0, 1, 2, 2, 2, 0, 1, 2, 2, 0, 2, 2]);
  });
});
