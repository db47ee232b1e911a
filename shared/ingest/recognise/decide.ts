import type { Recognition } from '../child/protocol.ts';
import type { Assessment } from './assess.ts';

/** A source is accepted without asking only from here on (rules.md 3 step 3). */
const ACCEPTED_STRENGTH = 0.6;

export type Question = NonNullable<Recognition['question']>;

export interface Decision {
  /** the accepted source, or the likeliest of those asked about; null = nothing fits */
  best: Assessment | null;
  /** null = accepted */
  question: Question | null;
}

/** Accepts a source or words the question to the operator (rules.md 3 step 3). */
export function decide(assessments: readonly Assessment[]): Decision {
  const complete = assessments.filter((one) => one.missing.length === 0);
  const acceptable = complete
    .filter((one) => one.exclusiveCount > 0 && one.strength >= ACCEPTED_STRENGTH)
    .toSorted(byEvidence);
  const [first, second] = acceptable;
  if (first !== undefined) {
    if (second === undefined || first.exclusiveCount > second.exclusiveCount) return { best: first, question: null };
    return {
      best: first,
      question: ambiguous(acceptable.filter((one) => one.exclusiveCount === first.exclusiveCount)),
    };
  }

  const options = assessments
    .filter((one) => one.missing.length === 0 || one.missing.length === 1)
    .toSorted(byEvidence);
  const [best] = options;
  if (best === undefined) return { best: null, question: unknown(assessments) };
  const candidates = options.map((one) => one.source.name);
  if (best.missing.length > 0) return { best, question: incomplete(best, candidates) };
  if (best.exclusiveCount > 0) return { best, question: { ...unknown(assessments), candidates } };
  const equals = options.filter((one) => one.missing.length === 0 && one.exclusiveCount === 0);
  if (equals.length > 1) return { best, question: { ...ambiguous(equals), candidates } };
  return { best, question: { code: 'source_not_exclusive', params: { source: best.source.name }, candidates } };
}

/** The operator's choice stands, but rows cannot be used without the R fields. */
export function decideChosen(chosen: Assessment): Decision {
  return { best: chosen, question: chosen.missing.length > 0 ? incomplete(chosen, [chosen.source.name]) : null };
}

function byEvidence(a: Assessment, b: Assessment): number {
  return b.exclusiveCount - a.exclusiveCount || a.missing.length - b.missing.length || b.strength - a.strength;
}

function ambiguous(equals: readonly Assessment[]): Question {
  const candidates = equals.map((one) => one.source.name);
  return { code: 'source_ambiguous', params: { sources: candidates.join(', ') }, candidates };
}

function incomplete(one: Assessment, candidates: Question['candidates']): Question {
  const spellings = one.source.fields
    .filter((field) => one.missing.includes(field.name))
    .map((field) => field.headers.slice(0, 3).join(' / '));
  return {
    code: 'source_incomplete',
    params: { source: one.source.name, missing: one.missing.join(', '), headers: spellings.join('; ') },
    candidates,
  };
}

function unknown(assessments: readonly Assessment[]): Question {
  const strength = Math.max(0, ...assessments.map((one) => one.strength));
  return { code: 'source_unknown', params: { percent: Math.round(strength * 100) }, candidates: [] };
}
