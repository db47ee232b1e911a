/** One rule, two executors: what one statement says of orders in which nothing is to be chosen, the code says too. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Executor } from '../../shared/reconcile/context.ts';
import { createWorkTables } from '../../shared/reconcile/work-tables.ts';
import { reconcileTouched, touchPeriod } from '../../shared/reconcile/engine.ts';
import { GATEWAYS } from '../../shared/ingest/sources/index.ts';
import { PAYMENT_TYPES } from '../../shared/rules/codes.ts';
import { coverTime, DEFAULT_MATCHING, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const PRICE = 10_000;
/** No window of one case reaches the next. */
const APART_S = 3_600;
const FROM_S = 1_760_000_000;

interface Receipt {
  at: number;
  cash: number;
  card: number;
}

interface Payment {
  at: number;
  amount: number;
  gateway: string;
}

interface Case {
  type: string;
  late: boolean;
  hasHw: boolean;
  receipts: Receipt[];
  payments: Payment[];
}

/** Where proofs lie around the order: inside, at both ends, just beyond each. */
const PLACES = [0, -60, -60.001, -160, -160.001, 60, 60.001];

function* cases(): Generator<Case> {
  const receipt = { at: 5, cash: PRICE, card: 0 };
  for (const type of PAYMENT_TYPES)
    for (const late of [false, true]) {
      const base = { type, late, hasHw: true, receipts: [], payments: [] };
      const columns = [
        [PRICE, 0],
        [0, PRICE],
        [PRICE + 0.01, 0],
        [PRICE + 0.02, 0],
        [4_000, 6_000],
      ] as const;
      for (const [cash, card] of columns) yield { ...base, receipts: [{ at: 5, cash, card }] };
      for (const gateway of GATEWAYS)
        for (const amount of [PRICE, PRICE - 0.01, PRICE - 0.02]) {
          yield { ...base, payments: [{ at: -5, amount, gateway }] };
          yield { ...base, payments: [{ at: -5, amount, gateway }], receipts: [receipt] };
        }
      // several of a kind: contested, the code decides both times
      yield { ...base, receipts: [receipt, { ...receipt, at: 9 }] };
    }
  for (const hasHw of [true, false])
    for (const at of PLACES) {
      yield { type: 'cash', late: false, hasHw, receipts: [{ ...receipt, at }], payments: [] };
      yield { type: 'qr', late: false, hasHw, receipts: [], payments: [{ at, amount: PRICE, gateway: 'click' }] };
    }
}

describe('orders in which nothing is to be chosen', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let client: pg.Client;
  let caseCount = 0;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    await coverTime(client, FROM_S - 10 * APART_S, FROM_S + 10_000 * APART_S);
    for (const [at, one] of [...cases()].entries()) {
      await insertCase(client, at, one);
      caseCount += 1;
    }
    await client.query(`analyze orders; analyze fiscal_receipts; analyze gateway_payments`);
  });

  after(async () => {
    await client.end();
    await database.drop();
  });

  /** What everything comes to, evaluated from scratch and rolled back. */
  async function outcomes(executor: Executor): Promise<{ orders: unknown[]; proofs: unknown[]; contested: number }> {
    await client.query('begin');
    try {
      await createWorkTables(client);
      await touchPeriod(client, { from: null, to: null });
      await reconcileTouched({ client, matching: DEFAULT_MATCHING, cause: { kind: 'recompute' }, executor });
      const orders = await client.query(`
        select order_number, status, pending, issues, ambiguous, flags from orders where order_number is not null
        order by order_number`);
      const proofs = await client.query(`
        select natural_key, link_rule, ambiguous, (select order_number from orders o where o.id = order_id) as number
        from (
          select natural_key, link_rule, ambiguous, order_id from fiscal_receipts
          union all
          select natural_key, link_rule, ambiguous, order_id from gateway_payments
        ) p
        order by natural_key`);
      const contested =
        executor === 'sql' ? ((await client.query(`select from work_contested`)).rowCount ?? 0) : caseCount;
      return { orders: orders.rows, proofs: proofs.rows, contested };
    } finally {
      await client.query('rollback');
    }
  }

  it('come to the same by the statement and by the code, whatever the type, the amount, the column and the time', async () => {
    const bySql = await outcomes('sql');
    const byCode = await outcomes('code');
    assert.deepEqual(bySql.orders, byCode.orders);
    assert.deepEqual(bySql.proofs, byCode.proofs);
    const rules = new Set(bySql.proofs.map((proof) => (proof as { link_rule: string | null }).link_rule));
    assert.deepEqual(rules, new Set(['assigned', 'excess', 'gateway_wrong', 'other_column', null]));
    // only those with several proofs of a kind went through the code
    assert.equal(bySql.contested, PAYMENT_TYPES.length * 2);
  });

  it('go by what a person decided', async () => {
    const { rows } = await client.query<{ order_id: string; proof_id: string; user_id: string }>(`
      with person as (
        insert into users (email, status, role) values ('decider@example.test', 'approved', 'operator') returning id
      )
      select o.id as order_id, r.id as proof_id, person.id as user_id
      from person, orders o join fiscal_receipts r on r.fiscal_time = o.time + interval '5 seconds'
      where o.payment_type = 'cash' and not o.refunded and r.cash_amount = ${PRICE}
      order by o.id limit 1`);
    const pair = rows[0];
    assert.ok(pair);
    await client.query(
      `insert into manual_decisions (order_id, kind, resolution, note, proof_source, proof_id, created_by)
       values ($1, 'unlink', 'other', 'not this one', 'fiscal_bills', $2, $3)`,
      [pair.order_id, pair.proof_id, pair.user_id],
    );
    const bySql = await outcomes('sql');
    const byCode = await outcomes('code');
    assert.deepEqual(bySql.orders, byCode.orders);
    assert.deepEqual(bySql.proofs, byCode.proofs);
    assert.equal(bySql.contested, PAYMENT_TYPES.length * 2 + 1);
  });

  it('come to the same beside a crowd of equal sales in one minute, which is left to the code', async () => {
    const one = { type: 'cash', late: false, hasHw: true, payments: [] };
    for (let n = 0; n < 60; n++)
      await insertCase(
        client,
        caseCount + 1 + n / APART_S,
        { ...one, receipts: [{ at: n % 7, cash: PRICE, card: 0 }] },
        `crowd-${n}`,
      );
    const bySql = await outcomes('sql');
    const byCode = await outcomes('code');
    assert.deepEqual(bySql.orders, byCode.orders);
    assert.deepEqual(bySql.proofs, byCode.proofs);
  });
});

async function insertCase(client: pg.Client, at: number, one: Case, name = String(at)): Promise<void> {
  const time = FROM_S + at * APART_S;
  await client.query(
    `insert into orders (order_number, payment_type, price, time, has_hw, has_vh, refunded)
     values ($1, $2, $3, to_timestamp($4::numeric), $5, true, $6)`,
    [`order-${name}`, one.type, PRICE, time, one.hasHw, one.late],
  );
  for (const [n, receipt] of one.receipts.entries())
    await client.query(
      `insert into fiscal_receipts (natural_key, order_id, orphan_order_id, file_id, source_row, seq, fiscal_time,
         operation_type, fiscal_check_number, cash_amount, card_amount, amount)
       select $1, o.id, o.id, $2, 1, 1, to_timestamp($3::numeric), 'sale', $1, $4, $5, $6
       from (select nextval('orders_id_seq') as id) o`,
      [`r-${name}-${n}`, randomUUID(), time + receipt.at, receipt.cash, receipt.card, receipt.cash + receipt.card],
    );
  for (const [n, payment] of one.payments.entries())
    await client.query(
      `insert into gateway_payments (gateway, natural_key, order_id, orphan_order_id, file_id, source_row, seq,
         transaction_time, transaction_id, payment_status, amount)
       select $1, $2, o.id, o.id, $3, 1, 1, to_timestamp($4::numeric), $2, 'success', $5
       from (select nextval('orders_id_seq') as id) o`,
      [payment.gateway, `p-${name}-${n}`, randomUUID(), time + payment.at, payment.amount],
    );
}
