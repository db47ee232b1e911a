/**
 * One api at a time looks into a folder or a mailbox: whoever holds the door's lease, which runs by the clock of the
 * database. The lease saves work and gives order; that nothing is taken twice does not hang on it (uploads.ts: the
 * door's key).
 */
import type { Db } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';

export type IntakeDoor = 'folder' | 'mail';

const LEASE_S = 3;
const RENEW_MS = 1_000;

export interface HeldLease {
  /** aborted as soon as somebody else may hold it */
  readonly lost: AbortSignal;
  /** Ends the renewing; the lease stays until it runs out or is given back. */
  stop(): void;
}

/** @returns null while somebody else holds it */
export async function takeLease(db: Db, door: IntakeDoor, holder: string): Promise<HeldLease | null> {
  const controller = new AbortController();
  let sureUntil = 0;
  const renew = async (): Promise<boolean> => {
    // counted from before the question, so that this process never believes longer than the database does
    const askedAt = performance.now();
    const row = await selectRow(
      db,
      `insert into intake_doors (door, holder, lease_until) values (?, ?, clock_timestamp() + interval '${LEASE_S} s')
       on conflict (door) do update set holder = excluded.holder, lease_until = excluded.lease_until
       where intake_doors.holder = excluded.holder or intake_doors.lease_until < clock_timestamp()
       returning door`,
      [door, holder],
    );
    if (row !== null) sureUntil = askedAt + LEASE_S * 1_000;
    return row !== null;
  };
  if (!(await renew())) return null;
  const lose = () => controller.abort(new Error(`the lease of the ${door} is lost`));
  const timer = setInterval(() => {
    if (performance.now() > sureUntil) lose();
    renew().then(
      (mine) => (mine ? undefined : lose()),
      // the database is away: sureUntil tells how long that may last
      () => undefined,
    );
  }, RENEW_MS);
  timer.unref();
  return { lost: controller.signal, stop: () => clearInterval(timer) };
}

/** So that the next one need not wait until it runs out. */
export async function giveBackLease(db: Db, door: IntakeDoor, holder: string): Promise<void> {
  await execute(db, `update intake_doors set lease_until = '-infinity' where door = ? and holder = ?`, [door, holder]);
}
