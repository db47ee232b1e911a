/** GET /reconciliation/summary as a schema: what summary.ts and time-differences.ts make. */
import { z } from 'zod';
import { count, instant, tally } from '../answer-parts.ts';
import { SOURCE_NAMES } from '../ingest/sources/index.ts';
import { ISSUE_CODES, ORDER_STATUSES } from '../rules/codes.ts';

const source = z.enum(SOURCE_NAMES);
const day = z.iso.date();

const histogram = z
  .object({
    pair: z.string().describe('two sources, joined by a hyphen'),
    toleranceS: z.number(),
    matchedAt2x: count.describe('what a window twice as wide would add'),
    buckets: z
      .array(z.object({ fromS: z.number().nullable(), toS: z.number().nullable(), count }))
      .describe('null = open end'),
  })
  .meta({ id: 'Histogram' });

export const summarySchema = z
  .object({
    from: instant.nullable(),
    to: instant.nullable(),
    total: tally,
    pending: tally,
    settled: tally,
    byStatus: z.array(tally.extend({ status: z.enum(ORDER_STATUSES), pending: tally })),
    byIssue: z.array(tally.extend({ issue: z.enum(ISSUE_CODES) })),
    bySource: z.array(tally.extend({ source })).describe('orders that have a leg of the source'),
    byMachine: z.array(
      tally.extend({
        machineCode: z.string().nullable(),
        machineName: z.string().nullable(),
        problems: count,
        pending: tally,
      }),
    ),
    byDay: z.array(tally.extend({ day, problems: count.describe('pending ones are counted apart'), pending: tally })),
    coverage: z.array(
      z.object({
        source,
        ranges: z.array(z.object({ from: instant, to: instant })),
        days: z.array(z.object({ day, rows: count })),
        emptyDays: z
          .array(day)
          .describe('covered days without a single row, on which others saw sales: is the report complete?'),
      }),
    ),
    histograms: z.array(histogram),
  })
  .meta({ id: 'Summary' });

export type CountAndSum = z.output<typeof tally>;
export type Summary = z.output<typeof summarySchema>;
export type Histogram = z.output<typeof histogram>;
