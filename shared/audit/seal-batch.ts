/** One transaction of the sealer: is what it remembers still there, and then the next rows, their seals, the head. */
import type { Knex } from 'knex';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { recordAudit } from './audit.ts';
import { type Chain, type Head, headText, SEAL_LOCK, SEALED_COLUMNS, type SealedRow, textOfTime } from './chain.ts';
import { findLate, recordTampering, type Tampering } from './tampering.ts';

export const BATCH_COUNT = 1_000;

/** Why a chain cannot be continued where it seems to end. */
export type BreakReason =
  /** the seal that was remembered is gone */
  | 'cut_off'
  /** another seal stands in its place */
  | 'replaced'
  /** the stored head is gone, or does not belong to the last seal */
  | 'head_forged'
  /** the last seal was made with another AUDIT_KEY */
  | 'other_key';

export interface ChainBreak {
  reason: BreakReason;
  /** as headText spells it */
  remembered: string | null;
  found: string | null;
  /** where the new chain begins */
  seq: string;
}

export interface Batch {
  sealed: number;
  nextXid: string;
  head: Head | null;
  broken: ChainBreak | null;
  tampered: Tampering[];
  /** the database's time of this look */
  lookedAt: string;
}

export interface Known {
  sinceXid: string;
  remembered: Head | null;
  /** the database's time of the last look that left nothing; null = none yet */
  lookedAt: string | null;
  /** seen outside the database, and not in the log yet */
  tampered: readonly Tampering[];
}

interface LastSeal {
  seq: string;
  seal: Buffer;
  keyId: string;
}

/** @returns null when another process holds the lock */
export async function sealBatch(trx: Knex.Transaction, chain: Chain, known: Known): Promise<Batch | null> {
  const lock = await selectRow<{ mine: boolean }>(trx, `select pg_try_advisory_xact_lock(${SEAL_LOCK}) as mine`);
  if (lock?.mine !== true) return null;
  // read before the rows: what commits in between is older than nothing here, and read again next time
  const now = await selectRow<{ xid: string; at: string }>(
    trx,
    `select pg_snapshot_xmin(pg_current_snapshot())::text as xid, ${textOfTime('clock_timestamp()')} as at`,
  );
  if (now === null) throw new Error('select without from gives a row');
  const last = await lastSeal(trx);
  const reason = await whyBroken(trx, chain, known.remembered, last);
  let tail: Head = { seq: BigInt(last?.seq ?? 0), seal: last?.seal ?? chain.genesis };
  let broken: ChainBreak | null = null;
  let count = 0;
  if (reason !== null) {
    const begun = await beginAnew(trx, chain, { reason, remembered: known.remembered, last, at: now.at });
    ({ broken } = begun);
    tail = begun.head;
    count += 1;
  }
  // a restored database counts from a lower number; after a break nothing that was skipped before may stay unsealed
  const from = reason !== null || BigInt(now.xid) < BigInt(known.sinceXid) ? '0' : known.sinceXid;
  const rows = await selectRows<SealedRow>(
    trx,
    `select ${SEALED_COLUMNS} from audit_log a
     where a.xid >= ?::text::xid8 and not exists (select from audit_seals s where s.audit_id = a.id)
     order by a.id
     limit ${BATCH_COUNT}`,
    [from],
  );
  const late = findLate(rows, known.lookedAt);
  const tampered = [...known.tampered, ...(late === null ? [] : [late])];
  for (const seen of tampered) rows.push(await recordTampering(trx, seen));
  tail = await writeSeals(trx, chain, tail, rows, now.at);
  count += rows.length;
  if (count > 0) {
    await execute(
      trx,
      `insert into audit_head (seq, mac) values (?, ?)
       on conflict (single) do update set seq = excluded.seq, mac = excluded.mac`,
      [String(tail.seq), chain.headMac(tail.seq, tail.seal)],
    );
  }
  const head = tail.seq === 0n ? null : tail;
  return { sealed: count, nextXid: now.xid, head, broken, tampered, lookedAt: now.at };
}

function lastSeal(trx: Knex.Transaction): Promise<LastSeal | null> {
  return selectRow<LastSeal>(
    trx,
    `select seq::text, seal, key_id as "keyId"
     from audit_seals
     order by audit_seals.seq desc
     limit 1`,
  );
}

async function whyBroken(
  trx: Knex.Transaction,
  chain: Chain,
  remembered: Head | null,
  last: LastSeal | null,
): Promise<BreakReason | null> {
  if (remembered !== null) {
    const there = await selectRow<{ seal: Buffer }>(trx, 'select seal from audit_seals where seq = ?', [
      String(remembered.seq),
    ]);
    if (there === null) return 'cut_off';
    if (!there.seal.equals(remembered.seal)) return 'replaced';
  }
  const head = await selectRow<{ seq: string; mac: Buffer }>(trx, 'select seq::text, mac from audit_head');
  if (head !== null && BigInt(head.seq) > BigInt(last?.seq ?? 0)) return 'cut_off';
  if (last === null) return null;
  if (last.keyId !== chain.keyId) return 'other_key';
  const fits = head?.seq === last.seq && chain.headMac(BigInt(last.seq), last.seal).equals(head.mac);
  return fits ? null : 'head_forged';
}

/** The first link of a new chain: an audit row that names the break, at a place that no seal ever had. */
async function beginAnew(
  trx: Knex.Transaction,
  chain: Chain,
  seen: { reason: BreakReason; remembered: Head | null; last: LastSeal | null; at: string },
): Promise<{ head: Head; broken: ChainBreak }> {
  const { reason, last, at } = seen;
  const remembered = seen.remembered === null ? null : headText(seen.remembered);
  const found = last === null ? null : headText({ seq: BigInt(last.seq), seal: last.seal });
  const stored = await selectRow<{ seq: string }>(trx, 'select seq::text from audit_head');
  const seq =
    [seen.remembered?.seq ?? 0n, BigInt(last?.seq ?? 0), BigInt(stored?.seq ?? 0)].reduce((a, b) => (a > b ? a : b)) +
    1n;
  const broken = { reason, remembered, found, seq: String(seq) };
  await recordAudit(trx, { actorId: null, action: 'audit.chain_broken', details: broken });
  const row = await selectRow<SealedRow>(
    trx,
    `select ${SEALED_COLUMNS} from audit_log a where a.xid = pg_current_xact_id() and a.action = 'audit.chain_broken'`,
  );
  if (row === null) throw new Error('the row just written is gone');
  const seal = chain.seal(chain.restart(remembered), seq, row, at);
  await insertSeals(trx, chain, [{ seq: String(seq), id: row.id, seal }], at);
  return { head: { seq, seal }, broken };
}

async function writeSeals(
  trx: Knex.Transaction,
  chain: Chain,
  tail: Head,
  rows: readonly SealedRow[],
  at: string,
): Promise<Head> {
  let { seq, seal } = tail;
  const seals: { seq: string; id: string; seal: Buffer }[] = [];
  for (const row of rows) {
    seal = chain.seal(seal, ++seq, row, at);
    seals.push({ seq: String(seq), id: row.id, seal });
  }
  if (seals.length > 0) await insertSeals(trx, chain, seals, at);
  return { seq, seal };
}

async function insertSeals(
  trx: Knex.Transaction,
  chain: Chain,
  seals: readonly { seq: string; id: string; seal: Buffer }[],
  at: string,
): Promise<void> {
  await execute(
    trx,
    `insert into audit_seals (seq, audit_id, seal, key_id, sealed_at, time_sealed)
     select seq, audit_id, decode(seal, 'hex'), ?, ?::timestamptz, true
     from unnest(?::bigint[], ?::bigint[], ?::text[]) as made (seq, audit_id, seal)`,
    [
      chain.keyId,
      at,
      seals.map((one) => one.seq),
      seals.map((one) => one.id),
      seals.map((one) => one.seal.toString('hex')),
    ],
  );
}
