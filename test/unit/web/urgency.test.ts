import assert from 'node:assert/strict';
import { ISSUE_CODES, ORDER_STATUSES } from '../../../shared/rules/codes.ts';
import { CALM_STATUSES } from '../../../client/vocabulary.ts';
import { languageFor } from '../../../web/src/i18n/languages.ts';
import { lessAmount } from '../../../web/src/orders/numbers.ts';
import { tagsOf } from '../../../web/src/orders/tags.ts';
import { buildTimeline, scaleLabel } from '../../../web/src/orders/timeline.ts';
import { ru } from '../../../web/src/texts/ru/index.ts';

const noLegs = { happy_workers: null, vendhub: null, fiscal_bills: null, payme: null, click: null, uzum: null };
const leg = (fields: Record<string, unknown>) => ({
  recordId: 'r',
  key: 'k',
  fileId: 'f',
  sheet: null,
  row: 2,
  ...fields,
});

describe('status and issues of an order', () => {
  it('is never green while an issue is open, and the most urgent stands first', () => {
    for (const issue of ISSUE_CODES) {
      const tags = tagsOf({ status: 'fully_matched', issues: [issue], settled: false, sale: null });
      assert.equal(tags.length, 2, issue);
      assert.equal(tags[0]?.code, issue);
      assert.ok(
        tags.every((tag) => tag.tone !== 'ok'),
        issue,
      );
    }
    const two = tagsOf({
      status: 'matched',
      issues: ['payment_type_unknown', 'refund_not_executed'],
      settled: false,
      sale: null,
    });
    assert.deepEqual(
      two.map((tag) => [tag.code, tag.tone]),
      [
        ['refund_not_executed', 'bad'],
        ['payment_type_unknown', 'warn'],
        ['matched', 'info'],
      ],
    );
  });

  it('is green where nothing is left, and where a person has settled it', () => {
    assert.deepEqual(tagsOf({ status: 'fully_matched', issues: [], settled: false, sale: null }), [
      { kind: 'order', code: 'fully_matched', tone: 'ok' },
    ]);
    assert.equal(
      tagsOf({ status: 'fully_matched', issues: ['excess_receipt'], settled: true, sale: null })[0]?.tone,
      'ok',
    );
  });

  it('says of an order that was not paid, or given back, that it was: its status alone says that all agrees', () => {
    const tags = tagsOf({ status: 'fully_matched', issues: [], settled: false, sale: 'unpaid' });
    assert.deepEqual(tags, [
      { kind: 'order', code: 'fully_matched', tone: 'ok' },
      { kind: 'sale', code: 'unpaid', tone: 'quiet' },
    ]);
  });

  it('says what to do about each of them', () => {
    const due = [...ORDER_STATUSES.filter((status) => !CALM_STATUSES.includes(status)), ...ISSUE_CODES];
    assert.deepEqual(
      due.filter((code) => !(code in ru.todo)),
      [],
    );
  });
});

describe('the language at the first visit', () => {
  it('is the first of the browser’s that the page speaks, until a person chooses', () => {
    assert.equal(languageFor(null, ['uz-UZ', 'ru']), 'uz');
    assert.equal(languageFor(null, ['uz-Latn-UZ']), 'uz');
    assert.equal(languageFor(null, ['en-US', 'en']), 'en');
    assert.equal(languageFor(null, ['de-DE', 'EN-gb', 'ru']), 'en');
    assert.equal(languageFor(null, ['kk-KZ']), 'ru');
    assert.equal(languageFor(null, []), 'ru');
    assert.equal(languageFor('ru', ['uz-UZ']), 'ru');
    assert.equal(languageFor('xx', ['uz-UZ']), 'uz');
  });
});

describe('the scale of the timeline', () => {
  const scale = (creationTime: string, deliveryTime: string): string[] => {
    const order = { legs: { ...noLegs, happy_workers: leg({ creationTime, deliveryTime }) } };
    const timeline = buildTimeline(order);
    assert.ok(timeline);
    return timeline.ticksMs.map((tick) => scaleLabel(tick, timeline));
  };

  it('has times alone within a day', () => {
    for (const label of scale('2025-06-01T14:00:00+05:00', '2025-06-01T14:03:00+05:00'))
      assert.match(label, /^14:0\d:\d\d$/);
  });

  it('names the day over more than one, and repeats nothing', () => {
    for (const end of [
      '2025-06-02T03:00:00+05:00',
      '2025-06-03T14:00:00+05:00',
      '2025-06-20T07:00:00+05:00',
      '2026-03-01T10:00:00+05:00',
    ]) {
      const labels = scale('2025-06-01T22:00:00+05:00', end);
      assert.ok(labels.length >= 2 && labels.length <= 7, labels.join(' '));
      for (const label of labels) assert.match(label, /^\d\d\.\d\d/);
      assert.equal(new Set(labels).size, labels.length, labels.join(' '));
    }
    assert.ok(
      scale('2025-06-01T22:00:00+05:00', '2025-06-20T07:00:00+05:00').every((label) => /^\d\d\.\d\d$/.test(label)),
    );
  });
});

describe('orders that wait for a report', () => {
  it('are taken off the sum to the last hundredth', () => {
    assert.equal(lessAmount('15000.10', '5000.2'), '9999.90');
    assert.equal(lessAmount('100', '0'), '100.00');
    assert.equal(lessAmount('100', '-1'), '101.00');
  });
});
