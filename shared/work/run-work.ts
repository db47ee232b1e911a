/**
 * The one way of background work (api.md section 3), the same in the worker and in the api's pool: claim -> work under
 * a heartbeat -> end. Whatever goes wrong ends as the type of the error wants it (faults.ts): in a final state, or the
 * claim is given back. Delivering a row twice does no harm.
 */
import { withContext } from '../context.ts';
import type { Db } from '../db/client.ts';
import { execute } from '../db/rows.ts';
import { ClaimEnded, FinalFault, Postponed, transientCause, type TransientCause } from '../faults.ts';
import { contextOf, inSpan, noteFault, type Span } from '../tracing/spans.ts';
import { claimRow, disownRow, lockClaim } from './claim.ts';
import { holdClaim, type Holding } from './hold.ts';
import { insist } from './insist.ts';
import type { Claim, Kind, WorkDeps, WorkOutcome, WorkRun } from './kind.ts';
import { pauseAfter } from './pause.ts';

/** So many attempts in a row stopped by faults that are no outage are worth an alarm. */
const ALARM_ATTEMPTS = 5;

/** @throws what kept the row from being claimed: a sweeper brings it again */
export async function runWork<Deps extends WorkDeps, C extends Claim>(
  kind: Kind<Deps, C>,
  deps: Deps,
  id: string,
  run: WorkRun,
): Promise<WorkOutcome> {
  const claim = await claimRow<C>(kind as never, deps.db, id, { ...run, leaseMs: deps.leaseMs });
  if (claim === null) return 'not_mine';
  const about = { 'vhm24r.attempt': claim.attempts + 1, 'vhm24r.mode': run.mode };
  const work = async (span: Span): Promise<WorkOutcome> => {
    const holding = holdClaim(kind.outbox, deps, claim, run.signal);
    try {
      if (claim.losses >= kind.poison.after) throw kind.poison.fault(claim);
      holding.held.signal.throwIfAborted();
      await kind.work(holding.held, deps, run);
      return 'done';
    } catch (error) {
      // waiting for its turn is no fault
      if (!(error instanceof Postponed)) noteFault(span, error);
      return await endClaim(kind, deps, holding, whatEnded(error, holding.held.signal, run.signal), run.signal);
    } finally {
      await holding.held.stopHeartbeat();
    }
  };
  return withContext(kind.context?.(claim) ?? {}, () => inSpan(`${kind.name} work`, about, work, contextOf(id)));
}

/** When the claim ended or the process stops, that is the reason, whatever the work said when it was stopped. */
function whatEnded(error: unknown, claimed: AbortSignal, shutdown: AbortSignal): unknown {
  if (error instanceof FinalFault || error instanceof ClaimEnded) return error;
  if (claimed.aborted) return claimed.reason as unknown;
  return shutdown.aborted ? new ClaimEnded('shutdown', { cause: shutdown.reason }) : error;
}

/**
 * Ends the claim as the type of the error wants it: only a FinalFault is the work's own. Everything else, also what
 * nobody has thought of, stands around it: the claim is given back and the row tried again.
 */
async function endClaim<Deps extends WorkDeps, C extends Claim>(
  kind: Kind<Deps, C>,
  deps: Deps,
  { held, facts }: Holding<C>,
  error: unknown,
  shutdown: AbortSignal,
): Promise<WorkOutcome> {
  const { db, logger } = deps;
  const { claim } = held;
  const about = { [kind.idInLog]: claim.id };
  let hasEnded = false;
  const disown = async (): Promise<void> => {
    hasEnded = (await kind.ended?.(held, deps)) ?? false;
    if (!hasEnded) await disownRow(kind.outbox, db, claim);
  };
  const release = (pause: Pause) => () => releaseRow(kind, db, claim, pause);

  async function write(end: () => Promise<void>, outcome: WorkOutcome): Promise<WorkOutcome> {
    try {
      await insist(end, { signal: shutdown, leaseMs: deps.leaseMs });
      return hasEnded ? 'not_mine' : outcome;
    } catch (failure) {
      if (failure instanceof ClaimEnded) {
        const isCancelled = failure.reason === 'cancelled' && kind.cancel !== undefined;
        if (end === disown) return 'not_mine';
        return isCancelled
          ? write(() => kind.cancel!(held, deps), 'done')
          : write(disown, outcome === 'done' ? 'not_mine' : outcome);
      }
      logger.error('the end of the claim could not be written, its lease will run out', {
        event: `${kind.name}_end_unwritten`,
        ...about,
        error: failure,
      });
      return 'not_mine';
    }
  }

  if (error instanceof ClaimEnded) {
    if (error.reason === 'cancelled' && kind.cancel !== undefined) return write(() => kind.cancel!(held, deps), 'done');
    if (error.reason === 'shutdown') return write(release({ ms: 0, counts: false, reason: null }), 'retry_later');
    logger.warn(`claim lost, somebody else may have the ${kind.name}`, {
      event: `${kind.name}_claim_lost`,
      ...about,
      error,
    });
    return write(disown, 'not_mine');
  }
  if (error instanceof Postponed)
    return write(release({ ms: error.pauseMs, counts: false, reason: null }), 'retry_later');
  if (error instanceof FinalFault) {
    logger.info(`${kind.name} failed`, { ...about, code: error.code, params: error.params, ...facts() });
    return write(() => kind.fail(held, deps, error), 'done');
  }
  const cause = transientCause(error);
  const attempt = claim.attempts + 1;
  logger[attempt >= ALARM_ATTEMPTS && cause === null ? 'error' : 'warn'](
    `${kind.name} stopped by a fault around it, it will be tried again`,
    {
      event: `${kind.name}_retried`,
      ...about,
      error,
      attempt,
    },
  );
  const counts = cause === null || kind.countsOutages === true;
  return write(release({ ms: pauseAfter(claim.attempts), counts, reason: cause ?? 'internal' }), 'retry_later');
}

interface Pause {
  ms: number;
  /** as an attempt */
  counts: boolean;
  reason: TransientCause | 'internal' | null;
}

/** Gives the claim back so that the row is taken up again after the pause, here or elsewhere. @throws ClaimEnded */
async function releaseRow<C extends Claim>(
  { outbox, releasing }: Pick<Kind<never, C>, 'outbox' | 'releasing'>,
  db: Db,
  claim: C,
  { ms, counts, reason }: Pause,
): Promise<void> {
  const further = releasing?.assignments?.(reason);
  const set = [outbox.whenQueued, further?.set].filter((part) => part !== undefined).map((part) => `, ${part}`);
  await db.transaction(async (trx) => {
    await lockClaim(outbox, trx, claim);
    await execute(
      trx,
      `update ${outbox.table} set status = 'queued', lease_until = null, attempts = attempts + ?,
         next_attempt_at = clock_timestamp() + make_interval(secs => ?::float8 / 1000)${set.join('')}
       where id = ?`,
      [counts ? 1 : 0, ms, ...(further?.bindings ?? []), claim.id],
    );
    await releasing?.also?.(trx, claim);
  });
}
