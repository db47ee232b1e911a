/** The lines of the decision table (rules.md 5.3) in words. */
export const rules = {
  1: 'One order number, different machines',
  2: 'Several pairings fit equally well: one receipt or payment for several orders, or several for one; nothing is linked',
  3: 'VendHub has the sale, the machine report does not',
  4: 'No order claims this record',
  5: 'The machine sold; the VendHub report of that time is loaded and does not have the number',
  6: 'The machine sold; the VendHub report of that time is not loaded yet',
  7: 'Number and machine agree, prices differ',
  8: 'Number and machine agree, the time in VendHub lies outside the window',
  9: 'Test or VIP: no payment is needed',
  10: 'The order was refunded: no proof of payment is needed',
  11: 'Machine, VendHub and receipt agree',
  12: 'The receipt is missing or does not agree, and the register report of that time is loaded',
  13: 'Machine, VendHub and payment agree',
  14: 'Machine, VendHub and payment agree; the payment tells which gateway it was',
  15: 'The payment is missing or does not agree, and the gateway report of that time is loaded',
  16: 'Machine and VendHub agree; the report of payments of that time is not loaded yet',
  17: 'Machine and VendHub agree; the kind of payment is unknown',
  '9a': 'The order is unpaid: no proof of payment is needed',
};

/** What does not agree between the records of an order. */
export const differences = {
  machine_differs: 'Machines: {machines}',
  price_differs: 'Price: machine {happyWorkers}, VendHub {vendhub}, difference {delta}',
  time_before_window: 'The time in VendHub lies {seconds} before the order was made; up to {windowS} is allowed',
  time_after_window: 'The time in VendHub lies {seconds} after the end of the order; up to {windowS} is allowed',
  payment_type_differs: 'Kind of payment: machine {happyWorkers}, VendHub {vendhub}',
  number_of_other_machine: 'The number says machine {numberMachine}, the record {machine}',
  receipt_missing: 'No receipt of {amount} between {from} and {to}',
  payment_missing: 'No payment of {amount} between {from} and {to}',
  amount_differs: '{key}: amount {found}, expected {expected}, difference {delta}',
  gateway_differs: '{key}: paid by {found}, VendHub names {expected}',
  column_differs: '{key}: the receipt says {found}, the order was paid by {expected}',
  refunded_payment_stands: 'The order was refunded, yet the {gateway} payment of {amount} stands: pay it back',
  refunded_at_payment_stands: 'The order was refunded {at}, yet the {gateway} payment of {amount} stands: pay it back',
  proof_not_needed: '{key}: an order like this ({paymentType}) does not need it',
  proof_not_live: '{key}: its state is {state}, it counts for nothing',
  no_rows_that_day: 'The report “{source}” has not a single row of {day}: is it complete?',
  times_run_backwards:
    'The times of the machine row run backwards: created {creation}, delivered {delivery}; proofs were looked for around the creation',
  report_not_loaded: 'The report “{source}” is not loaded for {from} – {to}',
};

/** Why a record that lies near is not the one. */
export const nearMisses = {
  equally_good: 'Fits, but another pairing is as good',
  other_amount: 'Another amount',
  outside_window: 'Outside the window of {windowS}',
  other_gateway: 'Another gateway',
  other_column: 'The other kind of payment on the receipt',
  other_kind: 'An order paid like this does not need it',
  not_live: 'Cancelled, not finished or a return: it counts for nothing',
  forbidden: 'The link was forbidden by hand',
  has_proof: 'The order has such a proof already',
  late_order: 'The order was refunded or is unpaid',
  taken_otherwise: 'Would fit, but the assignment as a whole decided otherwise',
};
