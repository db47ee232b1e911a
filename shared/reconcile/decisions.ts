/**
 * What people decide about orders (rules.md section 5.3, settling by hand): link and unlink fix or forbid a pair,
 * accept settles an order as it is. A decision and everything that follows from it is one transaction under the merge
 * lock, with its line of history and of the audit log.
 */
import type { Client } from 'pg';
import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit.ts';
import type { MatchingConfig } from '../config.ts';
import { connectionOf, type Db } from '../db/client.ts';
import { isLockTimeout } from '../db/faults.ts';
import { selectRow } from '../db/rows.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import { AppError, unavailable } from '../errors.ts';
import { guardTransaction } from '../db/guard-transaction.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import type { ProofSource } from '../rules/codes.ts';
import { createWorkTables } from './work-tables.ts';
import { reconcileTouched } from './engine.ts';
import { takeMergeLock } from './merge-lock.ts';
import { advanceState } from './state-version.ts';

export const RESOLUTIONS = ['valid', 'duplicate', 'test', 'refund', 'system_error', 'timing', 'other'] as const;
export const DECISION_KINDS = ['link', 'unlink', 'accept'] as const;
export const NOTE_MIN_CHARS = 10;

export interface DecisionRequest {
  kind: (typeof DECISION_KINDS)[number];
  resolution: (typeof RESOLUTIONS)[number];
  note: string;
  /** the record of a link or unlink; null for accept */
  record: { source: SourceName; id: string } | null;
}

export interface Decider {
  userId: string;
  requestId: string;
  address: string;
}

export interface DecisionDeps {
  db: Db;
  matching: MatchingConfig;
  leaseMs: number;
}

/** A merge of a large file holds the lock for long; a person does not wait that long. */
const LOCK_WAIT_MS = 5_000;
const RETRY_AFTER_S = 5;
/** For rows that somebody else holds, as everywhere. */
const ROW_WAIT_MS = 1_000;

interface Proof {
  source: ProofSource;
  id: string;
}

interface DecidedOrder {
  id: string;
  order_number: string | null;
  proof_source: Proof['source'] | null;
  proof_id: string | null;
}

/**
 * @returns the decision's id
 * @throws AppError not_found (no such order), validation_failed (the record is no proof), conflict (an orphan takes no
 * link; another decision that acts says otherwise), service_unavailable (a merge is at work)
 */
export async function makeDecision(
  deps: DecisionDeps,
  orderId: string,
  request: DecisionRequest,
  by: Decider,
): Promise<string> {
  return underMergeLock(deps, async (trx, client) => {
    const order = await findDecidedOrder(trx, orderId);
    const proof = request.kind === 'accept' ? ownProof(order) : await namedProof(trx, request.record);
    if (request.kind !== 'accept') {
      if (order.order_number === null) throw new AppError('conflict', { details: { reason: 'not_an_order' } });
      await assertFree(trx, order, request.kind, proof as Proof);
    }
    const row = await selectRow<{ id: string }>(
      trx,
      `insert into manual_decisions (order_id, kind, resolution, note, proof_source, proof_id, created_by)
        values (?, ?, ?, ?, ?, ?, ?) returning id`,
      [order.id, request.kind, request.resolution, request.note, proof?.source ?? null, proof?.id ?? null, by.userId],
    );
    const decisionId = String(row?.id);
    await recordAudit(trx, {
      actorId: by.userId,
      action: 'decisions.made',
      subject: `order:${order.id}`,
      address: by.address,
      requestId: by.requestId,
      details: {
        decisionId,
        kind: request.kind,
        resolution: request.resolution,
        recordId: proof === null ? null : `${proof.source}-${proof.id}`,
      },
    });
    await noteInHistory(trx, order, { before: null, after: request.kind, by });
    await evaluate(deps, client, order, request.kind === 'accept' ? null : proof, by);
    return decisionId;
  });
}

/**
 * Takes a decision back, also a stale one.
 * @throws AppError not_found, conflict (taken back already), service_unavailable
 */
export async function withdrawDecision(
  deps: DecisionDeps,
  orderId: string,
  decisionId: string,
  by: Decider,
): Promise<void> {
  await underMergeLock(deps, async (trx, client) => {
    const decision = await selectRow<{
      order_id: string;
      kind: DecisionRequest['kind'];
      proof_source: Proof['source'] | null;
      proof_id: string | null;
      undone_at: Date | null;
    }>(
      trx,
      `select d.order_id, d.kind, d.proof_source, d.proof_id, d.undone_at from manual_decisions d
       where d.id = ? and (d.order_id = ? or not exists (select 1 from orders o where o.id = ?) and d.order_id in (
         select order_id
         from fiscal_receipts
         where orphan_order_id = ?
         union all
         select order_id
         from gateway_payments
         where orphan_order_id = ?))`,
      [decisionId, orderId, orderId, orderId, orderId],
    );
    if (decision === null) throw new AppError('not_found');
    if (decision.undone_at !== null) throw new AppError('conflict', { details: { reason: 'withdrawn_already' } });
    await trx.raw('update manual_decisions set undone_at = now(), undone_by = ? where id = ?', [by.userId, decisionId]);
    const order = await findDecidedOrder(trx, decision.order_id);
    await recordAudit(trx, {
      actorId: by.userId,
      action: 'decisions.withdrawn',
      subject: `order:${order.id}`,
      address: by.address,
      requestId: by.requestId,
      details: { decisionId, kind: decision.kind },
    });
    await noteInHistory(trx, order, { before: decision.kind, after: null, by });
    const proof =
      decision.kind === 'accept' || decision.proof_source === null || decision.proof_id === null
        ? null
        : { source: decision.proof_source, id: decision.proof_id };
    await evaluate(deps, client, order, proof, by);
  });
}

async function underMergeLock<T>(
  deps: DecisionDeps,
  work: (trx: Knex.Transaction, client: Client) => Promise<T>,
): Promise<T> {
  return transactionWithKnownEnd(deps.db, async (trx) => {
    const client = await connectionOf(trx);
    await guardTransaction(client, deps.leaseMs);
    await client.query(`set local lock_timeout = ${LOCK_WAIT_MS}`);
    try {
      await takeMergeLock(client);
    } catch (error) {
      if (isLockTimeout(error)) throw unavailable(error, RETRY_AFTER_S);
      throw error;
    }
    await client.query(`set local lock_timeout = ${ROW_WAIT_MS}`);
    const result = await work(trx, client);
    await advanceState(trx);
    return result;
  });
}

/** Says where a proof went that had this row of its own. */
async function findDecidedOrder(trx: Knex.Transaction, id: string): Promise<DecidedOrder> {
  const order = await selectRow<DecidedOrder>(
    trx,
    'select id, order_number, proof_source, proof_id from orders where id = ?',
    [id],
  );
  if (order !== null) return order;
  const claimed = await selectRow<{ order_id: string }>(
    trx,
    `select order_id from fiscal_receipts where orphan_order_id = ?
     union all
     select order_id from gateway_payments where orphan_order_id = ?`,
    [id, id],
  );
  if (claimed === null) throw new AppError('not_found');
  throw new AppError('conflict', { details: { reason: 'claimed_by_an_order', orderId: claimed.order_id } });
}

const ownProof = (order: DecidedOrder): Proof | null =>
  order.proof_source === null || order.proof_id === null ? null : { source: order.proof_source, id: order.proof_id };

async function namedProof(trx: Knex.Transaction, record: DecisionRequest['record']): Promise<Proof> {
  const refused = () =>
    new AppError('validation_failed', {
      details: { issues: [{ path: 'recordId', code: 'not_a_proof', message: 'names no receipt or payment' }] },
    });
  if (record === null || record.source === 'happy_workers' || record.source === 'vendhub') throw refused();
  const found =
    record.source === 'fiscal_bills'
      ? await selectRow(trx, 'select 1 from fiscal_receipts where id = ?', [record.id])
      : await selectRow(trx, 'select 1 from gateway_payments where id = ? and gateway = ?', [record.id, record.source]);
  if (found === null) throw refused();
  return { source: record.source, id: record.id };
}

/** A proof serves one order, so one link of it acts; and no pair is fixed and forbidden at once. */
async function assertFree(
  trx: Knex.Transaction,
  order: DecidedOrder,
  kind: 'link' | 'unlink',
  proof: Proof,
): Promise<void> {
  const other = await selectRow<{ id: string; order_id: string; kind: string }>(
    trx,
    `select id, order_id, kind from manual_decisions
     where proof_source = ? and proof_id = ? and stale_at is null and undone_at is null
       and (order_id = ? and kind in ('link', 'unlink') or kind = 'link' and ? = 'link') limit 1`,
    [proof.source, proof.id, order.id, kind],
  );
  if (other === null) return;
  throw new AppError('conflict', {
    details: { reason: 'decided_otherwise', decisionId: other.id, orderId: other.order_id, kind: other.kind },
  });
}

/** An accept of an orphan goes where its proof goes, and so does the line about it. */
async function noteInHistory(
  trx: Knex.Transaction,
  order: DecidedOrder,
  entry: { before: string | null; after: string | null; by: Decider },
): Promise<void> {
  await trx.raw(
    `insert into order_changes (order_id, source, record_id, field, old_value, new_value, change_type, cause,
      changed_by)
     values (?, ?, ?, 'decision', ?, ?, 'decision', 'manual', ?)`,
    [order.id, order.proof_source, order.proof_id, entry.before, entry.after, entry.by.userId] as never,
  );
}

/** Evaluates the order, and of a pair both ends and the order that holds the proof now. */
async function evaluate(
  deps: DecisionDeps,
  client: Client,
  order: DecidedOrder,
  proof: Proof | null,
  by: Decider,
): Promise<void> {
  await createWorkTables(client);
  const orderIds = [order.id];
  if (proof !== null) {
    const [table, touched] =
      proof.source === 'fiscal_bills'
        ? ['fiscal_receipts', 'work_touched_receipts']
        : ['gateway_payments', 'work_touched_payments'];
    await client.query(`insert into ${touched} (id) values ($1)`, [proof.id]);
    const holder = await client.query<{ order_id: string }>(`select order_id from ${table} where id = $1`, [proof.id]);
    const held = holder.rows[0]?.order_id;
    if (held !== undefined && held !== order.id) orderIds.push(held);
  }
  await client.query(
    `with touched as (select id, price, time from orders where id = any($1::bigint[]) and order_number is not null),
     noted as (insert into work_touched_orders (order_id) select id from touched)
     insert into work_positions (amount, time_from, time_to)
     select price, time, time from touched where price <> 0 and $2`,
    [orderIds, proof !== null],
  );
  await reconcileTouched({ client, matching: deps.matching, cause: { kind: 'manual', userId: by.userId } });
}
