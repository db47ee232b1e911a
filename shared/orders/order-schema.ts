/**
 * Orders, their history and decisions as the API shows them, as schemas: what order-view.ts, order-detail.ts and their
 * neighbours make.
 */
import { z } from 'zod';
import { amount, count, instant, worded } from '../answer-parts.ts';
import { GATEWAYS, keptFields, SOURCE_NAMES, sources } from '../ingest/sources/index.ts';
import type { SourceField, SourceName } from '../ingest/sources/source.ts';
import { DECISION_KINDS, RESOLUTIONS } from '../reconcile/decisions.ts';
import { ISSUE_CODES, ORDER_STATUSES, PAYMENT_TYPES } from '../rules/codes.ts';
import { camelCase } from './records.ts';
import { SEARCH_CODES } from './search.ts';

const source = z.enum(SOURCE_NAMES);
const proofSource = z.enum(['fiscal_bills', ...GATEWAYS]);

const legRecord = z
  .object({
    recordId: z.string(),
    key: z.string(),
    fileId: z.uuid(),
    sheet: z.string().nullable(),
    row: count.describe("as the user's own program shows it"),
  })
  .meta({ id: 'LegRecord' });
const leg = legRecord
  .extend({ more: z.array(legRecord).optional() })
  .describe('The first record of a source; the others hang on it');

export const decisionSchema = z.object({
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

const fieldChange = z
  .object({
    source,
    field: z.string().describe('canonical field of the record'),
    changeType: z.enum(['filled', 'changed']),
    oldValue: z.string().nullable().describe('null: it was empty'),
    newValue: z.string().nullable(),
    version: z.number().int().nullable(),
    fileId: z.uuid().nullable(),
    changedAt: instant,
  })
  .describe('The last time an import filled or changed this field')
  .meta({ id: 'FieldChange' });

const orderSchema = z.object({
  id: z.string(),
  orderNumber: z.string().nullable(),
  machineCode: z.string().nullable(),
  machineName: z.string().nullable(),
  status: z.enum(ORDER_STATUSES),
  pending: z.boolean(),
  settled: z.boolean(),
  issues: z.array(z.enum(ISSUE_CODES)),
  paymentType: z.enum(PAYMENT_TYPES),
  price: amount,
  time: instant,
  goodsName: z.string().nullable(),
  version: z.number().int(),
  lastChange: z.enum(['new', 'updated', 'filled']).nullable(),
  sale: z.enum(['unpaid', 'refunded']).nullable().describe('what keeps it out of revenue, as `sale=` finds it'),
  decision: decisionSchema.nullable(),
  legs: z.record(source, leg.nullable()),
});

export const listedOrderSchema = orderSchema
  .extend({
    changes: z
      .array(fieldChange)
      .describe(
        'Fields that imports filled or changed, each with its last change; of the file or upload of the filter ' +
          'where it names one',
      ),
    difference: amount
      .nullable()
      .describe('UZS that are out: VendHub less machine, proof less price; null where nothing is'),
    why: worded.nullable().describe('the plainest trouble in one phrase; null where there is none'),
    found: z.array(z.enum(SEARCH_CODES)).describe('what of it the search text `q` met; empty without one'),
  })
  .meta({ id: 'Order' });

export const machineCountSchema = z
  .object({ machineCode: z.string(), machineName: z.string().nullable(), orders: count })
  .meta({ id: 'MachineCount' });

export const orderTotalsSchema = z.object({ count, sum: amount }).meta({ id: 'OrderTotals' });

const valueOrigin = z
  .object({ fileId: z.uuid(), fileName: z.string(), sheet: z.string().nullable(), row: count })
  .describe('The row of a file that gave a value')
  .meta({ id: 'ValueOrigin' });

/** A canonical field as record-fields.ts shows it. */
function fieldSchema({ name, type }: SourceField): z.ZodType {
  if (type === 'money') return amount;
  if (type === 'timestamp') return instant;
  if (type === 'int' && !name.endsWith('_id')) return z.number();
  return z.string();
}

function recordSchema(name: SourceName) {
  const fields = keptFields(sources[name]).map((field) => [camelCase(field.name), fieldSchema(field).nullable()]);
  return legRecord.extend({
    fileName: z.string(),
    ...(Object.fromEntries(fields) as Record<string, z.ZodType>),
    extra: z.record(z.string(), z.string()).nullable().describe('cells of columns that have no canonical field'),
    origins: z
      .record(z.string(), valueOrigin)
      .describe(
        'fields whose value came with another row than the record did, by ' +
          'name; all others come from fileId, sheet, row',
      ),
  });
}

function fullLegSchema(name: SourceName) {
  const record = recordSchema(name);
  return record.extend({ more: z.array(record).optional() }).nullable();
}

const heldProof = z
  .object({
    recordId: z.string(),
    source: proofSource,
    key: z.string(),
    linkRule: z
      .string()
      .describe('how it came to the order: assigned, decision, gateway_wrong, other_column, excess, return'),
    state: z.string().nullable().describe('sale, return, success, cancelled, ...'),
    amount,
    cash: amount.nullable(),
    card: amount.nullable(),
    amountDelta: amount.describe("amount less the order's price, UZS"),
    timeDeltaS: z.number().describe("time less the order's, seconds"),
  })
  .describe('A proof that the order holds, and how far it is from it');

const usedCoverage = z
  .object({
    source,
    from: instant,
    to: instant,
    covered: z.boolean(),
    emptyDay: z.boolean().describe('not one row of the source on this day'),
  })
  .meta({ id: 'UsedCoverage' });

const nearRecord = z
  .object({
    recordId: z.string(),
    source,
    key: z.string(),
    amount: amount.describe('of the record that is shown'),
    time: instant,
    amountDelta: amount.describe("the proof's amount less the order's price, UZS"),
    timeDeltaS: z.number().describe("the proof's time less the order's, seconds"),
    orderId: z.string().describe('the row of orders that the record stands in'),
    reason: worded,
    orderNumber: z.string().optional(),
    status: z.string().optional(),
    paymentType: z.string().optional(),
  })
  .describe(
    'What lies near and is not linked, and why; an order near a proof besides with its number, status and payment type',
  )
  .meta({ id: 'NearRecord' });

export const orderDetailSchema = orderSchema
  .extend({
    legs: z.object(Object.fromEntries(SOURCE_NAMES.map((name) => [name, fullLegSchema(name)]))),
    decisions: z.array(decisionSchema),
    matchScore: count.describe('number of agreeing sources'),
    ownerCode: z.string().nullable(),
    why: z.object({
      rule: z.string().describe('line of the decision table'),
      message: z.string(),
      issues: z.array(worded),
      figures: z.object({
        price: amount,
        priceDelta: amount.nullable(),
        timeDeltaS: z.number().nullable(),
        proofs: z.array(heldProof),
      }),
      windows: z.object({ hwVendhubS: z.number(), fiscalS: z.number(), gatewayS: z.number(), amountTolerance: amount }),
      coverage: z.array(usedCoverage),
      differences: z.array(worded),
      candidates: z.array(nearRecord),
      nearMisses: z.array(nearRecord),
    }),
  })
  .meta({ id: 'OrderDetail' });

export const changeSchema = z
  .object({
    id: z.string(),
    source: source.nullable(),
    recordId: z.string().nullable(),
    field: z.string(),
    oldValue: z.string().nullable(),
    newValue: z.string().nullable(),
    changeType: z.enum(['filled', 'changed', 'status', 'link', 'unlink', 'decision']),
    cause: z.enum(['file', 'recompute', 'manual', 'undo']),
    version: z.number().int().nullable(),
    fileId: z.uuid().nullable(),
    fileName: z.string().nullable(),
    sheet: z.string().nullable(),
    row: count.nullable(),
    changedBy: z.string().nullable(),
    changedByName: z.string().nullable(),
    changedAt: instant,
    undoReason: z.string().nullable().describe('why the import was undone, where the line tells of that'),
    decision: z
      .object({
        id: z.string(),
        kind: z.enum(DECISION_KINDS),
        resolution: z.enum(RESOLUTIONS),
        note: z.string(),
        withdrawn: z.boolean().describe('the line tells that it was taken back'),
      })
      .nullable()
      .describe('what was decided, of lines about decisions; it stays after the decision was taken back'),
  })
  .meta({ id: 'OrderChange' });

export const rawRowSchema = z
  .object({
    recordId: z.string(),
    fileId: z.uuid(),
    fileName: z.string(),
    sheet: z.string().nullable(),
    row: count,
    header: z.array(z.string().nullable()),
    cells: z.array(z.union([z.string(), z.number()]).nullable()),
  })
  .meta({ id: 'RawRow' });

export type ValueOrigin = z.output<typeof valueOrigin>;
export type LegRecord = z.output<typeof legRecord>;
export type Leg = z.output<typeof leg>;
export type DecisionView = z.output<typeof decisionSchema>;
export type FieldChange = z.output<typeof fieldChange>;
export type OrderView = z.output<typeof orderSchema>;
/** In lists also what imports filled and changed, for the marks on the cells. */
export type ListedOrder = z.output<typeof listedOrderSchema>;
export type OrderDetail = z.output<typeof orderDetailSchema>;
export type OrderTotals = z.output<typeof orderTotalsSchema>;
export type HeldProof = z.output<typeof heldProof>;
export type UsedCoverage = z.output<typeof usedCoverage>;
export type NearRecord = z.output<typeof nearRecord>;
export type ChangeView = z.output<typeof changeSchema>;
export type RawRowView = z.output<typeof rawRowSchema>;
export type MachineCount = z.output<typeof machineCountSchema>;
