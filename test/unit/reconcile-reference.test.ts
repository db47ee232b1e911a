import assert from 'node:assert/strict';
import { type OrderOutcome, reconcileReference } from '../support/reference/reference.ts';
import { START, hw, payment, receipt, sold, vh, worldOf } from '../support/reference/world-builders.ts';

function only(world: Parameters<typeof reconcileReference>[0]): OrderOutcome {
  const { orders } = reconcileReference(world);
  assert.equal(orders.size, 1);
  return [...orders.values()][0]!;
}

describe('the reference: lines of the decision table', () => {
  it('1: number_conflict when VendHub names another machine', () => {
    const order = only(worldOf([hw(), vh({ machineCode: 'bbbbbbbb0000' }), receipt()]));
    assert.equal(order.status, 'number_conflict');
    assert.deepEqual(order.issues, []);
  });

  it('1: number_conflict when two HW rows of a number name two machines, with or without VendHub', () => {
    const other = hw({ machineCode: 'bbbbbbbb0000' });
    assert.equal(only(worldOf([hw(), other, vh(), receipt()])).status, 'number_conflict');
    const alone = only(worldOf([hw(), other, receipt()]));
    assert.deepEqual([alone.status, alone.issues], ['number_conflict', ['hw_only']]);
  });

  it('2: ambiguous_match for both orders and for the receipt between them', () => {
    const found = reconcileReference(worldOf([...sold('A', 0), ...sold('B', 20), receipt({ time: START + 10 })]));
    assert.deepEqual(
      [...found.orders.values()].map(({ status, issues, proofs }) => [status, issues, proofs]),
      [
        ['ambiguous_match', [], []],
        ['ambiguous_match', [], []],
      ],
    );
    assert.deepEqual([...found.orphans.values()], [{ status: 'ambiguous_match', pending: false }]);
  });

  it('2 before 3: an order without HW whose receipt is ambiguous says vendhub_only as an issue', () => {
    const order = only(
      worldOf([vh(), receipt({ key: 'M:1', time: START + 10 }), receipt({ key: 'M:2', time: START + 70 })]),
    );
    assert.deepEqual([order.status, order.issues], ['ambiguous_match', ['vendhub_only']]);
  });

  it('3: vendhub_only, with its receipt in a window that reaches 100 s further back', () => {
    const order = only(worldOf([vh({ eventTime: START + 160 }), receipt({ time: START })]));
    assert.deepEqual([order.status, order.pending, order.proofs.length], ['vendhub_only', false, 1]);
    const missed = only(worldOf([vh({ eventTime: START + 161 }), receipt({ time: START })]));
    assert.deepEqual([missed.status, missed.issues], ['vendhub_only', ['fiscal_mismatch']]);
  });

  it('4: proofs without an order have statuses of their own', () => {
    const proofs = [
      receipt(),
      payment('payme'),
      payment('click'),
      payment('uzum'),
      payment('click', { key: 'c', state: 'cancelled' }),
    ];
    const found = reconcileReference(worldOf(proofs));
    assert.deepEqual([...found.orphans.values()].map((one) => one.status).sort(), [
      'click_only',
      'fiscal_only',
      'payme_only',
      'uzum_only',
      'void',
    ]);
    assert.ok([...found.orphans.values()].every((one) => !one.pending));
  });

  it('5 and 6: hw_only, pending while VendHub is not loaded for the whole window', () => {
    const settled = only(worldOf([hw(), receipt()]));
    assert.deepEqual([settled.status, settled.pending, settled.issues], ['hw_only', false, []]);
    const waiting = only(worldOf([hw(), receipt()], { notLoaded: ['vendhub'] }));
    assert.deepEqual([waiting.status, waiting.pending], ['hw_only', true]);
  });

  it('5: a missing receipt is an issue of an hw_only order', () => {
    assert.deepEqual(only(worldOf([hw()])).issues, ['fiscal_mismatch']);
    assert.deepEqual(only(worldOf([hw({ orderResource: 'qr' })])).issues, ['gateway_mismatch']);
  });

  it('7: price_mismatch; the machine price decides which receipt fits', () => {
    const order = only(worldOf([hw(), vh({ price: 11_000 }), receipt()]));
    assert.deepEqual([order.status, order.price, order.issues], ['price_mismatch', 10_000, []]);
  });

  it('8: time_out_of_range beyond 60 s after delivery, and not at 60 s', () => {
    assert.equal(
      only(worldOf([hw({ deliveryTime: START + 40 }), vh({ eventTime: START + 101 }), receipt()])).status,
      'time_out_of_range',
    );
    assert.equal(
      only(worldOf([hw({ deliveryTime: START + 40 }), vh({ eventTime: START + 100 }), receipt()])).status,
      'fully_matched',
    );
    assert.equal(
      only(worldOf([hw({ deliveryTime: null }), vh({ eventTime: START + 660 }), receipt()])).status,
      'fully_matched',
    );
    assert.equal(
      only(worldOf([hw({ refundTime: START + 300 }), vh({ eventTime: START + 360 }), receipt()])).status,
      'fully_matched',
    );
  });

  it('lists every further line that applies beside the first', () => {
    const order = only(worldOf([hw(), vh({ machineCode: 'bbbbbbbb0000', price: 9000, eventTime: START + 5000 })]));
    assert.deepEqual(
      [order.status, order.issues],
      ['number_conflict', ['fiscal_mismatch', 'price_mismatch', 'time_out_of_range']],
    );
  });

  it('9: test and vip are complete without proof; a found one is an issue', () => {
    const vip = only(worldOf(sold('A', 0, { type: 'vip' })));
    assert.deepEqual([vip.status, vip.issues], ['fully_matched', []]);
    const paid = only(worldOf([...sold('A', 0, { type: 'test' }), receipt(), payment('click')]));
    assert.deepEqual([paid.status, paid.issues], ['fully_matched', ['excess_payment', 'excess_receipt']]);
  });

  it('9a: an unpaid order is complete; what it holds is an issue', () => {
    const idle = only(worldOf([hw({ paymentStatus: 'unpaid' }), vh()]));
    assert.deepEqual([idle.status, idle.issues], ['fully_matched', []]);
    const withReceipt = only(worldOf([hw({ paymentStatus: 'unpaid' }), vh(), receipt()]));
    assert.deepEqual([withReceipt.status, withReceipt.issues], ['fully_matched', ['excess_receipt']]);
    const withPayment = only(
      worldOf([hw({ orderResource: 'qr', paymentStatus: 'unpaid' }), vh({ paymentType: 'click' }), payment('click')]),
    );
    assert.deepEqual([withPayment.status, withPayment.issues], ['fully_matched', ['excess_payment']]);
  });

  it('10: a refunded order is complete when nothing or a cancelled payment is there, and owes money with a live one', () => {
    const qr = [hw({ orderResource: 'qr', paymentStatus: 'refunded' }), vh({ paymentType: 'payme' })];
    assert.deepEqual(only(worldOf(qr)).issues, []);
    const cancelled = only(worldOf([...qr, payment('payme', { state: 'cancelled' })]));
    assert.deepEqual([cancelled.status, cancelled.issues, cancelled.proofs], ['fully_matched', [], []]);
    const live = only(worldOf([...qr, payment('payme')]));
    assert.deepEqual([live.status, live.issues], ['fully_matched', ['refund_not_executed']]);
    const torn = only(
      worldOf([
        ...qr,
        payment('payme', { key: 'x', time: START - 5 }),
        payment('payme', { key: 'y', time: START + 5 }),
      ]),
    );
    assert.deepEqual([torn.status, torn.issues], ['ambiguous_match', ['refund_not_executed']]);
  });

  it('11: cash and card orders are complete with a receipt of their column', () => {
    assert.equal(only(worldOf([hw(), vh(), receipt()])).status, 'fully_matched');
    const card = [hw({ orderResource: 'card' }), vh({ paymentType: 'card' })];
    assert.equal(only(worldOf([...card, receipt({ cashAmount: 0, cardAmount: 10_000 })])).status, 'fully_matched');
  });

  it('12: fiscal_mismatch when the receipt is missing in a loaded period', () => {
    const order = only(worldOf([hw(), vh()]));
    assert.deepEqual([order.status, order.pending, order.issues], ['fiscal_mismatch', false, []]);
  });

  it('13 and 14: QR orders with their payment; an untyped one takes any gateway', () => {
    assert.equal(only(worldOf([...sold('A', 0, { type: 'click' }), payment('click')])).status, 'fully_matched');
    const untyped = only(worldOf([...sold('A', 0, { type: 'qr' }), payment('uzum')]));
    assert.deepEqual([untyped.status, untyped.paymentType], ['fully_matched', 'qr']);
  });

  it('15: gateway_mismatch when nothing, something cancelled or another gateway is there', () => {
    assert.equal(only(worldOf(sold('A', 0, { type: 'click' }))).status, 'gateway_mismatch');
    assert.equal(
      only(worldOf([...sold('A', 0, { type: 'click' }), payment('click', { state: 'cancelled' })])).status,
      'gateway_mismatch',
    );
    const other = only(worldOf([...sold('A', 0, { type: 'click' }), payment('payme')]));
    assert.deepEqual([other.status, other.issues], ['gateway_mismatch', ['gateway_wrong']]);
  });

  it('16: matched and pending while the report that must hold the proof is not loaded', () => {
    const cash = only(worldOf(sold('A', 0), { notLoaded: ['fiscal_bills'] }));
    assert.deepEqual([cash.status, cash.pending, cash.issues], ['matched', true, []]);
    const untyped = only(worldOf(sold('A', 0, { type: 'qr' }), { notLoaded: ['uzum'] }));
    assert.deepEqual([untyped.status, untyped.pending], ['matched', true]);
    const other = only(worldOf([...sold('A', 0, { type: 'click' }), payment('payme')], { notLoaded: ['click'] }));
    assert.deepEqual([other.status, other.pending, other.issues], ['matched', true, ['gateway_wrong']]);
  });

  it('17: matched with an issue when the payment type is in no table', () => {
    const order = only(worldOf([...sold('A', 0, { type: 'unknown' }), receipt()]));
    assert.deepEqual(
      [order.status, order.pending, order.issues, order.proofs],
      ['matched', false, ['payment_type_unknown'], []],
    );
  });
});

describe('the reference: what is linked after the assignment', () => {
  it('(a) takes a payment of another gateway only in the window of exactly one order', () => {
    const one = reconcileReference(
      worldOf([...sold('A', 0, { type: 'click' }), payment('payme', { time: START + 60 })]),
    );
    assert.equal(one.orders.get('A')!.proofs[0]!.rule, 'other_gateway');
    const two = reconcileReference(
      worldOf([...sold('A', 0, { type: 'click' }), ...sold('B', 20, { type: 'uzum' }), payment('payme')]),
    );
    assert.deepEqual(two.orphans.get('payme:payme-1'), { status: 'payme_only', pending: false });
  });

  it('(a) links the nearest, then the earliest, then the lower key of several', () => {
    const click = sold('A', 0, { type: 'click' });
    const nearest = only(
      worldOf([...click, payment('payme', { time: START - 20 }), payment('uzum', { time: START + 10 })]),
    );
    assert.deepEqual(nearest.proofs, [{ proof: 'uzum:uzum-1', rule: 'other_gateway' }]);
    const earliest = only(
      worldOf([...click, payment('payme', { time: START - 10 }), payment('uzum', { time: START + 10 })]),
    );
    assert.deepEqual(earliest.proofs, [{ proof: 'payme:payme-1', rule: 'other_gateway' }]);
    assert.deepEqual(earliest.issues, ['duplicate_payment', 'gateway_wrong']);
    const lower = only(worldOf([...click, payment('uzum', { key: 'k1' }), payment('payme', { key: 'k2' })]));
    assert.deepEqual(lower.proofs, [{ proof: 'uzum:k1', rule: 'other_gateway' }]);
  });

  it('(b) takes a receipt with the price in the other column', () => {
    const order = only(worldOf([...sold('A', 0), receipt({ cashAmount: 0, cardAmount: 10_000 })]));
    assert.deepEqual(
      [order.status, order.issues, order.proofs[0]!.rule],
      ['fiscal_mismatch', ['fiscal_amount_diff'], 'other_column'],
    );
  });

  it('(c) takes a receipt of a QR order, with or without its payment: fiscalised twice is what the operator looks for', () => {
    const unpaid = only(worldOf([...sold('A', 0, { type: 'click' }), receipt()]));
    assert.deepEqual([unpaid.status, unpaid.issues], ['gateway_mismatch', ['excess_receipt']]);
    const paid = only(worldOf([...sold('A', 0, { type: 'click' }), payment('click'), receipt()]));
    assert.deepEqual([paid.status, paid.issues], ['fully_matched', ['excess_receipt']]);
    assert.deepEqual(
      paid.proofs.map((one) => one.rule),
      ['assignment', 'not_needed'],
    );
  });

  it('(c) takes a payment of a cash order that has its receipt: paid twice', () => {
    const order = only(worldOf([...sold('A', 0), receipt(), payment('click')]));
    assert.deepEqual([order.status, order.issues], ['fully_matched', ['excess_payment']]);
  });

  it('(c) leaves a duplicate alone, also where another order has no use for it', () => {
    // the second receipt lies near cash order A, which holds one of this amount, and near Payme order B
    const found = reconcileReference(
      worldOf([
        ...sold('A', 0),
        ...sold('B', 40, { type: 'payme' }),
        receipt(),
        receipt({ key: 'M:2', time: START + 20 }),
      ]),
    );
    assert.deepEqual([found.orders.get('A')!.issues, found.orders.get('B')!.issues], [['duplicate_receipt'], []]);
    assert.equal(found.orphans.get('fiscal_bills:M:2')!.status, 'fiscal_only');
    // and one of another time is no duplicate of it
    const far = reconcileReference(
      worldOf([
        ...sold('A', 0),
        ...sold('B', 100, { type: 'payme' }),
        receipt(),
        receipt({ key: 'M:2', time: START + 110 }),
      ]),
    );
    assert.deepEqual([far.orders.get('A')!.issues, far.orders.get('B')!.issues], [[], ['excess_receipt']]);
  });

  it('(c) takes a payment of a cash order without receipt', () => {
    const order = only(worldOf([...sold('A', 0), payment('click')]));
    assert.deepEqual([order.status, order.issues], ['fiscal_mismatch', ['excess_payment']]);
  });

  it('(c) compares a split receipt by its whole amount', () => {
    const order = only(worldOf([...sold('A', 0, { type: 'vip' }), receipt({ cashAmount: 4000, cardAmount: 6000 })]));
    assert.deepEqual([order.status, order.issues], ['fully_matched', ['excess_receipt']]);
  });

  it('never links another amount: the only receipt near an order is told, and stays an orphan', () => {
    const near = receipt({ cashAmount: 9000, amount: 9000 });
    const one = reconcileReference(worldOf([...sold('A', 0), near]));
    assert.deepEqual(
      [one.orders.get('A')!.status, one.orders.get('A')!.issues],
      ['fiscal_mismatch', ['fiscal_amount_diff']],
    );
    assert.equal(one.orphans.get('fiscal_bills:M:100')!.status, 'fiscal_only');
    const two = only(worldOf([...sold('A', 0), near, receipt({ key: 'M:101', cashAmount: 8000, amount: 8000 })]));
    assert.deepEqual(two.issues, []);
  });

  it('tells the nearest order that holds a proof of a second one', () => {
    const found = reconcileReference(
      worldOf([
        ...sold('A', 0),
        ...sold('B', 50),
        receipt({ time: START }),
        receipt({ key: 'M:2', time: START + 50 }),
        receipt({ key: 'M:3', time: START + 53 }),
      ]),
    );
    assert.deepEqual([found.orders.get('A')!.issues, found.orders.get('B')!.issues], [[], ['duplicate_receipt']]);
    assert.equal(found.orphans.get('fiscal_bills:M:3')!.status, 'fiscal_only');
    const paid = only(
      worldOf([...sold('A', 0, { type: 'click' }), payment('click'), payment('click', { key: 'c2', time: START + 9 })]),
    );
    assert.deepEqual([paid.status, paid.issues], ['fully_matched', ['duplicate_payment']]);
  });

  it('assigns refunded and unpaid orders after all others, and gives them nothing by steps', () => {
    const found = reconcileReference(
      worldOf([...sold('A', 0, { paymentStatus: 'refunded' }), ...sold('B', 40), receipt()]),
    );
    assert.deepEqual(
      [found.orders.get('A')!.status, found.orders.get('B')!.status],
      ['fully_matched', 'fully_matched'],
    );
    assert.equal(found.orders.get('B')!.proofs[0]!.proof, 'fiscal_bills:M:100');
    const qr = reconcileReference(
      worldOf([...sold('A', 0, { type: 'click', paymentStatus: 'refunded' }), payment('payme')]),
    );
    assert.equal(qr.orphans.get('payme:payme-1')!.status, 'payme_only');
  });

  it('matches nothing with an amount of 0', () => {
    const order = only(worldOf([...sold('A', 0, { price: 0 }), receipt({ cashAmount: 0, amount: 0 })]));
    assert.deepEqual(order.proofs, []);
  });
});
