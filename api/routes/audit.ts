import { z } from 'zod';
import { listSchema } from '../../shared/answer-parts.ts';
import { AUDIT_ACTIONS } from '../../shared/audit/audit.ts';
import { listAudit, type AuditRow } from '../../shared/audit/list-audit.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { tashkentIso } from '../../shared/tashkent-time.ts';
import { type CursorDeps, listOf, pageOf, pageQuery } from '../keyset.ts';
import { defineRoute, type Route } from '../route.ts';
import { timeRangeQuery } from '../time-range.ts';

const auditView = z
  .object({
    id: z.string(),
    at: z.string(),
    actorId: z.string().nullable(),
    actorName: z.string().nullable(),
    action: z.string(),
    subject: z.string().nullable(),
    subjectName: z
      .string()
      .nullable()
      .describe("what a person calls it: an order's number, the name of a file, person or token"),
    note: z.string().nullable().describe('of a decision: what was written to it'),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    sealed: z.boolean(),
  })
  .meta({ id: 'AuditEntry' });
const listQuery = z.strictObject({
  ...pageQuery,
  ...timeRangeQuery,
  action: listOf(AUDIT_ACTIONS).optional(),
  actorId: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional(),
  subject: z.string().max(200).optional(),
  address: z.string().max(64).optional(),
  requestId: z.string().max(64).optional(),
});

function view({ at, ...row }: AuditRow): z.input<typeof auditView> {
  return { ...row, at: tashkentIso(at) };
}

export function createAuditRoutes({ replica, cursors }: Pick<ApiResources, 'replica'> & CursorDeps): Route[] {
  const auditCursor = cursors.of('audit');
  return [
    defineRoute({
      method: 'get',
      path: '/audit',
      expensive: true,
      role: 'admin',
      summary: 'Who did what, when and from where, newest first',
      query: listQuery,
      responses: { 200: listSchema(auditView) },
      async handler({ query: { limit, cursor, action, ...filter } }) {
        const before = cursor === undefined ? undefined : auditCursor.read(cursor)[0];
        const rows = await replica.run((db) => listAudit(db, { ...filter, actions: action, before, limit }));
        return pageOf(rows, limit, { cursor: auditCursor, keyOf: (row) => [row.id] }, view);
      },
    }),
  ];
}
