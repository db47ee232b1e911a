import { z } from 'zod';
import { CACHE_TAG_RECORDS } from '../../shared/cache/cache.ts';
import { listOrders, orderTotals } from '../../shared/orders/list-orders.ts';
import { orderViews } from '../../shared/orders/order-view.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { decodeCursor, encodeCursor, pageQuery } from '../keyset.ts';
import { orderFilterQuery } from '../order-query.ts';
import { defineRoute, type Route } from '../route.ts';

const INSTANT_TEXT = /^-?\d{4,6}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?[+-]\d{2}(:\d{2})?$/;
const ORDER_ID = /^[1-9]\d{0,17}$/;

export function createOrderRoutes(resources: ApiResources): Route[] {
  const { db, cache } = resources;
  return [
    defineRoute({
      method: 'get',
      path: '/orders',
      role: 'viewer',
      summary: 'Reconciled orders and orphan proofs, newest first',
      query: z.strictObject({ ...pageQuery, ...orderFilterQuery }),
      async handler({ query: { limit, cursor, ...filter } }) {
        const key = cursor === undefined ? undefined : decodeCursor(cursor, [INSTANT_TEXT, ORDER_ID]);
        const before = key === undefined ? undefined : { time: key[0] ?? '', id: key[1] ?? '' };
        const rows = await listOrders(db, filter, { before, limit });
        const shown = rows.slice(0, limit);
        const last = shown.at(-1);
        return {
          items: await orderViews(db, shown),
          nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.time_text, last.id]) : null,
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/orders/totals',
      role: 'viewer',
      summary: 'How many orders the filter holds, and their sum',
      query: z.strictObject(orderFilterQuery),
      handler: ({ query }) =>
        cache.getOrLoad(`order-totals:${JSON.stringify(query)}`, { tags: [CACHE_TAG_RECORDS] }, () => orderTotals(db, query)),
    }),
  ];
}
