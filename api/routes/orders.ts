import type { Response } from 'express';
import { z } from 'zod';
import { listSchema } from '../../shared/answer-parts.ts';
import { CACHE_TAG_RECORDS } from '../../shared/cache/cache.ts';
import { AppError } from '../../shared/errors.ts';
import { keptFields, SOURCE_NAMES, sources } from '../../shared/ingest/sources/index.ts';
import type { SourceName } from '../../shared/ingest/sources/source.ts';
import { changeView, listChanges } from '../../shared/orders/changes.ts';
import { decisionView, findDecision } from '../../shared/orders/decision-rows.ts';
import { findClaimingOrder, findUndoneOrder } from '../../shared/orders/find-order.ts';
import { legsOf } from '../../shared/orders/legs.ts';
import { listOrders, type OrderPosition, type SortedRow } from '../../shared/orders/list-orders.ts';
import { machineCounts } from '../../shared/orders/machine-counts.ts';
import { orderTotals } from '../../shared/orders/order-totals.ts';
import { NEWEST_FIRST, ORDER_SORTS, type OrderSort } from '../../shared/orders/order-sort.ts';
import {
  changeSchema,
  decisionSchema,
  listedOrderSchema,
  machineCountSchema,
  orderDetailSchema,
  orderTotalsSchema,
  rawRowSchema,
} from '../../shared/orders/order-schema.ts';
import { orderDetail } from '../../shared/orders/order-detail.ts';
import { orderViews } from '../../shared/orders/order-view.ts';
import { createRawRows } from '../../shared/orders/raw-row.ts';
import { camelCase, parseRecordId, type RecordRef } from '../../shared/orders/records.ts';
import {
  DECISION_KINDS,
  type Decider,
  makeDecision,
  NOTE_MIN_CHARS,
  RESOLUTIONS,
  withdrawDecision,
} from '../../shared/reconcile/decisions.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { type Cursor, type CursorDeps, pageOf, pageQuery } from '../keyset.ts';
import { orderFilterQuery } from '../order-query.ts';
import { defineRoute, type Route, type RouteContext } from '../route.ts';

const ID = /^[1-9]\d{0,17}$/;
const idParams = z.strictObject({ id: z.string().regex(ID) });
const decisionBody = z
  .strictObject({
    kind: z.enum(DECISION_KINDS),
    resolution: z.enum(RESOLUTIONS),
    note: z.string().trim().min(NOTE_MIN_CHARS).max(2_000),
    recordId: z.string().max(60).nullish(),
  })
  .refine(({ kind, recordId }) => (kind === 'accept') === (recordId === undefined || recordId === null), {
    path: ['recordId'],
    message: 'names the proof of a link or unlink, and nothing else',
  });

/**
 * A field of the source, named as in the legs or as in the history.
 * @throws AppError validation_failed
 */
function canonicalName(source: SourceName, field: string): string {
  const names = [...keptFields(sources[source]).map(({ name }) => name), 'extra'];
  const found = names.find((name) => name === field || camelCase(name) === field);
  if (found !== undefined) return found;
  throw new AppError('validation_failed', {
    details: { issues: [{ path: 'field', message: `not a field of ${source}` }] },
  });
}

function queryOf(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

const deciderOf = ({
  principal,
  requestId,
  address,
}: Pick<RouteContext<unknown, unknown, unknown>, 'principal' | 'requestId' | 'address'>): Decider => ({
  userId: principal.userId,
  requestId,
  address,
});

const sortQuery = z
  .enum(ORDER_SORTS as [OrderSort, ...OrderSort[]])
  .default(NEWEST_FIRST)
  .describe('a column of the list, downwards with a minus before it; equal ones by time, empty ones last');

/** The first part says whether the row has a value in the column of the sort. */
const keyOf = (row: SortedRow): string[] => [
  row.sort_value === null ? 'empty' : 'value',
  row.sort_value ?? '',
  row.time_text,
  row.id,
];

function positionOf(cursor: string, list: Cursor): OrderPosition {
  const [kind, value = '', time = '', id = ''] = list.read(cursor);
  return { value: kind === 'value' ? value : null, time, id };
}

export function createOrderRoutes(resources: ApiResources & CursorDeps): Route[] {
  const { db, replica, cache, store, logger, config, cursors } = resources;
  const changesCursor = cursors.of('changes of an order');
  const rawRows = createRawRows({ db, store, logger });
  const decisions = { db, matching: config.matching, leaseMs: config.processing.leaseMs };

  /** The row of a proof that an order has claimed since is gone: its address leads to that order. */
  async function movedOrNotFound(response: Response, id: string, path: string): Promise<undefined> {
    const claiming = await findClaimingOrder(db, id);
    if (claiming === null) {
      const undone = await findUndoneOrder(db, id);
      if (undone !== null) throw new AppError('order_undone', { details: undone });
      throw new AppError('not_found');
    }
    response.status(301).setHeader('Location', `/api/v1/orders/${claiming}${path}`);
    return undefined;
  }

  async function exists(id: string): Promise<boolean> {
    return (await db('orders').where({ id }).first('id')) !== undefined;
  }

  return [
    defineRoute({
      method: 'get',
      path: '/orders',
      expensive: true,
      role: 'viewer',
      summary: 'Reconciled orders and orphan proofs, newest first',
      query: z.strictObject({ ...pageQuery, ...orderFilterQuery, sort: sortQuery }),
      responses: { 200: listSchema(listedOrderSchema) },
      async handler({ query: { limit, cursor, sort, ...filter }, lang }) {
        const { matching } = config;
        // the place of one sort says nothing in another
        const list = cursors.of(`orders by ${sort}`);
        const after = cursor === undefined ? undefined : positionOf(cursor, list);
        return replica.run(async (from) => {
          const rows = await listOrders(from, filter, { sort, matching, after, limit });
          const shown = rows.slice(0, limit);
          const last = shown.at(-1);
          return {
            items: await orderViews(from, shown, { lang, matching, imports: filter, q: filter.q }),
            nextCursor: rows.length > limit && last !== undefined ? list.write(keyOf(last)) : null,
          };
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/orders/machines',
      expensive: true,
      role: 'viewer',
      summary: 'Machines with how many orders of the filter each has, the most first',
      query: z.strictObject(orderFilterQuery),
      responses: { 200: z.object({ items: z.array(machineCountSchema) }).meta({ id: 'MachineCounts' }) },
      handler: ({ query }) =>
        cache.getOrLoad(`order-machines:${JSON.stringify(query)}`, { tags: [CACHE_TAG_RECORDS] }, async () => ({
          items: await replica.run((from) => machineCounts(from, query, config.matching)),
        })),
    }),
    defineRoute({
      method: 'get',
      path: '/orders/totals',
      expensive: true,
      role: 'viewer',
      summary: 'How many orders the filter holds, and their sum',
      query: z.strictObject(orderFilterQuery),
      responses: { 200: orderTotalsSchema },
      handler: ({ query }) =>
        cache.getOrLoad(`order-totals:${JSON.stringify(query)}`, { tags: [CACHE_TAG_RECORDS] }, () =>
          replica.run((from) => orderTotals(from, query, config.matching)),
        ),
    }),
    defineRoute({
      method: 'get',
      path: '/orders/:id',
      role: 'viewer',
      summary: 'One order: every leg with its origin, and why it has its status',
      params: idParams,
      responses: { 200: orderDetailSchema, 301: null },
      async handler({ params: { id }, lang, response }) {
        return (await orderDetail(db, id, config.matching, lang)) ?? movedOrNotFound(response, id, '');
      },
    }),
    defineRoute({
      method: 'get',
      path: '/orders/:id/changes',
      role: 'viewer',
      summary: 'History of an order, newest first',
      params: idParams,
      query: z.strictObject(pageQuery),
      responses: { 200: listSchema(changeSchema), 301: null },
      async handler({ params: { id }, query: { limit, cursor }, response }) {
        // what was taken back is remembered
        if (!(await exists(id)) && (await findUndoneOrder(db, id)) === null)
          return movedOrNotFound(response, id, '/changes');
        const before = cursor === undefined ? undefined : changesCursor.read(cursor)[0];
        const rows = await listChanges(db, id, { before, limit });
        return pageOf(rows, limit, { cursor: changesCursor, keyOf: (row) => [row.id] }, changeView);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/orders/:id/raw/:source',
      expensive: true,
      role: 'viewer',
      summary:
        'The row of origin, read again from the stored file: the one that gave the field its value, else the ' +
        'newest that gave any',
      params: z.strictObject({ id: z.string().regex(ID), source: z.enum(SOURCE_NAMES) }),
      query: z.strictObject({ recordId: z.string().max(60).optional(), field: z.string().max(60).optional() }),
      responses: { 200: rawRowSchema, 301: null },
      async handler({ params: { id, source }, query: { recordId, field }, principal, response }) {
        const canonical = field === undefined ? null : canonicalName(source, field);
        if (!(await exists(id))) return movedOrNotFound(response, id, `/raw/${source}${queryOf({ recordId, field })}`);
        const record = await recordOfLeg(id, source, recordId);
        if (record === null) throw new AppError('not_found');
        const gone = new AbortController();
        response.once('close', () => gone.abort(new Error('the client is gone')));
        const row = await rawRows.read(record, canonical, { userId: principal.userId, signal: gone.signal });
        if (row === null) throw new AppError('not_found');
        return row;
      },
    }),
    defineRoute({
      method: 'post',
      path: '/orders/:id/decisions',
      role: 'finance',
      summary: 'Settle an order by hand',
      params: idParams,
      body: decisionBody,
      responses: { 201: decisionSchema },
      async handler(context) {
        const { params, body, response } = context;
        const record = typeof body.recordId === 'string' ? parseRecordId(body.recordId) : null;
        const id = await makeDecision(decisions, params.id, { ...body, record }, deciderOf(context));
        await cache.dropTags([CACHE_TAG_RECORDS]);
        response.status(201);
        const made = await findDecision(db, id);
        return made === null ? undefined : decisionView(made);
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/orders/:id/decisions/:did',
      role: 'finance',
      summary: 'Take a decision back',
      params: z.strictObject({ id: z.string().regex(ID), did: z.string().regex(ID) }),
      responses: { 204: null },
      async handler(context) {
        await withdrawDecision(decisions, context.params.id, context.params.did, deciderOf(context));
        await cache.dropTags([CACHE_TAG_RECORDS]);
      },
    }),
  ];

  /** The first record of the leg, or the one of its records that is asked for. */
  async function recordOfLeg(
    id: string,
    source: SourceName,
    recordId: string | undefined,
  ): Promise<(RecordRef & { recordId: string }) | null> {
    const leg = (await legsOf(db, [id])).get(id)?.[source] ?? null;
    if (leg === null) return null;
    const wanted = [leg, ...(leg.more ?? [])].find((record) => recordId === undefined || record.recordId === recordId);
    const ref = wanted === undefined ? null : parseRecordId(wanted.recordId);
    return wanted === undefined || ref === null ? null : { ...ref, recordId: wanted.recordId };
  }
}
