import assert from 'node:assert/strict';
import { assign } from '../../shared/reconcile/assignment.ts';
import type { Edge } from '../../shared/reconcile/connected-pieces.ts';
import { evaluateGroup, noFixedLinks } from '../../shared/reconcile/evaluate-group.ts';
import { offsetReturns } from '../../shared/reconcile/returns.ts';
import { ownTimeMs } from '../support/own-time.ts';
import { assignByEnumeration } from '../support/reference/brute-force-assignment.ts';
import { createChance } from '../support/reference/random.ts';

/** Times of orders and proofs, windows of 60 s around the order. */
function windows(orders: readonly number[], proofs: readonly number[]): Edge[] {
  return orders.flatMap((at, order) =>
    proofs.flatMap((time, proof) =>
      Math.abs(time - at) <= 60 ? [{ order, proof, cost: Math.abs(time - at) * 1000 }] : [],
    ),
  );
}

function linked(orders: readonly number[], proofs: readonly number[]): (number | null)[] {
  const { proofOf } = assign(orders.length, proofs.length, windows(orders, proofs));
  return [...proofOf].map((proof) => (proof < 0 ? null : (proofs[proof] as number)));
}

describe('assigning proofs to orders', () => {
  it('pairs as many as possible before it looks at nearness', () => {
    // the nearest receipt of the second order is the only one that the first can have
    assert.deepEqual(linked([0, 50], [45, 100]), [45, 100]);
  });

  it('moves a whole chain when one more proof comes', () => {
    assert.deepEqual(linked([0, 50, 100], [46, 97]), [null, 46, 97]);
    assert.deepEqual(linked([0, 50, 100], [46, 97, 148]), [46, 97, 148]);
  });

  it('pairs equals in time order', () => {
    assert.deepEqual(linked([0, 0], [10, 20]), [10, 20]);
    assert.deepEqual(linked([0, 20, 40], [5, 25, 45]), [5, 25, 45]);
  });

  it('pairs a thousand sales of one minute in time order before somebody notices', function () {
    // each with each, as reports without seconds have it; took half a minute
    this.timeout(120_000);
    const at = Array.from({ length: 1_400 }, () => 0);
    const since = ownTimeMs();
    assert.deepEqual([...assign(at.length, at.length, windows(at, at)).proofOf], [...at.keys()]);
    assert.ok(ownTimeMs() - since < 15_000);
  });

  it('links nothing of a piece in which one proof is as near to two orders', () => {
    const outcome = assign(2, 1, windows([0, 20], [10]));
    assert.deepEqual([...outcome.proofOf], [-1, -1]);
    assert.deepEqual([outcome.ambiguousOrders, outcome.ambiguousProofs], [[true, true], [true]]);
  });

  it('keeps what is certain beside what is not', () => {
    // two orders and one proof tie at the start; far from them a pair is plain
    const outcome = assign(3, 2, windows([0, 20, 500], [10, 503]));
    assert.deepEqual([...outcome.proofOf], [-1, -1, 1]);
    assert.deepEqual(outcome.ambiguousOrders, [true, true, false]);
  });

  it('agrees with trying everything, in groups of every small shape', () => {
    const chance = createChance(20_251_122);
    for (let round = 0; round < 3000; round++) {
      const orderTimes = times(chance.int(1, 5), chance);
      const proofTimes = times(chance.int(1, 5), chance);
      const edges = windows(orderTimes, proofTimes).filter(() => chance.next() < 0.85);
      const fits = new Set(edges.map((edge) => `${edge.order}:${edge.proof}`));
      const key = (index: number): string => String(index).padStart(2, '0');
      const wanted = assignByEnumeration({
        orders: orderTimes.map((time, index) => ({ key: key(index), time })),
        proofs: proofTimes.map((time, index) => ({ key: key(index), time })),
        fits: (order: string, proof: string) => fits.has(`${Number(order)}:${Number(proof)}`),
      });
      const got = assign(orderTimes.length, proofTimes.length, edges);
      const links = Object.fromEntries(
        [...got.proofOf].flatMap((proof, order) => (proof < 0 ? [] : [[key(order), key(proof)]])),
      );
      const spread = `orders ${orderTimes.join()} proofs ${proofTimes.join()}`;
      const label = `round ${round}: ${spread} fits ${[...fits].join(' ')}`;
      assert.deepEqual(links, Object.fromEntries([...wanted.linked].sort(([a], [b]) => byText(a, b))), label);
      assert.deepEqual(names(got.ambiguousOrders, key), [...wanted.ambiguousOrders].sort(byText), label);
      assert.deepEqual(names(got.ambiguousProofs, key), [...wanted.ambiguousProofs].sort(byText), label);
    }
  });

  it('takes a crowd of hundreds of equal orders and proofs without a pause', () => {
    const crowd = Array.from({ length: 500 }, (_, index) => index);
    const outcome = assign(500, 500, windows(crowd, crowd));
    assert.deepEqual([...outcome.proofOf], crowd);
  });
});

describe('what is left after the assignment', () => {
  const order = { id: 1, key: 'a', time: 0, lookbackMs: 0, price: 1_000_000, late: false };
  const none = {
    fixedReceipts: noFixedLinks(),
    fixedPayments: noFixedLinks(),
    forbiddenReceipts: new Set<string>(),
    forbiddenPayments: new Set<string>(),
  };
  const rules = { fiscalWindowMs: 60_000, gatewayWindowMs: 60_000, amountTolerance: 1 };
  const receipt = { id: 7, key: 'r', time: 1000, amount: 1_000_000, cash: 1_000_000, card: 0 };
  const payment = { id: 8, key: 'p', time: 1000, amount: 1_000_000, gateway: 'click' as const };

  it('links a payment of another gateway, and says so', () => {
    const outcome = evaluateGroup(
      { ...none, orders: [{ ...order, type: 'payme' }], receipts: [], payments: [payment] },
      rules,
    );
    assert.deepEqual(outcome.payments[0], { orderId: 1, rule: 'gateway_wrong', ambiguous: false });
  });

  it('links a receipt in the other column', () => {
    const outcome = evaluateGroup(
      { ...none, orders: [{ ...order, type: 'card' }], receipts: [receipt], payments: [] },
      rules,
    );
    assert.deepEqual(outcome.receipts[0], { orderId: 1, rule: 'other_column', ambiguous: false });
  });

  it('links what an order has no use for, also beside the proof that it needs', () => {
    const spare = evaluateGroup(
      { ...none, orders: [{ ...order, type: 'vip' }], receipts: [receipt], payments: [] },
      rules,
    );
    assert.equal(spare.receipts[0]?.rule, 'excess');
    for (const type of ['click', 'cash'] as const) {
      const second = evaluateGroup(
        { ...none, orders: [{ ...order, type }], receipts: [receipt], payments: [payment] },
        rules,
      );
      const rulesOf = [second.payments[0]?.rule, second.receipts[0]?.rule];
      assert.deepEqual(rulesOf, type === 'click' ? ['assigned', 'excess'] : ['excess', 'assigned']);
    }
  });

  it('links no duplicate to an order that has no use for it', () => {
    const orders = [
      { ...order, type: 'cash' as const },
      { ...order, id: 2, key: 'b', time: 40_000, type: 'payme' as const },
    ];
    const receipts = [receipt, { ...receipt, id: 9, key: 's', time: 20_000 }];
    const outcome = evaluateGroup({ ...none, orders, receipts, payments: [] }, rules);
    assert.deepEqual(
      [outcome.receipts[0]?.orderId, outcome.receipts[1]?.orderId, outcome.orders[0]?.duplicateReceipt],
      [1, null, true],
    );
  });

  it('calls a crowd ambiguous that is too large to be told apart, without who stands apart, and goes on at once', () => {
    const crowd = Array.from({ length: 3000 }, (_, index) => index);
    const orders = crowd.map((index) => ({ ...order, id: index, key: `o${index}`, type: 'cash' as const }));
    const receipts = crowd.map((index) => ({ ...receipt, id: index, key: `r${index}` }));
    // it shares no proof with the crowd
    orders.push({ ...order, id: 5000, key: 'z', time: 130_000, type: 'cash' as const });
    receipts.push({ ...receipt, id: 5000, key: 'z', time: 130_000 });
    const outcome = evaluateGroup({ ...none, orders, receipts, payments: [] }, rules);
    assert.ok(outcome.orders.slice(0, -1).every((one) => one.ambiguous));
    assert.ok(outcome.receipts.slice(0, -1).every((one) => one.ambiguous && one.orderId === null));
    assert.equal(outcome.orders.at(-1)?.ambiguous, false);
    assert.deepEqual(outcome.receipts.at(-1), { orderId: 5000, rule: 'assigned', ambiguous: false });
  });

  it('serves refunded orders last and by no step', () => {
    const late = { ...order, id: 2, key: 'b', late: true };
    const outcome = evaluateGroup(
      {
        ...none,
        orders: [
          { ...late, type: 'click' as const },
          { ...order, time: 30_000, type: 'click' as const },
        ],
        receipts: [],
        payments: [payment],
      },
      rules,
    );
    assert.equal(outcome.payments[0]?.orderId, 1);
  });

  it('treats a manual link as settled and a forbidden pair as none', () => {
    const orders = [{ ...order, type: 'cash' as const }];
    const fixedReceipts = { orderOf: new Map([[7, 1]]), amountsOf: new Map([[1, [1_000_000]]]) };
    const fixed = evaluateGroup({ ...none, orders, receipts: [receipt], payments: [], fixedReceipts }, rules);
    assert.equal(fixed.receipts[0]?.rule, 'decision');
    const forbidden = evaluateGroup(
      { ...none, orders, receipts: [receipt], payments: [], forbiddenReceipts: new Set(['7:1']) },
      rules,
    );
    assert.equal(forbidden.receipts[0]?.orderId, null);
  });

  it('offsets each return against the latest open sale before it', () => {
    const sales = [
      { orderId: 1, time: 10 },
      { orderId: 2, time: 20 },
      { orderId: 3, time: 40 },
    ];
    assert.deepEqual(
      [
        ...offsetReturns(
          [
            { id: 91, time: 5 },
            { id: 92, time: 30 },
            { id: 93, time: 50 },
            { id: 94, time: 60 },
            { id: 95, time: 70 },
          ],
          sales,
        ),
      ],
      [
        [91, null],
        [92, 2],
        [93, 3],
        [94, 1],
        [95, null],
      ],
    );
    const parted = offsetReturns(
      [
        { id: 92, time: 30, forbidden: [2] },
        { id: 93, time: 50 },
        { id: 94, time: 60 },
      ],
      sales,
    );
    assert.deepEqual(
      [...parted],
      [
        [92, 1],
        [93, 3],
        [94, 2],
      ],
    );
  });
});

function times(count: number, chance: { int(low: number, high: number): number }): number[] {
  return Array.from({ length: count }, () => chance.int(0, 24) * 10).sort((a, b) => a - b);
}

function names(flags: readonly boolean[], key: (index: number) => string): string[] {
  return flags.flatMap((is, index) => (is ? [key(index)] : []));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
