/** The answers of GET /analytics/* as schemas; all sums in UZS. Each answer also names the time that it is about. */
import { z } from 'zod';
import { amount, count, instant, tally } from '../answer-parts.ts';
import { GATEWAYS } from '../ingest/sources/index.ts';
import { PAYMENT_TYPES } from '../rules/codes.ts';
import type { AnalyticsName } from './answers.ts';
import { TIME_GROUPS } from './buckets.ts';

const namedPeriod = z
  .object({ from: instant.nullable(), to: instant.nullable() })
  .describe('null where there is nothing at all');

const percent = z.string().regex(/^-?\d+(\.\d+)?$/);
/** A part of the revenue. */
const part = tally.extend({
  average: amount.nullable().describe('per order'),
  share: percent.nullable().describe('percent of all revenue'),
});

const summary = z.object({
  revenue: tally.extend({ average: amount.nullable() }),
  refunded: tally,
  unpaid: tally,
  test: tally,
  vip: tally,
  refundDue: tally.describe('part of the revenue: paid and not dispensed, to be given back'),
  fiscal: z
    .object({ sales: tally, receipts: tally, returns: tally, difference: amount })
    .describe(
      'cash and card sales against the receipts of the same time; difference = receipts less returns less sales',
    ),
  machines: count.describe('that sold something'),
});

const paymentTypes = z.object({
  items: z.array(part.extend({ paymentType: z.enum(PAYMENT_TYPES), refunded: tally, unpaid: tally })),
  total: tally,
  apart: z.object({ test: tally, vip: tally }).describe('no revenue: counted apart'),
});

const ranking = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item).describe('most revenue first'),
    rest: tally.extend({ items: count }).describe('everything below the items'),
    total: tally,
  });
const machines = ranking(part.extend({ machineCode: z.string().nullable(), machineName: z.string().nullable() }));
const products = ranking(part.extend({ goodsName: z.string().nullable() }));

const timeSeries = z.object({
  group: z.enum(TIME_GROUPS),
  items: z.array(
    tally.extend({ from: instant.describe('start of the hour, day, week (Monday) or month in Tashkent') }),
  ),
  complete: z.boolean().describe('false: there would be too many, so those without revenue are left out'),
  total: tally,
});

const hourWeekday = z.object({
  items: z
    .array(tally.extend({ weekday: z.number().int().min(1).max(7), hour: z.number().int().min(0).max(23) }))
    .describe('Monday (1) first'),
  total: tally,
});

const gatewayTotal = z
  .object({
    month: z.string().describe('YYYY-MM'),
    gateway: z
      .enum([...GATEWAYS, 'unknown', 'all'])
      .describe('unknown: QR orders of which neither a report nor a payment names the gateway; all: the whole month'),
    orders: tally,
    payments: tally.describe('successful ones'),
    difference: amount.describe('payments less orders'),
    differencePercent: percent.nullable().describe("of the orders' sum; null without orders"),
    level: z
      .enum(['ok', 'look', 'critical', 'not_loaded'])
      .describe('not_loaded: no report of orders covers any of the payments'),
    loaded: z
      .enum(['full', 'partial', 'none'])
      .describe(
        "whether the gateway's reports cover the time of these orders; a difference means little before they do",
      ),
    expectedCommission: amount,
    expectedPayout: amount.describe('payments less commission'),
  })
  .meta({ id: 'GatewayTotal' });
const gatewayTotals = z.object({ items: z.array(gatewayTotal) });

const machineMonths = z.object({
  months: z.array(z.string()).describe('YYYY-MM of Tashkent, from the first to the last with revenue'),
  items: z
    .array(
      z.object({
        machineCode: z.string().nullable(),
        machineName: z.string().nullable(),
        months: z.array(tally).describe('one a month, in the order of `months`'),
        total: tally,
      }),
    )
    .describe('most revenue first, 5 000 at most'),
  totals: z.array(tally).describe('all machines together, one a month'),
});

const BODIES = {
  summary,
  'payment-types': paymentTypes,
  machines,
  products,
  'time-series': timeSeries,
  'hour-weekday': hourWeekday,
  'gateway-totals': gatewayTotals,
  'machine-months': machineMonths,
} as const satisfies Record<AnalyticsName, z.ZodObject>;

/** @returns what GET /analytics/<name> answers; `cached` says whether it was at hand */
export const analyticsSchema = (name: AnalyticsName) =>
  namedPeriod.extend(BODIES[name].shape).extend({ cached: z.boolean() });

export type NamedPeriod = z.output<typeof namedPeriod>;
export type Summary = z.output<typeof summary>;
export type PaymentTypes = z.output<typeof paymentTypes>;
export type Ranking<Item> = Omit<z.output<typeof machines>, 'items'> & { items: Item[] };
/** A part of the revenue, and what it is a part by. */
export type Part<Key extends string> = z.output<typeof part> & Record<Key, string | null>;
export type TimeSeries = z.output<typeof timeSeries>;
export type HourWeekday = z.output<typeof hourWeekday>;
export type MachineMonths = z.output<typeof machineMonths>;
export type GatewayTotal = z.output<typeof gatewayTotal>;
