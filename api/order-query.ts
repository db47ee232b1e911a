/** The filter of orders as query parameters: /orders, /orders/totals, exports. */
import { z } from 'zod';
import { CHANGE_TYPES, ISSUE_CODES, ORDER_STATUSES, PAYMENT_TYPES } from '../shared/rules/codes.ts';
import { REASON_FILTERS } from '../shared/orders/reasons.ts';
import { SALE_OUTCOMES } from '../shared/orders/sale-outcomes.ts';
import { SOURCE_NAMES } from '../shared/ingest/sources/index.ts';
import { listOf } from './keyset.ts';
import { timeRangeQuery } from './time-range.ts';

const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, { message: 'is an amount in UZS such as 15000 or 15000.50' });
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const words = (max: number) => z.string().trim().min(1).max(max);

export const orderFilterQuery = {
  status: listOf(ORDER_STATUSES).optional(),
  issue: listOf(ISSUE_CODES).optional(),
  machine: words(1_000).optional(),
  paymentType: listOf(PAYMENT_TYPES).optional(),
  source: listOf(SOURCE_NAMES).optional(),
  ...timeRangeQuery,
  amountFrom: amount.optional(),
  amountTo: amount.optional(),
  q: words(200).optional(),
  changeType: listOf(CHANGE_TYPES).optional(),
  pending: flag.optional(),
  settled: flag.optional(),
  reason: listOf(REASON_FILTERS)
    .describe('a proof that is missing, apart from one that is there and differs')
    .optional(),
  sale: listOf(SALE_OUTCOMES)
    .describe('sales that are no revenue, or paid and not dispensed, as GET /analytics/summary counts them')
    .optional(),
  file: z.uuid().describe('orders in which this file filled or changed a field').optional(),
  session: z.uuid().describe('orders in which a file of this upload filled or changed a field').optional(),
};
