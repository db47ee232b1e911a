/**
 * The oldest rows of the audit log go with their seals once they are old enough (AUDIT_KEEP_DAYS), by the
 * database's clock and by this process's: who can set one forward must not have the log thrown away by it. What is
 * left still proves itself: the last seal that went is kept under the key as the base on which the chain
 * stands. Only what verifies goes: a stretch somebody tampered with stays, as evidence.
 */
import type { Db } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { recordAudit } from './audit.ts';
import { type Chain, SEAL_LOCK } from './chain.ts';
import { readBase, readSeals, standsOn } from './stored-chain.ts';

export const RETIRE_BATCH = 1_000;

/**
 * One batch.
 * @returns how many rows went; 0 also while another process seals
 */
export function retireAudit(db: Db, chain: Chain, keepDays: number): Promise<number> {
  return db.transaction(async (trx) => {
    const lock = await selectRow<{ mine: boolean }>(trx, `select pg_try_advisory_xact_lock(${SEAL_LOCK}) as mine`);
    if (lock?.mine !== true) return 0;
    const base = await readBase(trx, chain);
    if (base === 'forged') return 0;
    // the last one stays: the sealer goes on from it
    const last = await selectRow<{ seq: string }>(trx, 'select coalesce(max(seq), 0)::text as seq from audit_seals');
    const end = BigInt(last?.seq ?? 0);
    let { seq, seal } = base;
    let count = 0;
    const border = Date.now() - keepDays * 86_400_000;
    for (const row of await readSeals(trx, seq, RETIRE_BATCH, keepDays)) {
      const next = BigInt(row.seq);
      const isIntact = next === seq + 1n && row.id !== null && row.key_id === chain.keyId;
      if (
        next >= end ||
        !row.old ||
        // of seals without their time under them the row's own, which is
        Date.parse(row.time_sealed ? row.sealed_at : row.at) >= border ||
        !isIntact ||
        standsOn(chain, seal, next, { ...row, id: row.id ?? '' }) !== 'previous'
      )
        break;
      ({ seq, seal } = { seq: next, seal: row.seal });
      count += 1;
    }
    if (count === 0) return 0;
    await trx.raw(`set local vhm24r.audit_retention = 'on'`);
    await execute(
      trx,
      `with gone as (delete from audit_seals where seq <= ? returning audit_id)
       delete from audit_log where id in (select audit_id from gone)`,
      [String(seq)],
    );
    await execute(
      trx,
      `insert into audit_base (seq, seal, mac) values (?, ?, ?)
       on conflict (single) do update set seq = excluded.seq, seal = excluded.seal, mac = excluded.mac`,
      [String(seq), seal, chain.baseMac(seq, seal)],
    );
    await recordAudit(trx, {
      actorId: null,
      action: 'audit.retired',
      details: { count, through: String(seq), keepDays },
    });
    return count;
  });
}
