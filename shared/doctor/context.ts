/**
 * What a check is given: the environment as it is (valid or not), a shared look at PostgreSQL and Redis, and a stack of
 * things to close.
 */
import type { Redis } from 'ioredis';
import type { Client } from 'pg';
import type { ConfigFault } from '../config-fault.ts';
import type { CloserStack } from '../lifecycle.ts';
import type { CodeTable, DoctorCode } from './codes/entry.ts';
import type { Area, Outcome } from './finding.ts';
import type { Ladder } from './ladder.ts';
import type { LatencySummary, LastRun } from './last-run.ts';

/** How another area found a store: connected, or why not. */
export type Reached<T> = { client: T } | { stoppedBy: DoctorCode };

export interface DoctorContext {
  env: Readonly<Record<string, string | undefined>>;
  /** faults of the environment by variable; a variable without a fault can be used */
  faults: readonly ConfigFault[];
  /** version of this code */
  version: string;
  projectRoot: string;
  closers: CloserStack;
  lastRun: LastRun | null;
  /** remembered for the next run, under a name without secrets */
  latencies: Map<string, LatencySummary>;
  postgres: Promise<Reached<Client>>;
  redis: Promise<Reached<Redis>>;
  tell: { postgres(reached: Reached<Client>): void; redis(reached: Reached<Redis>): void };
}

export interface AreaCheck {
  area: Area;
  /** areas that must be asked for this one to say anything */
  needs: readonly Area[];
  codes: CodeTable;
  run(context: DoctorContext, ladder: Ladder): Promise<void>;
}

export interface ProgressListener {
  (event: { area: Area; state: 'started' } | { area: Area; state: 'ended'; outcomes: readonly Outcome[] }): void;
}
