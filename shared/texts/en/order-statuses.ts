/** What each status of an order or orphan is called (rules.md 5.2): one word for it everywhere. */
export const orderStatuses = {
  unmatched: 'Not evaluated',
  hw_only: 'Not in VendHub',
  vendhub_only: 'Not at the machine',
  payme_only: 'Payme without order',
  click_only: 'Click without order',
  uzum_only: 'Uzum without order',
  fiscal_only: 'Receipt without order',
  void: 'Does not count',
  matched: 'Partly matched',
  fully_matched: 'Matched',
  fiscal_mismatch: 'Receipt does not agree',
  gateway_mismatch: 'Payment does not agree',
  price_mismatch: 'Prices differ',
  time_out_of_range: 'Times differ',
  ambiguous_match: 'Ambiguous',
  number_conflict: 'Number conflict',
};
