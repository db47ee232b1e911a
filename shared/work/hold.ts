/** The claim in the hands of the work: what it may do with it (kind.ts), by the functions of claim.ts. */
import { selectRow } from '../db/rows.ts';
import { ClaimEnded } from '../faults.ts';
import { lockClaim, writeEnd } from './claim.ts';
import { startHeartbeat } from './heartbeat.ts';
import { insist } from './insist.ts';
import type { Assignments, Claim, Guard, Held, Outbox, WorkDeps } from './kind.ts';

export interface Holding<C extends Claim> {
  held: Held<C>;
  facts(): Record<string, unknown>;
}

export function holdClaim<C extends Claim>(
  outbox: Outbox,
  deps: WorkDeps,
  claim: C,
  shutdown: AbortSignal,
): Holding<C> {
  const heartbeat = startHeartbeat(outbox, deps, claim, shutdown);
  let facts: () => Record<string, unknown> = () => ({});

  async function writeOnce(
    status: string,
    { set, bindings = [] }: Assignments,
    guard: Guard | undefined,
    isAgain: boolean,
  ): Promise<boolean> {
    const written = await writeEnd(outbox, deps.db, claim, {
      status,
      set,
      bindings,
      ...(guard === undefined
        ? {}
        : { prefix: { sql: `with ${guard.with}`, bindings: guard.bindings }, condition: `and not (${guard.unless})` }),
    });
    if (written || !isAgain) return written;
    // the answer to an earlier try was lost: it may have taken effect, and nobody else has this fence
    const done = await selectRow(deps.db, `select 1 from ${outbox.table} where id = ? and fence = ? and status = ?`, [
      claim.id,
      claim.fence,
      status,
    ]);
    return done !== null;
  }

  const held: Held<C> = {
    claim,
    signal: heartbeat.signal,
    onBeat: (tell) => heartbeat.onBeat(tell),
    onLog: (tell) => void (facts = tell),
    stopHeartbeat: () => heartbeat.stop(),
    async lock(trx) {
      void heartbeat.stop();
      await lockClaim(outbox, trx, claim);
    },
    lockBriefly: (trx) => lockClaim(outbox, trx, claim),
    async endIn(trx, status, assignments = { set: '' }) {
      if (!(await writeEnd(outbox, trx, claim, { status, ...assignments }))) throw new ClaimEnded('lost');
    },
    async end(status, assignments = { set: '' }, guard) {
      await heartbeat.stop();
      let isAgain = false;
      const isWritten = await insist(
        () => {
          const before = isAgain;
          isAgain = true;
          return writeOnce(status, assignments, guard, before);
        },
        { signal: shutdown, leaseMs: deps.leaseMs },
      );
      if (!isWritten) throw new ClaimEnded('lost');
    },
  };
  return { held, facts: () => facts() };
}
