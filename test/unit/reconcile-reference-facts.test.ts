import assert from 'node:assert/strict';
import { type OrderOutcome, reconcileReference } from '../support/reference/reference.ts';
import { type WorldFile, proofId } from '../support/reference/world.ts';
import {
  MACHINE,
  START,
  hw,
  payment,
  receipt,
  refund,
  sold,
  vh,
  worldOf,
} from '../support/reference/world-builders.ts';

function only(world: Parameters<typeof reconcileReference>[0]): OrderOutcome {
  const { orders } = reconcileReference(world);
  assert.equal(orders.size, 1);
  return [...orders.values()][0]!;
}

describe('the reference: returns', () => {
  const refunded = sold('A', 0, { paymentStatus: 'refunded' });

  it('leaves a refunded cash order with its sale receipt until a return offsets it', () => {
    assert.deepEqual(only(worldOf([...refunded, receipt()])).issues, ['excess_receipt']);
    const offset = only(worldOf([...refunded, receipt(), refund({ time: START + 500 })]));
    assert.deepEqual(
      [offset.status, offset.issues, offset.proofs.map((one) => one.rule)],
      ['fully_matched', [], ['assignment', 'return']],
    );
  });

  it('needs the same module, amount and column, and a later time', () => {
    const wrong = [
      refund({ time: START }),
      refund({ module: 'N', key: 'N:900' }),
      refund({ cashAmount: 0, cardAmount: 10_000 }),
      refund({ cashAmount: 9000, amount: 9000 }),
    ];
    for (const back of wrong) {
      const found = reconcileReference(worldOf([...refunded, receipt(), back]));
      assert.deepEqual(found.orders.get('A')!.issues, ['excess_receipt']);
      assert.equal(found.orphans.get(proofId(back))!.status, 'void');
    }
  });

  it('lets each return take the latest sale before it that is not yet offset', () => {
    const two = [
      ...refunded,
      ...sold('B', 1000, { paymentStatus: 'refunded' }),
      receipt(),
      receipt({ key: 'M:2', time: START + 1000 }),
    ];
    const one = reconcileReference(worldOf([...two, refund({ time: START + 2000 })]));
    assert.deepEqual([one.orders.get('A')!.issues, one.orders.get('B')!.issues], [['excess_receipt'], []]);
    const both = reconcileReference(
      worldOf([...two, refund({ time: START + 2000 }), refund({ key: 'M:901', time: START + 2001 })]),
    );
    assert.deepEqual([both.orders.get('A')!.issues, both.orders.get('B')!.issues], [[], []]);
  });

  it('is void where no refunded order holds the sale', () => {
    const found = reconcileReference(worldOf([...sold('A', 0), receipt(), refund()]));
    assert.deepEqual(found.orphans.get('fiscal_bills:M:900'), { status: 'void', pending: false });
  });
});

describe('the reference: facts of an order', () => {
  it('uses the type that VendHub names and says where the machine contradicts it', () => {
    const order = only(worldOf([hw({ orderResource: 'cash' }), vh({ paymentType: 'click' }), payment('click')]));
    assert.deepEqual(
      [order.paymentType, order.status, order.issues],
      ['click', 'fully_matched', ['payment_type_conflict']],
    );
    const agreed = only(worldOf([hw({ orderResource: 'qr' }), vh({ paymentType: 'click' }), payment('click')]));
    assert.deepEqual(agreed.issues, []);
  });

  it('falls back to the machine when VendHub says something unheard of', () => {
    const order = only(worldOf([hw({ orderResource: 'cash' }), vh({ paymentType: 'unknown' }), receipt()]));
    assert.deepEqual(
      [order.paymentType, order.status, order.issues],
      ['cash', 'fully_matched', ['payment_type_unknown']],
    );
  });

  it('adds up carts and several VendHub rows, and otherwise takes the first row', () => {
    const cups = [hw({ key: 'a', price: 4000, orderType: 'cart' }), hw({ key: 'b', price: 6000, orderType: 'cart' })];
    const halves = [vh({ key: '1', price: 5000 }), vh({ key: '2', price: 5000 })];
    const cart = only(worldOf([...cups, ...halves, receipt()]));
    assert.deepEqual([cart.price, cart.status], [10_000, 'fully_matched']);
    const late = only(worldOf([hw(), halves[0]!, vh({ key: '2', price: 5000, eventTime: START + 3000 }), receipt()]));
    assert.equal(late.status, 'time_out_of_range');
  });

  it('finds delivery_failed_but_paid only where somebody paid for a drink', () => {
    const failed = hw({ brewStatus: 'failed', deliveryTime: null });
    assert.deepEqual(only(worldOf([failed, vh(), receipt()])).issues, ['delivery_failed_but_paid']);
    assert.deepEqual(only(worldOf([{ ...failed, paymentStatus: 'refunded' }, vh()])).issues, []);
    assert.deepEqual(only(worldOf([{ ...failed, orderResource: 'vip' }, vh({ paymentType: 'vip' })])).issues, []);
  });

  it('says where the times of a machine row run backwards, and looks for its proofs around the creation', () => {
    const times = { deliveryTime: START - 600, payingTime: START + 50 };
    const order = only(worldOf([hw(times), vh(), receipt({ time: START + 55 })]));
    assert.deepEqual([order.status, order.issues, order.time], ['fully_matched', ['times_disagree'], START]);
    const slight = only(worldOf([hw({ deliveryTime: START - 60 }), vh(), receipt()]));
    assert.ok(!slight.issues.includes('times_disagree'));
  });

  it('compares the machine in an ff number with what the rows say', () => {
    const number = `ff0000030220250804070128${MACHINE}`;
    assert.deepEqual(only(worldOf([...sold(number, 0), receipt()])).issues, []);
    const moved = sold(number, 0).map((row) => ({ ...row, machineCode: 'bbbbbbbb0000' }));
    assert.deepEqual(only(worldOf([...moved, receipt()])).issues, ['code_disagrees_with_number']);
  });
});

describe('the reference: coverage and decisions', () => {
  it('joins ranges unless a whole Tashkent day lies between them', () => {
    const noon = Date.UTC(2025, 5, 10, 7) / 1000; // 12:00 in Tashkent
    const file = (name: string, from: number, to: number): WorldFile => ({
      name,
      source: 'vendhub',
      records: [],
      period: { from, to },
    });
    const pendingWith = (gapEnd: number): boolean => {
      const world = worldOf(
        [hw({ creationTime: noon + 20_000, payingTime: noon + 20_000, deliveryTime: noon + 20_030 })],
        {
          notLoaded: ['vendhub'],
        },
      );
      world.files.push(file('v1', noon - 100, noon), file('v2', gapEnd, gapEnd + 100));
      return only(world).pending;
    };
    const midnightAfterNext = noon + 12 * 3600 + 86_400;
    assert.equal(pendingWith(midnightAfterNext - 1), false);
    assert.equal(pendingWith(midnightAfterNext), true);
  });

  it('keeps vendhub_only and orphans pending until HW covers their window', () => {
    const found = reconcileReference(
      worldOf([vh(), receipt({ time: START + 5000 })], { notLoaded: ['happy_workers'] }),
    );
    assert.equal(found.orders.get('A')!.pending, true);
    assert.deepEqual([...found.orphans.values()], [{ status: 'fiscal_only', pending: true }]);
  });

  it('takes manual links as fixed points and never makes an unlinked pair again', () => {
    const records = [
      ...sold('A', 0),
      ...sold('B', 50),
      receipt({ time: START }),
      receipt({ key: 'M:2', time: START + 50 }),
    ];
    const link = { kind: 'link', orderNumber: 'A', proof: 'fiscal_bills:M:2' } as const;
    const linked = reconcileReference({ ...worldOf(records), decisions: [link] });
    assert.deepEqual(linked.orders.get('A')!.proofs, [{ proof: 'fiscal_bills:M:2', rule: 'manual' }]);
    assert.deepEqual(linked.orders.get('B')!.proofs, [{ proof: 'fiscal_bills:M:100', rule: 'assignment' }]);
    const unlink = { kind: 'unlink', orderNumber: 'A', proof: 'fiscal_bills:M:100' } as const;
    const unlinked = reconcileReference({ ...worldOf([...sold('A', 0), receipt()]), decisions: [unlink] });
    assert.equal(unlinked.orders.get('A')!.status, 'fiscal_mismatch');
  });
});
