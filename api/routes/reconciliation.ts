import { z } from 'zod';
import { recordAudit } from '../../shared/audit/audit.ts';
import { CACHE_TAG_RECORDS } from '../../shared/cache/cache.ts';
import { AppError } from '../../shared/errors.ts';
import { runSchema, runView } from '../../shared/orders/run-view.ts';
import { summarySchema } from '../../shared/orders/summary-schema.ts';
import { reconciliationSummary } from '../../shared/orders/summary.ts';
import { findRun, requestRun } from '../../shared/reconcile/run-period.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { defineRoute, type Route } from '../route.ts';
import { timeRangeQuery, wholeMinutes } from '../time-range.ts';
import { transactionWithKnownEnd } from '../../shared/db/known-end.ts';

const runBody = z
  .strictObject({ from: timeRangeQuery.from.nullable(), to: timeRangeQuery.to.nullable() })
  .refine(({ from, to }) => !(from instanceof Date && to instanceof Date) || from < to, {
    path: ['to'],
    message: 'lies after from',
  });

export function createReconciliationRoutes({ db, replica, cache, config, dispatcher }: ApiResources): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/reconciliation/summary',
      expensive: true,
      role: 'viewer',
      summary:
        'What the orders of a period come to: by status, issue, source, machine and day, coverage, time differences',
      query: z.strictObject(timeRangeQuery),
      responses: { 200: summarySchema },
      handler({ query }) {
        const { from = null, to = null } = wholeMinutes(query);
        const period = { from, to };
        return cache.getOrLoad(`reconciliation-summary:${JSON.stringify(period)}`, { tags: [CACHE_TAG_RECORDS] }, () =>
          replica.run((from) => reconciliationSummary(from, period, config.matching)),
        );
      },
    }),
    defineRoute({
      method: 'post',
      path: '/reconciliation/runs',
      role: 'finance',
      summary: 'Reconcile a period again: by the run of this period that waits already, or by one of its own',
      body: runBody,
      responses: { 202: runSchema },
      async handler({ body, principal, address, requestId, response, lang }) {
        const id = await transactionWithKnownEnd(db, async (trx) => {
          const created = await requestRun(trx, {
            from: body.from ?? null,
            to: body.to ?? null,
            reason: 'manual',
            createdBy: principal.userId,
          });
          await recordAudit(trx, {
            actorId: principal.userId,
            action: 'reconciliation.run',
            subject: `run:${created}`,
            address,
            requestId,
            details: { from: body.from ?? null, to: body.to ?? null },
          });
          return created;
        });
        const run = await findRun(db, id);
        if (run === null) throw new AppError('not_found');
        await dispatcher.dispatch({ name: 'reconcile-period', id, fence: '0', requestId }, true);
        response.status(202).setHeader('Location', `/api/v1/reconciliation/runs/${id}`);
        return runView(run, lang);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/reconciliation/runs/:id',
      role: 'finance',
      summary: 'One re-run',
      params: z.strictObject({ id: z.uuid() }),
      responses: { 200: runSchema },
      async handler({ params, lang }) {
        const run = await findRun(db, params.id);
        if (run === null) throw new AppError('not_found');
        return runView(run, lang);
      },
    }),
  ];
}
