import { PROBLEM_STATUSES } from '../client/vocabulary.ts';

/** The filter of the orders that need attention: what waits for a report that is not loaded yet is not among them. */
export const ATTENTION = { status: PROBLEM_STATUSES.join(','), pending: 'false' } as const;
