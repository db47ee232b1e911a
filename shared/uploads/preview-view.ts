/** What a file was seen to do before it took effect, and how it came out, as the API shows it (api.md section 4). */
import { z } from 'zod';
import { count, instant } from '../answer-parts.ts';
import type { FileReceipt } from '../ingest/file-receipt.ts';
import { FORESEEN_PARTS, type RowCounts } from '../ingest/foreseen.ts';
import { SOURCE_NAMES } from '../ingest/sources/index.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { FileRow } from './files-repository.ts';

const receipt = {
  rows: z.object({
    read: count,
    new: count,
    updated: count,
    filled: count.describe('fields'),
    changed: count.describe('fields'),
    unchanged: count,
    rejected: count,
    skipped: count,
  }),
  orders: z.object({ new: count, changed: count }),
  statuses: z.array(
    z.object({
      from: z.string().nullable().describe('null: the order is new'),
      to: z.string().nullable().describe('null: it is gone, e.g. a payment that found its order'),
      count,
      sum: z.string().describe('UZS'),
    }),
  ),
  issues: z.array(z.object({ code: z.string(), raised: count, cleared: count })),
  coverage: z.array(
    z.object({
      source: z.enum(SOURCE_NAMES),
      from: instant,
      to: instant,
      gained: z.boolean().describe('no other file covers it'),
    }),
  ),
  samples: z
    .array(
      z.object({
        orderNumber: z.string().nullable(),
        machineCode: z.string().nullable(),
        source: z.enum(SOURCE_NAMES).nullable(),
        field: z.string(),
        oldValue: z.string().nullable(),
        newValue: z.string().nullable(),
        changeType: z.string(),
      }),
    )
    .describe('the first 200 changes; none in lists of files'),
};

export const previewSchema = z
  .object({
    ...receipt,
    against: count.describe('imports and decisions that had taken effect when it was looked at'),
    seenAt: instant,
    differs: z
      .boolean()
      .nullable()
      .describe('something else took effect before it was applied, or it came out otherwise; null: not applied'),
    differences: z.array(z.enum(FORESEEN_PARTS)).describe('the parts that came out otherwise'),
    result: z.object(receipt).nullable().describe('how it came out; null: not applied'),
  })
  .meta({ id: 'Preview' });

export type PreviewView = z.output<typeof previewSchema>;

export function previewView(row: Pick<FileRow, 'foreseen' | 'foreseen_at' | 'came_out'>): PreviewView | null {
  const { foreseen, foreseen_at: seenAt, came_out: cameOut } = row;
  if (foreseen === null || seenAt === null) return null;
  return {
    ...receiptView(foreseen),
    against: foreseen.against,
    seenAt: tashkentIso(seenAt),
    differs: cameOut?.differs ?? null,
    differences: cameOut?.differences ?? [],
    result: cameOut === null ? null : receiptView(cameOut),
  };
}

function receiptView({
  rows,
  orders,
  statuses,
  issues,
  coverage,
  samples,
}: FileReceipt & { rows: RowCounts }): z.output<z.ZodObject<typeof receipt>> {
  return {
    rows,
    orders: { new: orders.new, changed: orders.changed },
    statuses,
    issues,
    coverage: coverage.map(({ source, from, to, alone }) => ({ source, from, to, gained: alone })),
    samples,
  };
}
