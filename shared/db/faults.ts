/** What a PostgreSQL error means for the work that met it; decided by codes, never by message text. */

const TRANSIENT_SQLSTATES = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '55P03', // lock_not_available
  '57014', // query_canceled (statement_timeout)
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
  '53300', // too_many_connections
  '53200', // out_of_memory
  '53100', // disk_full: somebody will make room
  '25006', // read_only_sql_transaction: a standby that may be promoted
]);

const TRANSIENT_NODE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** True when the database (or the way to it) failed and the same work may succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as Error & { code?: unknown }).code;
  if (typeof code === 'string') {
    if (
      TRANSIENT_SQLSTATES.has(code) ||
      TRANSIENT_NODE_CODES.has(code) ||
      code.startsWith('08') ||
      code.startsWith('28') ||
      code === '3D000'
    )
      return true;
  }
  // knex and pg give these without a code
  if (error.name === 'KnexTimeoutError' || error.name === 'AggregateError') return true;
  if (
    /^(Connection terminated|timeout exceeded when trying to connect|Unable to acquire a connection|Client has encountered a connection error|connect ETIMEDOUT)/.test(
      error.message,
    )
  )
    return true;
  return error.cause instanceof Error ? isDatabaseUnavailable(error.cause) : false;
}

/** True when a unique constraint refused the row, optionally a named one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const fault = error as { code?: unknown; constraint?: unknown } | null;
  return fault?.code === '23505' && (constraint === undefined || fault.constraint === constraint);
}
