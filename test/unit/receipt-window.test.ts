import assert from 'node:assert/strict';
import { sortKeyOf } from '../../shared/orders/order-sort.ts';
import { differenceSql } from '../../shared/orders/reasons.ts';

describe('the column Difference', () => {
  it('looks for a receipt of another amount as far as reconciliation does: within the configured window', () => {
    for (const windowS of [60, 300]) {
      const reaches = [...differenceSql(windowS).matchAll(/o\.time [+-] make_interval\(secs => (\d+)\)/g)].map(
        (match) => Number(match[1]),
      );
      assert.deepEqual(reaches, [windowS, windowS]);
      assert.equal(sortKeyOf('difference', windowS).sql, differenceSql(windowS));
    }
  });
});
