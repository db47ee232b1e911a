/** What each independent issue of an order means (rules.md 5.3). */
export const issues = {
  delivery_failed_but_paid: 'Paid but not dispensed: a refund is due',
  refund_not_executed: 'The order was refunded, yet the payment stands: pay it back to the customer',
  duplicate_receipt: 'A second receipt fits the order',
  duplicate_payment: 'A second payment fits the order: it may have been paid twice',
  excess_receipt: 'The order has a receipt that it does not need',
  excess_payment: 'The order has a payment that it does not need',
  fiscal_amount_diff: 'The receipt has another amount or the other kind of payment',
  gateway_wrong: 'The money came through another system than VendHub names',
  payment_type_conflict: 'Machine and VendHub name different kinds of payment',
  payment_type_unknown: 'This word for a kind of payment is not known',
  code_disagrees_with_number: 'The order number holds the code of another machine',
  times_disagree:
    'The times of the machine row run backwards: delivery, payment or refund before the order was created',
};
