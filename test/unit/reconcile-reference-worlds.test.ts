import assert from 'node:assert/strict';
import { sources } from '../../shared/ingest/sources/index.ts';
import { assignByRemoval } from '../support/reference/assignment-by-removal.ts';
import {
  type AssignmentGroup,
  type AssignmentResult,
  assignByEnumeration,
} from '../support/reference/brute-force-assignment.ts';
import { createChance } from '../support/reference/random.ts';
import { randomWorld } from '../support/reference/random-world.ts';
import { reconcileReference } from '../support/reference/reference.ts';
import { renderReports } from '../support/reference/render-reports.ts';
import { proofId } from '../support/reference/world.ts';

/** Orders and proofs by the second, all of them able to have each other within 60 s. */
function group(orders: readonly number[], proofs: readonly number[]): AssignmentGroup {
  const timeOf = new Map<string, number>();
  const named = (prefix: string, times: readonly number[]): { key: string; time: number }[] =>
    times.map((time, i) => {
      timeOf.set(`${prefix}${i + 1}`, time);
      return { key: `${prefix}${i + 1}`, time };
    });
  const fits = (order: string, proof: string): boolean => Math.abs(timeOf.get(order)! - timeOf.get(proof)!) <= 60;
  return { orders: named('o', orders), proofs: named('p', proofs), fits };
}

function plain(result: AssignmentResult): { linked: Record<string, string>; orders: string[]; proofs: string[] } {
  const sorted = (keys: Set<string>): string[] => [...keys].sort();
  return {
    linked: Object.fromEntries(result.linked),
    orders: sorted(result.ambiguousOrders),
    proofs: sorted(result.ambiguousProofs),
  };
}

describe('the assignment by enumeration', () => {
  const solve = (orders: readonly number[], proofs: readonly number[]): ReturnType<typeof plain> =>
    plain(assignByEnumeration(group(orders, proofs)));

  it('gives the first order the receipt that is nearest to the second, when the first can have no other', () => {
    assert.deepEqual(solve([0, 50], [45, 100]), { linked: { o1: 'p1', o2: 'p2' }, orders: [], proofs: [] });
  });

  it('leaves one of the orders at 0, 50, 100 without while there are receipts at 46 and 97 only', () => {
    assert.deepEqual(solve([0, 50, 100], [46, 97]), { linked: { o2: 'p1', o3: 'p2' }, orders: [], proofs: [] });
  });

  it('moves all three when a receipt at 148 comes', () => {
    assert.deepEqual(solve([0, 50, 100], [46, 97, 148]), {
      linked: { o1: 'p1', o2: 'p2', o3: 'p3' },
      orders: [],
      proofs: [],
    });
  });

  it('links nothing of two orders that are equally far from one receipt', () => {
    assert.deepEqual(solve([0, 20], [10]), { linked: {}, orders: ['o1', 'o2'], proofs: ['p1'] });
  });

  it('links nothing of two receipts that are equally far from one order', () => {
    assert.deepEqual(solve([10], [0, 20]), { linked: {}, orders: ['o1'], proofs: ['p1', 'p2'] });
  });

  it('carries ambiguity through a whole connected piece and no farther', () => {
    const found = solve([0, 20, 100, 1000], [10, 60, 1003]);
    assert.deepEqual(found, { linked: { o4: 'p3' }, orders: ['o1', 'o2', 'o3'], proofs: ['p1', 'p2'] });
  });

  it('pairs equals in time order, and equal times by key', () => {
    assert.deepEqual(solve([0, 20], [30, 40]), { linked: { o1: 'p1', o2: 'p2' }, orders: [], proofs: [] });
    assert.deepEqual(solve([0, 0], [5, 5]), { linked: { o1: 'p1', o2: 'p2' }, orders: [], proofs: [] });
  });

  it('is what removal finds too, on 1 500 random groups', () => {
    const chance = createChance(7);
    for (let i = 0; i < 1500; i++) {
      const times = (): number[] =>
        Array.from({ length: chance.int(0, 5) }, () => chance.int(0, 20) * chance.pick([1, 5, 10]));
      const some = group(times(), times());
      assert.deepEqual(
        plain(assignByRemoval(some)),
        plain(assignByEnumeration(some)),
        JSON.stringify([some.orders, some.proofs]),
      );
    }
  });
});

describe('random worlds', () => {
  it('put every proof with exactly one order or leave it an orphan, and do not depend on the order of files and rows', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const world = randomWorld(seed);
      const found = reconcileReference(world);
      const claimed = [...found.orders.values()].flatMap((order) => order.proofs.map((one) => one.proof));
      const proofs = new Set(
        world.files.flatMap((file) => file.records).flatMap((one) => ('time' in one ? [proofId(one)] : [])),
      );
      assert.deepEqual([...claimed, ...found.orphans.keys()].sort(), [...proofs].sort(), `seed ${seed}`);
      const turned = {
        ...world,
        files: world.files.toReversed().map((file) => ({ ...file, records: file.records.toReversed() })),
      };
      assert.deepEqual(reconcileReference(turned), found, `seed ${seed}`);
      assert.deepEqual(randomWorld(seed), world);
    }
  });

  it('reach every status, every issue and every rule of linking', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 300; seed++) {
      const found = reconcileReference(randomWorld(seed));
      for (const order of found.orders.values()) {
        for (const code of [order.status, ...order.issues, ...order.proofs.map((one) => one.rule)]) seen.add(code);
      }
      for (const orphan of found.orphans.values()) seen.add(orphan.status);
    }
    const statuses =
      'hw_only vendhub_only payme_only click_only uzum_only fiscal_only void matched fully_matched fiscal_mismatch gateway_mismatch price_mismatch time_out_of_range ambiguous_match number_conflict';
    const issues =
      'delivery_failed_but_paid refund_not_executed duplicate_receipt duplicate_payment excess_receipt excess_payment fiscal_amount_diff gateway_wrong payment_type_conflict payment_type_unknown code_disagrees_with_number times_disagree';
    const rules = 'assignment other_gateway other_column not_needed return';
    assert.deepEqual(
      `${statuses} ${issues} ${rules}`.split(' ').filter((code) => !seen.has(code)),
      [],
    );
  });

  it('are written with headers that the sources know, one line a record', () => {
    const bare = (header: string): string => header.trim().replace(/\s+/g, ' ').toLowerCase();
    for (let seed = 1; seed <= 30; seed++) {
      const world = randomWorld(seed);
      for (const [i, report] of renderReports(world).entries()) {
        const file = world.files[i]!;
        const separator = file.source === 'happy_workers' ? ',' : ';';
        const lines = report.text.trimEnd().split('\r\n');
        const header = lines.at(-1 - file.records.length)!;
        const known = new Set(sources[file.source].fields.flatMap((field) => field.headers.map(bare)));
        const headers = header
          .split(separator)
          .map((cell) => bare(cell.replaceAll('"', '')).replace('поставщикa', 'поставщика'));
        assert.deepEqual(
          headers.filter((one) => !known.has(one)),
          [],
          report.name,
        );
      }
    }
  });
});
