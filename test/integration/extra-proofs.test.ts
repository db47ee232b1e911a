/**
 * Small worlds worked out by hand from the text of the rules (rules.md 5.1 and 5.3), an hour apart in one database:
 * what each order and each proof must come to stands here as written, and holds for the product and for the plain
 * reference alike.
 */
import assert from 'node:assert/strict';
import type pg from 'pg';
import { coverTime, loadWorld, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { reconcileReference } from '../support/reference/reference.ts';
import { payment, receipt, type Sale, sold, START, worldOf } from '../support/reference/world-builders.ts';
import type { Gateway, Payment, Receipt, WorldRecord } from '../support/reference/world.ts';

/** Of an order: status, issues, proofs linked; of a proof alone: its status. */
type Outcome = [status: string, issues: string[], proofs: string[]] | string;

interface Hour {
  says: string;
  records(hour: HourOf): WorldRecord[];
  outcome: Record<string, Outcome>;
}

/** Records of one hour; names of orders and proofs get the hour in front. */
interface HourOf {
  order(name: string, afterS: number, sale?: Sale): WorldRecord[];
  bill(name: string, afterS: number, changes?: Partial<Receipt>): Receipt;
  paid(gateway: Gateway, name: string, afterS: number, changes?: Partial<Payment>): Payment;
}

function hourOf(hour: number): HourOf {
  const at = START + hour * 3_600;
  const numbered = (name: string): string => `${hour + 10}0${name}`;
  return {
    order: (name, afterS, sale) => sold(numbered(name), hour * 3_600 + afterS, sale),
    bill: (name, afterS, changes) =>
      receipt({ key: `M:${numbered(name)}`, checkNumber: numbered(name), time: at + afterS, ...changes }),
    paid: (gateway, name, afterS, changes) => payment(gateway, { key: numbered(name), time: at + afterS, ...changes }),
  };
}

const payme: Sale = { type: 'payme' };
const byCard = { cashAmount: 0, cardAmount: 10_000 };
const inTiyin = ({ cash, card }: { cash: number; card: number }) => ({
  cashAmount: cash / 100,
  cardAmount: card / 100,
  amount: (cash + card) / 100,
});

const hours: Hour[] = [
  {
    says: 'a cash order with two receipts holds the nearer one and says that there is another',
    records: (h) => [...h.order('1', 0), h.bill('2', 0), h.bill('3', 10)],
    outcome: { 1: ['fully_matched', ['duplicate_receipt'], ['2']], 3: 'fiscal_only' },
  },
  {
    says: 'a receipt beside a paid Payme order: fiscalised twice',
    records: (h) => [...h.order('1', 0, payme), h.paid('payme', '2', -5), h.bill('3', 12)],
    outcome: { 1: ['fully_matched', ['excess_receipt'], ['2', '3']] },
  },
  {
    says: 'a Payme payment beside a cash order with its receipt: paid twice',
    records: (h) => [...h.order('1', 0), h.bill('2', 5), h.paid('payme', '3', 20)],
    outcome: { 1: ['fully_matched', ['excess_payment'], ['2', '3']] },
  },
  {
    says: 'an extra payment near two cash orders belongs to neither',
    records: (h) => [
      ...h.order('1', 0),
      ...h.order('2', 30),
      h.bill('3', 0),
      h.bill('4', 30),
      h.paid('payme', '5', 15),
    ],
    outcome: { 1: ['fully_matched', [], ['3']], 2: ['fully_matched', [], ['4']], 5: 'payme_only' },
  },
  {
    says: 'a refunded order takes its live payment, and no receipt that it has no use for',
    records: (h) => [
      ...h.order('1', 0, { ...payme, paymentStatus: 'refunded' }),
      h.paid('payme', '2', -3),
      h.bill('3', 5),
    ],
    outcome: { 1: ['fully_matched', ['refund_not_executed'], ['2']], 3: 'fiscal_only' },
  },
  {
    says: 'an order torn between two receipts takes no extra payment either',
    records: (h) => [...h.order('1', 0), h.bill('2', -10), h.bill('3', 10), h.paid('click', '4', 1)],
    outcome: { 1: ['ambiguous_match', [], []], 2: 'ambiguous_match', 3: 'ambiguous_match', 4: 'click_only' },
  },
  {
    says: 'an unpaid order with a receipt has one too many, and takes no extra payment',
    records: (h) => [...h.order('1', 0, { paymentStatus: 'unpaid' }), h.bill('2', 0), h.paid('click', '3', 1)],
    outcome: { 1: ['fully_matched', ['excess_receipt'], ['2']], 3: 'click_only' },
  },
  {
    says: 'a free order with a payment and a receipt has both too many',
    records: (h) => [...h.order('1', 0, { type: 'vip' }), h.paid('uzum', '2', 3), h.bill('3', 4)],
    outcome: { 1: ['fully_matched', ['excess_payment', 'excess_receipt'], ['2', '3']] },
  },
  {
    says: 'a proof at 60 s is in the window, on both sides',
    records: (h) => [...h.order('1', 0), h.bill('2', 60), h.paid('click', '3', -60)],
    outcome: { 1: ['fully_matched', ['excess_payment'], ['2', '3']] },
  },
  {
    says: 'a proof at 61 s is not',
    records: (h) => [...h.order('1', 0), h.bill('2', 61), h.paid('click', '3', -61)],
    outcome: { 1: ['fiscal_mismatch', [], []], 2: 'fiscal_only', 3: 'click_only' },
  },
  {
    says: 'the amount in the other column is the receipt of the order, and differs',
    records: (h) => [...h.order('1', 0), h.bill('2', 7, byCard)],
    outcome: { 1: ['fiscal_mismatch', ['fiscal_amount_diff'], ['2']] },
  },
  {
    says: 'a payment of another gateway is linked; a second one is a duplicate of it',
    records: (h) => [...h.order('1', 0, payme), h.paid('click', '2', 2), h.paid('uzum', '3', 9)],
    outcome: { 1: ['gateway_mismatch', ['duplicate_payment', 'gateway_wrong'], ['2']], 3: 'uzum_only' },
  },
  {
    says: 'of two receipts beside a paid QR order the nearer is linked, the other is its duplicate',
    records: (h) => [...h.order('1', 0, payme), h.paid('payme', '2', 0), h.bill('3', 20), h.bill('4', -6)],
    outcome: { 1: ['fully_matched', ['duplicate_receipt', 'excess_receipt'], ['2', '4']], 3: 'fiscal_only' },
  },
  {
    says: 'a second receipt of a cash order is a duplicate of it, and not in excess of the QR order beside',
    records: (h) => [
      ...h.order('1', 0),
      ...h.order('2', 40, payme),
      h.paid('payme', '3', 40),
      h.bill('4', 0),
      h.bill('5', 30),
    ],
    outcome: { 1: ['fully_matched', ['duplicate_receipt'], ['4']], 2: ['fully_matched', [], ['3']], 5: 'fiscal_only' },
  },
  {
    says: 'another amount is never linked: the only unclaimed receipt is a difference, and stays alone',
    records: (h) => [...h.order('1', 0), h.bill('2', 3, { cashAmount: 9_000, amount: 9_000 })],
    outcome: { 1: ['fiscal_mismatch', ['fiscal_amount_diff'], []], 2: 'fiscal_only' },
  },
  {
    says: 'an order that cost nothing is not what an empty column says: the receipt beside it differs',
    records: (h) => [...h.order('1', 0, { price: 0 }), h.bill('2', 3)],
    outcome: { 1: ['fiscal_mismatch', ['fiscal_amount_diff'], []], 2: 'fiscal_only' },
  },
  {
    says: 'nor is an order of one tiyin, although nothing is no further from it than the tolerance',
    records: (h) => [...h.order('1', 0, { price: 0.01 }), h.bill('2', 3, inTiyin({ cash: 0, card: 3 }))],
    outcome: { 1: ['fiscal_mismatch', ['fiscal_amount_diff'], []], 2: 'fiscal_only' },
  },
  {
    says: 'one tiyin in the other column is the receipt of the order, and differs',
    records: (h) => [...h.order('1', 0, { price: 0.01 }), h.bill('2', 3, inTiyin({ cash: 0, card: 1 }))],
    outcome: { 1: ['fiscal_mismatch', ['fiscal_amount_diff'], ['2']] },
  },
  {
    says: 'a receipt of nothing beside an order that cost nothing is not one of another amount',
    records: (h) => [...h.order('1', 0, { price: 0 }), h.bill('2', 3, inTiyin({ cash: 0, card: 0 }))],
    outcome: { 1: ['fiscal_mismatch', [], []], 2: 'fiscal_only' },
  },
  {
    says:
      'a payment near a cash order and a paid Payme order of the same ' +
      'amount is a duplicate there, and in excess of neither',
    records: (h) => [
      ...h.order('1', 0),
      ...h.order('2', 20, payme),
      h.bill('3', 0),
      h.paid('payme', '4', 20),
      h.paid('click', '5', 10),
    ],
    outcome: { 1: ['fully_matched', [], ['3']], 2: ['fully_matched', ['duplicate_payment'], ['4']], 5: 'click_only' },
  },
  {
    says: 'a Payme order paid by Click with a receipt beside is judged for both',
    records: (h) => [...h.order('1', 0, payme), h.paid('click', '2', 4), h.bill('3', 8)],
    outcome: { 1: ['gateway_mismatch', ['excess_receipt', 'gateway_wrong'], ['2', '3']] },
  },
];

const world = worldOf(hours.flatMap(({ records }, hour) => records(hourOf(hour))));
const named = (key: string, hour: number): string => key.replace(/^M:/, '').slice(`${hour + 10}0`.length);
const hourOfName = (key: string): number => Number(key.replace(/^M:/, '').slice(0, 2)) - 10;

/** By hour, as the table above is written. */
function byHour(all: readonly (readonly [key: string, outcome: Outcome])[]): Record<string, Outcome>[] {
  const found: Record<string, Outcome>[] = hours.map(() => ({}));
  for (const [key, outcome] of all) {
    const hour = hourOfName(key);
    const own: Outcome =
      typeof outcome === 'string'
        ? outcome
        : [outcome[0], outcome[1], outcome[2].map((proof) => named(proof, hour)).toSorted()];
    found[hour]![named(key, hour)] = own;
  }
  return found;
}

describe('extra proofs, worked out by hand', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let client: pg.Client;
  let product: Record<string, Outcome>[];
  let reference: Record<string, Outcome>[];

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    await coverTime(client, START - 86_400, START + 86_400);
    await loadWorld(client, world);
    const { rows } = await client.query<{
      key: string;
      own: boolean;
      status: string;
      issues: string[];
      proofs: string[];
    }>(`
      select coalesce(o.order_number, r.natural_key, p.natural_key) as key, o.order_number is null as own, o.status,
        o.issues,
        array(select natural_key from fiscal_receipts where order_id = o.id and link_rule is not null
          union all select natural_key from gateway_payments where order_id = o.id and link_rule is not null) as proofs
      from orders o
      left join fiscal_receipts r on o.proof_source = 'fiscal_bills' and r.id = o.proof_id
      left join gateway_payments p on o.proof_source <> 'fiscal_bills' and p.id = o.proof_id`);
    product = byHour(
      rows.map(({ key, own, status, issues, proofs }) => [key, own ? status : [status, issues, proofs]] as const),
    );
    const told = reconcileReference(world);
    reference = byHour([
      ...[...told.orders].map(
        ([number, { status, issues, proofs }]) =>
          [
            number,
            [status, issues.toSorted(), proofs.map(({ proof }) => proof.slice(proof.indexOf(':') + 1))],
          ] as const,
      ),
      ...[...told.orphans].map(([proof, { status }]) => [proof.slice(proof.indexOf(':') + 1), status] as const),
    ] as (readonly [string, Outcome])[]);
  });
  after(async () => {
    await client?.end();
    await database?.drop();
  });

  for (const [hour, { says, outcome }] of hours.entries()) {
    it(says, () => {
      assert.deepEqual(product[hour], outcome, 'the product');
      assert.deepEqual(reference[hour], outcome, 'the reference');
    });
  }
});
