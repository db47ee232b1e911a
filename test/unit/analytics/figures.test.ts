import assert from 'node:assert/strict';
import { bucketsOf, bucketStart, MAX_BUCKETS } from '../../../shared/analytics/buckets.ts';
import { gatewayLevel, loadedOfAll } from '../../../shared/analytics/gateway-totals.ts';
import { divideRounded, percentOf, tiyinOf, uzsOf } from '../../../shared/analytics/money.ts';

describe('figures of analytics', () => {
  it('sums keep every tiyin', () => {
    assert.equal(uzsOf(tiyinOf('90071992547409.93') + tiyinOf('0.07')), '90071992547410');
    assert.equal(uzsOf(tiyinOf('-15000.5')), '-15000.5');
    assert.equal(uzsOf(tiyinOf('0.05')), '0.05');
    assert.throws(() => tiyinOf('1e5'));
    assert.throws(() => tiyinOf('1.005'));
  });

  it('halves are rounded away from zero, on both sides', () => {
    assert.equal(divideRounded(5n, 2n), 3n);
    assert.equal(divideRounded(-5n, 2n), -3n);
    assert.equal(divideRounded(4n, 3n), 1n);
  });

  it('a share has two decimals, and of nothing there is none', () => {
    assert.equal(percentOf(1n, 3n), '33.33');
    assert.equal(percentOf(1n, 1n), '100');
    assert.equal(percentOf(-1n, 8n), '-12.5');
    assert.equal(percentOf(1n, 0n), null);
  });

  it('gateway totals: under 1% is fine, 1 to 3% is to be looked at, more is critical', () => {
    const orders = 100_000_00n;
    const expected = [
      ['100000', 'ok'],
      ['100999.99', 'ok'],
      ['99000.01', 'ok'],
      ['101000', 'look'],
      ['99000', 'look'],
      ['103000', 'look'],
      ['97000', 'look'],
      ['103000.01', 'critical'],
      ['96999.99', 'critical'],
      ['0', 'critical'],
    ] as const;
    for (const [payments, level] of expected) assert.equal(gatewayLevel(orders, tiyinOf(payments)), level, payments);
    assert.equal(gatewayLevel(0n, 1n), 'critical');
    assert.equal(gatewayLevel(0n, 0n), 'ok');
  });

  it('a month is loaded as far as its gateways are, each for the time of its own orders', () => {
    const part = (gateway: 'payme' | 'click' | 'uzum' | 'all', loaded: 'full' | 'partial' | 'none', count = 1) => ({
      gateway,
      loaded,
      orders: { count, sum: '15000' },
    });
    const [payme, click, uzum] = [part('payme', 'full'), part('click', 'full'), part('uzum', 'full')];
    // of all taken together the first order lies before the first payment of some report
    const whole = part('all', 'partial', 3);
    assert.equal(
      loadedOfAll([payme, click, uzum, whole], () => 'none'),
      'full',
    );
    assert.equal(
      loadedOfAll([payme, click, whole], () => 'none'),
      'partial',
      'nobody knows what Uzum took',
    );
    assert.equal(
      loadedOfAll([payme, part('click', 'none'), uzum, whole], () => 'full'),
      'partial',
    );
    assert.equal(
      loadedOfAll([part('payme', 'none'), whole], () => 'none'),
      'none',
    );
  });

  it('days, weeks and months begin by the clock of Tashkent, whatever the clock of the machine', () => {
    const late = new Date('2025-08-31T19:30:00Z'); // 00:30 of Monday, September 1st
    assert.equal(bucketStart(late, 'day').toISOString(), '2025-08-31T19:00:00.000Z');
    assert.equal(bucketStart(late, 'week').toISOString(), '2025-08-31T19:00:00.000Z');
    assert.equal(bucketStart(late, 'month').toISOString(), '2025-08-31T19:00:00.000Z');
    assert.equal(bucketStart(late, 'hour').toISOString(), '2025-08-31T19:00:00.000Z');
    const sunday = new Date('2025-08-31T18:59:59Z');
    assert.equal(bucketStart(sunday, 'week').toISOString(), '2025-08-24T19:00:00.000Z');
    assert.deepEqual(bucketsOf(new Date('2025-12-15T00:00:00Z'), new Date('2026-02-01T00:00:00+05:00'), 'month'), [
      '2025-12-01T00:00:00.000+05:00',
      '2026-01-01T00:00:00.000+05:00',
    ]);
  });

  it('an order years away does not make a series endless', () => {
    const from = new Date('2025-01-01T00:00:00+05:00');
    assert.equal(bucketsOf(from, new Date('2099-01-01T00:00:00+05:00'), 'day'), null);
    assert.equal(bucketsOf(from, new Date(from.getTime() + MAX_BUCKETS * 3_600_000), 'hour')?.length, MAX_BUCKETS);
  });
});
