import assert from 'node:assert/strict';
import { reasonText } from '../../shared/texts/order-reasons.ts';
import {
  orderReasonTexts,
  differenceTexts,
  noticeTexts,
  noticeWords,
  warningTexts,
} from '../../shared/texts/tables.ts';
import { LANGS } from '../../shared/texts/languages.ts';
import { noticeText } from '../../shared/texts/notices.ts';
import { stretchText } from '../../shared/texts/shown-params.ts';
import { renderText } from '../../shared/texts/text.ts';

const NBSP = '\u00a0';
const plain = (text: string): string => text.replaceAll(NBSP, ' ');

describe('figures in the words of the server', () => {
  it('say how long in days and hours, not in thousands of seconds', () => {
    assert.deepEqual(
      [45, 119, 120, 605, 7_199, 7_260, 86_400, 1_705_000].map((seconds) => plain(stretchText(seconds, 'ru'))),
      ['45 с', '119 с', '2 мин', '10 мин', '119 мин', '2 ч 1 мин', '1 день', '19 дней 17 ч'],
    );
    assert.equal(plain(stretchText(1_705_000, 'en')), '19 days 17 h');
    assert.equal(plain(stretchText(1_705_000, 'uz')), '19 kun 17 soat');
    assert.match(
      plain(renderText(warningTexts, 'zone_suspect', { minutes: -44_640, rows: 12 }, 'en')),
      /themselves: 31 days off \(rows: 12\)$/,
    );
    const params = { seconds: 1_705_000, windowS: 60 };
    assert.equal(
      plain(renderText(differenceTexts, 'time_after_window', params, 'ru')),
      'Время в VendHub на 19 дней 17 ч позже конца заказа; допуск 60 с',
    );
  });

  it('group amounts, drop needless decimals, keep those that say something, and use a minus', () => {
    const params = { happyWorkers: '15000.00', vendhub: '12000.50', delta: '-2999.5' };
    assert.equal(
      renderText(differenceTexts, 'price_differs', params, 'ru'),
      `Цена: автомат 15${NBSP}000, VendHub 12${NBSP}000,50, разница \u22122${NBSP}999,50`,
    );
    assert.equal(
      plain(reasonText('price_differs', { machine: '15000', vendhub: '9000' }, 'ru')),
      'В автомате 15 000, в VendHub 9 000',
    );
  });

  it('name kinds of payment and sources in words, and quote the file as it is', () => {
    assert.equal(
      reasonText('payment_other_gateway', { found: 'payme', expected: 'uzum' }, 'ru'),
      'Оплачено через Payme, в VendHub Uzum',
    );
    const overlap = {
      file: '2025-07-01',
      from: '2025-07-01T08:00:00.000+05:00',
      to: '2025-07-01T21:00:00.000+05:00',
      files: 1,
      days: 1,
    };
    assert.equal(
      renderText(warningTexts, 'period_overlap', overlap, 'ru'),
      'За 01.07 данные уже были, из «2025-07-01». Повторы не удваиваются',
    );
    const july = { ...overlap, to: '2025-07-15T21:00:00.000+05:00' };
    assert.match(renderText(warningTexts, 'period_overlap', july, 'ru'), /^За 01\.07–15\.07 данные/);
    assert.match(
      renderText(warningTexts, 'period_overlap', { ...july, from: '2024-12-31T00:00:00.000+05:00' }, 'ru'),
      /^За 31\.12\.2024–15\.07\.2025 /,
    );
  });

  it('say of a refund whose payment stands when it was, by the clock of its own day', () => {
    const params = {
      amount: '11000',
      gateway: 'uzum',
      at: '2025-06-12T11:34:20+05:00',
      of: '2025-06-12T11:30:00.000+05:00',
    };
    const code = 'refunded_at_payment_stands';
    assert.equal(
      plain(reasonText(code, params, 'ru')),
      'Заказ возвращён в 11:34, платёж Uzum 11 000 не отменён: верните деньги',
    );
    const later = { ...params, at: '2025-06-13T09:05:00+05:00' };
    assert.equal(
      plain(reasonText(code, later, 'ru')),
      'Заказ возвращён 13.06 в 09:05, платёж Uzum 11 000 не отменён: верните деньги',
    );
    for (const lang of LANGS) assert.doesNotMatch(reasonText(code, params, lang), /\{|uzum|2025/, lang);
    assert.ok(code in orderReasonTexts);
  });

  it('word every notice in all three languages, with services, states and sums as people say them', () => {
    const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted();
    for (const [kind, words] of Object.entries(noticeTexts)) {
      for (const lang of LANGS) assert.deepEqual(places(words[lang]), places(words.ru), `${kind} ${lang}`);
      for (const lang of ['en', 'uz'] as const) assert.doesNotMatch(words[lang], /[а-яё]/i, `${kind} ${lang}`);
    }
    for (const [code, words] of Object.entries(noticeWords))
      for (const lang of LANGS) assert.match(words[lang], /\S/, `${code} ${lang}`);
    assert.deepEqual(
      noticeText('monitor_changed', { target: 'postgres', from: 'healthy', to: 'offline', reason: 'no_answer' }).split(
        '\n',
      ),
      [
        'VHM24R',
        'База данных: недоступно (было: работает; причина: не отвечает)',
        'Database: away (was: works; reason: no answer)',
        'Maʼlumotlar bazasi: ishlamayapti (avval: ishlayapti; sabab: javob bermayapti)',
      ],
    );
    const report = { day: '2025-07-01', orders: 1234, sum: '15000000.00', files: 6, failed: 0, open: 12 };
    assert.match(plain(noticeText('daily_report', report)), /Отчёт за 01\.07\.2025: заказов 1 234 на 15 000 000 сум/);
  });
});
