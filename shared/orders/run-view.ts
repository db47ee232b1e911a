import { z } from 'zod';
import { count, instant, wordedWithHint } from '../answer-parts.ts';
import { errorTexts } from '../texts/tables.ts';
import type { Lang } from '../texts/languages.ts';
import type { RunRow } from '../reconcile/run-period.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { renderText } from '../texts/text.ts';

const at = (time: Date | null): string | null => (time === null ? null : tashkentIso(time));

/** A re-run as the API shows it; `from` is inclusive, `to` exclusive, null = without end. */
export const runSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(['queued', 'processing', 'completed', 'failed']),
    reason: z.enum(['manual', 'schedule', 'settings']),
    from: instant.nullable().describe('inclusive; null: from the first order'),
    to: instant.nullable().describe('exclusive; null: to the last'),
    createdAt: instant,
    createdBy: z.string().nullable(),
    startedAt: instant.nullable(),
    completedAt: instant.nullable(),
    ordersEvaluated: count.nullable(),
    ordersChanged: count.nullable(),
    error: wordedWithHint.nullable(),
  })
  .meta({ id: 'ReconciliationRun' });

export function runView(row: RunRow, lang: Lang): z.output<typeof runSchema> {
  const { error_code: code } = row;
  return {
    id: row.id,
    status: row.status,
    reason: row.reason,
    from: at(row.period_from),
    to: at(row.period_to),
    createdAt: tashkentIso(row.created_at),
    createdBy: row.created_by,
    startedAt: at(row.started_at),
    completedAt: at(row.completed_at),
    ordersEvaluated: row.orders_evaluated === null ? null : Number(row.orders_evaluated),
    ordersChanged: row.orders_changed === null ? null : Number(row.orders_changed),
    error: code === null ? null : { code, params: {}, message: renderText(errorTexts, code, {}, lang), hint: null },
  };
}
