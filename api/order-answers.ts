/** What GET /orders answers, for the OpenAPI document (design.md section 4). */
import { z } from 'zod';
import { SOURCE_NAMES } from '../shared/ingest/sources/source.ts';
import { ISSUE_CODES, ORDER_STATUSES, PAYMENT_TYPES } from '../shared/orders/codes.ts';
import { DECISION_KINDS, RESOLUTIONS } from '../shared/reconcile/decisions.ts';

const instant = z.iso.datetime({ offset: true });
const legRecord = z.object({
  recordId: z.string(),
  key: z.string(),
  fileId: z.uuid(),
  sheet: z.string().nullable(),
  row: z.number().int(),
});

const decisionView = z.object({
  id: z.string(),
  kind: z.enum(DECISION_KINDS),
  resolution: z.enum(RESOLUTIONS),
  note: z.string(),
  recordId: z.string().nullable(),
  stale: z.boolean(),
  createdAt: instant,
  createdBy: z.string(),
  createdByName: z.string().nullable(),
});

const fieldChangeView = z
  .object({
    source: z.enum(SOURCE_NAMES),
    field: z.string().describe('canonical field of the record'),
    changeType: z.enum(['filled', 'changed']),
    oldValue: z.string().nullable().describe('null: it was empty'),
    newValue: z.string().nullable(),
    version: z.number().int().nullable(),
    fileId: z.uuid().nullable(),
    changedAt: instant,
  })
  .describe('The last time an import filled or changed this field');

const orderView = z.object({
  id: z.string(),
  orderNumber: z.string().nullable(),
  machineCode: z.string().nullable(),
  machineName: z.string().nullable(),
  status: z.enum(ORDER_STATUSES),
  pending: z.boolean(),
  settled: z.boolean(),
  issues: z.array(z.enum(ISSUE_CODES)),
  paymentType: z.enum(PAYMENT_TYPES),
  price: z.string(),
  time: instant,
  goodsName: z.string().nullable(),
  version: z.number().int(),
  lastChange: z.enum(['new', 'updated', 'filled']).nullable(),
  decision: decisionView.nullable(),
  legs: z.record(z.enum(SOURCE_NAMES), legRecord.extend({ more: z.array(legRecord).optional() }).nullable()),
  changes: z
    .array(fieldChangeView)
    .describe('Fields that imports filled or changed, each with its last change; of the file or upload of the filter where it names one'),
});

export const orderListView = z.object({ items: z.array(orderView), nextCursor: z.string().nullable() });
