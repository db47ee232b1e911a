/** Orders that are no revenue, or should not stay any: what `sale=` of lists takes and figures of that name count. */
import { FREE_TYPES, sqlList } from '../rules/codes.ts';

export const SALE_OUTCOMES = ['unpaid', 'refunded', 'refund_due'] as const;
export type SaleOutcome = (typeof SALE_OUTCOMES)[number];

/** Few of all orders: the words of `orders_out_of_sale_idx`, which is taken for nothing that does not say them. */
const OUT_OF_SALE = '(o.unpaid or o.refunded)';

const isSale = `o.order_number is not null and o.payment_type not in ${sqlList(FREE_TYPES)}`;

/** What a row of a list says of it; an expression on `orders o`, null where it is neither. */
export const SALE_OUTCOME = `case when not ${OUT_OF_SALE} or not (${isSale}) then null
    when o.unpaid then 'unpaid' else 'refunded' end`;

/** As the cells of what was sold tell them apart (shared/sums/sale-cells.ts); on `orders o`. */
export const OUTCOME_CONDITIONS: Record<SaleOutcome, string> = {
  unpaid: `(${OUT_OF_SALE} and o.unpaid and ${isSale})`,
  refunded: `(${OUT_OF_SALE} and o.refunded and not o.unpaid and ${isSale})`,
  // in the words of `orders_issues_idx`
  refund_due: `(o.issues <> '{}' and o.issues && '{delivery_failed_but_paid}' and not o.unpaid and not o.refunded
    and ${isSale})`,
};
