/** A run that takes files back, as the API shows it (api.md section 4). */
import { z } from 'zod';
import { count, instant, wordedWithHint } from '../answer-parts.ts';
import { SOURCE_NAMES } from '../ingest/sources/index.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { renderHint, renderText } from '../texts/text.ts';
import type { Lang } from '../texts/languages.ts';
import { type TextTable, undoTexts } from '../texts/tables.ts';
import type { ReceiptPart } from './receipt-part.ts';
import type { UndoRow } from './undo-rows.ts';

const partSchema = {
  rows: z.object({
    removed: count.describe('nobody else holds them'),
    restored: count.describe('values of other files came back'),
    kept: count.describe('others say the same'),
  }),
  fields: z.object({ restored: count, kept: count }),
  orders: z.object({ removed: count, changed: count }),
  statuses: z.array(
    z.object({
      from: z.string(),
      to: z.string().nullable().describe('null: the order is gone'),
      count,
      sum: z.string().describe('UZS'),
    }),
  ),
  issues: z.array(z.object({ code: z.string(), raised: count, cleared: count })),
  decisions: z.object({ stale: count }),
  coverage: z.array(
    z.object({
      source: z.enum(SOURCE_NAMES),
      from: instant,
      to: instant,
      lost: z.boolean().describe('no other file covers it'),
    }),
  ),
};

export const undoSchema = z
  .object({
    id: z.uuid(),
    fileIds: z.array(z.uuid()).describe('in the order in which they are taken back'),
    dryRun: z.boolean(),
    status: z.enum(['queued', 'processing', 'completed', 'failed', 'blocked']),
    progress: z.number().min(0).max(1),
    blockedBy: wordedWithHint.nullable(),
    receipt: z
      .object({
        ...partSchema,
        files: z.array(
          z.object({ id: z.uuid(), name: z.string(), source: z.enum(SOURCE_NAMES).nullable(), ...partSchema }),
        ),
      })
      .nullable(),
    reason: z.string().nullable(),
    createdAt: instant,
    createdBy: z.string(),
    completedAt: instant.nullable(),
  })
  .meta({ id: 'Undo' });

export type UndoView = z.output<typeof undoSchema>;

export function undoView(row: UndoRow, lang: Lang): UndoView {
  const code = row.blocked_code;
  const table: TextTable = undoTexts;
  return {
    id: row.id,
    fileIds: row.file_ids,
    dryRun: row.dry_run,
    status: row.status,
    progress: row.progress,
    blockedBy:
      code === null
        ? null
        : {
            code,
            params: row.blocked_params,
            message: renderText(table, code, row.blocked_params, lang),
            hint: renderHint(table, code, row.blocked_params, lang),
          },
    receipt: row.status === 'completed' || row.parts.length > 0 ? receiptOf(row.parts) : null,
    reason: row.reason,
    createdAt: tashkentIso(row.created_at),
    createdBy: row.created_by,
    completedAt: row.completed_at === null ? null : tashkentIso(row.completed_at),
  };
}

/** What the files come to together. */
function receiptOf(parts: readonly ReceiptPart[]): NonNullable<UndoView['receipt']> {
  const sum = (pick: (part: ReceiptPart) => number): number => parts.reduce((total, part) => total + pick(part), 0);
  const statuses = new Map<string, ReceiptPart['statuses'][number]>();
  const issues = new Map<string, ReceiptPart['issues'][number]>();
  for (const part of parts) {
    for (const one of part.statuses) {
      const key = `${one.from} ${one.to ?? ''}`;
      const known = statuses.get(key);
      statuses.set(
        key,
        known === undefined ? one : { ...one, count: known.count + one.count, sum: addMoney(known.sum, one.sum) },
      );
    }
    for (const one of part.issues) {
      const known = issues.get(one.code) ?? { code: one.code, raised: 0, cleared: 0 };
      issues.set(one.code, { ...known, raised: known.raised + one.raised, cleared: known.cleared + one.cleared });
    }
  }
  return {
    rows: { removed: sum((p) => p.rows.removed), restored: sum((p) => p.rows.restored), kept: sum((p) => p.rows.kept) },
    fields: { restored: sum((p) => p.fields.restored), kept: sum((p) => p.fields.kept) },
    orders: { removed: sum((p) => p.orders.removed), changed: sum((p) => p.orders.changed) },
    statuses: [...statuses.values()],
    issues: [...issues.values()],
    decisions: { stale: sum((p) => p.decisions.stale) },
    coverage: parts.flatMap((part) => part.coverage),
    files: [...parts],
  };
}

/** Decimal texts with two places at most, added as integer tiyin. */
function addMoney(a: string, b: string): string {
  const tiyin = (text: string): bigint => {
    const [integer = '0', fraction = ''] = text.replace('-', '').split('.');
    const value = BigInt(integer) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
    return text.startsWith('-') ? -value : value;
  };
  const total = tiyin(a) + tiyin(b);
  const positive = total < 0n ? -total : total;
  const fraction = String(positive % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${total < 0n ? '-' : ''}${positive / 100n}${fraction === '' ? '' : `.${fraction}`}`;
}
