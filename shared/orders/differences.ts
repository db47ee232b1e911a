/** What does not agree between the records of an order, as codes with figures. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import type { MatchingConfig } from '../config.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { DifferenceCode } from '../texts/tables.ts';
import { addAmounts } from './amounts.ts';
import { GATEWAYS } from '../ingest/sources/index.ts';
import { columnHoldsPrice } from '../rules/receipt-columns.ts';
import type { Judgement } from './explain.ts';
import type { OrderFacts } from './find-order.ts';
import type { HeldProof, UsedCoverage } from './order-schema.ts';
import { recordIdOf } from './records.ts';
import type { FullLegs } from './record-fields.ts';

export interface Difference {
  code: DifferenceCode;
  params: Record<string, string | number>;
}

export async function heldProofs(db: DbOrTransaction, order: OrderFacts): Promise<HeldProof[]> {
  const rows = await selectRows<Omit<HeldProof, 'recordId'> & { id: string }>(
    db,
    `select p.source, p.id, p.natural_key as key, p.link_rule as "linkRule", p.state,
      trim_scale(p.amount)::text as amount, trim_scale(p.cash)::text as cash,
       trim_scale(p.card)::text as card, trim_scale(p.amount - o.price)::text as "amountDelta",
         extract(epoch from p.time - o.time)::float8 as "timeDeltaS"
     from orders o join (
       select 'fiscal_bills' as source, order_id, id, natural_key, link_rule, operation_type as state, amount,
         cash_amount as cash, card_amount as card, fiscal_time as time
       from fiscal_receipts where order_id = ? and link_rule is not null
       union all
       select gateway, order_id, id, natural_key, link_rule, payment_status, amount, null, null, transaction_time
       from gateway_payments where order_id = ? and link_rule is not null
     ) p on p.order_id = o.id order by p.time, p.natural_key`,
    [order.id, order.id],
  );
  return rows.map(({ id, ...row }) => ({ recordId: recordIdOf({ source: row.source, id }), ...row }));
}

export interface DifferenceInput {
  order: OrderFacts;
  judgement: Judgement;
  legs: FullLegs;
  proofs: readonly HeldProof[];
  coverage: readonly UsedCoverage[];
  matching: MatchingConfig;
}

export function differencesOf(input: DifferenceInput): Difference[] {
  return [
    ...baseDifferences(input),
    ...input.proofs.flatMap((proof) => proofDifferences(input, proof)),
    ...absences(input),
  ];
}

function text(leg: Record<string, unknown> | null, field: string): string {
  const value = leg?.[field];
  return typeof value === 'string' ? value : '';
}

/** The machines that the rows of the machine and of VendHub name, each once. */
function machinesOf({ happy_workers: hw, vendhub }: FullLegs): string[] {
  const records = [hw, ...(hw?.more ?? []), vendhub, ...(vendhub?.more ?? [])].filter((record) => record !== null);
  return [...new Set(records.map((record) => text(record, 'machineCode')).filter((machine) => machine !== ''))];
}

/** Between the machine's rows and VendHub's. */
function baseDifferences({ order, judgement, legs, matching }: DifferenceInput): Difference[] {
  const { happy_workers: hw, vendhub } = legs;
  const found: Difference[] = [];
  if (order.machine_conflict) {
    found.push({ code: 'machine_differs', params: { machines: machinesOf(legs).join(', ') } });
  }
  if (judgement.price_differs && order.price !== null) {
    const delta = order.price_delta ?? '0';
    found.push({
      code: 'price_differs',
      params: { happyWorkers: order.price, vendhub: addAmounts(order.price, delta), delta },
    });
  }
  if (judgement.time_outside && order.time_delta_s !== null) {
    const params = { seconds: Math.abs(order.time_delta_s), windowS: matching.hwVendhubWindowS };
    found.push({ code: order.time_delta_s < 0 ? 'time_before_window' : 'time_after_window', params });
  }
  if (order.type_conflict) {
    found.push({
      code: 'payment_type_differs',
      params: { happyWorkers: text(hw, 'orderResource'), vendhub: text(vendhub, 'paymentType') },
    });
  }
  if (order.times_disagree) {
    const params = { creation: text(hw, 'creationTime'), delivery: text(hw, 'deliveryTime') };
    found.push({ code: 'times_run_backwards', params });
  }
  if (order.code_disagrees) {
    // whichever record disagrees: the order's own machine may be the one that its number says
    const numberMachine = (order.order_number ?? '').slice(-12).toLowerCase();
    const said = machinesOf(legs).filter((machine) => machine !== numberMachine);
    found.push({ code: 'number_of_other_machine', params: { numberMachine, machine: said.join(', ') } });
  }
  return found;
}

/** Between the order and a proof that it holds. */
function proofDifferences({ order, legs, matching }: DifferenceInput, proof: HeldProof): Difference[] {
  if (order.order_number === null) return [];
  const { key } = proof;
  const live = proof.state === 'sale' || proof.state === 'success';
  if (!live)
    return proof.state === 'return'
      ? []
      : [{ code: 'proof_not_live', params: { key, state: proof.state ?? 'unknown' } }];
  const type = order.payment_type;
  const register = type === 'cash' || type === 'card';
  const qr = type === 'qr' || (GATEWAYS as readonly string[]).includes(type);
  const receipt = proof.source === 'fiscal_bills';
  if (order.refunded && !receipt) return [refundedPaymentStands(order, legs, proof)];
  if (order.unpaid || order.refunded || (receipt ? qr : register) || type === 'vip' || type === 'test') {
    return [{ code: 'proof_not_needed', params: { key, paymentType: type } }];
  }
  const found: Difference[] = [];
  const tolerance = Number(matching.amountTolerance);
  const holdsPrice = (column: string | null): boolean =>
    columnHoldsPrice({ column: Number(column ?? 0), amount: Number(proof.amount) }, Number(order.price), tolerance);
  const [own, other] = type === 'cash' ? [proof.cash, proof.card] : [proof.card, proof.cash];
  if (receipt && register && !holdsPrice(own) && holdsPrice(other)) {
    found.push({ code: 'column_differs', params: { key, found: type === 'cash' ? 'card' : 'cash', expected: type } });
  } else if (!holdsPrice(receipt && register ? own : proof.amount)) {
    found.push({
      code: 'amount_differs',
      params: { key, found: proof.amount, expected: order.price, delta: proof.amountDelta },
    });
  }
  if (!receipt && type !== 'qr' && qr && type !== proof.source) {
    found.push({ code: 'gateway_differs', params: { key, found: proof.source, expected: type } });
  }
  return found;
}

/** Money that is owed: the order was given back, the payment was not. */
function refundedPaymentStands(order: OrderFacts, { happy_workers: hw }: FullLegs, proof: HeldProof): Difference {
  const params = { gateway: proof.source, amount: proof.amount };
  const at = text(hw, 'refundTime');
  if (at === '') return { code: 'refunded_payment_stands', params };
  return { code: 'refunded_at_payment_stands', params: { ...params, at, of: tashkentIso(order.time) } };
}

/** DD.MM.YYYY of an instant in Tashkent time. */
function shownDay(instant: string): string {
  return instant.slice(0, 10).split('-').reverse().join('.');
}

/** Proofs that should be there, and reports that might hold what is missing. */
function absences({ order, judgement, proofs, coverage }: DifferenceInput): Difference[] {
  const found: Difference[] = [];
  const span = (source: string): UsedCoverage | undefined => coverage.find((one) => one.source === source);
  const live = (receipt: boolean): boolean =>
    proofs.some(
      (proof) =>
        (receipt ? proof.state === 'sale' : proof.state === 'success') && (proof.source === 'fiscal_bills') === receipt,
    );
  const proofsDue = order.order_number !== null && !order.ambiguous;
  if (proofsDue && judgement.proofRule === '12' && !live(true)) {
    const used = span('fiscal_bills');
    found.push({
      code: 'receipt_missing',
      params: { amount: order.price, from: used?.from ?? '', to: used?.to ?? '' },
    });
  }
  if (proofsDue && judgement.proofRule === '15' && !live(false)) {
    const used = GATEWAYS.map(span).find((one) => one !== undefined);
    found.push({
      code: 'payment_missing',
      params: { amount: order.price, from: used?.from ?? '', to: used?.to ?? '' },
    });
  }
  const satisfied = judgement.receipt_agrees || judgement.payment_agrees;
  for (const { source, from, to, covered, emptyDay } of coverage) {
    const present = source === 'vendhub' ? order.has_vh : source === 'happy_workers' ? order.has_hw : satisfied;
    if (!covered && !present) found.push({ code: 'report_not_loaded', params: { source, from, to } });
    if (covered && emptyDay && !present)
      found.push({ code: 'no_rows_that_day', params: { source, day: shownDay(from) } });
  }
  return found;
}
