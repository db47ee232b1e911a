/**
 * What an error of PostgreSQL, or of the way to it, means for the work that met it. The connection (connection.ts) and
 * the pool (client.ts) mark each error where it arises, by the driver's classes, SQLSTATE and Node's codes; whoever
 * meets it later asks the mark (faults.ts). Never by message text: knex puts the statement before the text, and the
 * same fault has a dozen wordings.
 */
import pg from 'pg';
import { errorsWithin, isAway, markTransient, type Transient } from '../faults.ts';

/** The connection to PostgreSQL was given up: what was sent may or may not have taken effect. */
export class ConnectionLostError extends Error implements Transient {
  readonly transient = 'database';
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ConnectionLostError';
  }
}

/** SQLSTATEs with which the same work may succeed later; whole classes by their first two characters. */
const TRANSIENT_SQLSTATES = new Set([
  '08', // connection exceptions
  '28', // the login is refused: somebody is changing the password
  '53', // out of memory, disk, connections: somebody will make room
  '57', // cancelled, shut down, starting up, idle session ended
  '58', // the server's own input and output
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '55P03', // lock_not_available
  '25P03', // idle_in_transaction_session_timeout
  '25P04', // transaction_timeout
  '25006', // read_only_sql_transaction: a standby that may be promoted
  '3D000', // the database is not there (yet)
]);

const MISSING_SCHEMA_SQLSTATES = new Set([
  '42P01', // undefined_table
  '42703', // undefined_column
  '42883', // undefined_function
  '42704', // undefined_object, e.g. a type
  '3F000', // invalid_schema_name
]);

const TRANSIENT_NODE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
]);

/** Marks an error of a connection that failed, whatever its class says. Gives the error back. */
export function noteConnectionFault(error: unknown): unknown {
  return markTransient(error, 'database');
}

/**
 * Marks what the server itself said, when its code tells that the same work may succeed later. Gives the error back.
 */
export function noteServerFault(error: unknown): unknown {
  return error instanceof Error && passesByWaiting(error) ? markTransient(error, 'database') : error;
}

/**
 * True when the database (or the way to it) failed and the same work may succeed later; also where the error is
 * wrapped.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  return isAway(error, 'database');
}

function passesByWaiting(error: Error): boolean {
  const code = codeOf(error);
  if (code === null) return false;
  if (error instanceof pg.DatabaseError)
    return TRANSIENT_SQLSTATES.has(code) || TRANSIENT_SQLSTATES.has(code.slice(0, 2));
  return TRANSIENT_NODE_CODES.has(code);
}

/** True when a table, column, function or type is not there: the migrations of this version have not run (yet). */
export function isSchemaMissing(error: unknown): boolean {
  return someOf(error, (one) => one instanceof pg.DatabaseError && MISSING_SCHEMA_SQLSTATES.has(one.code ?? ''));
}

/** True when the server stopped a statement: at its deadline, or because somebody asked it to. */
export function isStatementStopped(error: unknown): boolean {
  return someOf(error, (one) => one instanceof pg.DatabaseError && one.code === '57014');
}

/** True when a statement before this one failed and nothing but a rollback is left. */
export function isTransactionAborted(error: unknown): boolean {
  return someOf(error, (one) => one instanceof pg.DatabaseError && one.code === '25P02');
}

/** True when a wait for a lock was given up after lock_timeout. */
export function isLockTimeout(error: unknown): boolean {
  return someOf(error, (one) => one instanceof pg.DatabaseError && one.code === '55P03');
}

/**
 * True when a statement failed over what the rows hold: data exceptions, integrity, names and types that a value led
 * to, and values longer than an index takes. Nothing of it passes by waiting.
 */
export function isFaultOfValues(error: unknown): boolean {
  if (!(error instanceof Error) || isDatabaseUnavailable(error)) return false;
  const code = (error as Error & { code?: unknown }).code;
  return typeof code === 'string' && /^(?:22|23|42|54)[0-9A-Z]{3}$/.test(code);
}

/** True when a unique constraint refused the row, optionally a named one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const fault = error as { code?: unknown; constraint?: unknown } | null;
  return fault?.code === '23505' && (constraint === undefined || fault.constraint === constraint);
}

function codeOf(error: Error): string | null {
  const { code } = error as Error & { code?: unknown };
  return typeof code === 'string' ? code : null;
}

function someOf(error: unknown, test: (one: Error) => boolean): boolean {
  for (const one of errorsWithin(error)) if (test(one)) return true;
  return false;
}
