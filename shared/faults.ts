/**
 * What an error wants of the work that met it, told by its type and by nothing else (work/run-work.ts):
 *
 * - transient: what stands around the work is away and comes back; wait and try again, for as long as it takes
 * - FinalFault: the work's own fault; it ends with a code, no retry helps
 * - ClaimEnded: the claim is lost, the work cancelled, or the process stops
 * - Postponed: nothing went wrong, it is too early
 * - every other: nobody has thought of it; try again, and count it
 *
 * Errors of libraries keep their class, since others read it; their driver marks them, because it alone knows their
 * codes.
 */

/** What is away. */
export type TransientCause = 'database' | 'storage';

/** An error that is transient by its class. */
export interface Transient extends Error {
  readonly transient: TransientCause;
}

const marked = new WeakMap<object, TransientCause>();

/** Called by a driver for an error of its library. Gives the error back. */
export function markTransient(error: unknown, cause: TransientCause): unknown {
  if (typeof error === 'object' && error !== null) marked.set(error, cause);
  return error;
}

/** What is away by this error alone. */
export function ownCause(error: Error): TransientCause | null {
  return marked.get(error) ?? (error as Partial<Transient>).transient ?? null;
}

/**
 * What is away by this error or any that it carries, the outermost first: a storage in the database is away as a
 * storage.
 */
export function transientCause(error: unknown): TransientCause | null {
  for (const one of errorsWithin(error)) {
    const cause = ownCause(one);
    if (cause !== null) return cause;
  }
  return null;
}

/** Whether this is away by the error or any that it carries: the same work may succeed later. */
export function isAway(error: unknown, what: TransientCause): boolean {
  for (const one of errorsWithin(error)) if (ownCause(one) === what) return true;
  return false;
}

/**
 * The error itself and those that it carries: causes, the errors of an AggregateError, what an ORM or a stream wrapped.
 */
export function* errorsWithin(error: unknown, seen = new Set<unknown>()): Generator<Error> {
  if (!(error instanceof Error) || seen.has(error)) return;
  seen.add(error);
  yield error;
  const wrapped = error as Error & { errors?: unknown; originalError?: unknown; nativeError?: unknown };
  const carried = Array.isArray(wrapped.errors) ? (wrapped.errors as unknown[]) : [];
  for (const inner of [wrapped.cause, wrapped.originalError, wrapped.nativeError, ...carried])
    yield* errorsWithin(inner, seen);
}

/** The work's own fault, final at once: its row ends as `failed` with this code. */
export class FinalFault extends Error {
  readonly code: string;
  readonly params: Record<string, string | number>;
  constructor(code: string, params: Record<string, string | number> = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'FinalFault';
    this.code = code;
    this.params = params;
  }
}

/** Why work ends before its end. */
export class ClaimEnded extends Error {
  readonly reason: 'lost' | 'cancelled' | 'shutdown';
  constructor(reason: 'lost' | 'cancelled' | 'shutdown', options?: { cause?: unknown }) {
    super(`the claim ended: ${reason}`, options);
    this.name = 'ClaimEnded';
    this.reason = reason;
  }
}

/** Too early: something else must come first. Counts as no attempt. */
export class Postponed extends Error {
  readonly pauseMs: number;
  constructor(pauseMs: number) {
    super('something else comes first');
    this.name = 'Postponed';
    this.pauseMs = pauseMs;
  }
}
