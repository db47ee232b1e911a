/**
 * Evaluates the groups of all spans and writes the links that differ from what is stored. Where nothing is to be chosen
 * one statement says what comes of it (links/candidates.ts). What is contested comes as three cursors of orders,
 * receipts and payments in (span, time) order and is cut into groups as it passes, so memory holds one group, not the
 * period.
 */
import { LOOKBACK_S, widestWindowS } from '../rules/windows.ts';
import { type ReconcileContext, tiyin } from './context.ts';
import { evaluateGroup, type GroupRules, type ProofOutcome } from './evaluate-group.ts';
import { ChangeWriter } from './links/change-writer.ts';
import { type CursorReader, QueryQueue } from './links/cursor.ts';
import { loadDecisions } from './links/decisions.ts';
import {
  type LoadedOrder,
  type LoadedPayment,
  type LoadedReceipt,
  openOrders,
  openPayments,
  openReceipts,
  type Reading,
  type StoredProof,
} from './links/loaded.ts';
import { linkSimple } from './links/candidates.ts';

/** Proofs passed over at once. */
const FLUSH_ROWS = 5_000;

/**
 * Evaluates every span (`whole`: each is all of its class); differences go to link_changes and flag_changes.
 */
export async function evaluateSpans(context: ReconcileContext, { full }: { full: boolean }): Promise<void> {
  const left = context.executor === 'code' ? 'everything' : await linkSimple(context, full);
  if (left === 'nothing left') return;
  const queue = new QueryQueue(context.client);
  try {
    await evaluateInOrder(context, left === 'contested' ? 'contested' : { full }, queue);
  } finally {
    // what was asked for ahead must not reach the connection after whoever rolls back
    await queue.idle();
  }
}

async function evaluateInOrder(context: ReconcileContext, reading: Reading, queue: QueryQueue): Promise<void> {
  const { client, matching } = context;
  // the cursors are read to their ends
  await client.query('set local cursor_tuple_fraction = 1');
  const decisions = await loadDecisions(client);
  const rules: GroupRules = {
    fiscalWindowMs: matching.fiscalWindowS * 1000,
    gatewayWindowMs: matching.gatewayWindowS * 1000,
    amountTolerance: tiyin(matching.amountTolerance),
  };
  const orders = await openOrders(queue, reading);
  const receipts = await openReceipts(queue, reading);
  const payments = await openPayments(queue, reading);
  const writer = new ChangeWriter(queue);
  const reachMs = widestWindowS(matching) * 1000;
  /** Proofs that lie before a group's windows belong to no order. There may be a year of them. */
  async function passOver<T extends StoredProof & { id: number; span: number; time: number }>(
    kind: 'r' | 'p',
    proofs: CursorReader<T>,
    fixed: ReadonlyMap<number, number>,
    span: number,
    time: number,
  ): Promise<void> {
    const idle: T[] = [];
    do {
      idle.length = 0;
      await proofs.takeUntil(span, time, idle, FLUSH_ROWS);
      for (const proof of idle) writer.proof(kind, proof, outcomeAlone(proof.id, fixed));
      await writer.flushWhenFull();
    } while (idle.length === FLUSH_ROWS);
  }
  for (let first = await orders.peek(); ; first = await orders.peek()) {
    const group: LoadedOrder[] = [];
    const span = first?.span ?? Number.POSITIVE_INFINITY;
    const start = first === null ? Number.POSITIVE_INFINITY : first.time - reachMs - LOOKBACK_S * 1000 - 1;
    await passOver('r', receipts, decisions.receipts.orderOf, span, start);
    await passOver('p', payments, decisions.payments.orderOf, span, start);
    if (first === null) break;
    let end = Number.NEGATIVE_INFINITY;
    await orders.takeWhile((next) => {
      if (next.span !== span || (group.length > 0 && next.time - reachMs - LOOKBACK_S * 1000 > end)) return false;
      end = Math.max(end, next.time + reachMs);
      return true;
    }, group);
    const groupReceipts: LoadedReceipt[] = [];
    const groupPayments: LoadedPayment[] = [];
    await receipts.takeUntil(span, end, groupReceipts);
    await payments.takeUntil(span, end, groupPayments);
    if (groupReceipts.length === 0 && groupPayments.length === 0) {
      for (const order of group)
        writer.order(order, { ambiguous: false, duplicateReceipt: false, duplicatePayment: false });
      continue;
    }
    const outcome = evaluateGroup(
      {
        orders: group,
        receipts: groupReceipts,
        payments: groupPayments,
        fixedReceipts: decisions.receipts,
        fixedPayments: decisions.payments,
        forbiddenReceipts: decisions.noReceipts,
        forbiddenPayments: decisions.noPayments,
      },
      rules,
    );
    for (const [index, order] of group.entries())
      writer.order(order, outcome.orders[index] as (typeof outcome.orders)[number]);
    for (const [index, receipt] of groupReceipts.entries())
      writer.proof('r', receipt, outcome.receipts[index] as ProofOutcome);
    for (const [index, payment] of groupPayments.entries())
      writer.proof('p', payment, outcome.payments[index] as ProofOutcome);
  }
  await writer.flush();
  await orders.close();
  await receipts.close();
  await payments.close();
}

function outcomeAlone(proofId: number, fixed: ReadonlyMap<number, number>): ProofOutcome {
  const orderId = fixed.get(proofId) ?? null;
  return { orderId, rule: orderId === null ? null : 'decision', ambiguous: false };
}
