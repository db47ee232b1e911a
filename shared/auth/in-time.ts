import type { Knex } from 'knex';
import type { Db } from '../db/client.ts';
import { isAway } from '../faults.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import { unavailable } from '../errors.ts';
import { DeadlineError, withDeadline } from '../lifecycle.ts';

/**
 * Longest that signing in or out waits for PostgreSQL; with Redis's own deadline on top it stays below the 1.5 s of
 * signing out.
 */
export const DATABASE_LIMIT_MS = 1_000;
/** Shorter, so that who is told that somebody holds the row is told the truth: nothing happened, and nothing will. */
const LOCK_WAIT_MS = 700;

/**
 * The work's result, or `service_unavailable` when the database does not give it in time. The work itself may still
 * take effect.
 */
export async function inTime<T>(work: Promise<T>, what: string): Promise<T> {
  try {
    return await withDeadline(work, DATABASE_LIMIT_MS, what);
  } catch (error) {
    throw error instanceof DeadlineError || isAway(error, 'database') ? unavailable(error) : error;
  }
}

/** A transaction of that kind; what it returns is committed. */
export function transactInTime<T>(db: Db, what: string, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return inTime(transactionWithKnownEnd(db, work, { lockWaitMs: LOCK_WAIT_MS }), what);
}
