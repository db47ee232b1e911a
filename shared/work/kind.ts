/**
 * Kinds of background work. A kind is one object: its table, how a row is claimed, what is done with it and how that
 * ends. Everything else (lease, fence, heartbeat, retries, shutdown) is the same for all and stands in run-work.ts.
 */
import type { Knex } from 'knex';
import type { WorkContext } from '../context.ts';
import type { Db } from '../db/client.ts';
import type { FinalFault, TransientCause } from '../faults.ts';
import type { Logger } from '../logger.ts';

/** Two ways lead in: BullMQ in the worker, the bounded pool in the api. */
export type ProcessingMode = 'queue' | 'in-process';

export interface WorkRun {
  mode: ProcessingMode;
  /** service_instances.id of the process */
  instanceId: string;
  /** aborted at shutdown: the claim is given back and the work goes on elsewhere */
  signal: AbortSignal;
}

/**
 * done: a final state was reached (or a question to the operator). not_mine: somebody else has it, or nothing is left
 * to do. retry_later: next_attempt_at says when; the sweeper brings it back.
 */
export type WorkOutcome = 'done' | 'not_mine' | 'retry_later';

export interface WorkDeps {
  db: Db;
  logger: Logger;
  leaseMs: number;
}

/** Told after a commit that changed what others may hold in a cache, or that queued further work. */
export interface CommittedInfo {
  /** null: not a file, e.g. a re-run of reconciliation */
  fileId: string | null;
  sessionId: string | null;
  ordersChanged: number;
}

/** SQL with its bindings, to be set by an update. */
export interface Assignments {
  set: string;
  bindings?: readonly unknown[];
}

/**
 * A table whose rows are their own outbox: id, status (queued, processing, and final ones), fence, lease_until,
 * attempts, next_attempt_at.
 */
export interface Outbox {
  table: string;
  /**
   * counts claims that ended without release, because their process died; `attempts` where nothing else needs to be
   * told apart
   */
  lossesIn: 'attempts' | 'claims_lost';
  /** the row counts its runs in `run`: a claim of an earlier one says nothing about this one */
  countsRuns?: boolean;
  /** the row can be cancelled: `cancel_requested` */
  isCancellable?: boolean;
  /**
   * the row says in `claimed_by` which process has it: several may have tried the same fence, and only one has got it;
   * who never heard of its claim gives back its own only. A kind of such a table sets the column by `:instanceId`.
   */
  notesClaimant?: boolean;
  /** what else a row says that is given back, SQL assignments */
  whenQueued?: string;
}

/** A row of an outbox that is claimed. */
export interface Claim {
  id: string;
  /** grows with every claim: whoever was paused beyond its lease finds another */
  fence: string;
  /** absent where the outbox counts no runs */
  run?: number;
  /** instance id of the process; absent where the outbox notes no claimant */
  claimedBy?: string;
  attempts: number;
  /** claims that ended without release, by the outbox's `lossesIn` */
  losses: number;
}

/** An end that must not be written when the condition holds, e.g. because the bytes it names are gone. */
export interface Guard {
  /** a common table expression */
  with: string;
  bindings: readonly unknown[];
  /** SQL condition over it */
  unless: string;
}

/** The claim in the hands of the work. */
export interface Held<C extends Claim> {
  readonly claim: C;
  /** aborted with a ClaimEnded when the claim is lost, the work cancelled or the process stops */
  readonly signal: AbortSignal;
  /** What each heartbeat writes besides the lease; asked every 500 ms, written when it differs. */
  onBeat(tell: () => Required<Assignments>): void;
  /** What the log says of the end, well or not. */
  onLog(facts: () => Record<string, unknown>): void;
  /** Ends the heartbeat, e.g. because a transaction holds the row from here on; resolves when none is under way. */
  stopHeartbeat(): Promise<void>;
  /**
   * First statement of every transaction that writes for the claim: locks the row and compares the fence. From here on
   * the locked row stands for the claim, and whoever sweeps skips it.
   * @throws ClaimEnded
   */
  lock(trx: Knex.Transaction): Promise<void>;
  /**
   * The same for a transaction that takes a moment and after which the work goes on, and its heartbeat with it.
   * @throws ClaimEnded
   */
  lockBriefly(trx: Knex.Transaction): Promise<void>;
  /** Writes the end in the transaction that did the work, after `lock`. */
  endIn(trx: Knex.Transaction, status: string, assignments?: Assignments): Promise<void>;
  /**
   * Writes the end by itself, also when the database comes back only later or an answer is lost.
   * @throws ClaimEnded lost: nothing was written
   */
  end(status: string, assignments?: Assignments, guard?: Guard): Promise<void>;
}

export interface Kind<Deps extends WorkDeps, C extends Claim> {
  /** singular, for log lines and events: `file`, `export` */
  name: string;
  /** the field under which a log line names its row */
  idInLog: string;
  outbox: Outbox;
  claiming: {
    /** of the row `e`: everything the work needs, SQL; id, fence, attempts and losses come by themselves */
    columns: string;
    /** what the claim sets besides status, fence and lease; named bindings :mode and :instanceId */
    set?: string;
    /** common table expressions over `claimed`, for what is told elsewhere in the same statement */
    also?: string;
    /** the row as the work wants it; absent = as it comes */
    read?(row: Record<string, unknown>, base: Claim): C;
  };
  /** claims that ended without release, or uncounted faults, before the row is parked */
  poison: { after: number; fault(claim: C): FinalFault };
  /**
   * an outage of database or storage counts as an attempt: only where attempts end nothing and make the pauses longer
   */
  countsOutages?: boolean;
  /** log fields that go with everything the work says */
  context?(claim: C): WorkContext;
  /** The work. What it throws is met by type (faults.ts). */
  work(held: Held<C>, deps: Deps, run: WorkRun): Promise<void>;
  /** Writes the end of a fault of its own. @throws ClaimEnded */
  fail(held: Held<C>, deps: Deps, fault: FinalFault): Promise<void>;
  /** Writes the end of what was cancelled. Only where the outbox is cancellable. */
  cancel?(held: Held<C>, deps: Deps): Promise<void>;
  /**
   * Asked before a claim that is lost is disowned: true when it was this claim that ended the row and only the answer
   * to that was lost. Tells then what the work would have told.
   */
  ended?(held: Held<C>, deps: Deps): Promise<boolean>;
  /** What the row gets when it is given back. */
  releasing?: {
    assignments?(reason: TransientCause | 'internal' | null): Assignments;
    /** in the same transaction */
    also?(trx: Knex.Transaction, claim: C): Promise<void>;
  };
}
