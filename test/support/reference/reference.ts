import { covers, coverageOf } from './reference-coverage.ts';
import {
  type OrderFacts,
  baseWindow,
  codeDisagrees,
  deliveryFailedButPaid,
  demandsPayment,
  demandsReceipt,
  hwPrice,
  machinesConflict,
  ordersOf,
  proofWindow,
  proofsOf,
  runsBackwards,
  typeUnknown,
  typesConflict,
  vhPrice,
} from './reference-facts.ts';
import {
  type Link,
  type LinkRule,
  type Links,
  isPayment,
  isReceipt,
  linkProofs,
  proofAgrees,
  sameAmount,
} from './reference-links.ts';
import {
  GATEWAYS,
  type PaymentType,
  type Proof,
  type Range,
  type World,
  type WorldSource,
  compareText,
  proofId,
} from './world.ts';

/** What reconciliation must say about one order number. */
export interface OrderOutcome {
  status: string;
  pending: boolean;
  /** Sorted codes. */
  issues: string[];
  paymentType: PaymentType;
  price: number;
  time: number;
  /** The proofs that serve it, by proofId, sorted. */
  proofs: { proof: string; rule: LinkRule }[];
}

/** What it must say about a proof that no order claims. */
export interface OrphanOutcome {
  status: string;
  pending: boolean;
}

export interface ReferenceResult {
  /** By order number. */
  orders: Map<string, OrderOutcome>;
  /** By proofId; a proof is either here or with exactly one order. */
  orphans: Map<string, OrphanOutcome>;
}

/**
 * Reconciliation as rules.md 5 words it, rule after rule, without regard for speed: what the engine is held against.
 */
export function reconcileReference(world: World): ReferenceResult {
  const judge = new Judge(world);
  return {
    orders: new Map(ordersOf(world).map((order) => [order.orderNumber, judge.judgeOrder(order)])),
    orphans: new Map(
      proofsOf(world)
        .filter((proof) => !judge.isClaimed(proof))
        .map((proof) => [proofId(proof), judge.judgeOrphan(proof)]),
    ),
  };
}

class Judge {
  private readonly world: World;
  private readonly found: Links;
  private readonly coverage: Record<WorldSource, Range[]>;

  constructor(world: World) {
    this.world = world;
    this.found = linkProofs(world);
    this.coverage = {
      happy_workers: coverageOf(world, 'happy_workers'),
      vendhub: coverageOf(world, 'vendhub'),
      fiscal_bills: coverageOf(world, 'fiscal_bills'),
      payme: coverageOf(world, 'payme'),
      click: coverageOf(world, 'click'),
      uzum: coverageOf(world, 'uzum'),
    };
  }

  judgeOrder(order: OrderFacts): OrderOutcome {
    const lines = this.applyingLines(order);
    const [first, ...further] = lines;
    const status = LINE_STATUS[first!];
    const issues = new Set(this.independentIssues(order));
    for (const line of further) if (ISSUE_LINES.has(line)) issues.add(LINE_STATUS[line]);
    return {
      status,
      pending: this.isPending(order, first!),
      issues: [...issues].sort(compareText),
      paymentType: order.paymentType,
      price: order.price,
      time: order.time,
      proofs: this.linksOf(order)
        .map(({ proof, rule }) => ({ proof: proofId(proof), rule }))
        .sort((a, b) => compareText(a.proof, b.proof)),
    };
  }

  /** Line 4 of the decision table. */
  judgeOrphan(proof: Proof): OrphanOutcome {
    if (this.found.ambiguousProofs.has(proofId(proof))) return { status: 'ambiguous_match', pending: false };
    // "a cancelled, pending or unknown payment, or a return receipt, that no order claims"
    if (!isReceipt(proof) && !isPayment(proof)) return { status: 'void', pending: false };
    const { config } = this.world;
    const windowS = isReceipt(proof) ? config.fiscalWindowS : config.gatewayWindowS;
    const window = { from: proof.time - windowS, to: proof.time + windowS };
    return {
      status: isReceipt(proof) ? 'fiscal_only' : `${proof.source}_only`,
      // "an orphan proof while HW or VendHub does not cover its window"
      pending: !this.isCovered('happy_workers', window) || !this.isCovered('vendhub', window),
    };
  }

  isClaimed(proof: Proof): boolean {
    return this.found.links.some((link) => link.proof === proof || proofId(link.proof) === proofId(proof));
  }

  /** The lines of 5.3 that apply, in their order; "of lines 9 to 17 only the first counts". */
  private applyingLines(order: OrderFacts): Line[] {
    const hasHw = order.hw.length > 0;
    const hasVh = order.vh.length > 0;
    const ambiguous = this.isAmbiguous(order);
    const { config } = this.world;
    const lines: Line[] = [];
    if (machinesConflict(order)) lines.push('1');
    if (ambiguous) lines.push('2');
    if (!hasHw) lines.push('3');
    if (!hasVh) lines.push(this.isCovered('vendhub', baseWindow(order, config.hwVendhubWindowS)) ? '5' : '6');
    if (hasHw && hasVh) {
      // "price differs"
      if (!sameAmount(this.world, hwPrice(order.orderNumber, order.hw), vhPrice(order.vh))) lines.push('7');
      // "every VendHub row must lie inside"
      const window = baseWindow(order, config.hwVendhubWindowS);
      if (order.vh.some((row) => row.eventTime < window.from || row.eventTime > window.to)) lines.push('8');
    }
    // "12 and 15 are judged as issues for hw_only and vendhub_only too, never for an ambiguous order"
    const last = this.proofLine(order);
    const isMismatch = last === '12' || last === '15';
    if (isMismatch ? !ambiguous : hasHw && hasVh) lines.push(last);
    return lines;
  }

  /** The first of the lines 9 to 17 that applies. */
  private proofLine(order: OrderFacts): Line {
    const type = order.paymentType;
    if (type === 'test' || type === 'vip') return '9';
    if (order.unpaid) return '9a';
    if (order.refunded) return '10';
    if (type === 'unknown') return '17';
    const agrees = this.linksOf(order).some((link) => proofAgrees(this.world, order, link.proof));
    const covered = this.isProofCovered(order);
    if (demandsReceipt(type)) return agrees ? '11' : covered ? '12' : '16';
    if (agrees) return type === 'qr' ? '14' : '13';
    return covered ? '15' : '16';
  }

  /**
   * Whether the report that must hold the order's proof is loaded for its whole window; "an untyped qr needs all three
   * gateways".
   */
  private isProofCovered(order: OrderFacts): boolean {
    const { config } = this.world;
    if (demandsReceipt(order.paymentType))
      return this.isCovered('fiscal_bills', proofWindow(order, config.fiscalWindowS));
    const expected =
      order.paymentType === 'qr' ? GATEWAYS : GATEWAYS.filter((gateway) => gateway === order.paymentType);
    return expected.every((gateway) => this.isCovered(gateway, proofWindow(order, config.gatewayWindowS)));
  }

  private isPending(order: OrderFacts, line: Line): boolean {
    if (line === '6' || line === '16') return true;
    if (line !== '3') return false;
    // "`vendhub_only` is pending while HW does not cover [event_time - 660 s, event_time + 60 s]"
    const windowS = this.world.config.hwVendhubWindowS;
    return !this.isCovered('happy_workers', { from: order.time - 600 - windowS, to: order.time + windowS });
  }

  private independentIssues(order: OrderFacts): string[] {
    const type = order.paymentType;
    const links = this.linksOf(order);
    const receipts = links.filter((link) => isReceipt(link.proof));
    const payments = links.filter((link) => isPayment(link.proof));
    const returned = links.some((link) => link.rule === 'return');
    const needsNone = type === 'vip' || type === 'test';
    const issues: string[] = [];
    const add = (applies: boolean, code: string): void => void (applies && issues.push(code));

    add(deliveryFailedButPaid(order), 'delivery_failed_but_paid');
    // "a refunded order holds a live payment, or is ambiguous about one"
    add(order.refunded && !needsNone && payments.length > 0, 'refund_not_executed');
    add(order.refunded && demandsPayment(type) && this.isAmbiguous(order), 'refund_not_executed');
    // Lines 9, 9a and 10, and step (c)
    add(receipts.length > 0 && (needsNone || demandsPayment(type) || order.unpaid), 'excess_receipt');
    add(receipts.length > 0 && order.refunded && demandsReceipt(type) && !returned, 'excess_receipt');
    add(
      payments.length > 0 && (needsNone || order.unpaid || (demandsReceipt(type) && !order.refunded)),
      'excess_payment',
    );
    // Steps (b) and (a), and what a person linked though it differs
    add(
      demandsReceipt(type) && receipts.some((link) => !proofAgrees(this.world, order, link.proof)),
      'fiscal_amount_diff',
    );
    add(
      payments.some((link) => (GATEWAYS as readonly string[]).includes(type) && link.proof.source !== type),
      'gateway_wrong',
    );
    for (const code of ['fiscal_amount_diff', 'duplicate_receipt', 'duplicate_payment']) {
      add(this.found.flags.has(`${order.orderNumber} ${code}`), code);
    }
    add(typesConflict(order), 'payment_type_conflict');
    add(typeUnknown(order), 'payment_type_unknown');
    add(codeDisagrees(order), 'code_disagrees_with_number');
    add(
      order.hw.some((row) => runsBackwards(row, this.world.config.hwVendhubWindowS)),
      'times_disagree',
    );
    return issues;
  }

  private linksOf(order: OrderFacts): Link[] {
    return this.found.links.filter((link) => link.order.orderNumber === order.orderNumber);
  }

  private isAmbiguous(order: OrderFacts): boolean {
    return this.found.ambiguousOrders.has(order.orderNumber);
  }

  private isCovered(source: WorldSource, window: Range): boolean {
    return covers(this.coverage[source], window);
  }
}

/** The lines of the table in rules.md 5.3 that speak of orders, with the status each gives. */
const LINE_STATUS = {
  '1': 'number_conflict',
  '2': 'ambiguous_match',
  '3': 'vendhub_only',
  '5': 'hw_only',
  '6': 'hw_only',
  '7': 'price_mismatch',
  '8': 'time_out_of_range',
  '9': 'fully_matched',
  '9a': 'fully_matched',
  '10': 'fully_matched',
  '11': 'fully_matched',
  '12': 'fiscal_mismatch',
  '13': 'fully_matched',
  '14': 'fully_matched',
  '15': 'gateway_mismatch',
  '16': 'matched',
  '17': 'matched',
} as const;
type Line = keyof typeof LINE_STATUS;

/** "the status code of every further line among 1, 2, 3, 5, 7, 8, 12, 15 that applies" */
const ISSUE_LINES: ReadonlySet<Line> = new Set(['1', '2', '3', '5', '7', '8', '12', '15']);
