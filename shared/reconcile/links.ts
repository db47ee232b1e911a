/**
 * Evaluates the groups of all spans and writes the links that differ from what is stored. Orders, receipts and payments come as
 * three cursors in (span, time) order and are cut into groups as they pass, so memory holds one group, not the period.
 */
import type { Client } from 'pg';
import { LOOKBACK_S, widestWindowS } from '../rules/windows.ts';
import { type ReconcileContext, tiyin } from './context.ts';
import {
  evaluateGroup,
  type GroupOrder,
  type GroupPayment,
  type GroupReceipt,
  type GroupRules,
  type ProofOutcome,
} from './evaluate-group.ts';
import type { PaymentType } from '../rules/codes.ts';

const FETCH_ROWS = 5_000;
const FLUSH_ROWS = 5_000;

/** Stored state of a proof beside what the evaluation needs. */
interface StoredProof {
  orderId: number;
  linkedTo: number | null;
  rule: string | null;
  wasAmbiguous: boolean;
}
type LoadedOrder = GroupOrder & { span: number; wasAmbiguous: boolean; duplicateReceipt: boolean; duplicatePayment: boolean };
type LoadedReceipt = GroupReceipt & StoredProof & { span: number };
type LoadedPayment = GroupPayment & StoredProof & { span: number };

const MS = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

type Row = readonly (string | null | boolean | number)[];

/** One query after the other on the connection, in the order they were asked for: the driver no longer keeps that line itself. */
class QueryLine {
  private readonly client: Client;
  private last: Promise<unknown> = Promise.resolve();

  constructor(client: Client) {
    this.client = client;
  }

  run<R>(work: (client: Client) => Promise<R>): Promise<R> {
    const done = this.last.then(() => work(this.client));
    // told to whoever awaits it; a fault ends the transaction, and with it all that stands in line
    this.last = done.catch(() => undefined);
    return done;
  }

  /** When nothing stands in line any more, whatever became of it. */
  async idle(): Promise<void> {
    await this.last;
  }
}

/** Rows of a server-side cursor in their order. The next batch is asked for before this one is worked through, so that database and process work at once. */
class CursorReader<T extends { span: number; time: number }> {
  private readonly line: QueryLine;
  private readonly name: string;
  private readonly parse: (row: Row) => T;
  private buffer: T[] = [];
  private at = 0;
  /** null at the end */
  private following: Promise<Row[]> | null = null;

  constructor(line: QueryLine, name: string, parse: (row: Row) => T) {
    this.line = line;
    this.name = name;
    this.parse = parse;
  }

  async open(query: string): Promise<this> {
    await this.line.run((client) => client.query(`declare ${this.name} no scroll cursor for ${query}`));
    this.following = this.fetch();
    return this;
  }

  private fetch(): Promise<Row[]> {
    const fetched = this.line.run(async (client) => {
      const result = await client.query<Row[]>({ text: `fetch ${FETCH_ROWS} from ${this.name}`, rowMode: 'array' } as never);
      return result.rows as unknown as Row[];
    });
    // told to whoever awaits it; when something else fails first, nobody does
    fetched.catch(() => undefined);
    return fetched;
  }

  private async refill(): Promise<void> {
    const rows = (await this.following) ?? [];
    this.following = rows.length < FETCH_ROWS ? null : this.fetch();
    this.buffer = rows.map(this.parse);
    this.at = 0;
  }

  async peek(): Promise<T | null> {
    if (this.at === this.buffer.length) await this.refill();
    return this.buffer[this.at] ?? null;
  }

  /** Moves rows into `into` as long as they are wanted; waits only for a batch, not for each row. */
  async takeWhile(isWanted: (row: T) => boolean, into: T[]): Promise<void> {
    for (;;) {
      if (this.at === this.buffer.length) await this.refill();
      const next = this.buffer[this.at];
      if (next === undefined || !isWanted(next)) return;
      into.push(next);
      this.at++;
    }
  }

  /** Takes rows of earlier spans, and of this span up to and including the time. */
  takeUntil(span: number, time: number, into: T[], most = Number.POSITIVE_INFINITY): Promise<void> {
    return this.takeWhile((next) => into.length < most && (next.span < span || (next.span === span && next.time <= time)), into);
  }

  async close(): Promise<void> {
    await this.line.run((client) => client.query(`close ${this.name}`));
  }
}

interface Decisions {
  receipts: Map<number, number>;
  payments: Map<number, number>;
  noReceipts: Set<string>;
  noPayments: Set<string>;
}

async function loadDecisions(client: Client): Promise<Decisions> {
  const { rows } = await client.query<{ kind: string; proof_source: string; proof_id: string; order_id: string }>(`
    select kind, proof_source, proof_id, order_id from manual_decisions
    where kind in ('link', 'unlink') and stale_at is null and undone_at is null order by id`);
  const decisions: Decisions = { receipts: new Map(), payments: new Map(), noReceipts: new Set(), noPayments: new Set() };
  for (const row of rows) {
    const fiscal = row.proof_source === 'fiscal_bills';
    if (row.kind === 'link') (fiscal ? decisions.receipts : decisions.payments).set(Number(row.proof_id), Number(row.order_id));
    else (fiscal ? decisions.noReceipts : decisions.noPayments).add(`${row.proof_id}:${row.order_id}`);
  }
  return decisions;
}

/** Evaluates every span (`whole`: each is all of its class); differences go to link_changes and flag_changes, and to the flags of orders. */
export async function evaluateSpans(context: ReconcileContext, spans: { whole: boolean }): Promise<void> {
  const line = new QueryLine(context.client);
  try {
    await evaluateInLine(context, spans, line);
  } finally {
    // what was asked for ahead must not reach the connection after whoever rolls back
    await line.idle();
  }
}

async function evaluateInLine(context: ReconcileContext, { whole }: { whole: boolean }, line: QueryLine): Promise<void> {
  const { client, matching } = context;
  // Few stretches of time are looked up one by one; whole classes are read in one pass. The planner knows too little of ranges to tell.
  const rowsOf = (relation: string, amount: string, time: string): string =>
    whole
      ? `join ${relation} x on x.${amount} = a.amount and x.${time} between s.time_from and s.time_to`
      : `cross join lateral (select * from ${relation} x where x.${amount} = a.amount and x.${time} between s.time_from and s.time_to offset 0) x`;
  // the cursors are read to their ends
  await client.query('set local cursor_tuple_fraction = 1');
  const decisions = await loadDecisions(client);
  const rules: GroupRules = {
    fiscalWindowMs: matching.fiscalWindowS * 1000,
    gatewayWindowMs: matching.gatewayWindowS * 1000,
    amountTolerance: tiyin(matching.amountTolerance),
  };
  const orders = await new CursorReader<LoadedOrder>(line, 'scope_orders', (row) => ({
    span: Number(row[0]),
    id: Number(row[1]),
    key: row[2] as string,
    time: Number(row[3]),
    lookbackMs: row[4] === true ? 0 : LOOKBACK_S * 1000,
    price: Number(row[5]),
    type: row[6] as PaymentType,
    late: row[7] as boolean,
    wasAmbiguous: row[8] as boolean,
    duplicateReceipt: row[9] as boolean,
    duplicatePayment: row[10] as boolean,
  })).open(`
    select s.id, x.id, x.order_number, ${MS('x.time')}, x.has_hw, (x.price * 100)::bigint, x.payment_type, x.refunded or x.unpaid, x.ambiguous,
      'duplicate_receipt' = any (x.flags), 'duplicate_payment' = any (x.flags)
    from spans s join class_amounts a on a.class = s.class ${rowsOf('orders', 'price', 'time')}
    where x.order_number is not null order by s.id, x.time`);
  const receipts = await new CursorReader<LoadedReceipt>(line, 'scope_receipts', (row) => ({
    span: Number(row[0]),
    id: Number(row[1]),
    key: row[2] as string,
    time: Number(row[3]),
    orderId: Number(row[4]),
    linkedTo: row[5] === null ? null : Number(row[4]),
    rule: row[5] as string | null,
    wasAmbiguous: row[6] as boolean,
    amount: Number(row[7]),
    cash: Number(row[8]),
    card: Number(row[9]),
  })).open(`
    select s.id, x.id, x.natural_key, ${MS('x.fiscal_time')}, x.order_id, x.link_rule, x.ambiguous,
      (x.amount * 100)::bigint, (coalesce(x.cash_amount, 0) * 100)::bigint, (coalesce(x.card_amount, 0) * 100)::bigint
    from spans s join class_amounts a on a.class = s.class ${rowsOf('fiscal_receipts', 'amount', 'fiscal_time')}
    where x.operation_type = 'sale' order by s.id, x.fiscal_time`);
  const payments = await new CursorReader<LoadedPayment>(line, 'scope_payments', (row) => ({
    span: Number(row[0]),
    id: Number(row[1]),
    key: row[2] as string,
    time: Number(row[3]),
    orderId: Number(row[4]),
    linkedTo: row[5] === null ? null : Number(row[4]),
    rule: row[5] as string | null,
    wasAmbiguous: row[6] as boolean,
    amount: Number(row[7]),
    gateway: row[8] as GroupPayment['gateway'],
  })).open(`
    select s.id, x.id, x.natural_key || ' ' || x.gateway, ${MS('x.transaction_time')}, x.order_id, x.link_rule, x.ambiguous, (x.amount * 100)::bigint, x.gateway
    from spans s join class_amounts a on a.class = s.class ${rowsOf('gateway_payments', 'amount', 'transaction_time')}
    where x.payment_status = 'success' order by s.id, x.transaction_time`);

  const writer = new ChangeWriter(line);
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
    await passOver('r', receipts, decisions.receipts, span, start);
    await passOver('p', payments, decisions.payments, span, start);
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
      for (const order of group) writer.order(order, { ambiguous: false, duplicateReceipt: false, duplicatePayment: false });
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
    for (const [index, order] of group.entries()) writer.order(order, outcome.orders[index] as (typeof outcome.orders)[number]);
    for (const [index, receipt] of groupReceipts.entries()) writer.proof('r', receipt, outcome.receipts[index] as ProofOutcome);
    for (const [index, payment] of groupPayments.entries()) writer.proof('p', payment, outcome.payments[index] as ProofOutcome);
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

/** Collects differences and writes them in batches. */
class ChangeWriter {
  private readonly line: QueryLine;
  private links: { kind: string; proofId: number; oldOrderId: number; orderId: number | null; rule: string | null; ambiguous: boolean }[] =
    [];
  private flags: { id: number; ambiguous: boolean; duplicateReceipt: boolean; duplicatePayment: boolean }[] = [];

  constructor(line: QueryLine) {
    this.line = line;
  }

  proof(kind: 'r' | 'p', stored: StoredProof & { id: number }, outcome: ProofOutcome): void {
    if (stored.linkedTo === outcome.orderId && stored.rule === outcome.rule && stored.wasAmbiguous === outcome.ambiguous) return;
    this.links.push({ kind, proofId: stored.id, oldOrderId: stored.orderId, ...outcome });
  }

  order(stored: LoadedOrder, outcome: { ambiguous: boolean; duplicateReceipt: boolean; duplicatePayment: boolean }): void {
    const same =
      stored.wasAmbiguous === outcome.ambiguous &&
      stored.duplicateReceipt === outcome.duplicateReceipt &&
      stored.duplicatePayment === outcome.duplicatePayment;
    if (same) return;
    this.flags.push({ id: stored.id, ...outcome });
  }

  async flushWhenFull(): Promise<void> {
    if (this.links.length >= FLUSH_ROWS || this.flags.length >= FLUSH_ROWS) await this.flush();
  }

  async flush(): Promise<void> {
    const { links, flags } = this;
    this.links = [];
    this.flags = [];
    if (links.length > 0) {
      await this.line.run((client) =>
        client.query(
          `insert into link_changes (kind, proof_id, old_order_id, order_id, rule, ambiguous)
         select * from unnest($1::"char"[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::boolean[])`,
          [
            links.map((l) => l.kind),
            links.map((l) => l.proofId),
            links.map((l) => l.oldOrderId),
            links.map((l) => l.orderId),
            links.map((l) => l.rule),
            links.map((l) => l.ambiguous),
          ],
        ),
      );
    }
    if (flags.length > 0) {
      await this.line.run((client) =>
        client.query(
          `with changed as (
           select * from unnest($1::bigint[], $2::boolean[], $3::boolean[], $4::boolean[]) c (id, ambiguous, duplicate_receipt, duplicate_payment)
         ), noted as (insert into flag_changes select id from changed)
         update orders o set ambiguous = c.ambiguous,
           flags = array_remove(array_remove(o.flags, 'duplicate_receipt'), 'duplicate_payment')
             || case when c.duplicate_receipt then array['duplicate_receipt'] else '{}' end
             || case when c.duplicate_payment then array['duplicate_payment'] else '{}' end
         from changed c where o.id = c.id`,
          [
            flags.map((f) => f.id),
            flags.map((f) => f.ambiguous),
            flags.map((f) => f.duplicateReceipt),
            flags.map((f) => f.duplicatePayment),
          ],
        ),
      );
    }
  }
}
