/**
 * What a state means to the operator: fine, look, act, in progress, nothing to do. One table for chips, bars and marks.
 */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'quiet';

const statusTones: Record<string, Tone> = {
  fully_matched: 'ok',
  matched: 'info',
  hw_only: 'bad',
  vendhub_only: 'bad',
  number_conflict: 'bad',
  price_mismatch: 'bad',
  gateway_mismatch: 'bad',
  fiscal_mismatch: 'bad',
  time_out_of_range: 'warn',
  ambiguous_match: 'warn',
  void: 'quiet',
  unmatched: 'quiet',
};

const badIssues = [
  'delivery_failed_but_paid',
  'refund_not_executed',
  'duplicate_payment',
  'excess_payment',
  'gateway_wrong',
];

const fileTones: Record<string, Tone> = {
  queued: 'quiet',
  processing: 'info',
  needs_mapping: 'warn',
  completed: 'ok',
  completed_with_errors: 'warn',
  failed: 'bad',
  duplicate: 'quiet',
  cancelled: 'quiet',
  undone: 'quiet',
};

export function toneOfStatus(code: string): Tone {
  // a receipt or payment that stands alone
  return statusTones[code] ?? (code.endsWith('_only') ? 'warn' : 'quiet');
}

export function toneOfIssue(code: string): Tone {
  return statusTones[code] ?? (badIssues.includes(code) ? 'bad' : 'warn');
}

export function toneOfFile(code: string): Tone {
  return fileTones[code] ?? 'quiet';
}
