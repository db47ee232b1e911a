/**
 * A connection is climbed rung by rung (api.md section 7). After a failed rung the rest reads `skipped` with the code
 * that stopped it, so that one cause gives one error and not ten.
 */
import { DeadlineError, withDeadline } from '../lifecycle.ts';
import type { DoctorCode } from './codes/entry.ts';
import type { Outcome } from './finding.ts';

/** Thrown in a rung: what is wrong, by code. */
export class Trouble extends Error {
  readonly code: DoctorCode;
  readonly evidence: string;
  constructor(code: DoctorCode, evidence: string, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'Trouble';
    this.code = code;
    this.evidence = evidence;
  }
}

interface RungOptions {
  limitMs?: number;
  late?: DoctorCode;
}

export interface Ladder {
  /**
   * Climbs one rung unless an earlier one failed. The work returns its evidence, or throws Trouble; a deadline that
   * passes is `late`'s code. Any other error is the doctor's own and propagates.
   */
  rung(code: DoctorCode, work: () => Promise<string>, options?: RungOptions): Promise<boolean>;
  /** Says something more without stopping. */
  note(code: DoctorCode, evidence: string): void;
  /** The code that stopped it, or null. */
  stoppedBy(): DoctorCode | null;
  /** Stops it from outside: a dependency is not there. */
  stop(code: DoctorCode): void;
  outcomes(): Outcome[];
}

export const RUNG_LIMIT_MS = 4_000;

export function createLadder(): Ladder {
  const outcomes: Outcome[] = [];
  let stopped: DoctorCode | null = null;
  return {
    async rung(code, work, options = {}) {
      if (stopped !== null) {
        outcomes.push({ code, severity: 'skipped', evidence: `after=${stopped}`, ms: 0 });
        return false;
      }
      const startedAt = performance.now();
      const ms = () => Math.round((performance.now() - startedAt) * 10) / 10;
      try {
        const evidence = await withDeadline(work(), options.limitMs ?? RUNG_LIMIT_MS, code);
        outcomes.push({ code, severity: 'ok', evidence, ms: ms() });
        return true;
      } catch (error) {
        if (error instanceof Trouble) {
          stopped = error.code;
          outcomes.push({ code: error.code, evidence: error.evidence, ms: ms() });
        } else if (error instanceof DeadlineError && options.late !== undefined) {
          stopped = options.late;
          outcomes.push({ code: options.late, evidence: `no answer within ${error.limitMs} ms`, ms: ms() });
        } else throw error;
        return false;
      }
    },
    note: (code, evidence) => void outcomes.push({ code, evidence, ms: 0 }),
    stoppedBy: () => stopped,
    stop: (code) => {
      stopped ??= code;
    },
    outcomes: () => [...outcomes],
  };
}
